"""A file that a worker has made: for the person who asked, for a day, and while they may see what is in it."""

import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage

from tests.cast import Cast, client_of
from tests.factories import make_membership
from tests.jobs.conftest import ask, fresh
from xgov.jobs import files
from xgov.jobs.models import Job
from xgov.jobs.running import claim, end
from xgov.records.clock import now


@pytest.fixture
def made(cast: Cast, sandwich: list[str]) -> Job:
    job = claim(ask(cast).pk)
    address = files.keep(job, io.BytesIO(b"bread"), "sandwich.txt")
    end(job, state=Job.State.FINISHED, result_url=address)
    return fresh(job)


def grow_old(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(ended_at=now() - files.KEPT_FOR - dt.timedelta(minutes=1))


def test_who_asked_for_it_is_told_until_when_it_is_kept_and_downloads_it(cast: Cast, made: Job) -> None:
    page = client_of(cast.sro).get(made.get_absolute_url()).content.decode()
    assert "Download it" in page
    assert "kept for you until" in page
    answer = client_of(cast.sro).get(made.result_url)
    assert b"".join(answer.streaming_content) == b"bread"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sandwich.txt"'


def test_nobody_else_finds_it(cast: Cast, made: Job) -> None:
    for person in (cast.manager, cast.platform, cast.outsider):
        assert client_of(person).get(made.result_url).status_code == 404


def test_it_is_not_given_to_somebody_who_may_see_less_by_now(cast: Cast, made: Job) -> None:
    make_membership(cast.sro, cast.moj, "viewer")
    answer = client_of(cast.sro).get(made.result_url, follow=True)
    assert "What you may see has changed since this file was made" in answer.content.decode()


def test_after_a_day_it_is_gone_and_the_page_says_so(cast: Cast, made: Job) -> None:
    name = f"made/{made.pk}/sandwich.txt"
    assert files.clear() == 0
    grow_old(made)
    assert "it was kept for a day" in client_of(cast.sro).get(made.result_url, follow=True).content.decode()
    assert default_storage.exists(name)
    assert files.clear() == 1
    assert not default_storage.exists(name)
    assert (
        "The file was kept for a day and is gone" in client_of(cast.sro).get(made.get_absolute_url()).content.decode()
    )
    assert files.clear() == 0


def test_a_second_attempt_replaces_what_the_first_left(cast: Cast, sandwich: list[str]) -> None:
    job = claim(ask(cast).pk)
    for bread in (b"stale", b"fresh"):
        files.keep(job, io.BytesIO(bread), "sandwich.txt")
    assert files.opened(job).read() == b"fresh"
