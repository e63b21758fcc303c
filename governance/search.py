"""What of the boardroom may be found: decisions, agreements, boards, packs, and who sits on a board."""

from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Agreement, Board, BoardAppointment, Decision, Pack
from xgov.access.roles import ROLES
from xgov.accounts.models import User
from xgov.pages.search import Kind, ListOfAll, findable


def _as_text(name: str) -> Cast:
    return Cast(name, CharField())


def _reference_of_board(way: str = "") -> Concat:
    """`RS-001/SRPB`, as Board.reference says it."""
    short = Case(When(**{f"{way}short_name": "", "then": _as_text(f"{way}pk")}), default=F(f"{way}short_name"))
    return Concat(F("programme__reference"), Value("/"), short, output_field=CharField())


def decisions(person: User) -> QuerySet[Decision]:
    return Decision.objects.visible_to(person).select_related("programme")


def agreements(person: User) -> QuerySet[Agreement]:
    return Agreement.objects.visible_to(person).with_versions()


def boards(person: User) -> QuerySet[Board]:
    return Board.objects.visible_to(person).select_related("programme").annotate(full_reference=_reference_of_board())


def packs(person: User) -> QuerySet[Pack]:
    reference = Concat(_reference_of_board("board__"), Value("/"), _as_text("number"), output_field=CharField())
    packs = Pack.objects.visible_to(person).for_lists().select_related("programme")
    return packs.annotate(full_reference=reference)


def seats(person: User) -> QuerySet[BoardAppointment]:
    return BoardAppointment.objects.visible_to(person).current().select_related("board__programme", "person")


def _seat_in_words(seat: BoardAppointment) -> str:
    return _("%(role)s, %(board)s") % {"role": ROLES[seat.role].label, "board": seat.board}


findable(
    Kind(
        "decisions", gettext_lazy("Decisions"), order=40, seen_by=decisions, reference="reference", name="question",
        texts=("decision", "rationale"), state=lambda decision: decision.get_status_display(),
        lists=ListOfAll("governance:decision-list"),
    )
)  # fmt: skip
findable(
    Kind(
        "agreements", gettext_lazy("Agreements"), order=50, seen_by=agreements, reference="reference", name="title",
        state=lambda agreement: agreement.status.label, lists=ListOfAll("governance:agreement-list"),
    )
)  # fmt: skip
findable(
    Kind(
        "boards", gettext_lazy("Boards"), order=70, seen_by=boards, reference="full_reference", name="name",
        texts=("remit",), also=("short_name", "programme__name"), lists=ListOfAll(everywhere="governance:board-list"),
        state=lambda board: _("Closed") if board.is_closed else board.get_forum_display(),
    )
)  # fmt: skip
findable(
    Kind(
        "packs", gettext_lazy("Board packs"), order=72, seen_by=packs, reference="full_reference", name="board__name",
        title=str, state=lambda pack: pack.get_state_display(),
    )
)  # fmt: skip
findable(
    Kind(
        "seats", gettext_lazy("People on boards"), order=82, seen_by=seats, name="person__name",
        programme="board__programme", state=_seat_in_words,
    )
)  # fmt: skip
