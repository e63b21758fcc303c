from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError
from django.db.models.fields.files import FieldFile

from programmes.models import Programme
from risks.actions import bringing, imports
from risks.imports import matching
from risks.imports.surroundings import Surroundings
from risks.models import RegisterImport
from xgov.accounts.models import Department, User
from xgov.papers.importing import BadFile, ImportCommand, ImportReport, NothingSaved
from xgov.papers.tables import bytes_of
from xgov.records.acting import acting
from xgov.records.errors import RuleBroken

_FAULTS_TOLD = 50


class Command(ImportCommand):
    help = (
        "Takes a risk register in: a copy of the programme's own, or one of any other shape. One of another shape is "
        "read as its columns were matched before; else by what its headers and words certainly mean. What does not fit "
        "is kept as given, and the risk is a draft for a person to score."
    )
    file_help = "the register, CSV or XLSX"
    signer = "Import of risks"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--programme", required=True, metavar="REF", help="the reference of the programme")
        parser.add_argument(
            "--as", dest="email", metavar="EMAIL", help="who brings it: their rights hold, and they sign"
        )
        parser.add_argument(
            "--over-changes", action="store_true", help="also change rows that changed here since the copy was made"
        )

    def handle(self, *args: object, dry_run: bool, **options: object) -> None:
        """The file is kept with what was saved of it; where nothing was saved, no file is left behind."""
        self.kept: FieldFile | None = None
        is_saved = False
        try:
            super().handle(*args, dry_run=dry_run, **options)
            is_saved = not dry_run
        finally:
            if self.kept and not is_saved:
                self.kept.storage.delete(self.kept.name)

    def load(
        self, path: Path, *, programme: str, email: str | None, over_changes: bool, **options: object
    ) -> ImportReport:
        found = Programme.objects.filter(reference=programme).first()
        if found is None:
            raise NothingSaved(f"There is no programme with the reference {programme}.")
        by = _person(email) if email else None
        try:
            if by is None:
                return self._taken(path, found, by, over_changes)
            with acting(by, f"Brought in from {path.name}"):
                return self._taken(path, found, by, over_changes)
        except RuleBroken as broken:
            raise NothingSaved(str(broken.message)) from broken
        except PermissionDenied as denied:
            raise NothingSaved(f"{email}: {denied}") from denied

    def _taken(self, path: Path, programme: Programme, by: User | None, over_changes: bool) -> ImportReport:
        keeper = (by and by.home_department) or programme.lead
        if keeper is None:
            raise NothingSaved(f"{programme.reference} has no lead department that could keep the risks.")
        brought = self._brought(path, programme, by, keeper)
        self.kept = brought.file
        outline = bringing.outline_of(brought)
        if outline is not None and brought.mapping is None:
            around = Surroundings(programme)
            department = around.departments.get(keeper.pk, programme.lead)
            brought.mapping = matching.guessed(around, outline, brought.kept_by, department, brought.name)
            brought.mapping.save()
        brought.over_changes = over_changes
        brought.state = imports.State.READY
        brought.save()
        plan = imports.plan_of(brought, by=by)
        if plan.faults:
            self._tell_faults(path, plan.faults)
        imports.apply_register(brought, by=by, plan=plan)
        return plan.report()

    def _brought(self, path: Path, programme: Programme, by: User | None, keeper: Department) -> RegisterImport:
        try:
            return bringing.bring_register(programme, by=by, name=path.name, data=bytes_of(path), kept_by=keeper)
        except RuleBroken as broken:
            if isinstance(bad := broken.__cause__, BadFile):  # named by its whole path here
                raise BadFile(path, bad.message, sheet=bad.sheet, row=bad.row, column=bad.column) from bad
            raise

    def _tell_faults(self, path: Path, faults: list[object]) -> None:
        """Each by its sheet and cell, a line each; then the refusal."""
        for fault in faults[:_FAULTS_TOLD]:
            self.stderr.write(f"{path}, {fault}.")
        raise BadFile(path, f"has {len(faults)} errors" if len(faults) > 1 else f"{faults[0]}")


def _person(email: str) -> User:
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"There is nobody with the email address {email} who may sign in.")
    return person
