"""What the columns and words of another register most likely mean. Ours, and only ever a suggestion or an exact match.

The words of columns were collected from registers and templates that public bodies have published.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from risks.imports.fields import LEVELS, levels_of
from risks.imports.foreign import AS_GIVEN, REFERENCE, Outline
from risks.imports.meanings import value_of
from risks.imports.surroundings import Surroundings
from xgov.papers.tables import normalised

_BEFORE = ("inherent", "initial", "gross", "raw", "original", "current", "unmitigated")
_AFTER = ("residual", "net", "mitigated", "managed")
_AIMED = ("target", "tolerated", "desired")
_CHANCE = ("likelihood", "probability")
_HARM = ("impact", "severity", "consequence")
_COLUMNS: dict[str, Sequence[str]] = {
    REFERENCE: ("id", "ref", "reference", "no", "number", "risk id", "risk ref", "risk reference", "risk no",
                "risk number", "hazard id", "risk"),
    "title": ("title", "name", "risk title", "risk name", "hazard", "hazard name", "summary"),
    "cause": ("cause", "causes", "risk cause", "because of", "source"),
    "event": ("event", "description", "risk description", "risk event", "threat", "hazard description", "details"),
    "consequence": ("consequence", "consequences", "effect", "effects", "impact description", "result", "outcome"),
    "category": ("category", "risk category", "type", "risk type", "theme"),
    "owner": ("owner", "risk owner", "owned by", "responsible", "lead"),
    "kept_by": ("department", "organisation", "kept by", "owning department", "body"),
    "response": ("response", "risk response", "treatment", "strategy", "approach"),
    "status": ("status", "risk status", "state", "open closed"),
    "identified_on": ("raised", "date raised", "date identified", "identified", "raised on", "opened", "date opened"),
    "review_due": ("review date", "next review", "review due", "next review date", "date of next review"),
    "proximity": ("proximity", "risk proximity"),
    "marking": ("marking", "protective marking", "security marking", "classification", "security classification",
                "government security classification", "gsc", "sensitivity"),
    "mitigation": ("mitigation", "mitigations", "mitigating action", "mitigating actions", "action", "actions",
                   "further action", "further actions", "planned action", "planned actions", "action required"),
    "mitigation_owner": ("action owner", "mitigation owner", "action by", "actionee"),
    "mitigation_due": ("action due", "action due date", "action date", "due date", "mitigation due", "by when",
                       "completion date"),
    "control": ("control", "controls", "existing control", "existing controls", "current controls",
                "controls in place", "key controls"),
    "control_type": ("control type", "type of control"),
    "control_line": ("line of assurance", "line of defence", "assurance line"),
    "closing_reason": ("closure reason", "reason for closing", "reason closed"),
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
_INITIALS = {"vl": 1, "l": 2, "m": 3, "h": 4, "vh": 5}


def columns(outline: Outline) -> dict[str, str]:
    """A field for each header, at most one header for a field but for the texts; what is not known is kept as given."""
    found: dict[str, str] = {}
    levels = _levels(outline)
    for _place, header in outline.columns:
        field = levels.get(header) or _field_of(header)
        found[header] = field if field and field not in found.values() else AS_GIVEN
    if "consequence" not in found.values():
        lone = next((header for header in found if normalised(header) == "impact" and found[header] == AS_GIVEN), None)
        if lone:
            found[lone] = "consequence"
    if not {"title", "event"} & {*found.values()}:
        lone = next((header for header in found if normalised(header) == "risk"), None)
        if lone:
            found[lone] = "title"
    if "title" not in found.values() and "event" in found.values():
        found[next(header for header, field in found.items() if field == "event")] = "title"
    return found


def _words_of(header: str) -> list[str]:
    """Without the numbers of a scale: `Likelihood (1-5)`."""
    return [word for word in normalised(header).split() if not word.isdecimal()]


def _field_of(header: str) -> str | None:
    words = " ".join(_words_of(header))
    for field, names in _COLUMNS.items():
        if words in names:
            return field
    return None


def _levels(outline: Outline) -> dict[str, str]:
    """`Current likelihood` beside `Residual likelihood` is the inherent one; alone it is the score of today."""
    headers = [header for _place, header in outline.columns]
    names = {header: _words_of(header) for header in headers}
    has_after = any(set(words) & set(_AFTER) for words in names.values())
    staged = {_part(words) for words in names.values() if _stage(words, has_after=has_after)}
    found: dict[str, str] = {}
    # Where there is an impact too, a consequence is told in words.
    for header, words in sorted(names.items(), key=lambda item: "consequence" in item[1]):
        part, stage = _part(words), _stage(words, has_after=has_after)
        is_plain = part not in staged and set(words) <= {*_CHANCE, *_HARM, "risk", "score", "level"}
        field = f"{stage or 'residual'}_{part}"
        if part and (stage or is_plain) and field not in found.values() and not _is_prose(outline, header):
            found[header] = field
    return found


def _part(words: Sequence[str]) -> str | None:
    return "likelihood" if set(words) & set(_CHANCE) else "impact" if set(words) & set(_HARM) else None


def _stage(words: list[str], *, has_after: bool) -> str | None:
    if set(words) & set(_AFTER):
        return "residual"
    if set(words) & set(_AIMED):
        return "target"
    if set(words) & set(_BEFORE):
        return "residual" if "current" in words and not has_after else "inherent"
    return None


def _is_prose(outline: Outline, header: str) -> bool:
    """`Impact` may be a level or a text: sentences are no levels."""
    values = outline.values(header)
    return bool(values) and max(len(value) for value in values) > 40


def words(
    outline: Outline, agreed_columns: Mapping[str, str], around: Surroundings, *, only_certain: bool = False
) -> dict[str, dict[str, Any]]:
    """For each value of a column with words: what it stands for, suggested; "" where it had better be kept as given.

    Without a person to look at it (`only_certain`) a letter stands for nothing.
    """
    found: dict[str, dict[str, Any]] = {}
    for header, field in outline.with_words(agreed_columns):
        found[field] = {value: suggested(field, value, around) for value in outline.values(header)}
        if field in LEVELS:
            _doubt(found[field], field, around, only_certain=only_certain)
    return found


def _doubt(suggestions: dict[str, Any], field: str, around: Surroundings, *, only_certain: bool) -> None:
    """Numbers beyond our levels, or between them, are of another scale: then none of them is one of ours."""
    ours = {str(level.value) for level in levels_of(field, around)}
    numbers = {value for value in suggestions if _NUMBER.fullmatch(value)}
    for value in suggestions:
        of_another_scale = value in numbers and not numbers <= ours
        if of_another_scale or (only_certain and value.casefold() in _INITIALS):
            suggestions[value] = ""


def suggested(field: str, value: str, around: Surroundings) -> Any:
    meant = value_of(field, value, value, {}, around)
    if meant is None and field in LEVELS and len(levels_of(field, around)) == 5:
        return _INITIALS.get(value.casefold(), "")
    if meant is None:
        return ""
    return meant.pk if hasattr(meant, "pk") else meant
