from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programmes.actions import change_status
from programmes.actions.statuses import NEXT, is_sro
from programmes.forms import StatusForm
from programmes.models import Programme
from programmes.readiness import readiness_of
from programmes.views.pages import afterwards, programme_page
from xgov.access import rules
from xgov.access.permissions import Permission


@require_http_methods(["GET", "POST"])
def status(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="overview")
    rules.require(request.user, Permission.MANAGE, programme)
    readiness = readiness_of(programme)
    all_clear = all(each.is_clear for each in readiness)
    form = StatusForm(
        request.POST or None,
        instance=Programme.objects.get(pk=programme.pk),
        may_override=not all_clear and is_sro(programme, request.user),
    )
    back = afterwards(request, programme, "programme")
    if form.is_valid() and form.carry_out(
        change_status, programme, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("The programme is now: %(status)s.") % {"status": form.result.get_status_display()})
        return redirect("programmes:programme", programme.reference)
    context |= {
        "form": form,
        "back": back,
        "may_start": Programme.Status.DELIVERING in NEXT[programme.status],
        "readiness": readiness,
        "clear_answers": sum(each.is_clear for each in readiness),
    }
    return render(request, "programmes/status.html", context)
