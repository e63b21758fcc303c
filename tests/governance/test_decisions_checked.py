"""A decision is read once more before it is made, and is not made on something that has changed meanwhile."""

import pytest

from governance.actions import decisions
from governance.actions.positions import record_position
from governance.models import Decision
from tests.cast import Cast, client_of
from tests.checking import confirm, sent_along
from tests.factories.decisions import make_decision, make_proposal
from tests.governance.test_decisions_pages import address, making
from xgov.pages.values import day
from xgov.records.clock import today
from xgov.records.models import Event

MAKING = "Check the decision before you make it"


@pytest.fixture
def proposal(cast: Cast) -> Decision:
    return make_proposal(cast.programme, cast.manager)


def is_made() -> bool:
    return Decision.objects.filter(status="MADE").exists()


def test_the_answers_are_shown_in_words_and_nothing_is_done_yet(cast: Cast, proposal: Decision) -> None:
    first = proposal.options.first()
    shown = client_of(cast.sro).post(address("make-decision", "D-001"), making(chosen=first.pk, decision_words=""))
    page = shown.content.decode()
    assert MAKING in page
    for words in ("Open eleven hubs (recommended)", "Every region needs one.", day(today()), "£4,200,000"):
        assert words in page
    assert "Why no amount is given" not in page, "an amount is known"
    assert "Nothing in it can be edited afterwards." in page
    assert not is_made()
    assert not Event.objects.filter(kind="decision_made").exists()
    assert proposal.history.count() == 1


def test_the_decision_words_are_those_of_the_option_if_none_were_typed(cast: Cast, proposal: Decision) -> None:
    client, option = client_of(cast.sro), proposal.options.last()
    shown = client.post(address("make-decision", "D-001"), making(chosen=option.pk, decision_words=""))
    rows = {row.field.name: row.words for _heading, rows in shown.context["check"].groups for row in rows}
    assert rows["decision_words"] == option.name
    confirm(client, address("make-decision", "D-001"), shown)
    assert Decision.objects.get().decision == option.name


def test_what_was_typed_comes_back_to_be_changed(cast: Cast, proposal: Decision) -> None:
    client = client_of(cast.sro)
    shown = client.post(address("make-decision", "D-001"), making(rationale="First line\nSecond line"))
    page = client.post(address("make-decision", "D-001"), sent_along(shown) | {"check-change": "rationale"})
    assert MAKING not in page.content.decode()
    assert page.context["form"]["rationale"].value() == "First line\nSecond line"
    assert not is_made()


def test_two_tabs_do_not_mix(cast: Cast, proposal: Decision) -> None:
    client = client_of(cast.sro)
    one = client.post(address("make-decision", "D-001"), making(rationale="Of the first tab"))
    client.post(address("make-decision", "D-001"), making(rationale="Of the second tab"))
    confirm(client, address("make-decision", "D-001"), one)
    assert Decision.objects.get().rationale == "Of the first tab"


def test_what_is_impossible_is_said_before_the_answers_are_shown(cast: Cast, proposal: Decision) -> None:
    page = client_of(cast.sro).post(address("make-decision", "D-001"), making(decided_on="2100-01-01"))
    assert MAKING not in page.content.decode()
    assert "decided_on" in page.context["form"].errors


@pytest.mark.parametrize("what", ["proposal", "position"])
def test_nothing_is_decided_on_what_has_changed_meanwhile(cast: Cast, proposal: Decision, what: str) -> None:
    client = client_of(cast.sro)
    shown = client.post(address("make-decision", "D-001"), making())
    if what == "proposal":
        decisions.change_proposal(proposal, by=cast.manager, question="How many hubs, and where?")
    else:
        record_position(proposal, cast.dwp, by=cast.contributor, stance="DISSENTS", words="Takes our money.")
    again = confirm(client, address("make-decision", "D-001"), shown)
    page = again.content.decode()
    assert not is_made()
    assert "Something has changed since you opened this" in page
    assert ("Maya Managewell" if what == "proposal" else "Conrad Contribute") in page
    assert ("How many hubs, and where?" if what == "proposal" else "Takes our money.") in page
    assert "Every region needs one." in page
    answer = confirm(client, address("make-decision", "D-001"), again, follow=True)
    assert "D-001 is made" in answer.content.decode()


def test_a_change_while_the_form_was_filled_in_is_told_with_the_answers(cast: Cast, proposal: Decision) -> None:
    client = client_of(cast.sro)
    seen = client.get(address("make-decision", "D-001")).context["check"].seen
    decisions.change_proposal(proposal, by=cast.manager, question="How many hubs, and where?")
    page = client.post(address("make-decision", "D-001"), making() | {"check-seen": seen}).content.decode()
    assert MAKING in page
    assert "Decision: D-001 How many hubs, and where?. Changed by Maya Managewell" in page


def test_a_button_pressed_without_having_read_decides_nothing(cast: Cast, proposal: Decision) -> None:
    page = client_of(cast.sro).post(address("make-decision", "D-001"), making() | {"check-confirmed": "1"})
    assert MAKING in page.content.decode()
    assert not is_made()


def test_a_decision_that_falls_is_named_before(cast: Cast) -> None:
    old = make_decision(cast.programme, cast.manager, cast.sro)
    make_proposal(cast.programme, cast.manager, supersedes=old)
    page = client_of(cast.sro).post(address("make-decision", "D-002"), making(decided_on="")).content.decode()
    assert "is superseded the same moment" not in page
    today = old.decided_on.isoformat()
    page = client_of(cast.sro).post(address("make-decision", "D-002"), making(decided_on=today)).content.decode()
    assert "D-001 How many hubs do we open this winter? is superseded the same moment." in page
    old.refresh_from_db()
    assert old.status == "MADE"
