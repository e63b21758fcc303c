"""The register of one programme as a workbook: everything a person may answer, with lists to choose from, and behind it
the version of each risk, so that a copy that comes back late is known as one."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import categories, timing
from risks.bearing import with_bearing
from risks.exports import (
    ABOUT_FACTS,
    MITIGATION_FILE_COLUMNS,
    MITIGATION_SHEET,
    REASON,
    RISK_FILE_COLUMNS,
    RISK_SHEET,
    VERSION,
)
from risks.imports.bearing import BEARING
from risks.imports.fields import LEVELS, levels_of
from risks.imports.surroundings import Surroundings
from risks.models import Mitigation, Risk
from risks.querysets import RiskQuerySet
from xgov.accounts.models import User
from xgov.pages.registers import Column
from xgov.papers.workbooks import About, BookColumn, BookSheet, write_book
from xgov.records.clock import now
from xgov.records.fields import Marking

_CHUNK = 500
_WIDE = {"title": 40, "cause": 50, "event": 50, "consequence": 50, "text": 60, "reason": 40}
_FOLLOWING = (
    "scale", "inherent_score", "residual_score", "target_score", "inherent_on", "residual_on", "appetite_limit",
    "tolerance_limit", "above_appetite_since", "above_tolerance_since", "escalated_to", "accepted_up_to",
    "accepted_until", "closed_at",
)  # fmt: skip
RISK_COLUMNS = tuple(column for column in RISK_FILE_COLUMNS if column is not VERSION)  # it stands behind, with the rest


def write_register(file: IO[bytes], programme: Programme, risks: RiskQuerySet, *, reader: User) -> None:
    """`risks` are those that the reader may see. One pass over them: memory does not grow with their number."""
    around = Surroundings(programme)
    about = About(
        {
            ABOUT_FACTS["programme"]: programme.reference,
            ABOUT_FACTS["settings"]: str(around.terms.version),
            ABOUT_FACTS["as_at"]: now().isoformat(timespec="seconds"),
            ABOUT_FACTS["made_for"]: reader.name,
        }
    )
    mitigations = Mitigation.objects.visible_to(reader).filter(risk__in=risks.order_by().values("pk"))
    sheets = [
        BookSheet(str(RISK_SHEET), _columns(RISK_COLUMNS, around), _risk_rows(with_bearing(risks, reader), about)),
        BookSheet(str(MITIGATION_SHEET), _columns(MITIGATION_FILE_COLUMNS, around), _rows(mitigations)),
    ]
    write_book(file, sheets, about)


def _risk_rows(risks: RiskQuerySet, about: About) -> Iterator[list[Any]]:
    found = risks.select_related("programme", "kept_by", "owner").order_by("reference")
    for risk in found.iterator(chunk_size=_CHUNK):
        about.versions[str(RISK_SHEET), risk.reference] = risk.lock_version
        yield [column.read_for_file(risk) for column in RISK_COLUMNS]


def _rows(mitigations: Any) -> Iterator[list[Any]]:
    found = mitigations.select_related("risk", "owner", "department").order_by("risk__reference", "due", "pk")
    for mitigation in found.iterator(chunk_size=_CHUNK):
        yield [column.read_for_file(mitigation) for column in MITIGATION_FILE_COLUMNS]


def _columns(columns: tuple[Column, ...], around: Surroundings) -> list[BookColumn]:
    choices, hints = _choices(around), _hints()
    of_risks = columns is RISK_COLUMNS
    return [
        BookColumn(
            column.label,
            choices=choices.get(column.key if of_risks else f"mitigation {column.key}", ()),
            hint=hints.get(column.key, "") if of_risks else "",
            width=_WIDE.get(column.key, 0),
        )
        for column in columns
    ]


def _choices(around: Surroundings) -> dict[str, list[Any]]:
    def labels(pairs: Any) -> list[str]:
        return [str(label) for _code, label in pairs]

    departments = sorted(department.name for department in around.departments.values())
    people = sorted(person.email for person in around.owners.values())
    return {
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
        "mitigation owner_email": people,
        "mitigation department": departments,
        "mitigation status": labels(Mitigation.Status.choices),
    }


def _hints() -> dict[str, str]:
    levels = _("A number from the list. The score follows from it by the register’s own matrix.")
    things = _("Several, with a semicolon between them.")
    return {
        **dict.fromkeys(_FOLLOWING, _("This follows from other columns. What is typed here is not read.")),
        **dict.fromkeys(BEARING.values(), things),
        "reference": _("Leave it empty for a new risk. Do not change it for one that is there."),
        "owner_email": _("The owner is found by this address."),
        **dict.fromkeys(LEVELS, levels),
        REASON.key: _("Needed where you change a score or close a risk."),
    }
