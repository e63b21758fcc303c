"""`manage.py import_risks`: for whoever runs the service, with the last line that every importer has."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from risks.models import RegisterImport, Risk
from tests.cast import Cast
from tests.risks.spreadsheets.files import LETTERS, WORDS, Copy, csv_of, exported


def run(path: Path, *options: str, programme: str = "RS-001") -> list[str]:
    out = io.StringIO()
    call_command("import_risks", str(path), "--programme", programme, *options, stdout=out, stderr=io.StringIO())
    return out.getvalue().splitlines()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_bytes(csv_of(LETTERS))
    return path


def kept_files() -> set[str]:
    try:
        return set(default_storage.listdir("registers/RS-001")[1])
    except FileNotFoundError:
        return set()


def test_a_register_of_another_shape_is_taken_by_what_is_certain_and_a_second_run_changes_nothing(
    cast: Cast, log: Path
) -> None:
    assert run(log)[-1] == "created 2, updated 0, unchanged 0, closed 0, kept as text 18"
    assert Risk.objects.to_be_scored().count() == 2  # a letter is no level of ours until a person says so
    assert RegisterImport.objects.get().state == "APPLIED"
    assert run(log)[-1] == "created 0, updated 0, unchanged 2, closed 0, kept as text 0"
    assert Risk.objects.count() == 2


def test_words_that_are_ours_are_taken_for_what_they_say(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "hazards.csv"
    rows = [list(row) for row in WORDS]
    rows[1][3] = rows[1][6] = "High"
    path.write_bytes(csv_of(rows))
    assert run(path)[-1].startswith("created 3, updated 0")
    assert sorted(Risk.objects.values_list("residual_score", flat=True)) == [0, 0, 8]


def test_a_dry_run_says_the_same_and_leaves_nothing_behind(cast: Cast, log: Path) -> None:
    before = kept_files()
    told = run(log, "--dry-run")
    assert told[-2:] == [
        "Dry run: nothing was saved.", "created 2, updated 0, unchanged 0, closed 0, kept as text 18",
    ]  # fmt: skip
    assert not Risk.objects.exists()
    assert not RegisterImport.objects.exists()
    assert kept_files() == before


def test_an_edited_copy_is_taken_and_errors_are_told_by_sheet_and_cell(
    cast: Cast, leads_risk: Risk, partners_risk: Risk, tmp_path: Path
) -> None:
    path = tmp_path / "register.xlsx"
    copy = Copy(exported(cast))
    copy["R-0001", "Residual impact"] = "soon"
    path.write_bytes(copy.data)
    before = kept_files()
    with pytest.raises(CommandError) as refused:
        run(path)
    where = copy.address("R-0001", "Residual impact")
    assert str(refused.value) == f"{path}: sheet “Risks”, cell {where}: is not a level from 1 to 5."
    assert kept_files() == before
    copy["R-0001", "Residual impact"] = 5
    copy["R-0001", "Reason for the change"] = "A shelter closed."
    copy["R-0002", "Status"] = "Closed"
    copy["R-0002", "Why it was closed"] = "The law was changed."
    path.write_bytes(copy.data)
    with pytest.raises(CommandError, match="which a person must do: give the option --as EMAIL"):
        run(path)
    assert run(path, "--as", "manager@mhclg.example")[-1] == (
        "created 0, updated 1, unchanged 0, closed 1, kept as text 0"
    )
    assert Risk.objects.get(reference="R-0001").history.first().history_change_reason == "A shelter closed."
    assert Risk.objects.get(reference="R-0002").closed_by == cast.manager


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("none.xlsx", None, "there is no such file"),
        ("log.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        ("log.csv", b"Title\n", "has no row of column names"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence(
    cast: Cast, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        run(path)
    assert str(refused.value).startswith(str(path))
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 1


def test_an_unknown_programme_or_person_is_refused(cast: Cast, log: Path) -> None:
    with pytest.raises(CommandError, match="There is no programme with the reference XX"):
        run(log, programme="XX")
    with pytest.raises(CommandError, match="There is nobody with the email address"):
        run(log, "--as", "nobody@mhclg.example")
    with pytest.raises(CommandError, match=r"viewer@moj\.example: This needs the permission"):
        run(log, "--as", "viewer@moj.example")
