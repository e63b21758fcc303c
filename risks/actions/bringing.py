"""The file that somebody brings to the register: kept as evidence, opened, and known for what it is."""

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.actions import possible
from risks.imports import matching, planning, sensitive
from risks.imports.foreign import Outline
from risks.models import ColumnMapping, RegisterImport
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.papers.importing import BadFile
from xgov.records.acting import Signer, acting, current_signer
from xgov.records.errors import RuleBroken
from xgov.records.fields import Marking
from xgov.records.holding import hold

State = RegisterImport.State


@transaction.atomic
def bring_register(
    programme: Programme, *, by: User | None, name: str, data: bytes, kept_by: Department, is_opened_later: bool = False
) -> RegisterImport:
    """Keep the file as evidence, if it can be opened at all. Nobody deletes it, whatever becomes of it.

    A large one had better be opened later, by `open_up`: here it is only refused if its kind or its parts are. It is
    opened here all the same for somebody who may not see sensitive records: theirs is not kept if it speaks of them.
    """
    programme = hold(programme)
    brought = RegisterImport(programme=programme, kept_by=kept_by, name=name[:200], brought_by=by, size=len(data))
    if by is not None:
        rules.require(by, Permission.CONTRIBUTE, brought)
    possible.refuse_ended_programme(programme)
    may_see = planning.may_mark(by, programme)
    reading = None if is_opened_later and may_see else _opened(data, name)
    if reading is not None and not may_see:
        _refuse_sensitive(reading, programme)
    is_csv = _kind(data, name) == "csv"
    brought.number = 1 + (programme.register_imports.aggregate(last=Max("number"))["last"] or 0)
    brought.sha256 = hashlib.sha256(data).hexdigest()
    # Until it is known what it speaks of it is held back. Of whoever may not see it then, it was looked at above.
    brought.marking = Marking.OFFICIAL_SENSITIVE if may_see else Marking.OFFICIAL
    if reading is not None:
        _say_what_it_is(brought, reading)
    ending = ".csv" if is_csv else ".xlsx"
    brought.file.save(f"{brought.number:04d}-{brought.sha256[:12]}{ending}", ContentFile(data), save=False)
    with signed(by, _("Brought as %(name)s") % {"name": name}):
        brought.save()
    return brought


@transaction.atomic
def open_up(brought: RegisterImport, *, by: User | None) -> RegisterImport:
    """Open a file that was brought unopened, and say whether it is a copy of this register or one of another shape."""
    reading = opened(brought)
    brought = held(brought, by)
    _say_what_it_is(brought, reading)
    brought.failure = ""
    with signed(by, _("Opened")):
        brought.save()
    return brought


def _say_what_it_is(brought: RegisterImport, reading: planning.Reading) -> None:
    brought.reading = reading
    if reading.foreign is None:
        brought.shape = RegisterImport.Shape.OWN
        return
    outline = reading.foreign.outline
    brought.shape, brought.plan = RegisterImport.Shape.FOREIGN, {"outline": outline.as_data()}
    brought.mapping = matching.mapping_for(brought.programme, brought.kept_by, outline, brought.name)
    is_known = brought.mapping is not None and not new_words(brought.mapping, outline)
    brought.state = State.BROUGHT if is_known else State.MAPPING


def new_words(mapping: ColumnMapping, outline: Outline) -> dict[str, list[str]]:
    """Field by field what a person is to be asked before the file is read by this mapping."""
    return matching.undecided(outline, mapping.columns, mapping.words)


def _refuse_sensitive(reading: planning.Reading, programme: Programme) -> None:
    if sensitive.speaks_of_sensitive(reading.book, programme):
        words = _(
            "%(name)s speaks of what is marked OFFICIAL-SENSITIVE here, so it was not kept: "
            "ask somebody who may see sensitive records to bring it."
        )
        raise RuleBroken(words % {"name": reading.name}, "file")


def _opened(data: bytes, name: str) -> planning.Reading:
    with refused_in_words():
        return planning.open_register(data, name)


def _kind(data: bytes, name: str) -> str:
    with refused_in_words():
        return planning.kind_of_register(data, name)


@contextmanager
def refused_in_words() -> Iterator[None]:
    try:
        yield
    except BadFile as bad:
        raise RuleBroken(f"{bad}", "file") from bad


def outline_of(brought: RegisterImport) -> Outline | None:
    """What the columns of a register of another shape say; None for a copy of this one."""
    if brought.shape != RegisterImport.Shape.FOREIGN:
        return None
    return Outline.from_data(brought.plan["outline"])


def opened(brought: RegisterImport) -> planning.Reading:
    """The file that was kept, held against its fingerprint; once for one bringing."""
    if (reading := getattr(brought, "reading", None)) is not None:
        return reading
    with brought.file.open() as kept:
        data = kept.read()
    if hashlib.sha256(data).hexdigest() != brought.sha256:
        raise RuleBroken(_("The file that was kept is not the one that was brought. Bring it again."))
    return _opened(data, brought.name)


def held(brought: RegisterImport, by: User | None) -> RegisterImport:
    """As it is now, held until the change is made, if the person may change it and it is not over."""
    brought = hold(brought, "programme")
    if by is not None:
        rules.require(by, Permission.CONTRIBUTE, brought)
    if brought.is_over:
        raise RuleBroken(_("This spreadsheet has been dealt with: %(state)s.") % {"state": brought.get_state_display()})
    return brought


def signed(by: User | None, reason: str) -> AbstractContextManager[Signer]:
    """By the person; or, for a command, by whoever it signs as."""
    return acting(by or current_signer(), reason)
