"""What changed in a programme since a moment, in sentences for a board.

The shelf on which the higher floors put theirs, in `board_sections.py`:

@what_changed(order=10)
def risks_that_moved(programme: Programme, brief: Brief) -> Iterator[str]: ...
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from programmes.models import ConfidenceRating, ModelChoice, Party, Programme
from xgov.pages.values import day
from xgov.papers.sections import Brief

Writer = Callable[[Programme, Brief], Iterable[str]]

_shelf: dict[str, tuple[int, Writer]] = {}


def what_changed(*, order: int) -> Callable[[Writer], Writer]:
    """Put on the shelf what changed in a programme since `brief.since`, which is a moment."""

    def shelve(writer: Writer) -> Writer:
        _shelf[f"{writer.__module__}.{writer.__name__}"] = (order, writer)
        return writer

    return shelve


def changes_since(programme: Programme, ratings: list[ConfidenceRating], brief: Brief) -> list[str]:
    """Nothing for a first pack: everything would be new."""
    if (since := brief.since) is None:
        return []
    in_order = sorted(_shelf.items(), key=lambda shelved: (shelved[1][0], shelved[0]))
    return [
        *_status(programme, since),
        *_confidence(ratings, since),
        *_departments(programme, since),
        *_people(programme, since),
        *_models(programme, since),
        *(sentence for _name, (_order, writer) in in_order for sentence in writer(programme, brief)),
    ]


def _status(programme: Programme, since: datetime) -> Iterator[str]:
    """Against what the history had at that moment: a day does not tell what came later on it."""
    if (programme.status, programme.status_since) != _status_at(programme, since):
        said = {"status": programme.get_status_display(), "day": day(programme.status_since)}
        yield _with_reason(_("The status is “%(status)s” since %(day)s.") % said, programme.status_reason)


def _status_at(programme: Programme, moment: datetime) -> tuple[str, date] | None:
    versions = programme.history.filter(history_date__lte=moment).order_by("-history_id")
    return versions.values_list("status", "status_since").first()


def _with_reason(words: str, reason: str) -> str:
    return f"{words} {reason}" if reason else words


def _confidence(ratings: list[ConfidenceRating], since: datetime) -> Iterator[str]:
    """Those that differ from the rating of their kind before them: a rating repeated is no change."""
    for place, rating in enumerate(ratings):
        before = next((each for each in ratings[place + 1 :] if each.kind == rating.kind), None)
        is_other = before is None or (before.rating, before.scale) != (rating.rating, rating.scale)
        if rating.created_at > since and is_other:
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
        if party.is_in and was is not None and was.role != party.role:
            yield _("The part of %(department)s is now “%(part)s”; it was “%(was)s”.") % {
                "department": name,
                "part": party.get_role_display(),
                "was": was.get_role_display(),
            }
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
    for held in programme.appointed():
        if held.updated_at <= since:
            continue
        said = {"person": held.person, "role": held.get_role_display()}
        if held.created_at > since:
            yield _("%(person)s was appointed: %(role)s.") % said
        if held.until is not None and held.end_reason:
            yield _with_reason(_("%(person)s ended: %(role)s.") % said, held.end_reason)


def _models(programme: Programme, since: datetime) -> Iterator[str]:
    for choice in ModelChoice.objects.filter(programme=programme, created_at__gt=since).order_by("pk"):
        words = _("The model of joint working is now “%(model)s”.") % {"model": choice.get_model_display()}
        yield _with_reason(words, choice.reason)
