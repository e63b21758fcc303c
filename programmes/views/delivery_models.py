from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programmes.actions import choose_delivery_model
from programmes.delivery_models import DELIVERY_MODELS
from programmes.forms import ModelForm
from programmes.models import ModelChoice, Programme
from programmes.views.pages import afterwards, programme_page
from xgov.access import rules
from xgov.access.permissions import Permission


@require_safe
def delivery_model(request: HttpRequest, reference: str) -> HttpResponse:
    """The six models, lightest first, which one was chosen, and every choice before it."""
    programme, context = programme_page(request, reference, active="overview")
    choices = ModelChoice.objects.filter(programme=programme).select_related("chosen_by")
    context |= {"models": DELIVERY_MODELS, "choices": choices}
    return render(request, "programmes/delivery_model.html", context)


@require_http_methods(["GET", "POST"])
def choose_model(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="overview")
    rules.require(request.user, Permission.MANAGE, programme)
    form = ModelForm(request.POST or None, instance=Programme.objects.get(pk=programme.pk))
    back = afterwards(request, programme, "delivery-model")
    if form.is_valid() and form.carry_out(
        choose_delivery_model, programme, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("Model of joint working saved."))
        return redirect(back)
    context |= {
        "form": form,
        "heading": _("Choose a model of joint working"),
        "intro": _("Take the lightest model that will do. They stand here lightest first."),
        "action": _("Save model"),
        "cancel": back,
    }
    return render(request, "pages/form.html", context)
