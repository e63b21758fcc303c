import io
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command

from xgov.papers.importing import BadFile, ImportCommand, ImportReport, told


class ImportLines(ImportCommand):
    """Saves a row for each line of the file: enough to see what is kept and what is rolled back."""

    def load(self, path: Path, **options: object) -> ImportReport:
        report = ImportReport(kept_as_text=1)
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if line == "bad":
                raise BadFile(path, "is not a date", row=number, column="Start\n date")
            ContentType.objects.create(app_label="papers", model=line)
            report.count("created", line)
        report.note("Read as Windows-1252.")
        return report


def run(path: Path, **options: object) -> list[str]:
    out = io.StringIO()
    call_command(ImportLines(), str(path), stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "lines.txt"
    path.write_text("one\ntwo\n")
    return path


@pytest.mark.django_db
def test_an_import_says_what_changed_and_ends_with_the_counts(lines: Path) -> None:
    assert run(lines) == [
        "Read as Windows-1252.",
        "created: one",
        "created: two",
        "created 2, updated 0, unchanged 0, closed 0, kept as text 1",
    ]
    assert ContentType.objects.filter(app_label="papers").count() == 2


@pytest.mark.django_db
def test_a_dry_run_says_the_same_and_saves_nothing(lines: Path) -> None:
    said = run(lines, dry_run=True)
    assert said[-2:] == ["Dry run: nothing was saved.", "created 2, updated 0, unchanged 0, closed 0, kept as text 1"]
    assert not ContentType.objects.filter(app_label="papers").exists()


@pytest.mark.django_db
def test_a_bad_file_is_refused_in_one_sentence_and_nothing_of_it_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("one\nbad\n")
    with pytest.raises(CommandError) as refused:
        run(path)
    assert str(refused.value) == f"{path}, row 2, column “Start date”: is not a date."
    assert type(refused.value).__name__ == "Nothing saved"
    assert refused.value.returncode == 1
    assert not ContentType.objects.filter(app_label="papers").exists()


def test_long_lists_of_changes_are_cut_and_say_so() -> None:
    report = ImportReport()
    for number in range(30):
        report.count("updated", f"organisation {number}")
    assert len(list(told(report))) == 21
    assert list(told(report))[-1] == "updated: and 10 more (--verbosity 2 lists them all)"
    assert len(list(told(report, everything=True))) == 30


def test_an_import_counts_only_what_it_says_it_counts() -> None:
    with pytest.raises(ValueError, match="deleted"):
        ImportReport().count("deleted")
