"""The frame every importer stands in: what it reports, how it refuses, and the command that runs it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from xgov.records.acting import acting, system_signer
from xgov.records.database import refuse_unmigrated

CREATED, UPDATED, UNCHANGED, CLOSED = "created", "updated", "unchanged", "closed"
_SHOWN = 20  # changes of one kind listed unless --verbosity 2 asks for all


class BadFile(Exception):
    """A file that can not be taken, in one sentence that says where to look."""

    def __init__(
        self,
        file: str | Path,
        message: str,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.file, self.message, self.sheet, self.row, self.column = str(file), message, sheet, row, column
        super().__init__(file, message)

    def __str__(self) -> str:
        place = [self.file]
        if self.sheet:
            place.append(f"sheet “{self.sheet}”")
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column “{' '.join(self.column.split())}”")
        return f"{', '.join(place)}: {self.message.rstrip('.')}."


@dataclass
class ImportReport:
    """What an import did. `kept_as_text` counts the values that were not of their column's type."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    closed: int = 0
    kept_as_text: int = 0
    changes: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def count(self, kind: str, words: str = "") -> None:
        """One record `created`, `updated`, `unchanged` or `closed`; `words` says which, for whoever runs the import."""
        if kind not in (CREATED, UPDATED, UNCHANGED, CLOSED):
            raise ValueError(f"An import does not count “{kind}”.")
        setattr(self, kind, getattr(self, kind) + 1)
        if words:
            self.changes.setdefault(kind, []).append(words)

    def note(self, sentence: str) -> None:
        """Something about the file that the person should know, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def line(self) -> str:
        return (
            f"created {self.created}, updated {self.updated}, unchanged {self.unchanged}, closed {self.closed}, "
            f"kept as text {self.kept_as_text}"
        )


class NothingSaved(CommandError):
    """A refusal as the command line shows it: Django prints the class's name before the sentence."""


NothingSaved.__name__ = "Nothing saved"


class ImportCommand(BaseCommand):
    """A management command that takes one file whole or not at all.

    A subclass gives `help`, `file_help`, `signer` (who signs in the history) and `load`, which calls the action that
    reads the file and saves what it says.
    """

    file_help: ClassVar[str] = "the file to import"
    signer: ClassVar[str] = "Import"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help=self.file_help)
        parser.add_argument("--dry-run", action="store_true", help="say what would change and save nothing")

    def load(self, path: Path, **options: object) -> ImportReport:
        raise TypeError(f"{type(self).__module__} does not say how to load a file.")

    def handle(self, *args: object, file: Path, dry_run: bool, verbosity: int, **options: object) -> None:
        refuse_unmigrated()
        signing = acting(system_signer(self.signer), reason=f"Imported from {file.name}")
        with self._refusing(), transaction.atomic(), signing:
            report = self.load(file, **options)
            if dry_run:
                transaction.set_rollback(True)
        for line in told(report, everything=verbosity > 1):
            self.stdout.write(line)
        if dry_run:
            self.stdout.write("Dry run: nothing was saved.")
        self.stdout.write(report.line())

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except BadFile as refusal:
            raise NothingSaved(str(refusal)) from refusal


def told(report: ImportReport, *, everything: bool = False) -> Iterator[str]:
    """The notes and the changes, a line each; long lists are cut and say so."""
    yield from report.notes
    for kind in (CREATED, UPDATED, CLOSED):
        words = report.changes.get(kind, [])
        shown = words if everything else words[:_SHOWN]
        yield from (f"{kind}: {line}" for line in shown)
        if len(words) > len(shown):
            yield f"{kind}: and {len(words) - len(shown):,} more (--verbosity 2 lists them all)"
