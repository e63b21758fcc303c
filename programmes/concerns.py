"""What is wrong with a programme at present: what, since when, and where to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.models import Appointment, ConfidenceRating, Party, Programme
from programmes.readiness import Readiness
from xgov.records.clock import today

# Local defaults.
ANSWER_WITHIN = timedelta(days=14)  # an invitation
RATE_WITHIN = timedelta(days=120)  # delivery confidence


@dataclass(frozen=True)
class Concern:
    words: str
    url: str
    since: date | None = None


def concerns(
    programme: Programme, readiness: list[Readiness], people: list[Appointment], ratings: list[ConfidenceRating]
) -> list[Concern]:
    """From records already read for the page: the programme with its parties, its appointments, its ratings."""
    if programme.is_over or programme.origin == Programme.Origin.PORTFOLIO_RETURN:
        return []
    return [
        *_vacant(programme, people),
        *_unanswered(programme),
        *_unready(programme, readiness),
        *_late(programme),
        *_doubtful(programme, ratings),
    ]


def _page(name: str, programme: Programme) -> str:
    return reverse(f"programmes:{name}", args=[programme.reference])


def _vacant(programme: Programme, people: list[Appointment]) -> Iterator[Concern]:
    held = {appointment.role for appointment in people if appointment.is_current}
    if programme.status == Programme.Status.DELIVERING:
        if "sro" not in held:
            yield Concern(_("Nobody is the senior responsible owner (SRO)."), _page("people", programme))
        if "lead_accounting_officer" not in held:
            yield Concern(_("Nobody is the lead accounting officer."), _page("people", programme))
    for appointment in people:
        if not appointment.person.is_active and appointment.is_current:
            words = _("%(person)s (%(role)s) may no longer sign in.")
            said = {"person": appointment.person, "role": appointment.get_role_display()}
            yield Concern(words % said, _page("people", programme))


def _unanswered(programme: Programme) -> Iterator[Concern]:
    for party in programme.parties.all():
        if party.status == Party.Status.INVITED and party.invited_on and today() - party.invited_on > ANSWER_WITHIN:
            words = _("%(department)s has not answered its invitation.") % {"department": party.department.short_name}
            yield Concern(words, party.get_absolute_url(), party.invited_on)


def _unready(programme: Programme, readiness: list[Readiness]) -> Iterator[Concern]:
    unclear = [each for each in readiness if not each.is_clear]
    if programme.status == Programme.Status.DELIVERING and unclear:
        words = _("Delivery has started and these readiness questions are not clear: %(questions)s.")
        titles = ", ".join(str(each.question.title).lower() for each in unclear)
        yield Concern(words % {"questions": titles}, "#readiness", programme.status_since)


def _late(programme: Programme) -> Iterator[Concern]:
    if programme.status in {"DELIVERING", "CLOSING"} and programme.end_date and programme.end_date < today():
        yield Concern(_("The end date has passed."), _page("dates", programme), programme.end_date)
    if programme.status == Programme.Status.PAUSED:
        yield Concern(
            _("The programme is paused: %(reason)s") % {"reason": programme.status_reason},
            _page("status", programme),
            programme.status_since,
        )


def _doubtful(programme: Programme, ratings: list[ConfidenceRating]) -> Iterator[Concern]:
    page = _page("confidence", programme)
    newest = latest_by_kind(ratings)
    own, independent = newest.get("SRO"), newest.get("INDEPENDENT")
    if own and own.rating == "RED":
        yield Concern(_("The SRO rates delivery confidence red."), page, own.rated_on)
    if own and independent and own.scale == independent.scale and own.rating != independent.rating:
        words = _("The SRO rates %(own)s, the independent assessment is %(independent)s.")
        said = {"own": own.get_rating_display().lower(), "independent": independent.get_rating_display().lower()}
        yield Concern(words % said, page, max(own.rated_on, independent.rated_on))
    if programme.status == Programme.Status.DELIVERING and (own is None or today() - own.rated_on > RATE_WITHIN):
        yield Concern(_("The SRO has not rated delivery confidence lately."), page, own.rated_on if own else None)


def latest_by_kind(ratings: list[ConfidenceRating]) -> dict[str, ConfidenceRating]:
    """The newest rating of each kind, of ratings that come newest first."""
    newest: dict[str, ConfidenceRating] = {}
    for rating in ratings:
        newest.setdefault(rating.kind, rating)
    return newest
