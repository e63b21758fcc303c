from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programmes.actions import change_status
from programmes.actions.statuses import NEXT, is_sro
from programmes.forms import StatusForm
from programmes.forms.statuses import MEANS
from programmes.models import Programme
from programmes.readiness import Readiness, readiness_of
from programmes.views.pages import afterwards, programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.forms import Check, Seen


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
    check = Check(request, form, _seen(readiness))
    # once it has moved on, the form would refuse what a second press sends again
    if check.was_done(by=request.user) or (
        form.is_valid()
        and check.carry_out(change_status, programme, by=request.user, seen_version=form.seen_version, **form.answers)
    ):
        messages.success(request, _("The programme is now: %(status)s.") % {"status": form.result.get_status_display()})
        return redirect("programmes:programme", programme.reference)
    context |= {
        "form": form,
        "check": check,
        "back": back,
        "may_start": Programme.Status.DELIVERING in NEXT[programme.status],
        "readiness": readiness,
        "clear_answers": sum(each.is_clear for each in readiness),
    }
    if check.is_due:
        return render(request, "pages/check.html", context | _checking(form, readiness, back))
    return render(request, "programmes/status.html", context)


def _seen(readiness: list[Readiness]) -> Seen:
    return Seen(_("What the six readiness questions find"), "".join(f"{each.code}{each.answer}" for each in readiness))


def _checking(form: StatusForm, readiness: list[Readiness], back: str) -> dict[str, Any]:
    status = form.cleaned_data["status"]
    words = [MEANS[status], _("Everyone who sees the programme sees the new status, and the next board pack says it.")]
    if status == Programme.Status.DELIVERING:
        words[0] = _how_ready([str(each.question.title).lower() for each in readiness if not each.is_clear])
    return {
        "heading": _("Check the new status"),
        "action": _("Change status"),
        "danger": not NEXT[status],
        "cancel": back,
        "consequences": words,
    }


def _how_ready(unclear: list[str]) -> str:
    if not unclear:
        return _("Delivery starts: all six readiness questions are clear.")
    words = _("Delivery starts although these readiness questions are not clear: %(questions)s.")
    return words % {"questions": ", ".join(unclear)}
