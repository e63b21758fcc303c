from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from governance.actions import boards as actions
from governance.forms.boards import BoardForm, ReasonForm, RunningOrderForm, SeatForm
from governance.models import Board, BoardAppointment, Pack
from governance.registers import BOARDS
from programmes.views.pages import programme_page
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES
from xgov.access.standing import open_doors
from xgov.pages.forms import Check
from xgov.pages.registers import register_page
from xgov.pages.values import day
from xgov.papers.sections import all_sections

_form_methods = require_http_methods(["GET", "POST"])


def find_board(request: HttpRequest, slug: str) -> Board:
    return rules.find(Board.objects.select_related("programme"), request.user, slug=slug)


def board_page(request: HttpRequest, board: Board) -> dict[str, Any]:
    """What every page of a board begins with. Not everyone who sits on it may see the programme."""
    return {
        "frame": "governance/boards/board_base.html",
        "board": board,
        "record": board,
        "sees_programme": rules.can(request.user, Permission.VIEW, board.programme),
        "permissions": rules.permissions_on(request.user, board),
        "may_manage": rules.can(request.user, Permission.MANAGE, board.programme) and not board.is_closed,
    }


@require_GET
def board_list(request: HttpRequest) -> HttpResponseBase:
    boards = Board.objects.visible_to(request.user)
    context = {"heading": _("Boards")}
    return register_page(request, BOARDS, boards, template="pages/register.html", context=context)


@require_GET
def programme_packs(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference)
    boards = (
        Board.objects.visible_to(request.user)
        .filter(programme=programme)
        .order_by(F("closed_on").asc(nulls_first=True), "-is_deciding", "name")
    )
    packs = Pack.objects.visible_to(request.user).filter(programme=programme).for_lists()
    issues = open_doors(request.user, Board, Permission.ISSUE)
    may_issue = {board.pk for board in boards if board.pk in issues and not board.is_closed}
    context |= {
        "boards": boards,
        "may_issue": may_issue,
        "may_issue_any": bool(may_issue),
        "packs": packs.order_by("-created_at"),
        "may_add": "manage" in context["programme_permissions"] and not programme.is_over,
    }
    return render(request, "governance/boards/programme.html", context)


@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    board = find_board(request, slug)
    context = board_page(request, board)
    packs = Pack.objects.visible_to(request.user).filter(board=board).for_lists().newest_first()
    seats = (
        BoardAppointment.objects.visible_to(request.user).filter(board=board).select_related("person__home_department")
    )
    titles = {section.key: section.title for section in all_sections()}
    context |= {
        "packs": [pack for pack in packs if pack.is_issued],
        "unissued": next((pack for pack in packs if not pack.is_issued), None),
        "seats": seats.present_or_coming(),
        "order": [(key, titles.get(key)) for key in board.running_order],
        "may_issue": "issue" in context["permissions"] and not board.is_closed,
        "may_order": "manage" in context["permissions"] and not board.is_closed,
        "may_propose": "manage" in context["permissions"] and not board.is_closed and context["sees_programme"],
    }
    return render(request, "governance/boards/board.html", context)


@_form_methods
def add_board(request: HttpRequest, reference: str) -> HttpResponse:
    programme, context = programme_page(request, reference)
    rules.require(request.user, Permission.MANAGE, programme)
    form = BoardForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.create_board, programme, by=request.user, **form.answers):
        messages.success(request, _("%(board)s added. Now give seats to its members.") % {"board": form.result})
        return redirect(form.result)
    context |= {
        "form": form,
        "heading": _("Add a board"),
        "caption": programme.name,
        "action": _("Add board"),
        "cancel": reverse("governance:programme-packs", args=[programme.reference]),
    }
    return render(request, "pages/form.html", context)


@_form_methods
def change_board(request: HttpRequest, slug: str) -> HttpResponse:
    board = find_board(request, slug)
    context = board_page(request, board)
    rules.require(request.user, Permission.MANAGE, board.programme)
    form = BoardForm(request.POST or None, instance=find_board(request, slug))
    if form.is_valid() and form.carry_out(
        actions.change_board, board, by=request.user, seen_version=form.seen_version, **form.answers
    ):
        messages.success(request, _("%(board)s changed.") % {"board": form.result})
        return redirect(form.result)
    context |= {"form": form, "heading": _("Change board"), "action": _("Save board")}
    return render(request, "pages/form.html", context)


@_form_methods
def running_order(request: HttpRequest, slug: str) -> HttpResponse:
    board = find_board(request, slug)
    context = board_page(request, board)
    rules.require(request.user, Permission.MANAGE, board)
    form = RunningOrderForm(request.POST or None, instance=board)
    if form.is_valid() and form.carry_out(
        actions.set_running_order, board, form.order, by=request.user, seen_version=form.seen_version
    ):
        messages.success(request, _("Running order saved. The next pack follows it."))
        return redirect(board)
    return render(request, "governance/boards/running_order.html", context | {"form": form})


@_form_methods
def close_board(request: HttpRequest, slug: str) -> HttpResponse:
    board = find_board(request, slug)
    context = board_page(request, board)
    rules.require(request.user, Permission.MANAGE, board.programme)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and form.carry_out(actions.close_board, board, by=request.user, **form.answers):
        messages.success(request, _("%(board)s closed. Its packs stay.") % {"board": board})
        return redirect(board)
    context |= {
        "form": form,
        "heading": _("Close this board"),
        "intro": _(
            "It will issue no more packs, and its secretary will no longer read the programme by that seat. What it "
            "issued stays."
        ),
        "action": _("Close board"),
        "danger": True,
    }
    return render(request, "pages/form.html", context)


@_form_methods
def add_seat(request: HttpRequest, slug: str) -> HttpResponse:
    board = find_board(request, slug)
    context = board_page(request, board)
    rules.require(request.user, Permission.MANAGE, board.programme)
    form = SeatForm(request.POST or None)
    seats = BoardAppointment.objects.current().filter(board=board).select_related("person", "board")
    check = Check(request, form, *seats)
    if form.is_valid() and check.carry_out(actions.appoint_to_board, board, by=request.user, **form.answers):
        words = _("%(person)s now sits on the board. They receive every pack issued from today.")
        if not form.result.has_begun:
            words = _("%(person)s sits on the board from %(day)s. They receive every pack issued from then on.")
        messages.success(request, words % {"person": form.result.person, "day": day(form.result.since)})
        return redirect(board)
    context |= {"form": form, "check": check}
    if not check.is_due:
        context |= {"heading": _("Give somebody a seat"), "action": _("Continue")}
        return render(request, "pages/form.html", context)
    role = ROLES[form.cleaned_data["role"]]
    context |= {
        "heading": _("Check the seat"),
        "action": _("Give seat"),
        "consequences": [f"{role.label}: {role.sentence}", _("They receive every pack that is issued from then on.")],
    }
    return render(request, "pages/check.html", context)


@_form_methods
def end_seat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    board = find_board(request, slug)
    context = board_page(request, board)
    rules.require(request.user, Permission.MANAGE, board.programme)
    seats = BoardAppointment.objects.visible_to(request.user).filter(board=board)
    seat = get_object_or_404(seats.select_related("person", "board__programme"), pk=pk)
    form = ReasonForm(request.POST or None)
    check = Check(request, form, seat)
    if form.is_valid() and check.carry_out(actions.end_seat, seat, by=request.user, **form.answers):
        words = _("%(person)s no longer sits on the board.")
        if not seat.has_begun:
            words = _("%(person)s will not sit on the board.")
        messages.success(request, words % {"person": seat.person})
        return redirect(board)
    context |= {"form": form, "check": check, "caption": f"{seat.get_role_display()}, {seat.person}"}
    if not check.is_due:
        context |= {"heading": _("End this seat"), "action": _("Continue")}
        return render(request, "pages/form.html", context)
    context |= {
        "heading": _("Check before the seat ends"),
        "action": _("End seat"),
        "danger": True,
        "consequences": _what_ending_means(seat),
    }
    return render(request, "pages/check.html", context)


def _what_ending_means(seat: BoardAppointment) -> list[str]:
    told = {"person": seat.person, "day": day(seat.since)}
    if not seat.has_begun:
        return [_("%(person)s was to have the seat from %(day)s. They never do.") % told]
    return [
        _("%(person)s no longer sees the board from today, and receives no more of its packs.") % told,
        _("They keep the packs that were issued to them."),
    ]
