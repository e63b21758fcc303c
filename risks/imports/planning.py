"""From the bytes of a file to a Plan for one programme: what it is, how it is read, what it would change."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.bearing import with_bearing
from risks.imports import foreign, known_rows, matching, own, sensitive, unread
from risks.imports.comparing import Comparison
from risks.imports.controls import Controls
from risks.imports.meanings import Agreed
from risks.imports.mitigations import Mitigations
from risks.imports.plans import Plan, Step
from risks.imports.risk_links import Links
from risks.imports.surroundings import Surroundings
from risks.models import ColumnMapping, Risk
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.papers.workbooks import Book, CellFault, Limits, address, kind_of, open_book, take_out_unseen
from xgov.records.fields import Marking

BESIDE = {reader.kind: reader for reader in (Mitigations, Controls, Links)}


@dataclass
class Reading:
    """A file as it was opened. `own` if it is a copy of a register of this service, else `foreign`."""

    name: str
    book: Book
    own: own.OwnFile | None
    foreign: foreign.ForeignFile | None

    def let_go(self) -> None:
        """The rows have been read. What is still known of them are the places of cells."""
        for sheet in self.book.sheets:
            sheet.rows.clear()
        self.own = self.foreign = None


def limits() -> Limits:
    return Limits(size=settings.XGOV_IMPORT_MEGABYTES * 1024 * 1024, rows=settings.XGOV_IMPORT_ROWS)


def kind_of_register(data: bytes, name: str) -> str:
    """ "xlsx" or "csv", by a look at its parts. Raises BadFile for a file that is never opened."""
    return kind_of(data, name, limits())


def open_register(data: bytes, name: str) -> Reading:
    """Raises BadFile, in one sentence, for what is no register at all."""
    book = open_book(data, name, limits=limits())
    take_out_unseen(book)
    found = own.recognised(book)
    return Reading(name, book, found, None if found else foreign.ForeignFile(book))


def plan_for(reading: Reading, around: Surroundings, *, by: User | None, mapping: ColumnMapping | None = None) -> Plan:
    risks = Risk.objects.filter(programme=around.programme).select_related("owner", "kept_by")
    if by is not None:
        risks = with_bearing(risks.visible_to(by), by)
    comparison = Comparison(around, risks, by=by, file=reading.name)
    if reading.own is not None:
        plan = _plan_for_own(reading, reading.own, comparison)
    else:
        plan = known_rows.compare(comparison, _foreign_rows(reading, around, mapping), mapping)
        plan.faults = [*reading.foreign.unread(mapping.columns), *plan.faults]
        plan.notes += matching.notes(mapping, reading.foreign.outline)
    plan.notes = [*reading.book.notes, *sensitive.notes(reading.book), *plan.notes]
    plan.references = sensitive.references_in(reading.book)
    plan.is_sensitive = plan.is_sensitive or sensitive.speaks_of_sensitive(reading.book, around.programme)
    sheets = {sheet.name: number for number, sheet in enumerate(reading.book.sheets)}
    plan.faults = _once(plan.faults, reading.book)
    plan.faults.sort(key=lambda fault: (sheets[fault.sheet], fault.place))
    return plan


def _once(faults: list[CellFault], book: Book) -> list[CellFault]:
    """A cell that holds no value is empty too, which need not be said of it again."""
    said: set[tuple[str, str]] = set()
    hollow = {(sheet.name, address(*place)) for sheet in book.sheets for place in (*sheet.uncalculated, *sheet.errors)}
    kept = []
    for fault in faults:
        place = (fault.sheet, fault.cell)
        if place not in said:
            kept.append(fault)
        if place in hollow:
            said.add(place)
    return kept


def _plan_for_own(reading: Reading, file: own.OwnFile, comparison: Comparison) -> Plan:
    rows, faults = own.read(file, comparison.around, reading.name)
    plan = comparison.of_own(rows)
    said = {(fault.sheet, fault.cell) for fault in faults}
    plan.faults = [*faults, *(fault for fault in plan.faults if (fault.sheet, fault.cell) not in said)]
    if not file.versions and not any(row.version is not None for row in rows):
        plan.notes.append(_("The file does not say of which version it is, so what changed meanwhile cannot be told."))
    plan.notes += unread.notes(reading.book, file, rows, comparison)
    references = {*comparison.risks, *(row.key for row in rows if row.key)}
    for kind, sheet in file.beside.items():
        reader = BESIDE[kind](sheet, comparison.around, file.versions, references)
        for found in reader.read(comparison.by):
            (plan.steps if isinstance(found, Step) else plan.faults).append(found)
        speaks_of = (comparison.risks.get(reference) for reference in reader.named)
        plan.is_sensitive |= any(risk and risk.marking == Marking.OFFICIAL_SENSITIVE for risk in speaks_of)
    return plan


def _foreign_rows(reading: Reading, around: Surroundings, mapping: ColumnMapping | None) -> list:
    agreed = Agreed(
        mapping.columns, mapping.words, mapping.category, around.departments.get(mapping.kept_by_id),
        mapping.control_type, mapping.control_line,
    )  # fmt: skip
    return foreign.read(reading.foreign, agreed, around)


def marking_of(plan: Plan) -> str:
    return Marking.OFFICIAL_SENSITIVE if plan.is_sensitive else Marking.OFFICIAL


def may_mark(by: User | None, programme: Programme) -> bool:
    return by is None or rules.can(by, Permission.VIEW_SENSITIVE, programme)
