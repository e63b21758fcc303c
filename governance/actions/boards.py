"""Setting up boards and who sits on them. The only writer of boards and seats."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from governance.models import Board, BoardAppointment
from programmes.models import Programme
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.pages.values import day
from xgov.papers import sections
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

_SLUG_LENGTH = 50


@transaction.atomic
def create_board(programme: Programme, *, by: User, reason: str = "", **answers: Any) -> Board:
    """`answers`: name, forum, remit, is_deciding, short_name, running_order; all but the name may be left out."""
    programme = hold(programme)
    rules.require(by, Permission.MANAGE, programme)
    if programme.is_over:
        raise RuleBroken(_("This programme has ended, so it cannot have another board."))
    board = Board(programme=programme, **answers)
    board.slug = _free_slug(board.name)
    board.short_name = board.short_name or _free_short_name(board)
    _refuse_impossible(board)
    with acting(by, reason):
        board.save()
    grants.sync(board)
    return board


@transaction.atomic
def change_board(board: Board, *, by: User, seen_version: int | None, reason: str = "", **answers: Any) -> Board:
    """Its address stays as it was, whatever its new name."""
    board = hold(board, "programme")
    rules.require(by, Permission.MANAGE, board.programme)
    _refuse_closed(board)
    check_seen(board, seen_version)
    for name, value in answers.items():
        setattr(board, name, value)
    board.short_name = board.short_name or _free_short_name(board)
    _refuse_impossible(board)
    with acting(by, reason):
        board.save()
    return board


@transaction.atomic
def set_running_order(
    board: Board, order: list[str], *, by: User, seen_version: int | None = None, reason: str = ""
) -> Board:
    """What the board's packs say, in which order. The board's secretary may set it too."""
    board = hold(board, "programme")
    rules.require(by, Permission.MANAGE, board)
    _refuse_closed(board)
    check_seen(board, seen_version)
    board.running_order = list(order)
    _refuse_unknown_sections(board)
    with acting(by, reason):
        board.save()
    return board


@transaction.atomic
def close_board(board: Board, *, by: User, reason: str) -> Board:
    """It issues no more packs; what it issued stays."""
    board = hold(board, "programme")
    rules.require(by, Permission.MANAGE, board.programme)
    _refuse_closed(board)
    if not reason.strip():
        raise RuleBroken(_("Say why the board closes."), "reason")
    board.closed_on = today()
    board.is_deciding = False
    with acting(by, reason):
        board.save()
    grants.sync(board.programme)
    return board


@transaction.atomic
def appoint_to_board(
    board: Board, person: User, role: str, *, by: User, since: date | None = None, until: date | None = None,
    reason: str = "",
) -> BoardAppointment:  # fmt: skip
    person, board = hold(person), hold(board, "programme")
    rules.require(by, Permission.MANAGE, board.programme)
    _refuse_closed(board)
    seat = BoardAppointment(board=board, person=person, role=role, since=since or today(), until=until)
    _refuse_impossible_seat(seat, by)
    with acting(by, reason):
        seat.save()
    grants.sync(board.programme)
    return seat


@transaction.atomic
def end_seat(seat: BoardAppointment, *, by: User, reason: str, on: date | None = None) -> BoardAppointment:
    """The seat is held no longer from the day `on`; from today by default."""
    seat = hold(seat, "board__programme")
    rules.require(by, Permission.MANAGE, seat.board.programme)
    if seat.has_ended:
        raise RuleBroken(_("This seat has already ended."))
    if not reason.strip():
        raise RuleBroken(_("Say why the seat ends."), "reason")
    seat.end(on)
    with acting(by, reason):
        seat.save()
    grants.sync(seat.board.programme)
    return seat


def _refuse_closed(board: Board) -> None:
    if board.is_closed:
        raise RuleBroken(_("This board has closed."))


def _refuse_impossible(board: Board) -> None:
    others = Board.objects.open().filter(programme=board.programme_id).exclude(pk=board.pk)
    if others.filter(name__iexact=board.name).exists():
        raise RuleBroken(_("This programme already has a board of this name."), "name")
    if others.filter(short_name__iexact=board.short_name).exists():
        raise RuleBroken(_("Another board of this programme already has this short name."), "short_name")
    if board.is_deciding and (deciding := others.filter(is_deciding=True).first()):
        words = _("%(board)s already takes this programme's decisions. A programme has one deciding board.")
        raise RuleBroken(words % {"board": deciding}, "is_deciding")
    _refuse_unknown_sections(board)
    board.full_clean(exclude=["slug"])


def _refuse_unknown_sections(board: Board) -> None:
    if not board.running_order:
        raise RuleBroken(_("A pack needs at least one section."), "running_order")
    if len(set(board.running_order)) != len(board.running_order):
        raise RuleBroken(_("A section can stand in a running order only once."), "running_order")
    for key in board.running_order:
        try:
            sections.find(key)
        except sections.UnknownSection as unknown:
            raise RuleBroken(str(unknown), "running_order") from unknown


def _refuse_impossible_seat(seat: BoardAppointment, by: User) -> None:
    if seat.person == by:
        raise RuleBroken(_("You cannot give yourself a seat. Ask somebody else who manages the programme."), "person")
    if not seat.person.is_active:
        raise RuleBroken(_("This person may no longer sign in."), "person")
    if seat.until and seat.until <= seat.since:
        raise RuleBroken(_("The seat would end before it starts."), "until")
    if seat.starts_too_late:
        raise RuleBroken(_("A seat starts within a year. Give it nearer the day."), "since")
    _refuse_the_same_again(seat)


def _refuse_the_same_again(seat: BoardAppointment) -> None:
    same = BoardAppointment.objects.filter(board=seat.board, person=seat.person, role=seat.role)
    other = same.overlapping(seat.since, seat.until).order_by("since").first()
    if other is None:
        return
    told = {"person": seat.person, "day": day(other.since)}
    if other.has_begun:
        raise RuleBroken(_("%(person)s already has this seat.") % told, "person")
    words = _("%(person)s already has this seat to come, from %(day)s. Cancel that, or give this one an end before it.")
    raise RuleBroken(words % told, "person")


def _free_slug(name: str) -> str:
    start = slugify(name)[:_SLUG_LENGTH].strip("-") or "board"
    taken = set(Board.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    return _first_free(start, taken, "-")


def _free_short_name(board: Board) -> str:
    """The initials of its name, with a number if another board of the programme has them."""
    start = "".join(word[0] for word in slugify(board.name).split("-") if word)[:8].upper() or "B"
    others = Board.objects.filter(programme=board.programme_id).exclude(pk=board.pk)
    return _first_free(start, set(others.values_list("short_name", flat=True)), "")


def _first_free(start: str, taken: set[str], joint: str) -> str:
    number, free = 1, start
    while free in taken:
        number += 1
        free = f"{start}{joint}{number}"
    return free
