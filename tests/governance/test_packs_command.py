"""`manage.py issue_pack BOARD [--meeting DATE]`: the same pack, without a browser, or a clear sentence."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from governance.models import Board, Pack
from tests.cast import Cast
from xgov.jobs.models import Job
from xgov.papers import checks
from xgov.records.acting import acting
from xgov.records.clock import today


def run(*arguments: str) -> str:
    said = io.StringIO()
    call_command("issue_pack", *arguments, stdout=said)
    return said.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    return str(refusal.value)


def test_the_command_issues_in_the_name_of_the_sro_before_it_ends(cast: Cast, board: Board) -> None:
    said = run("sleeping-rough", "--meeting", (today() + dt.timedelta(days=7)).isoformat())
    pack = Pack.objects.get()
    assert pack.is_issued
    assert pack.issued_by == cast.sro
    assert checks.faults(pack.pdf.open().read()) == []
    assert pack.pdf_sha256 in said
    assert "RS-001/SRPB/1, version 1" in said
    assert Job.objects.get().state == Job.State.FINISHED


def test_the_command_issues_in_the_name_of_whom_it_is_told(cast: Cast, board: Board) -> None:
    run("sleeping-rough", "--by", "Manager@mhclg.example")
    assert Pack.objects.get().issued_by == cast.manager


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such-board"], "There is no board “no-such-board”. There are: sleeping-rough."),
        (["sleeping-rough", "--meeting", "27/3/2027"], "“27/3/2027” is no date. Write it as 2026-12-03."),
        (["sleeping-rough", "--meeting", "2027-02-30"], "“2027-02-30” is no date. Write it as 2026-12-03."),
        (["sleeping-rough", "--meeting", "2020-01-01"], "The meeting is in the past"),
        (["sleeping-rough", "--by", "stranger@x.example"], "There is nobody with the address “stranger@x.example”."),
        (["sleeping-rough", "--by", "viewer@moj.example"], "Vera Viewing may not issue packs of"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_saves_nothing(
    cast: Cast, board: Board, arguments: list[str], words: str
) -> None:
    assert words in refused(*arguments)
    assert not Pack.objects.exists()
    assert not Job.objects.exists()


def test_a_programme_without_an_sro_needs_somebody_named(cast: Cast, board: Board) -> None:
    with acting(cast.manager):
        appointment = cast.programme.appointments.get(role="sro")
        appointment.until = today()
        appointment.save()
    assert "has no SRO. Say who issues the pack with --by EMAIL." in refused("sleeping-rough")


def test_a_section_that_fails_ends_the_command_with_the_reason(cast: Cast, board: Board, shelf: dict) -> None:
    shelf["risks.above_appetite"] = replace(shelf["risks.above_appetite"], write=lambda brief: 1 / 0)
    assert "was not issued: The section “Risks” could not be composed" in refused("sleeping-rough")
    assert Pack.objects.get().state == Pack.State.FAILED
