"""Each list that is downloaded is made by a worker too when it is long, and holds the same then."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import client_of
from tests.conventions.growing import Ground
from tests.conventions.test_growth import FILES
from xgov.jobs.models import Job
from xgov.jobs.running import do_here
from xgov.pages.registers import answering
from xgov.records.models import Event

# A heat map is no list: it has as many rows as its scale has cells.
MATRICES = {"risks:heat-map", "risks:heat-map-over-programmes"}
MORE = ("risks:movers", "risks:by-department", "risks:escalations", "risks:assumptions", "governance:agreement-list")


def cells(answer: object) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)


def test_a_long_list_is_made_by_a_worker_and_holds_what_a_short_one_does(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground = Ground()
    client = client_of(ground.cast.manager)
    for name in (*FILES, *MORE):
        if name in MATRICES:
            continue
        everywhere = name in {"programmes:list", "risks:all"}
        address = reverse(name, args=[] if everywhere else [ground.programme.reference]) + "?format=xlsx"
        if name == "risks:movers":  # else since the last pack, and nothing has moved since
            address += "&since_day=1&since_month=1&since_year=2020"
        at_once = cells(client.get(address))
        assert len(at_once) > 1, f"{name} is empty"
        noted = Event.objects.filter(kind="list_exported").count()
        with monkeypatch.context() as shortly:
            shortly.setattr(answering, "ROWS_WHILE_WAITING", 0)
            job = Job.objects.get(pk=client.get(address).headers["Location"].split("/")[2])
            assert do_here(job)
        job.refresh_from_db()
        assert (job.state, job.failure) == ("FINISHED", ""), name
        assert cells(client.get(job.result_url)) == at_once, name
        assert Event.objects.filter(kind="list_exported").count() == noted + 1
