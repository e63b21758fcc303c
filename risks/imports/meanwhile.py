"""What the register said when a copy was made, and what others have changed in it since."""

from collections.abc import Iterable, Mapping
from typing import Any

from risks.imports.fields import FIELDS
from risks.imports.plans import Difference, Meanwhile, in_words
from risks.imports.rows import Row
from risks.imports.surroundings import Surroundings
from risks.models import Risk

_LOOKED_AT = 500  # versions asked of history at once


class Overtaken:
    """Asks history once for all the rows that are of an older version than the register."""

    def __init__(self, risks: Mapping[str, Risk], rows: Iterable[Row]) -> None:
        late = [
            (risks[row.key].pk, row.version)
            for row in rows
            if row.version is not None and row.key in risks and row.version < risks[row.key].lock_version
        ]
        self.versions: dict[tuple[int, int], Any] = {}
        for start in range(0, len(late), _LOOKED_AT):
            self._read(late[start : start + _LOOKED_AT])

    def _read(self, late: list[tuple[int, int]]) -> None:
        wanted = set(late)
        found = Risk.history.filter(
            id__in={pk for pk, _version in late}, lock_version__in={version for _pk, version in late}
        )
        for version in found.order_by("history_id"):
            if (version.id, version.lock_version) in wanted:
                self.versions[version.id, version.lock_version] = version

    def base(self, row: Row, risk: Risk) -> Any:
        """The risk as whoever edited the row had it before them: by that the edits are known."""
        return self.versions.get((risk.pk, row.version), risk)

    def told(self, risk: Risk, before: Any, around: Surroundings) -> Meanwhile | None:
        """None when nothing that the file speaks of has changed since, or when the file does not know its version."""
        if before is risk:
            return None
        changed = [key for key in FIELDS if _stored(before, key) != _stored(risk, key)]
        if not changed:
            return None
        newest = risk.history.order_by("-history_id").first()
        return Meanwhile(
            newest.history_signer, newest.history_date,
            [Difference(key, FIELDS[key].label, _then(before, key, around), _now(risk, key)) for key in changed],
        )  # fmt: skip


def _stored(record: Any, key: str) -> Any:
    return getattr(record, f"{key}_id" if key in {"owner", "kept_by"} else key)


def _then(before: Any, key: str, around: Surroundings) -> Any:
    """Who is not of this programme any more is not named."""
    if key in {"owner", "kept_by"}:
        known = around.owners if key == "owner" else around.departments
        found = known.get(_stored(before, key))
        return found.name if found else ""
    return in_words(key, getattr(before, key))


def _now(risk: Risk, key: str) -> Any:
    return in_words(key, getattr(risk, key))
