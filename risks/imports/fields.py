"""What a cell can say of a risk, and how it is read. The way back of risks/exports.py."""

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from risks import assurance, categories, timing
from risks.imports.sensitive import says_sensitive
from risks.imports.surroundings import Surroundings
from risks.models import Risk
from risks.scoring import ASSESSMENTS, Level
from xgov.access.roles import type_of_text
from xgov.accounts.models import Department, User
from xgov.pages.forms.texts import LONGEST_TEXT
from xgov.papers.workbooks import day_from
from xgov.records.fields import Marking

LEVELS = tuple(f"{name}_{part}" for name in ASSESSMENTS for part in ("likelihood", "impact"))


class NotRead(Exception):
    """The cell says nothing that this field can hold; the message is for the person who filled it in."""


@dataclass(frozen=True)
class Field:
    """`read` takes a cell that is not empty. `empty` is what an empty one means; NEEDED: it must not be empty."""

    key: str
    label: type_of_text
    read: Callable[[Any, Surroundings], Any]
    empty: Any = ""
    has_words: bool = False  # its values are words of a list, which another register may have other words for
    is_text: bool = False  # each of its values is another


NEEDED = object()


def text_of_cell(cell: Any) -> str:
    """The words of a cell. A number that a spreadsheet made of them is written as people write it."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return "" if cell is None else str(cell)


def _text(limit: int = LONGEST_TEXT) -> Callable[[Any, Surroundings], str]:
    def read(cell: Any, around: Surroundings) -> str:
        text = text_of_cell(cell).replace("\0", "")
        if len(text) > limit:
            raise NotRead(_("is longer than %(limit)d characters") % {"limit": limit})
        if not any(unicodedata.category(sign)[0] not in "CZ" for sign in text):
            raise NotRead(_("holds nothing that can be seen"))
        return text

    return read


def _choice(choices: Iterable[tuple[str, Any]]) -> Callable[[Any, Surroundings], str]:
    pairs = list(choices)

    def read(cell: Any, around: Surroundings) -> str:
        words = _folded(text_of_cell(cell))
        for code, label in pairs:
            if words in (_folded(code), _folded(str(label))):
                return code
        raise NotRead(_("is not one of: %(choices)s") % {"choices": ", ".join(str(label) for _code, label in pairs)})

    return read


def _category(cell: Any, around: Surroundings) -> str:
    allowed = [(code, label) for code, label in categories.CHOICES if code in around.terms.categories]
    return _choice(allowed or categories.CHOICES)(cell, around)


def _local_category(cell: Any, around: Surroundings) -> str:
    return _choice((local.label, local.label) for local in around.terms.local_categories)(cell, around)


def _day(cell: Any, around: Surroundings) -> dt.date:
    if (day := day_from(cell)) is None:
        raise NotRead(_("is not a date, like 22 November 2026"))
    return day


def levels_of(key: str, around: Surroundings) -> tuple[Level, ...]:
    scale = around.terms.scale
    return scale.likelihoods if key.endswith("likelihood") else scale.impacts


def _level(key: str) -> Callable[[Any, Surroundings], int]:
    def read(cell: Any, around: Surroundings) -> int:
        levels = levels_of(key, around)
        words = _folded(text_of_cell(cell))
        for level in levels:
            if words in (str(level.value), _folded(str(level.label))):
                return level.value
        raise NotRead(_("is not a level from 1 to %(highest)d") % {"highest": len(levels)})

    return read


def _department(cell: Any, around: Surroundings) -> Department:
    if (department := around.department(text_of_cell(cell))) is None:
        raise NotRead(_("is not a department that has joined this programme"))
    return department


def _person(cell: Any, around: Surroundings) -> User:
    if (person := around.person(text_of_cell(cell))) is None:
        raise NotRead(_("is not one person with a role in a department of this programme"))
    return person


def _yes_or_no(cell: Any, around: Surroundings) -> bool:
    return _choice([("yes", _("Yes")), ("no", _("No"))])(cell, around) == "yes"


def _marking(cell: Any, around: Surroundings) -> str:
    if says_sensitive(text_of_cell(cell)):
        return Marking.OFFICIAL_SENSITIVE
    return _choice(Marking.choices)(cell, around)


_LEVEL_LABELS = {
    "inherent_likelihood": gettext_lazy("Inherent likelihood"),
    "inherent_impact": gettext_lazy("Inherent impact"),
    "residual_likelihood": gettext_lazy("Residual likelihood"),
    "residual_impact": gettext_lazy("Residual impact"),
    "target_likelihood": gettext_lazy("Target likelihood"),
    "target_impact": gettext_lazy("Target impact"),
}

FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        Field("title", gettext_lazy("Title"), _text(150), NEEDED, is_text=True),
        Field("status", gettext_lazy("Status"), _choice(Risk.Status.choices), NEEDED, has_words=True),
        Field("category", gettext_lazy("Category"), _category, NEEDED, has_words=True),
        Field("local_category", gettext_lazy("Local category"), _local_category),
        Field("cause", gettext_lazy("Cause"), _text(), is_text=True),
        Field("event", gettext_lazy("Event"), _text(), is_text=True),
        Field("consequence", gettext_lazy("Consequence"), _text(), is_text=True),
        Field("kept_by", gettext_lazy("Kept by"), _department, NEEDED, has_words=True),
        Field("owner", gettext_lazy("Owner"), _person, None, has_words=True),
        *(Field(key, label, _level(key), None, has_words=True) for key, label in _LEVEL_LABELS.items()),
        Field("target_by", gettext_lazy("Target to be reached by"), _day, None),
        Field("response", gettext_lazy("Response"), _choice(Risk.Response.choices), has_words=True),
        Field("identified_on", gettext_lazy("Identified on"), _day, NEEDED),
        Field("proximity", gettext_lazy("Proximity"), _choice(timing.PROXIMITY_CHOICES), has_words=True),
        Field("velocity", gettext_lazy("Velocity"), _choice(timing.VELOCITY_CHOICES), has_words=True),
        Field("needs_funding", gettext_lazy("Needs funding"), _yes_or_no, NEEDED),
        Field("review_due", gettext_lazy("Next review due"), _day, None),
        Field("closing_reason", gettext_lazy("Why it was closed"), _text(), is_text=True),
        Field("marking", gettext_lazy("Marking"), _marking, NEEDED),
    )
}

# What a register of another shape says beside a risk in the same row; ours has sheets for it.
TREATMENT: dict[str, Field] = {
    field.key: field
    for field in (
        Field("mitigation", gettext_lazy("Mitigation: what will be done"), _text(500), is_text=True),
        Field("mitigation_owner", gettext_lazy("Mitigation: who does it"), _person, has_words=True),
        Field("mitigation_due", gettext_lazy("Mitigation: due"), _day),
        Field("control", gettext_lazy("Control: what is in place"), _text(500), is_text=True),
        Field("control_type", gettext_lazy("Control: type"), _choice(assurance.TYPE_CHOICES), has_words=True),
        Field(
            "control_line", gettext_lazy("Control: line of assurance"), _choice(assurance.LINE_CHOICES), has_words=True
        ),
    )
}
IN_FOREIGN = {**FIELDS, **TREATMENT}


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


class Readings:
    """Reads the cells of one file. What a word, a day or a name means is found out once, however many rows say it."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self._known: dict[tuple[str, type, Any], Any] = {}

    def read(self, field: Field, cell: Any) -> Any:
        """Raises NotRead."""
        if field.is_text:
            return field.read(cell, self.around)
        key = (field.key, type(cell), cell)
        if key not in self._known:
            try:
                self._known[key] = field.read(cell, self.around)
            except NotRead as wrong:
                self._known[key] = wrong
        found = self._known[key]
        if isinstance(found, NotRead):
            raise found
        return found
