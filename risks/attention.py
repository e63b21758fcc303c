"""What of the risk register waits for a person, and what to look at in a programme."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.models import Appointment
from risks.agreeing import waiting_for
from risks.level_holders import held_by
from risks.models import Appetite, Assumption, Dependency, Escalation, Issue, Mitigation, Risk
from xgov.accounts.models import User
from xgov.pages.attention import Signal, Waiting, signals, waits
from xgov.records.clock import today

# How long before it is due a mitigation is asked for: a local default.
SOON = timedelta(days=14)
_MOST = 50  # things that one person is told of at once


@waits
def reviews(person: User) -> Iterator[Waiting]:
    """Risks that the person owns and whose review is due."""
    owned = Risk.objects.visible_to(person).open().filter(owner=person, review_due__lte=today())
    for risk in owned.select_related("programme"):
        words = _("Review risk %(risk)s") % {"risk": risk}
        yield Waiting(words, risk.get_absolute_url(), risk.programme.name, due=risk.review_due)


@waits
def mitigations(person: User) -> Iterator[Waiting]:
    """What the person has to do about a risk, once it is due soon or late."""
    owned = Mitigation.objects.visible_to(person).planned().filter(owner=person, due__lte=today() + SOON)
    for mitigation in owned.filter(risk__closed_at=None).select_related("risk__programme", "programme"):
        said = {"what": mitigation, "reference": mitigation.risk.reference}
        words = _("Finish “%(what)s” (risk %(reference)s)") % said
        yield Waiting(words, mitigation.get_absolute_url(), mitigation.programme.name, due=mitigation.due)


@waits
def settings_to_answer(person: User) -> Iterator[Waiting]:
    """How the register works, put to a department that the person may answer for."""
    for settings, department in waiting_for(person):
        words = _("Say whether %(department)s agrees how the register works (version %(number)d)")
        said = {"department": department.short_name, "number": settings.version}
        address = [settings.programme.reference, settings.version, department.slug]
        since = timezone.localdate(settings.since or settings.proposed_at)
        yield Waiting(
            words % said, reverse("risks:answer-settings", args=address), settings.programme.name, since=since
        )


@waits
def entries(person: User) -> Iterator[Waiting]:
    """Issues, assumptions and dependencies of the person's own, once they are due soon or late."""
    for kind in (Issue, Assumption, Dependency):
        owned = kind.objects.visible_to(person).open().filter(owner=person, due__lte=today() + SOON)
        for entry in owned.select_related("programme"):
            words = OWN_ENTRY[kind] % {"entry": entry}
            yield Waiting(words, entry.get_absolute_url(), entry.programme.name, due=entry.due)


OWN_ENTRY = {
    Issue: gettext_lazy("Resolve issue %(entry)s"),
    Assumption: gettext_lazy("Look into assumption %(entry)s"),
    Dependency: gettext_lazy("See to dependency %(entry)s"),
}


@waits
def escalations(person: User) -> Iterator[Waiting]:
    """What was escalated to a level that the person holds, and waits for an answer."""
    asked = Escalation.objects.visible_to(person).waiting().filter(held_by(person))
    for each in asked.select_related("risk__programme", "programme").order_by("response_due", "pk")[:_MOST]:
        words = _("Answer about risk %(risk)s, escalated to: %(level)s")
        said = {"risk": each.risk, "level": each.get_to_level_display()}
        yield Waiting(
            words % said, each.get_absolute_url(), each.programme.name, due=each.response_due,
            since=timezone.localdate(each.raised_at),
        )  # fmt: skip


@waits
def appetite_reviews(person: User) -> Iterator[Waiting]:
    """For those who answer for a programme: how much risk it carries was to be agreed anew."""
    answered_for = Appointment.objects.current().filter(person=person, role__in=["sro", "programme_director"])
    overdue = Appetite.objects.visible_to(person).joint().overdue_review()
    overdue = overdue.filter(programme__in=answered_for.values("programme")).order_by()
    found = overdue.values("programme__reference", name=F("programme__name"))
    for row in found.annotate(number=Count("pk"), due=Min("review_due")):
        words = ngettext(
            "Agree the appetite of %(number)d category of risk anew",
            "Agree the appetite of %(number)d categories of risk anew",
            row["number"],
        )
        url = reverse("risks:appetite", args=[row["programme__reference"]])
        yield Waiting(words % {"number": row["number"]}, url, row["name"], due=row["due"])


@signals
def waiting_escalations(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    waiting = Escalation.objects.visible_to(person).waiting().filter(programme__in=programme_ids)
    for row in waiting.order_by().values("programme_id", "programme__reference").annotate(number=Count("pk")):
        words = ngettext(
            "%(number)d escalation waits for an answer", "%(number)d escalations wait for an answer", row["number"]
        )
        url = reverse("risks:escalations", args=[row["programme__reference"]]) + "?state=WAITING"
        yield Signal(row["programme_id"], row["number"], words % {"number": row["number"]}, url, order=5)


@signals
def above_appetite(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    for row in _by_programme(_in_sight(person, programme_ids).above_appetite()):
        words = ngettext("%(number)d risk above appetite", "%(number)d risks above appetite", row["number"])
        yield _signal(row, words, "above", order=10)


@signals
def overdue_reviews(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    for row in _by_programme(_in_sight(person, programme_ids).overdue_review()):
        words = ngettext("%(number)d risk review overdue", "%(number)d risk reviews overdue", row["number"])
        yield _signal(row, words, "overdue", order=30)


@signals
def late_mitigations(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    for row in _by_programme(_in_sight(person, programme_ids).with_late_mitigations()):
        words = ngettext(
            "%(number)d risk with a late mitigation", "%(number)d risks with a late mitigation", row["number"]
        )
        yield _signal(row, words, "late", order=35)


@signals
def owners_who_left(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    for row in _by_programme(_in_sight(person, programme_ids).whose_owner_has_left()):
        words = ngettext("%(number)d risk whose owner has left", "%(number)d risks whose owner has left", row["number"])
        yield _signal(row, words, "left", order=25)


@signals
def doers_who_left(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    for row in _by_programme(_in_sight(person, programme_ids).left_by_who_acts()):
        words = ngettext(
            "%(number)d risk that somebody who has left was to act on",
            "%(number)d risks that somebody who has left was to act on",
            row["number"],
        )
        yield _signal(row, words, "left_undone", order=26)


@signals
def acceptances_running_out(person: User, programme_ids: Collection[int]) -> Iterator[Signal]:
    soon = _in_sight(person, programme_ids).accepted().filter(accepted_until__lte=today() + SOON)
    for row in _by_programme(soon):
        words = ngettext(
            "%(number)d acceptance of a risk runs out soon",
            "%(number)d acceptances of risks run out soon",
            row["number"],
        )
        yield _signal(row, words, "accepted", order=27)


def _in_sight(person: User, programme_ids: Collection[int]) -> Any:
    return Risk.objects.visible_to(person).filter(programme__in=programme_ids)


def _by_programme(risks: QuerySet, **more: Any) -> QuerySet:
    columns = ("programme_id", "programme__reference")
    return risks.order_by().values(*columns).annotate(number=Count("pk"), **more)


def _signal(row: dict[str, Any], words: str, only: str, *, order: int) -> Signal:
    number = row["number"]
    return Signal(row["programme_id"], number, words % {"number": number}, f"{_list_of(row)}?only={only}", order)


def _list_of(row: dict[str, Any]) -> str:
    return reverse("risks:list", args=[row["programme__reference"]])
