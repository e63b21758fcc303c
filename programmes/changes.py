"""What changed in a programme since a moment, in sentences for a board."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from programmes.models import Appointment, ConfidenceRating, ModelChoice, Party, Programme
from xgov.pages.values import day


def changes_since(programme: Programme, ratings: list[ConfidenceRating], since: datetime | None) -> list[str]:
    """Nothing for a first pack: everything would be new."""
    if since is None:
        return []
    return [
        *_status(programme, since),
        *_confidence(ratings, since),
        *_departments(programme, since),
        *_people(programme, since),
        *_models(programme, since),
    ]


def _status(programme: Programme, since: datetime) -> Iterator[str]:
    if programme.status_since > since.date():
        said = {"status": programme.get_status_display(), "day": day(programme.status_since)}
        yield _with_reason(_("The status is “%(status)s” since %(day)s.") % said, programme.status_reason)


def _with_reason(words: str, reason: str) -> str:
    return f"{words} {reason}" if reason else words


def _confidence(ratings: list[ConfidenceRating], since: datetime) -> Iterator[str]:
    for rating in ratings:
        if rating.created_at > since:
            said = {"kind": rating.get_kind_display(), "rating": rating.get_rating_display().lower()}
            yield _("%(kind)s: %(rating)s.") % said


def _departments(programme: Programme, since: datetime) -> Iterator[str]:
    became = {
        Party.Status.INVITED: _("%(department)s was invited."),
        Party.Status.ACCEPTED: _("%(department)s joined."),
        Party.Status.DECLINED: _("%(department)s declined."),
        Party.Status.WITHDRAWN: _("%(department)s left."),
    }
    before = _parties_at(programme, since)
    for party in programme.parties.all():
        was, name = before.get(party.pk), party.department.short_name
        if party.status in became and (was is None or was.status != party.status):
            yield _with_reason(
                became[party.status] % {"department": name}, party.withdrawal_reason or party.answer_reason
            )
        if party.is_in and was is not None and was.contribution != party.contribution:
            yield _("%(department)s now does this: %(contribution)s") % {
                "department": name,
                "contribution": " ".join(party.contribution.split()),
            }


def _parties_at(programme: Programme, moment: datetime) -> dict[int, Party]:
    """The departments' places as their history had them at that moment."""
    versions = Party.history.filter(programme_id=programme.pk, history_date__lte=moment).order_by("history_id")
    return {version.id: version for version in versions}


def _people(programme: Programme, since: datetime) -> Iterator[str]:
    changed = Appointment.objects.filter(programme=programme, updated_at__gt=since).select_related("person")
    for held in changed.order_by("since", "pk"):
        said = {"person": held.person, "role": held.get_role_display()}
        if held.created_at > since:
            yield _("%(person)s was appointed: %(role)s.") % said
        if held.until is not None and held.end_reason:
            yield _with_reason(_("%(person)s ended: %(role)s.") % said, held.end_reason)


def _models(programme: Programme, since: datetime) -> Iterator[str]:
    for choice in ModelChoice.objects.filter(programme=programme, created_at__gt=since).order_by("pk"):
        words = _("The model of joint working is now “%(model)s”.") % {"model": choice.get_model_display()}
        yield _with_reason(words, choice.reason)
