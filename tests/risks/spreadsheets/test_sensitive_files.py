"""What a file says of sensitive risks is read by nobody who may not see them, whoever brings it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from risks.actions import change_risk
from risks.actions.imports import put_aside
from risks.models import RegisterImport, Risk
from tests.cast import Cast, client_of
from tests.risks.spreadsheets.files import LETTERS, Copy, apply, bring, csv_of, exported, look
from tests.risks.spreadsheets.test_foreign_registers import matched

BRING = "/programmes/RS-001/risks/spreadsheets/bring/"


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk, sensitive_risk: Risk) -> Cast:
    return cast


def new_row(register: Cast, marking: str) -> bytes:
    copy = Copy(exported(register, register.contributor))
    copy["R-0002", "Marking"] = marking
    rows = [[cell.value for cell in row] for row in copy.sheet.iter_rows()]
    rows[2][0] = None
    return csv_of(rows)


def files_kept() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("registers/**/*") if path.is_file()]


def sent(cast: Cast, data: bytes, name: str) -> str:
    answer = client_of(cast.contributor).post(
        BRING, {"file": SimpleUploadedFile(name, data), "kept_by": cast.dwp.pk}, follow=True
    )
    assert answer.status_code == 200
    return answer.content.decode()


def nobody_else_reads(cast: Cast, brought: RegisterImport) -> bool:
    page = f"/programmes/RS-001/risks/spreadsheets/{brought.number}/"
    answers = [
        client_of(person).get(address).status_code
        for person in (cast.viewer, cast.centre)
        for address in (page, f"{page}file/")
    ]
    assert client_of(cast.manager).get(f"{page}file/").status_code == 200
    return answers == [404] * 4


def test_a_contributor_cannot_leave_a_copy_with_a_sensitive_risk_where_everyone_reads_it(register: Cast) -> None:
    before = files_kept()
    page = sent(register, exported(register), "register.xlsx")
    assert "ask somebody who may see sensitive records to bring it" in page
    assert not RegisterImport.objects.exists()
    assert files_kept() == before


@pytest.mark.parametrize("marking", ["OFFICIAL-SENSITIVE", "Official Sensitive", "o-s", "OFFICIAL - SENSITIVE: LEGAL"])
def test_a_contributor_cannot_leave_a_new_row_that_is_marked_sensitive(register: Cast, marking: str) -> None:
    assert "ask somebody who may see sensitive records" in sent(register, new_row(register, marking), "rows.csv")
    assert not RegisterImport.objects.exists()


def test_a_long_file_of_a_contributor_is_looked_at_before_it_is_kept(
    register: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("risks.views.imports.LOOKED_AT_HERE", 0)
    assert "ask somebody who may see sensitive records" in sent(register, exported(register), "register.xlsx")
    assert not RegisterImport.objects.exists()


def test_a_contributor_still_brings_a_copy_of_what_they_see(register: Cast) -> None:
    copy = Copy(exported(register, register.contributor))
    copy["R-0002", "Event"] = "People write OFFICIAL-SENSITIVE on papers that are not."
    brought = look(bring(register, copy.data, by=register.contributor))
    assert (brought.state, brought.marking) == ("READY", "OFFICIAL")
    assert client_of(register.viewer).get(f"{brought.get_absolute_url()}file/").status_code == 200


def test_viewer_and_centre_do_not_read_the_copy_that_the_manager_brought(register: Cast) -> None:
    assert nobody_else_reads(register, look(bring(register, exported(register))))


def foreign(marking: str, header: str) -> bytes:
    return csv_of([[*LETTERS[0], header], [*LETTERS[1], marking], [*LETTERS[2], "Official"]])


@pytest.mark.parametrize("header", ["Protective marking", "Classification", "Marking", "Security marking"])
def test_viewer_and_centre_do_not_read_another_register_with_a_marked_risk(cast: Cast, header: str) -> None:
    brought = bring(cast, foreign("Official Sensitive", header), "log.csv")
    assert nobody_else_reads(cast, brought)
    brought = matched(cast, brought)
    assert nobody_else_reads(cast, brought)
    apply(brought)
    assert nobody_else_reads(cast, brought)
    marked = Risk.objects.filter(marking="OFFICIAL_SENSITIVE").values_list("title", flat=True)
    assert list(marked) == ["Ferry timetable challenged"]


@pytest.mark.parametrize("words", ["OFFICIAL-SENSITIVE", "O-S", "Handle as: official sensitive"])
def test_viewer_and_centre_do_not_read_another_register_that_says_so_in_any_cell(cast: Cast, words: str) -> None:
    assert nobody_else_reads(cast, matched(cast, bring(cast, foreign(words, "Who reads this"), "log.csv")))


def test_a_contributor_cannot_leave_another_register_with_a_marked_risk(cast: Cast) -> None:
    assert "ask somebody who may see sensitive records" in sent(cast, foreign("O-S", "Notes"), "log.csv")
    assert not RegisterImport.objects.exists()


def mark(risk: Risk, cast: Cast) -> None:
    change_risk(risk, by=cast.manager, reason="A name is in it.", marking="OFFICIAL_SENSITIVE", owner=cast.manager)


def everybody_reads(cast: Cast, brought: RegisterImport) -> bool:
    address = f"{brought.get_absolute_url()}file/"
    return all(client_of(person).get(address).status_code == 200 for person in (cast.viewer, cast.centre))


def test_viewer_and_centre_no_longer_read_an_old_copy_once_its_risk_is_marked(
    register: Cast, partners_risk: Risk
) -> None:
    copy = Copy(exported(register, register.contributor))
    copy["R-0002", "Title"] = "Claims lapse"
    waiting = look(bring(register, copy.data, by=register.contributor))
    applied = apply(look(bring(register, copy.data, by=register.contributor)))
    aside = look(bring(register, exported(register, register.contributor), by=register.contributor))
    put_aside(aside, by=register.contributor)
    csv = [["Risk", "Title", "Status", "Category", "Kept by"], ["R-0001", "Beds", "Open", "People", "DWP"]]
    other = look(bring(register, csv_of(csv), "one.csv"))
    old = (waiting, applied, aside)
    assert all(everybody_reads(register, each) for each in (*old, other))
    partners_risk.refresh_from_db()
    mark(partners_risk, register)
    assert all(nobody_else_reads(register, each) for each in old)
    assert everybody_reads(register, other)
    newest = applied.history.order_by("-history_date", "-history_id").first()
    assert newest.history_change_reason == "It speaks of R-0002, marked OFFICIAL-SENSITIVE now"
    assert newest.history_user == register.manager


def test_viewer_and_centre_no_longer_read_another_register_once_its_risk_is_marked(cast: Cast) -> None:
    brought = apply(matched(cast, bring(cast, csv_of(LETTERS), "log.csv")))
    assert everybody_reads(cast, brought)
    risk = Risk.objects.get(title="Complaint upheld")
    mark(risk, cast)
    assert nobody_else_reads(cast, brought)


def test_viewer_and_centre_no_longer_read_old_copies_once_a_file_marks_the_risk(register: Cast) -> None:
    old = look(bring(register, exported(register, register.contributor), by=register.contributor))
    assert everybody_reads(register, old)
    copy = Copy(exported(register))
    copy["R-0001", "Marking"] = "OFFICIAL-SENSITIVE"
    apply(look(bring(register, copy.data)))
    assert nobody_else_reads(register, old)


def test_a_file_that_nobody_has_looked_into_is_held_back_too(register: Cast, partners_risk: Risk) -> None:
    old = bring(register, exported(register, register.contributor), by=register.contributor)
    assert everybody_reads(register, old)
    mark(partners_risk, register)
    assert nobody_else_reads(register, old)
