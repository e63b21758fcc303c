"""Makes the steps that a file asks for beside its risks, in the words that the preview tells of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from risks.exports import BESIDE_COLUMNS
from risks.imports.plans import Difference, Step, in_words
from risks.imports.rows import Row
from risks.models import Risk
from xgov.access.roles import type_of_text

_LONGEST = 100


def labels_of(kind: str) -> dict[str, type_of_text]:
    """What a person calls the columns of a sheet, and the fields that are compared."""
    return {column.key: column.label for column in BESIDE_COLUMNS[kind]}


def step_of(
    row: Row, kind: str, verb: str, words: type_of_text, answers: dict[str, Any], record: Model | None = None,
    about: str = "", risk: Risk | None = None,
) -> Step:  # fmt: skip
    """`record`: the one that it changes, as it is now; `words` have room for the risk and for what it is about."""
    about = about or str(answers["text"] if record is None else record)
    said = {"risk": row.key, "text": about if len(about) <= _LONGEST else f"{about[: _LONGEST - 1]}…"}
    return Step(row, kind, verb, str(words) % said, answers, record, risk=risk)


def change_of(row: Row, kind: str, words: type_of_text, record: Model, edits: Mapping[str, Any]) -> Step:
    step, labels, model = step_of(row, kind, "change", words, dict(edits), record), labels_of(kind), type(record)
    for key, value in edits.items():
        was, now = in_words(key, getattr(record, key), model), in_words(key, value, model)
        step.differences.append(Difference(key, labels[key], was, now))
    return step
