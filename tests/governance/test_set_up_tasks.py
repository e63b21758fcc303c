"""The task list of set-up names what the higher rooms still ask for."""

from django.urls import reverse

from governance.actions.agreements import change_clause, draft_agreement, open_for_signature
from governance.actions.boards import create_board
from governance.memorandum import TO_SETTLE
from tests.cast import Cast, client_of


def _page(cast: Cast) -> str:
    response = client_of(cast.manager).get(reverse("programmes:set-up", args=[cast.programme.reference]))
    return response.content.decode()


def test_a_programme_without_board_risks_and_plan_is_asked_for_them(cast: Cast) -> None:
    page = _page(cast)
    for task in (
        "Found the joint board", "Sign the memorandum", "Agree how much risk the programme will carry",
        "Write down the first risks",
    ):  # fmt: skip
        assert task in page


def test_who_has_not_signed_is_named(cast: Cast) -> None:
    create_board(cast.programme, by=cast.manager, name="Joint board")
    version = draft_agreement(cast.programme, by=cast.manager).versions.get()
    for clause in version.clauses.filter(text__contains=TO_SETTLE):
        change_clause(clause, by=cast.manager, heading=clause.heading, text="Settled.")
    assert "It is being written." in _page(cast)
    open_for_signature(version, by=cast.manager)
    page = _page(cast)
    assert "Not signed yet:" in page
    assert all(name in page for name in ("MHCLG", "DWP", "MOJ", "DHSC", "HO"))
    assert "Joint board" in page
