"""How registers of other shapes are read here: remembered for the department that keeps one, register by register."""

import calendar
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.models import Programme
from risks.imports import guesses
from risks.imports.fields import IN_FOREIGN
from risks.imports.foreign import Outline
from risks.imports.meanings import decided
from risks.imports.plans import in_words as value_in_words
from risks.imports.surroundings import Surroundings
from risks.models import ColumnMapping, Control
from xgov.access.roles import type_of_text
from xgov.accounts.models import Department

Words = Mapping[str, Mapping[str, Any]]

_MONTHS = [name.casefold() for name in calendar.month_name[1:]]
_NAMED = 4  # words, where a sentence tells of many


def sheet_of(outline: Outline) -> str:
    """The name of its sheet without the month that many a register puts into it; empty for a CSV file."""
    words = "".join(sign if sign.isalpha() else " " for sign in outline.sheet.casefold()).split()
    return " ".join(word for word in words if not any(_is_short_for(word, month) for month in _MONTHS))[:100]


def _is_short_for(word: str, month: str) -> bool:
    return len(word) >= 3 and month.startswith(word)


def known(programme: Programme, department: Department, outline: Outline) -> list[ColumnMapping]:
    """The department's registers that this may be the next copy of: those of the same sheet before those of none."""
    found = ColumnMapping.objects.filter(
        programme=programme, department=department, fingerprint=outline.fingerprint
    ).order_by("number", "pk")
    sheet = sheet_of(outline)
    return [each for each in found if each.sheet == sheet] or [each for each in found if not (each.sheet and sheet)]


def mapping_for(programme: Programme, department: Department, outline: Outline, name: str) -> ColumnMapping | None:
    """How this register is read, if there is no doubt which it is: the only one of its kind, or that of this name."""
    found = known(programme, department, outline)
    same_name = [each for each in found if each.name == name]
    alone = found if len(found) == 1 else same_name
    return alone[0] if len(alone) == 1 else None


def another(programme: Programme, department: Department, outline: Outline, name: str) -> ColumnMapping:
    """For a register that has not come before. Not saved."""
    sheet = sheet_of(outline)
    same = ColumnMapping.objects.filter(
        programme=programme, department=department, fingerprint=outline.fingerprint, sheet=sheet
    )
    return ColumnMapping(
        programme=programme, department=department, fingerprint=outline.fingerprint, sheet=sheet,
        number=1 + max(same.values_list("number", flat=True), default=0), name=name, headers=outline.headers,
    )  # fmt: skip


def guessed(
    around: Surroundings, outline: Outline, department: Department, keeper: Department, name: str
) -> ColumnMapping:
    """For a command, where nobody can be asked: only what is certain. `keeper` keeps its risks. Not saved."""
    mapping = another(around.programme, department, outline, name)
    mapping.columns = guesses.columns(outline)
    mapping.words = guesses.words(outline, mapping.columns, around, only_certain=True)
    mapping.category = "GOVERNANCE" if "GOVERNANCE" in around.terms.categories else around.terms.categories[0]
    mapping.kept_by = keeper
    return mapping


def undecided(outline: Outline, columns: Mapping[str, str], words: Words) -> dict[str, list[str]]:
    """Field by field the words of this copy that nobody has said the meaning of, the commonest first."""
    found: dict[str, list[str]] = {}
    for header, field in outline.with_words(columns):
        new = [word for word, _times in outline.values(header).most_common() if word not in words.get(field, {})]
        if new:
            found.setdefault(field, []).extend(new)
    return found


def merged(earlier: Words, now: Words) -> dict[str, dict[str, Any]]:
    """What was said of a word stays until something else is said of that word."""
    return {field: {**earlier.get(field, {}), **now.get(field, {})} for field in {**earlier, **now}}


def in_words(earlier: Words, now: Words, around: Surroundings) -> str:
    """Which words stand for something else than before, for the reason that the history gives."""
    told = list(_differences(earlier, now, around))
    more = [_("%(count)d more") % {"count": len(told) - _NAMED}] if len(told) > _NAMED else []
    return "; ".join(told[:_NAMED] + more)


def _differences(earlier: Words, now: Words, around: Surroundings) -> Iterator[str]:
    for field, meanings in now.items():
        for word, meant in meanings.items():
            was = earlier.get(field, {}).get(word)
            if was is not None and str(was) != str(meant):
                yield _("%(field)s “%(word)s”: %(was)s to %(now)s") % {
                    "field": IN_FOREIGN[field].label, "word": word[:60],
                    "was": _meaning(field, was, around), "now": _meaning(field, meant, around),
                }  # fmt: skip


def _meaning(field: str, meaning: Any, around: Surroundings) -> str:
    value = decided(field, meaning, around)
    if value is None:
        return _("kept as given")
    of_control = field.removeprefix("control_")
    return str(value_in_words(field, value) if of_control == field else value_in_words(of_control, value, Control))


def words_known(mapping: ColumnMapping, around: Surroundings) -> list[tuple[type_of_text, list[tuple[str, str]]]]:
    """By field: each word that somebody has decided on, and what it stands for."""
    return [
        (IN_FOREIGN[field].label, [(word, _meaning(field, meant, around)) for word, meant in meanings.items()])
        for field, meanings in mapping.words.items()
        if field in IN_FOREIGN and meanings
    ]


def notes(mapping: ColumnMapping, outline: Outline) -> list[str]:
    """Said beside what would change, of words that nobody was asked about."""
    new = [word for words in undecided(outline, mapping.columns, mapping.words).values() for word in words]
    if not new:
        return []
    words = ngettext(
        "Nobody has said what %(count)d word stands for. It is read as ours, or kept as given: %(first)s.",
        "Nobody has said what %(count)d words stand for. They are read as ours, or kept as given: %(first)s.",
        len(new),
    )
    return [words % {"count": len(new), "first": ", ".join(f"“{word[:60]}”" for word in new[:_NAMED])}]
