"""What a value of a register of another shape means here: by what was agreed on its columns and words, or by ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from risks.imports.fields import IN_FOREIGN, NotRead
from risks.imports.surroundings import Surroundings


@dataclass(frozen=True)
class Agreed:
    """How the columns are read: header -> field, field -> {value as given: what it stands for}, and what holds for all.

    A word that stands for "" is kept as given, as is one that nobody has decided on and that no list of ours has.
    """

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, Any]]
    category: str
    kept_by: Any  # a Department
    control_type: str = ""
    control_line: str = ""


def value_of(
    field: str, text: str, cell: Any, words: Mapping[str, Mapping[str, Any]], around: Surroundings
) -> Any | None:
    """What the value means here, by the words agreed on or else by ours; None when it has no place."""
    agreed = words.get(field, {})
    if text in agreed:
        return decided(field, agreed[text], around)
    if field == "title":
        return " ".join(text.split())
    try:
        return IN_FOREIGN[field].read(text if IN_FOREIGN[field].is_text else cell, around)
    except NotRead:
        return None


def decided(field: str, meaning: Any, around: Surroundings) -> Any | None:
    """What a person said that a word stands for; None where it is kept as given."""
    if meaning in ("", None):
        return None
    if field in {"owner", "mitigation_owner"}:
        return around.owners.get(int(meaning))
    if field == "kept_by":
        return around.departments.get(int(meaning))
    return int(meaning) if field.endswith(("likelihood", "impact")) else meaning
