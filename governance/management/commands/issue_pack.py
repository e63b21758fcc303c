"""Issue a board's pack from the command line: composed, frozen and printed before the command ends."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from governance.actions.packs import issue_pack
from governance.models import Board, Pack
from xgov.accounts.models import User
from xgov.jobs.models import Job
from xgov.jobs.running import do_here
from xgov.records.database import refuse_unmigrated
from xgov.records.errors import RuleBroken

_LOOK_EVERY_SECONDS = 0.5


class Command(BaseCommand):
    help = "Composes, freezes, prints and issues a board's pack, in the name of its SRO or of the person given by --by."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("board", metavar="BOARD", help="the board's name in addresses, as in /boards/NAME/")
        parser.add_argument("--meeting", metavar="DATE", help="the day of the meeting, as 2026-12-03")
        parser.add_argument("--by", metavar="EMAIL", help="who issues it; the programme's SRO by default")

    def handle(self, *args: Any, board: str, meeting: str | None, by: str | None, **options: Any) -> None:
        refuse_unmigrated()
        found = _board(board)
        person = _person(by) if by else _sro(found)
        try:
            pack = issue_pack(found, by=person, meeting_on=_day(meeting), reason="manage.py issue_pack")
        except PermissionDenied as refusal:
            raise CommandError(f"{person} may not issue packs of {found}: {refusal}") from refusal
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        job = _done(pack)
        if job.state != Job.State.FINISHED:
            raise CommandError(f"{pack} was not issued: {job.failure or job.get_state_display().lower()}")
        pack = Pack.objects.get(pk=pack.pk)
        self.stdout.write(
            f"Issued {pack}: {pack.reference}, version {pack.version}, {pack.pages} pages, {pack.get_marking_display()}"
        )
        self.stdout.write(f"{pack.pdf.name}\nSHA-256 {pack.pdf_sha256}")


def _done(pack: Pack) -> Job:
    """The pack's job once it has ended: done here, or by a worker that was quicker."""
    job = pack.newest_job
    do_here(job)
    job.refresh_from_db()
    while job.is_open:
        time.sleep(_LOOK_EVERY_SECONDS)
        job.refresh_from_db()
    return job


def _board(slug: str) -> Board:
    board = Board.objects.select_related("programme").filter(slug=slug).first()
    if board is None:
        names = ", ".join(Board.objects.open().order_by("slug").values_list("slug", flat=True)[:20])
        raise CommandError(f"There is no board “{slug}”. There are: {names or 'none'}.")
    return board


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise CommandError(f"“{text}” is no date. Write it as 2026-12-03.") from wrong


def _person(email: str) -> User:
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"There is nobody with the address “{email}”.")
    return person


def _sro(board: Board) -> User:
    appointment = board.programme.appointments.current().filter(role="sro").select_related("person").first()
    if appointment is None:
        raise CommandError(f"{board.programme} has no SRO. Say who issues the pack with --by EMAIL.")
    return appointment.person
