"""What the register said when a copy was made, and what others have changed in it since."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from risks.imports.fields import FIELDS
from risks.imports.plans import Difference, Meanwhile, in_words
from risks.imports.rows import Row
from risks.imports.surroundings import Surroundings
from risks.models import Risk
from xgov.access.roles import type_of_text
from xgov.papers.cells import same_text

_LOOKED_AT = 500  # versions asked of history at once


class Versions:
    """Records as they were: asks history once for all the rows of a sheet that are older than the register."""

    def __init__(self, model: type[Model], late: Iterable[tuple[int, int]]) -> None:
        """`late`: the key of each record and the version wanted of it."""
        self.model, self.found = model, {}
        wanted = list(late)
        for start in range(0, len(wanted), _LOOKED_AT):
            self._read(wanted[start : start + _LOOKED_AT])

    def _read(self, late: list[tuple[int, int]]) -> None:
        wanted = set(late)
        found = self.model.history.filter(
            id__in={pk for pk, _version in late}, lock_version__in={version for _pk, version in late}
        )
        for version in found.order_by("history_id"):
            if (version.id, version.lock_version) in wanted:
                self.found[version.id, version.lock_version] = version

    def of(self, record: Any, version: int | None) -> Any:
        """The record as whoever edited the row had it before them: by that the edits are known."""
        return self.found.get((record.pk, version), record)


class Overtaken(Versions):
    """Those of the risks of one file."""

    def __init__(self, risks: Mapping[str, Risk], rows: Iterable[Row]) -> None:
        super().__init__(
            Risk,
            (
                (risks[row.key].pk, row.version)
                for row in rows
                if row.version is not None and row.key in risks and row.version < risks[row.key].lock_version
            ),
        )

    def told(self, risk: Risk, before: Any, around: Surroundings) -> Meanwhile | None:
        return told(risk, before, {key: field.label for key, field in FIELDS.items()}, around)


def told(record: Any, before: Any, labels: Mapping[str, type_of_text], around: Surroundings) -> Meanwhile | None:
    """None when nothing that the file speaks of has changed since, or when the file does not know its version."""
    if before is record:
        return None
    changed = [key for key in labels if stored(before, key) != stored(record, key)]
    if not changed:
        return None
    newest = record.history.order_by("-history_id").first()
    return Meanwhile(
        newest.history_signer, newest.history_date,
        [
            Difference(key, labels[key], _then(before, key, record, around), _now(record, key))
            for key in changed
        ],
    )  # fmt: skip


def stored(record: Any, key: str) -> Any:
    """As the row of the record has it, or that of its history: of a person or department the key."""
    return getattr(record, f"{key}_id" if hasattr(record, f"{key}_id") else key)


def same(value: Any, stored: Any) -> bool:
    """Whether an answer says what is stored already."""
    value = value.pk if isinstance(value, Model) else value
    if isinstance(value, str) and isinstance(stored, str):
        return same_text(value, stored)
    return (value if value != "" else None) == (stored if stored != "" else None)


def _then(before: Any, key: str, record: Any, around: Surroundings) -> Any:
    """Who is not of this programme any more is not named."""
    if key in {"owner", "kept_by", "department"}:
        known = around.owners if key == "owner" else around.departments
        found = known.get(stored(before, key))
        return found.name if found else ""
    return in_words(key, getattr(before, key), type(record))


def _now(record: Any, key: str) -> Any:
    return in_words(key, getattr(record, key), type(record))
