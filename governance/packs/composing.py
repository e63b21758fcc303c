"""A pack's content, read from the live record at one moment and made into plain values."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Pack
from governance.packs.marking import Marked, marked
from governance.packs.people import Recipient, recipients_of
from governance.packs.preceding import Preceding, preceding
from programmes.models import Party, Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.standing import withholding
from xgov.accounts.models import User
from xgov.pages.values import day
from xgov.papers.document import PackHead
from xgov.papers.sections import Brief, ComposedSection, compose, in_short
from xgov.records.clock import now
from xgov.records.errors import RuleBroken
from xgov.records.fields import Marking

# GSC-2: what is marked OFFICIAL-SENSITIVE carries a handling instruction. The words are a local default.
USUAL_HANDLING = gettext_lazy("Named recipients only")

_PARTS = {
    Party.Role.CORE: gettext_lazy("Partner departments"),
    Party.Role.SUPPORT: gettext_lazy("Supporting departments"),
    Party.Role.FUNDER: gettext_lazy("Funding departments"),
    Party.Role.ASSOCIATED: gettext_lazy("Associated bodies"),
    Party.Role.OBSERVER: gettext_lazy("Observers"),
}


@dataclass(frozen=True)
class Composition:
    head: PackHead
    sections: list[ComposedSection]
    marking: Marking
    with_sensitive: bool
    as_at: datetime
    since: datetime | None
    recipients: list[Recipient]


def compose_for(pack: Pack, reader: User) -> Composition:
    """What the pack says, as the reader sees the programme now. Raises RuleBroken and papers' SectionFailed.

    Read in one transaction that sees one state of the database, so that no two sections contradict each other.
    """
    with _one_view_of_the_database():
        with_sensitive = pack.with_sensitive and tells_all(reader, pack.programme)
        before = preceding(pack)
        as_at = now()
        with nullcontext() if with_sensitive else withholding(Permission.VIEW_SENSITIVE):
            brief = _brief(pack, reader, as_at, before)
            sections = compose(pack.board.running_order, brief)
        told = marked(pack, brief, sections) if with_sensitive else Marked(Marking.OFFICIAL, sections)
        recipients = recipients_of(pack.board, brief.programmes[0], reader)
        capacity = next(each.capacity for each in recipients if each.person == reader)
        notes = tuple(
            _notes(brief.programmes[0], before, with_sensitive=with_sensitive, is_uncounted=told.is_uncounted)
        )
        head = _head(pack, brief, told.marking, notes, recipients, issued_as=capacity)
        return Composition(head, told.sections, told.marking, with_sensitive, as_at, before.since, recipients)


def tells_all(reader: User, programme: Programme) -> bool:
    """Whether a pack issued by this person can tell of records marked OFFICIAL-SENSITIVE."""
    return rules.can(reader, Permission.VIEW_SENSITIVE, programme)


def _brief(pack: Pack, reader: User, as_at: datetime, before: Preceding) -> Brief:
    seen = Programme.objects.visible_to(reader).filter(pk=pack.programme_id)
    programmes = list(seen.with_parties().with_people())
    if not programmes:
        words = _("%(person)s cannot read what the pack would be made of, so it cannot be issued like this.")
        raise RuleBroken(words % {"person": reader})
    return Brief(
        programmes=programmes, board=pack.board, since=before.since, as_at=as_at, reader=reader,
        since_by_marking=before.since_by_marking,
    )  # fmt: skip


@contextmanager
def _one_view_of_the_database() -> Iterator[None]:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


# --- cover -----------------------------------------------------------------------------------


def _head(
    pack: Pack, brief: Brief, marking: Marking, notes: tuple[str, ...], recipients: list[Recipient], *, issued_as: str
) -> PackHead:
    programme = brief.programmes[0]
    lead = programme.lead
    return PackHead(
        reference=pack.reference,
        board=pack.board.name,
        programme=programme.name,
        outcome=in_short(programme.outcome),
        marking=str(marking.label),
        handling=pack.handling or (str(USUAL_HANDLING) if marking == Marking.OFFICIAL_SENSITIVE else ""),
        as_at=brief.as_at,
        issued_at=brief.as_at,
        issued_by=brief.reader.name,
        issued_as=issued_as,
        version=pack.version,
        lead_department=lead.name if lead else "",
        other_departments=tuple(_other_departments(programme)),
        meeting_on=pack.meeting_on,
        since=brief.since,
        recipients=tuple((each.person.name, each.capacity) for each in recipients),
        demonstration=settings.XGOV_DEMO,
        notes=in_short(notes),
    )


def _other_departments(programme: Programme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All but the lead, by the part they play."""
    parties = programme.parties_in()
    for part, words in _PARTS.items():
        if names := tuple(party.department.name for party in parties if party.role == part):
            yield str(words), names


def _notes(programme: Programme, before: Preceding, *, with_sensitive: bool, is_uncounted: bool) -> Iterator[str]:
    if before.replaces is not None:
        yield _("This pack replaces pack %(number)d for the same meeting.") % {"number": before.replaces.number}
    if not with_sensitive:
        yield _("Records marked OFFICIAL-SENSITIVE are left out of this pack.")
    elif is_uncounted:
        yield _(
            "Records marked OFFICIAL-SENSITIVE are not counted in this pack: there was nothing else to tell of them."
        )
    elif before.last_with_sensitive != before.last:
        yield _counted_from(before.last_with_sensitive)
    if programme.marking == Marking.OFFICIAL_SENSITIVE:
        yield _("The programme is marked OFFICIAL-SENSITIVE, and so is everything in this pack.")
    overridden_on = programme.readiness_override_on
    if overridden_on and (before.since is None or overridden_on >= localdate(before.since)):
        words = _("On %(day)s the SRO went ahead before all readiness questions were clear, because: %(reason)s")
        yield words % {"day": day(overridden_on), "reason": programme.readiness_override}


def _counted_from(told_all: Pack | None) -> str:
    if told_all is None:
        return _("No pack before told of records marked OFFICIAL-SENSITIVE, so all of these are told as new.")
    words = _(
        "Changes to records marked OFFICIAL-SENSITIVE are counted from pack %(number)d, the last that told of them."
    )
    return words % {"number": told_all.number}
