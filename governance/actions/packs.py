"""Issuing a pack: asked for, composed and frozen, printed, issued. The only writer of packs."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Board, Pack, PackRecipient
from governance.packs import printing
from governance.packs.composing import compose_for, tells_all
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.jobs import queue
from xgov.jobs.models import Job, JobCancelled
from xgov.papers import sections
from xgov.papers.pdf import PdfFile
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.events import record_event
from xgov.records.holding import hold

KIND = "governance.issue_pack"
_FAR_AHEAD = timedelta(days=366)
_COMPOSED_PERCENT = 35  # of the work, when all has been read and only the printing is left


@transaction.atomic
def issue_pack(
    board: Board, *, by: User, meeting_on: date | None = None, with_sensitive: bool = True, handling: str = "",
    reason: str = "",
) -> Pack:  # fmt: skip
    """Ask for the board's next pack. Asking for the same again while it is in the making gives the same pack back."""
    board = hold(board)
    rules.require(by, Permission.ISSUE, board)
    with_sensitive = with_sensitive and tells_all(by, board.programme)
    asked = {
        "meeting_on": meeting_on.isoformat() if meeting_on else None,
        "with_sensitive": with_sensitive,
        "handling": handling.strip(),
    }
    pack = board.packs.not_issued().first()
    if pack is not None and pack.is_in_the_making:
        _refuse_other_answers(pack, asked)
        return pack
    _refuse_impossible(board, meeting_on)
    pack = pack or Pack(board=board, programme=board.programme, number=_next_number(board))
    again = board.packs.issued().filter(meeting_on=meeting_on).count() if meeting_on else 0
    _put(
        pack,
        meeting_on=meeting_on,
        version=again + 1,
        with_sensitive=with_sensitive,
        handling=asked["handling"],
        asked_by=by,
    )
    with acting(by, reason):
        _start_anew(pack)
    title = _("Pack %(number)d of %(board)s") % {"number": pack.number, "board": board}
    queue.ask(KIND, by, title=title, subject=pack, key=f"governance.pack:{board.pk}", **asked)
    return pack


def _refuse_other_answers(pack: Pack, asked: dict[str, Any]) -> None:
    """The same answers are a double click; others would be lost without a word."""
    job = pack.newest_job
    if job.args != asked:
        words = _(
            "Pack %(number)d is being made for %(person)s with other answers than yours. Wait until it is issued, or "
            "have it cancelled, then ask again."
        )
        raise RuleBroken(words % {"number": pack.number, "person": job.asked_by})


def issue_pack_again(job: Job) -> Job:
    """What was asked for in this job, by the same person: the answers are the job's, whatever came between."""
    pack = Pack.objects.select_related("board__programme").get(pk=job.subject_id)
    if pack.is_issued:
        words = _("Pack %(number)d has been issued since, for %(person)s. If you need another, ask for a new one.")
        raise RuleBroken(words % {"number": pack.number, "person": pack.issued_by})
    meeting_on = date.fromisoformat(job.args["meeting_on"]) if job.args["meeting_on"] else None
    return issue_pack(pack.board, by=job.asked_by, **{**job.args, "meeting_on": meeting_on}).newest_job


def _refuse_impossible(board: Board, meeting_on: date | None) -> None:
    if board.is_closed:
        raise RuleBroken(_("This board has closed, so it issues no more packs."))
    if meeting_on and meeting_on < today():
        raise RuleBroken(_("The meeting is in the past. Give the day of the next one, or none."), "meeting_on")
    if meeting_on and meeting_on > today() + _FAR_AHEAD:
        raise RuleBroken(_("The meeting is more than a year away. Check the year."), "meeting_on")
    try:
        for key in board.running_order:
            sections.find(key)
    except sections.UnknownSection as unknown:
        raise RuleBroken(_("The board's running order cannot be followed: %(why)s") % {"why": unknown}) from unknown


def _next_number(board: Board) -> int:
    newest = board.packs.newest_first().values_list("number", flat=True).first()
    return (newest or 0) + 1


def _start_anew(pack: Pack) -> None:
    """As it was before anything was read for it."""
    _put(
        pack,
        state=Pack.State.QUEUED,
        marking=pack.programme.marking,
        as_at=None,
        since=None,
        composed={},
        content_sha256="",
        html="",
        issued_by=None,
        issued_at=None,
        failure="",
    )
    pack.save()


def _put(pack: Pack, **values: Any) -> None:
    for name, value in values.items():
        setattr(pack, name, value)


# --- what the worker does --------------------------------------------------------------------


def make_pack(pack: Pack, job: Job, *, by: User) -> Pack:
    """All of it, from where it stands: what was composed before a worker died is printed, not composed anew."""
    rules.require(by, Permission.ISSUE, pack.board)
    if pack.state != Pack.State.COMPOSED or pack.made_by_job != job.pk:
        pack = freeze_pack(pack, job, by=by)
    else:
        job.progress(_COMPOSED_PERCENT, _("Laying out the pages"))
    pdf = printing.printed(pack.html)
    return hand_out_pack(pack, pdf, job, by=by)


def freeze_pack(pack: Pack, job: Job, *, by: User) -> Pack:
    """Keep what the live record says at this moment. From here on nothing is read from it again."""
    rules.require(by, Permission.ISSUE, pack.board)
    said = compose_for(pack, by)
    head = said.head.plain()
    frozen = {
        "head": head,
        "sections": sections.frozen(said.sections),
        "bodies": printing.bodies(said.head, said.sections),
        "recipients": [[each.person.pk, each.person.name, each.capacity] for each in said.recipients],
    }
    with transaction.atomic():
        job.progress(_COMPOSED_PERCENT, _("Laying out the pages"))  # nothing is kept of work that was called off
        board, pack = pack.board, hold(pack)
        pack.board = board  # a pack never changes its board: what is known of it need not be asked again
        rules.require(by, Permission.ISSUE, board)  # reading took a while
        if pack.is_issued:
            return pack
        _put(
            pack,
            state=Pack.State.COMPOSED,
            composed=frozen,
            content_sha256=sections.content_sha256(said.sections, head),
            html=printing.document(said.head, said.sections),
            marking=said.marking,
            with_sensitive=said.with_sensitive,
            handling=said.head.handling,
            as_at=said.as_at,
            since=said.since,
            issued_by=by,
            issued_at=said.head.issued_at,
            made_by_job=job.pk,
            failure="",
        )
        with acting(by):
            pack.save()
    return pack


def hand_out_pack(pack: Pack, pdf: PdfFile, job: Job, *, by: User) -> Pack:
    """Keep the file, name the recipients, close the record for ever. The job ends in the same transaction."""
    storage = pack.pdf.storage
    name = _kept(pack, pdf, job)
    try:
        pack = _issued(pack, pdf, name, job, by)
    except JobCancelled:
        storage.delete(name)
        raise
    if pack.pdf.name != name:
        storage.delete(name)
    return pack


def _kept(pack: Pack, pdf: PdfFile, job: Job) -> str:
    """The name under which the file now lies: its own for each attempt, so that none touches another's."""
    name = f"{pack.number:04d}-{job.reference}-{job.attempts}-{pdf.sha256[:12]}.pdf"
    return pack.pdf.storage.save(pack._meta.get_field("pdf").generate_filename(pack, name), ContentFile(pdf.data))


@transaction.atomic
def _issued(pack: Pack, pdf: PdfFile, name: str, job: Job, by: User) -> Pack:
    job.finish(pack.get_absolute_url())
    board, pack = pack.board, hold(pack)
    pack.board = board
    if pack.is_issued:
        return pack
    with acting(by):
        _name_recipients(pack)
        _put(
            pack,
            state=Pack.State.ISSUED,
            pdf=name,
            pdf_sha256=pdf.sha256,
            pdf_bytes=len(pdf.data),
            pages=pdf.pages,
        )
        pack.save()
    words = _("Issued pack %(number)d of %(board)s") % {"number": pack.number, "board": board}
    record_event(
        "pack_issued", by, door=board, subject=pack, words=words,
        pdf_sha256=pdf.sha256, content_sha256=pack.content_sha256, as_at=pack.as_at.isoformat(),
    )  # fmt: skip
    return pack


def _name_recipients(pack: Pack) -> None:
    PackRecipient.objects.create_many(
        PackRecipient(
            pack=pack,
            board_id=pack.board_id,
            programme_id=pack.programme_id,
            person_id=person,
            name=name,
            capacity=capacity,
        )
        for person, name, capacity in pack.composed["recipients"]
    )


@transaction.atomic
def give_up_pack(pack: Pack, why: str) -> Pack:
    """Nothing will come of the work on it; it can be asked for again. Signed by whoever is acting."""
    pack = hold(pack)
    if not pack.is_issued:
        _put(pack, state=Pack.State.FAILED, failure=why)
        pack.save()
    return pack
