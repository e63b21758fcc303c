"""Doing one thing to many risks: chosen in the register, said once, done to all or to none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from programmes.models import Programme
from programmes.views.pages import programme_page
from risks import actions
from risks.forms.together import ReassignForm, RescoreTogetherForm, ReviewForm, TogetherForm
from risks.models import Risk
from risks.views.registers import PROGRAMME_RISKS
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import type_of_text
from xgov.accounts.models import User
from xgov.pages.registers import MOST_CHOSEN, Listing, chosen


@dataclass(frozen=True)
class Verb:
    heading: type_of_text
    form: type[TogetherForm]
    action: Callable[..., list[Risk]]
    danger: bool = False


VERBS = {
    "reassign": Verb(
        gettext_lazy("Re-assign risks"), ReassignForm, actions.reassign_risks
    ),
    "review": Verb(
        gettext_lazy("Record a review of risks"), ReviewForm, actions.review_risks
    ),
    "rescore": Verb(
        gettext_lazy("Score risks again"), RescoreTogetherForm, actions.rescore_risks
    ),
    "close": Verb(
        gettext_lazy("Close risks"), TogetherForm, actions.close_risks, danger=True
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    programme, context = programme_page(request, reference, active="risks")
    rules.require(request.user, Permission.CONTRIBUTE, programme)
    if verb not in VERBS:
        raise Http404
    asked = VERBS[verb]
    risks, left = _chosen(request, programme)
    if answer := _refused(request, risks, left):
        return answer
    was = {risk.pk: risk.escalated_to for risk in risks}
    form = asked.form(request.POST or None, person=request.user, programme=programme)
    if form.is_valid() and form.carry_out(asked.action, _seen(request, risks), by=request.user, **form.answers):
        done = ngettext("%(number)d risk is changed.", "%(number)d risks are changed.", len(form.result))
        messages.success(request, " ".join([done % {"number": len(form.result)}, *_set_off(form.result, was)]))
        return redirect("risks:list", reference=reference)
    context |= {"form": form, "verb": asked, "risks": risks, "left": left, "cancel": _list(reference)}
    return render(request, "risks/together.html", context)


def _chosen(request: HttpRequest, programme: Programme) -> tuple[list[Risk], list[Risk]]:
    """The risks that were chosen and that the person may change, and those that they may not."""
    in_sight = Risk.objects.visible_to(request.user).filter(programme=programme).select_related("kept_by", "owner")
    found = chosen(request, Listing(request, PROGRAMME_RISKS, in_sight))[: MOST_CHOSEN + 1]
    may, may_not = [], []
    for risk in found:
        risk.programme = programme
        (may if _may_change(request.user, risk) else may_not).append(risk)
    return may, may_not


def _may_change(person: User, risk: Risk) -> bool:
    return not risk.has_ended and rules.can(person, Permission.CONTRIBUTE, risk)


def _refused(request: HttpRequest, risks: Sequence[Risk], left: Sequence[Risk]) -> HttpResponse | None:
    """Back to the list, with the reason, when there is nothing or too much to do."""
    if len(risks) + len(left) > MOST_CHOSEN:
        why = _("Choose at most %(most)d risks at a time. Narrow the list with filters.") % {"most": MOST_CHOSEN}
    elif left and not risks:
        why = _("You may change none of the risks you chose: other departments keep them, or they are closed.")
    elif not risks:
        why = _("Choose at least one risk.")
    else:
        return None
    messages.error(request, why)
    return redirect("risks:list", reference=request.resolver_match.kwargs["reference"])


def _set_off(risks: Sequence[Risk], was: Mapping[int, str]) -> Iterator[str]:
    """Which of them went up by themselves, and to where, and which are called for by no level any more."""
    raised: dict[str, list[str]] = {}
    for risk in risks:
        if risk.escalated_to != was[risk.pk]:
            raised.setdefault(risk.get_escalated_to_display(), []).append(risk.reference)
    for level, references in raised.items():
        said = {"references": ", ".join(references), "level": level}
        yield (
            _("Escalated to %(level)s: %(references)s.") if level else _("No longer escalated: %(references)s.")
        ) % said


def _seen(request: HttpRequest, risks: Sequence[Risk]) -> dict[int, int]:
    """The versions that stood on the page when the choice was made: what came on the list since is not touched."""
    shown: dict[str, int] = {}
    for text in request.POST.getlist("seen"):
        reference, _colon, version = text.partition(":")
        if version.isascii() and version.isdigit() and len(version) < 9:
            shown[reference] = int(version)
    return {risk.pk: shown[risk.reference] for risk in risks if risk.reference in shown}


def _list(reference: str) -> str:
    return reverse("risks:list", args=[reference])
