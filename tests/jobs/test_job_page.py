"""The page of one piece of long work."""

import datetime as dt

from django.urls import reverse

from programmes.actions import end_appointment
from tests.cast import Cast, client_of
from tests.jobs.conftest import ask, fresh
from xgov.jobs.models import Job, WorkerPresence
from xgov.jobs.presence import say_present, worker_is_running
from xgov.jobs.running import claim, do_here
from xgov.records.clock import now

# --- its page ---------------------------------------------------------------------------------


def page(cast: Cast, job: Job, who: str = "sro") -> str:
    return client_of(getattr(cast, who)).get(job.get_absolute_url()).content.decode()


def test_the_page_says_plainly_that_no_worker_is_running(cast: Cast, sandwich: list[str]) -> None:
    job = ask(cast)
    assert not worker_is_running()
    assert "No worker is running" in page(cast, job)
    assert client_of(cast.sro).get("/health/").status_code == 503
    say_present("worker@here")
    assert "No worker is running" not in page(cast, job)
    assert client_of(cast.sro).get("/health/").json()["status"] == "ready"
    WorkerPresence.objects.update(seen_at=now() - dt.timedelta(minutes=2))
    assert "No worker is running" in page(cast, job)


def test_the_page_renews_itself_without_javascript_until_the_work_has_ended(cast: Cast, sandwich: list[str]) -> None:
    job = ask(cast)
    client = client_of(cast.sro)
    claimed = claim(job.pk)
    claimed.progress(40, "Spreading the butter")
    answer = client.get(job.get_absolute_url())
    assert answer["Refresh"]
    assert "40 per cent done: Spreading the butter" in answer.content.decode()
    claimed.finish("/sandwich/")
    answer = client.get(job.get_absolute_url())
    assert "Refresh" not in answer
    assert 'href="/sandwich/"' in answer.content.decode()


def test_the_page_of_failed_work_says_why_and_offers_to_try_again(cast: Cast, sandwich: list[str]) -> None:
    sandwich.append("refuse")
    job = ask(cast)
    do_here(job)
    words = page(cast, job)
    assert "There is no bread." in words
    assert job.reference in words
    answer = client_of(cast.sro).post(reverse("jobs:try-again", args=[job.pk]))
    assert answer.url != job.get_absolute_url()
    assert Job.objects.count() == 2


def test_the_page_of_failed_work_leads_back_to_what_it_was_for(cast: Cast, sandwich: list[str]) -> None:
    sandwich.append("refuse")
    job = ask(cast)
    do_here(job)
    Job.objects.filter(pk=job.pk).update(subject_model="programmes.Programme", subject_id=cast.programme.pk)
    back = f'href="{cast.programme.get_absolute_url()}"'
    assert back in page(cast, job)
    end_appointment(cast.programme.appointments.get(role="sro"), by=cast.manager, reason="She has left.")
    assert back not in page(cast, job)


def test_a_person_cancels_on_the_page_and_hears_if_it_was_too_late(cast: Cast, sandwich: list[str]) -> None:
    client = client_of(cast.sro)
    job = ask(cast)
    address = reverse("jobs:cancel", args=[job.pk])
    assert "Nothing was issued or changed" in client.post(address, follow=True).content.decode()
    assert "already ended: cancelled" in client.post(address, follow=True).content.decode()
    assert client.get(address).status_code == 405


def test_only_whoever_asked_sees_and_stops_the_work(cast: Cast, sandwich: list[str]) -> None:
    job = ask(cast)
    for who in ("manager", "viewer", "outsider", "platform"):
        client = client_of(getattr(cast, who))
        assert client.get(job.get_absolute_url()).status_code == 404
        for verb in ("cancel", "try-again"):
            assert client.post(reverse(f"jobs:{verb}", args=[job.pk])).status_code == 404
    assert fresh(job).state == Job.State.QUEUED
