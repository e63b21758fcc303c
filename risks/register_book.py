"""The register of one programme as a workbook: everything a person may answer, with lists to choose from, and behind it
the version of each risk, so that a copy that comes back late is known as one."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import assurance, categories, timing
from risks.bearing import with_bearing
from risks.exports import (
    ABOUT_FACTS,
    BESIDE_COLUMNS,
    BESIDE_SHEETS,
    FOLLOWING,
    LINK_STATUS,
    REASON,
    RISK_FILE_COLUMNS,
    RISK_SHEET,
    VERSION,
)
from risks.imports.bearing import BEARING
from risks.imports.fields import LEVELS, levels_of
from risks.imports.surroundings import Surroundings
from risks.models import Control, Mitigation, Risk, RiskLink
from risks.querysets import RiskQuerySet
from xgov.accounts.models import User
from xgov.papers.workbooks import BookColumn, BookRow, BookSheet, write_book
from xgov.records.clock import now
from xgov.records.fields import Marking

Tell = Callable[[int], object]

_CHUNK = 500
_WIDE = {"title": 40, "cause": 50, "event": 50, "consequence": 50, "text": 60, "reason": 40}
RISK_COLUMNS = tuple(column for column in RISK_FILE_COLUMNS if column is not VERSION)  # it stands behind, with the rest


def write_register(
    file: IO[bytes], programme: Programme, risks: RiskQuerySet, *, reader: User, tell: Tell = lambda rows: None
) -> None:
    """`risks` are those that the reader may see. One pass over them: memory does not grow with their number.

    `tell` is called now and then with the number of rows written so far.
    """
    around = Surroundings(programme)
    facts = {
        ABOUT_FACTS["programme"]: programme.reference,
        ABOUT_FACTS["settings"]: str(around.terms.version),
        ABOUT_FACTS["as_at"]: now().isoformat(timespec="seconds"),
        ABOUT_FACTS["made_for"]: reader.name,
    }
    choices, counted = _choices(around), _counted(tell)
    sheets = [BookSheet(str(RISK_SHEET), _columns("risk", choices), counted(_risk_rows(with_bearing(risks, reader))))]
    for kind, records in records_beside(risks, reader).items():
        sheets.append(BookSheet(str(BESIDE_SHEETS[kind]), _columns(kind, choices), counted(_rows(kind, records))))
    write_book(file, sheets, facts)


def records_beside(risks: RiskQuerySet, reader: User) -> dict[str, QuerySet]:
    """What the sheets beside that of the risks hold, by what a row of them is."""
    these = risks.order_by().values("pk")
    links = RiskLink.objects.visible_to(reader).current().filter(risk__in=these, other__in=these)
    return {
        "mitigation": _of_risks(Mitigation, these, reader).order_by("risk__reference", "due", "pk"),
        "control": _of_risks(Control, these, reader).order_by("risk__reference", "line", "pk"),
        "link": links.select_related("risk", "other").order_by("risk__reference", "kind", "pk"),
    }


def _of_risks(model: type[Mitigation] | type[Control], risks: QuerySet, reader: User) -> QuerySet:
    found = model.objects.visible_to(reader).filter(risk__in=risks)
    return found.select_related("risk", "owner", "department")


def _counted(tell: Tell) -> Callable[[Iterator[BookRow]], Iterator[BookRow]]:
    numbers = count(1)

    def counted(rows: Iterator[BookRow]) -> Iterator[BookRow]:
        for row in rows:
            if (number := next(numbers)) % _CHUNK == 0:
                tell(number)
            yield row

    return counted


def _risk_rows(risks: RiskQuerySet) -> Iterator[BookRow]:
    found = risks.select_related("programme", "kept_by", "owner").order_by("reference")
    for risk in found.iterator(chunk_size=_CHUNK):
        yield BookRow([column.read_for_file(risk) for column in RISK_COLUMNS], risk.reference, risk.lock_version)


def _rows(kind: str, records: QuerySet) -> Iterator[BookRow]:
    for record in records.iterator(chunk_size=_CHUNK):
        cells = [column.read_for_file(record) for column in BESIDE_COLUMNS[kind]]
        yield BookRow(cells, str(record.pk), record.lock_version)


def _columns(kind: str, choices: dict[str, list[Any]]) -> list[BookColumn]:
    hints = _hints() if kind == "risk" else {}
    return [
        BookColumn(
            column.label,
            choices=choices.get(f"{kind} {column.key}", ()),
            hint=hints.get(column.key, ""),
            width=_WIDE.get(column.key, 0),
        )
        for column in (RISK_COLUMNS if kind == "risk" else BESIDE_COLUMNS[kind])
    ]


def _choices(around: Surroundings) -> dict[str, list[Any]]:
    def labels(pairs: Any) -> list[str]:
        return [str(label) for _code, label in pairs]

    departments = sorted(department.name for department in around.departments.values())
    people = sorted(person.email for person in around.owners.values())
    of_risks = {
        "status": labels(Risk.Status.choices),
        "category": [str(categories.BY_CODE[code].label) for code in around.terms.categories],
        "local_category": [local.label for local in around.terms.local_categories],
        "kept_by": departments,
        "owner_email": people,
        **{key: [level.value for level in levels_of(key, around)] for key in LEVELS},
        "response": labels(Risk.Response.choices),
        "proximity": labels(timing.PROXIMITY_CHOICES),
        "velocity": labels(timing.VELOCITY_CHOICES),
        "needs_funding": [_("Yes"), _("No")],
        "marking": labels(Marking.choices),
    }
    return {
        **{f"risk {key}": choices for key, choices in of_risks.items()},
        **{f"{kind} owner_email": people for kind in ("mitigation", "control")},
        **{f"{kind} department": departments for kind in ("mitigation", "control")},
        "mitigation status": labels(Mitigation.Status.choices),
        "control type": labels(assurance.TYPE_CHOICES),
        "control line": labels(assurance.LINE_CHOICES),
        "control effectiveness": labels(assurance.EFFECTIVENESS_CHOICES),
        "control status": labels(Control.Status.choices),
        "link kind": labels(RiskLink.Kind.choices),
        "link shared": [_("Yes"), _("No")],
        "link status": labels(LINK_STATUS.items()),
    }


def _hints() -> dict[str, str]:
    levels = _("A number from the list. The score follows from it by the register’s own matrix.")
    things = _("Several, with a semicolon between them.")
    return {
        **dict.fromkeys(FOLLOWING, _("This follows from other columns. What is typed here is not read.")),
        "closed_at": _("The register keeps this. Do not change it."),
        **dict.fromkeys(BEARING.values(), things),
        "reference": _("Leave it empty for a new risk. Do not change it for one that is there."),
        "owner_email": _("The owner is found by this address."),
        **dict.fromkeys(LEVELS, levels),
        REASON.key: _("Needed where you change a score or close a risk."),
    }
