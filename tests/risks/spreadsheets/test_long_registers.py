"""A register that is long leaves and comes in by a worker, and what is too long is refused in a sentence."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from risks.actions import bringing
from risks.models import RegisterImport, Risk
from risks.views import imports as views
from tests.cast import Cast, client_of
from tests.factories import make_control, make_mitigation
from tests.risks.spreadsheets.files import LETTERS, Copy, bring, counts, csv_of, exported, look, nothing_but, xlsx_of
from xgov.jobs.models import Job
from xgov.jobs.running import do_here
from xgov.records.errors import RuleBroken
from xgov.records.models import Event

HERE = "/programmes/RS-001/risks"


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk, sensitive_risk: Risk) -> Cast:
    make_mitigation(leads_risk, department=cast.mhclg)
    make_control(sensitive_risk, text="Only the cleared know", department=cast.mhclg)
    return cast


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever there is is left to a worker."""
    monkeypatch.setattr(views, "LOOKED_AT_HERE", 0)
    monkeypatch.setattr(views, "ROWS_WHILE_WAITING", 0)


def done(answer: object) -> Job:
    """The job that the page leads to, done."""
    job = Job.objects.get(pk=answer.headers["Location"].split("/")[2])
    assert do_here(job)
    job.refresh_from_db()
    return job


def sent(cast: Cast, data: bytes, name: str) -> Job:
    answers = {"file": SimpleUploadedFile(name, data), "kept_by": cast.mhclg.pk}
    return done(client_of(cast.manager).post(f"{HERE}/spreadsheets/bring/", answers))


def test_a_long_register_is_taken_out_by_a_worker_as_the_person_sees_it(register: Cast, impatient: None) -> None:
    for person, risks in ((register.manager, 3), (register.contributor, 2)):
        client = client_of(person)
        job = done(client.get(f"{HERE}/spreadsheets/register.xlsx"))
        assert (job.state, job.failure) == ("FINISHED", "")
        data = b"".join(client.get(job.result_url).streaming_content)
        book = load_workbook(io.BytesIO(data))
        assert book["Risks"].max_row == 1 + risks
        assert book["Controls"].max_row == risks - 1
        assert counts(look(bring(register, data, by=person))) == nothing_but(left=risks)
    assert Event.objects.filter(kind="list_exported").count() == 2


def test_somebody_who_lost_sight_of_the_programme_meanwhile_gets_no_workbook(register: Cast, impatient: None) -> None:
    from risks.actions.taking_out import ask_for_register

    job = ask_for_register(register.programme, by=register.outsider)
    assert do_here(job)
    job.refresh_from_db()
    assert job.state == "FAILED"
    assert "you do not hold" in job.failure


def test_a_long_copy_is_opened_and_held_against_the_register_by_a_worker(register: Cast, impatient: None) -> None:
    copy = Copy(exported(register))
    copy["R-0001", "Title"] = "Places run out early"
    job = sent(register, copy.data, "register.xlsx")
    brought = RegisterImport.objects.get()
    assert (job.state, job.result_url) == ("FINISHED", brought.get_absolute_url())
    assert (brought.shape, brought.state) == ("OWN", "READY")
    assert counts(brought) == nothing_but(changed=1, left=2)


def test_a_long_register_of_another_shape_is_opened_by_a_worker_and_then_matched(
    register: Cast, impatient: None
) -> None:
    job = sent(register, csv_of(LETTERS), "log.csv")
    brought = RegisterImport.objects.get()
    assert (job.result_url, brought.state) == (f"{HERE}/spreadsheets/1/columns/", "MAPPING")
    brought.file.storage.delete(brought.file.name)  # what its columns say is known without it
    page = client_of(register.manager).get(job.result_url).content.decode()
    assert "For example: 15-Jun-10" in page
    assert "2 rows under the names below" in page


def test_a_long_file_that_cannot_be_read_says_why_on_its_page_and_can_be_put_aside(
    register: Cast, impatient: None
) -> None:
    job = sent(register, xlsx_of([["only one cell"]]), "list.xlsx")
    assert job.state == "FAILED"
    brought = RegisterImport.objects.get()
    client = client_of(register.manager)
    page = client.get(brought.get_absolute_url()).content.decode()
    assert "It could not be read" in page
    assert re.search("list.xlsx, sheet “Sheet”: has no row of column names", page)
    client.post(f"{HERE}/spreadsheets/1/put-aside/")
    brought.refresh_from_db()
    assert brought.state == "PUT_ASIDE"


def test_a_locked_file_is_refused_at_once_however_long_it_is(register: Cast, impatient: None) -> None:
    answers = {
        "file": SimpleUploadedFile(
            "r.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
        ),
        "kept_by": register.mhclg.pk,
    }
    page = client_of(register.manager).post(f"{HERE}/spreadsheets/bring/", answers).content.decode()
    assert "r.xlsx: is encrypted: open it with its password" in page
    assert not RegisterImport.objects.exists()


def test_a_register_with_more_rows_than_memory_allows_is_refused_in_a_sentence(register: Cast, settings) -> None:
    settings.XGOV_IMPORT_ROWS = 3
    data = exported(register)
    with pytest.raises(RuleBroken, match=r"register\.xlsx, sheet “Risks”: has more than 3 rows: bring it in parts"):
        bring(register, data)
    settings.XGOV_IMPORT_ROWS = 4
    assert counts(look(bring(register, data))) == nothing_but(left=3)
    page = client_of(register.manager).get(f"{HERE}/spreadsheets/bring/").content.decode()
    assert "with more than 4 rows in a sheet" in page


def test_the_file_is_opened_once_for_the_preview(register: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    brought = bring(register, exported(register))
    monkeypatch.setattr(bringing, "_opened", lambda data, name: pytest.fail("opened again"))
    assert counts(look(brought)) == nothing_but(left=3)
