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
from governance.packs.marking import marking_of
from governance.packs.people import Recipient, recipients_of
from programmes.models import Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.standing import withholding
from xgov.accounts.models import User
from xgov.pages.values import day
from xgov.papers.document import PackHead
from xgov.papers.sections import Brief, ComposedSection, compose
from xgov.records.clock import now
from xgov.records.errors import RuleBroken
from xgov.records.fields import Marking

# GSC-2: what is marked OFFICIAL-SENSITIVE carries a handling instruction. The words are a local default.
USUAL_HANDLING = gettext_lazy("Named recipients only")


@dataclass(frozen=True)
class Composition:
    head: PackHead
    sections: list[ComposedSection]
    marking: Marking
    as_at: datetime
    since: datetime | None
    recipients: list[Recipient]


def compose_for(pack: Pack, reader: User) -> Composition:
    """What the pack says, as the reader sees the programme now. Raises RuleBroken and papers' SectionFailed.

    Read in one transaction that sees one state of the database, so that no two sections contradict each other.
    """
    with _one_view_of_the_database():
        previous = pack.board.packs.issued().newest_first().defer("composed", "html").first()
        since = previous.as_at if previous else None
        as_at = now()
        with nullcontext() if pack.with_sensitive else withholding(Permission.VIEW_SENSITIVE):
            brief = _brief(pack, reader, as_at, since)
            sections = compose(pack.board.running_order, brief)
        marking = marking_of(pack, brief, sections) if pack.with_sensitive else Marking.OFFICIAL
        recipients = recipients_of(pack.board, reader)
        capacity = next(each.capacity for each in recipients if each.person == reader)
        head = _head(pack, brief, marking, previous, issued_as=capacity)
        return Composition(head, sections, marking, as_at, since, recipients)


def _brief(pack: Pack, reader: User, as_at: datetime, since: datetime | None) -> Brief:
    programmes = list(rules.visible(Programme.objects.with_parties(), reader).filter(pk=pack.programme_id))
    if not programmes:
        words = _("%(person)s cannot read what the pack would be made of, so it cannot be issued like this.")
        raise RuleBroken(words % {"person": reader})
    return Brief(programmes=programmes, board=pack.board, since=since, as_at=as_at, reader=reader)


@contextmanager
def _one_view_of_the_database() -> Iterator[None]:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


# --- cover -----------------------------------------------------------------------------------


def _head(pack: Pack, brief: Brief, marking: Marking, previous: Pack | None, *, issued_as: str) -> PackHead:
    programme = brief.programmes[0]
    lead = programme.lead
    partners = [party.department.name for party in programme.parties.all() if party.is_in and party.department != lead]
    return PackHead(
        reference=pack.reference,
        board=pack.board.name,
        programme=programme.name,
        outcome=programme.outcome,
        marking=str(marking.label),
        handling=pack.handling or (str(USUAL_HANDLING) if marking == Marking.OFFICIAL_SENSITIVE else ""),
        as_at=brief.as_at,
        issued_at=brief.as_at,
        issued_by=brief.reader.name,
        issued_as=issued_as,
        version=pack.version,
        lead_department=lead.name if lead else "",
        partners=tuple(partners),
        meeting_on=pack.meeting_on,
        since=brief.since,
        demonstration=settings.XGOV_DEMO,
        notes=tuple(_notes(pack, programme, previous)),
    )


def _notes(pack: Pack, programme: Programme, previous: Pack | None) -> Iterator[str]:
    if pack.version > 1 and previous is not None:
        yield _("This pack replaces pack %(number)d for the same meeting.") % {"number": previous.number}
    if not pack.with_sensitive:
        yield _("Records marked OFFICIAL-SENSITIVE are left out of this pack.")
    overridden_on = programme.readiness_override_on
    if overridden_on and (previous is None or overridden_on >= localdate(previous.as_at)):
        words = _("On %(day)s the SRO went ahead before all readiness questions were clear, because: %(reason)s")
        yield words % {"day": day(overridden_on), "reason": programme.readiness_override}
