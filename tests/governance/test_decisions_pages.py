"""The pages of the decision log, as each person meets them."""

import pytest
from django.urls import reverse

from governance.actions.decisions import make_decision as make_it
from governance.actions.positions import record_position
from governance.models import Decision
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm, confirm
from tests.factories import make_board
from tests.factories.decisions import make_decision, make_proposal
from xgov.pages.values import day
from xgov.records.clock import today


def address(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=["RS-001", *args])


def proposal(**changed: object) -> dict[str, object]:
    return {
        "question": "How many hubs?", "background": "Winter comes.", "marking": "OFFICIAL",
        "options-TOTAL_FORMS": "3", "options-INITIAL_FORMS": "0",
        "options-0-name": "Eleven", "options-0-gains": "Every region.", "options-0-costs": "Money.",
        "options-0-is_recommended": "on", "options-1-name": "Five", "options-1-costs": "Six regions wait.",
        **changed,
    }  # fmt: skip


def making(**changed: object) -> dict[str, object]:
    return {
        "rationale": "Every region needs one.", "decision_words": "Open eleven.", "decided_on": today().isoformat(),
        "effect_state": "KNOWN", "financial_effect": "4.2m", "chosen": "none",
        "authority": "Letter, paragraph 4", **changed,
    }  # fmt: skip


def test_a_manager_proposes_a_decision_with_options(cast: Cast) -> None:
    page = client_of(cast.manager).post(address("propose-decision"), proposal(), follow=True).content.decode()
    assert "D-001 is proposed" in page
    assert "Six regions wait." in page
    decision = Decision.objects.get()
    assert [option.name for option in decision.options.all()] == ["Eleven", "Five"]


def test_a_proposal_without_a_question_keeps_what_was_typed(cast: Cast) -> None:
    page = client_of(cast.manager).post(address("propose-decision"), proposal(question="")).content.decode()
    assert "There is a problem" in page
    assert "Six regions wait." in page
    assert not Decision.objects.exists()


def test_another_option_is_added_on_the_next_page(cast: Cast) -> None:
    response = client_of(cast.manager).post(address("propose-decision"), proposal(another="1"))
    assert response.url == address("change-decision", "D-001")
    assert "Option 3" in client_of(cast.manager).get(response.url).content.decode()


def test_an_emptied_option_is_no_longer_offered(cast: Cast) -> None:
    decision = make_proposal(cast.programme, cast.manager)
    first, second = decision.options.all()
    form = proposal(
        **{
            "options-INITIAL_FORMS": "2", "options-0-pk": first.pk, "options-0-name": "Eleven, at once",
            "options-1-pk": second.pk, "options-1-name": "", "options-1-costs": "", "seen_version": "0",
        }
    )  # fmt: skip
    page = client_of(cast.manager).post(address("change-decision", "D-001"), form, follow=True).content.decode()
    assert "D-001 is changed" in page
    assert [o.name for o in Decision.objects.with_parts().get().options_offered] == ["Eleven, at once"]


def test_the_second_of_two_people_changing_a_proposal_is_told(cast: Cast) -> None:
    make_proposal(cast.programme, cast.manager)
    client_of(cast.sro).post(address("change-decision", "D-001"), proposal(question="Whose?", seen_version="0"))
    form = proposal(question="Mine?", seen_version="0")
    page = client_of(cast.manager).post(address("change-decision", "D-001"), form).content.decode()
    assert "Sara Answerable" in page
    assert "Mine?" in page
    assert Decision.objects.get().question == "Whose?"


def test_the_sro_makes_a_decision(cast: Cast) -> None:
    make_proposal(cast.programme, cast.manager)
    answer = answer_and_confirm(client_of(cast.sro), address("make-decision", "D-001"), making(), follow=True)
    page = answer.content.decode()
    assert "D-001 is made" in page
    assert "£4.2m" in page
    assert day(today()) in page
    assert "Make this decision" not in page
    assert "Change proposal" not in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rationale": ""}, "Enter why"),
        ({"financial_effect": ""}, "Enter the amount"),
        ({"effect_state": "WITHHELD", "financial_effect": ""}, "Say why the amount is withheld"),
        ({"decided_on": "2100-01-01"}, "cannot be in the future"),
        ({"decision_words": ""}, "Choose an option"),
        ({"authority": ""}, "Enter the authority used"),
        ({"decided_on": "", "decided_on_day": "31", "decided_on_month": "2", "decided_on_year": "2026"}, "real date"),
    ],
)
def test_a_decision_that_lacks_something_is_not_made(cast: Cast, changed: dict, words: str) -> None:
    make_proposal(cast.programme, cast.manager)
    page = client_of(cast.sro).post(address("make-decision", "D-001"), making(**changed)).content.decode()
    assert words in page
    assert Decision.objects.get().is_proposed


def test_deciding_twice_decides_once(cast: Cast) -> None:
    make_proposal(cast.programme, cast.manager)
    client = client_of(cast.sro)
    making_it = address("make-decision", "D-001")
    other_tab = client.post(making_it, making(rationale="Other"))
    answer_and_confirm(client, making_it, making())
    page = confirm(client, making_it, other_tab, follow=True).content.decode()
    assert "has been made, or withdrawn, already" in page
    assert Decision.objects.get().rationale == "Every region needs one."


def test_no_form_edits_a_made_decision(cast: Cast) -> None:
    made = make_decision(cast.programme, cast.manager, cast.sro)
    client = client_of(cast.sro)
    for name, args in [("change-decision", ()), ("make-decision", ()), ("withdraw-decision", ())]:
        client.post(address(name, "D-001", *args), proposal(reason="x", **making(question="Edited")))
    client.post(address("position", "D-001", cast.dwp.slug), {"stance": "DISSENTS", "words": "Edited"})
    after = Decision.objects.get()
    assert (after.lock_version, after.status, after.question) == (made.lock_version, "MADE", made.question)
    assert not after.positions.exists()


def test_a_decision_is_superseded_through_its_page(cast: Cast) -> None:
    make_decision(cast.programme, cast.manager, cast.sro)
    client = client_of(cast.sro)
    page = client.get(address("supersede-decision", "D-001")).content.decode()
    assert "It stands until the new decision is made" in page
    client.post(address("supersede-decision", "D-001"), proposal())
    page = client.get(address("decision", "D-001")).content.decode()
    assert "It stands until the decision proposed in its place is made" in page
    answer_and_confirm(client, address("make-decision", "D-002"), making(decided_on=today().isoformat()))
    page = client.get(address("decision", "D-001")).content.decode()
    assert "This decision no longer stands" in page
    assert "Supersede this decision" not in page


def test_a_decision_superseded_by_a_sensitive_one_does_not_name_it(cast: Cast) -> None:
    old = make_decision(cast.programme, cast.manager, cast.sro)
    make_decision(
        cast.programme, cast.manager, cast.sro, supersedes=old, marking="OFFICIAL_SENSITIVE", question="Whom to drop?"
    )
    page = client_of(cast.viewer).get(address("decision", "D-001")).content.decode()
    assert "superseded by a decision that you may not see" in page
    assert "Whom to drop?" not in page
    assert "D-002" not in page


def test_a_partner_records_its_position_on_the_page(cast: Cast) -> None:
    make_proposal(cast.programme, cast.manager)
    client = client_of(cast.contributor)
    page = client.get(address("decision", "D-001")).content.decode()
    assert "Record the position of DWP" in page
    assert "Record the position of MOJ" not in page
    own = address("position", "D-001", cast.dwp.slug)
    refused = client.post(own, {"stance": "DISSENTS", "words": ""}).content.decode()
    assert "Say why the department dissents" in refused
    page = client.post(own, {"stance": "DISSENTS", "words": "Takes our money."}, follow=True).content.decode()
    assert "Takes our money." in page
    assert client.get(address("position", "D-001", cast.moj.slug)).status_code == 403
    assert client.post(address("position", "D-001", cast.moj.slug), {"stance": "AGREES"}).status_code == 403


def test_the_lead_is_offered_no_link_to_change_what_a_partner_said_itself(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    client, own = client_of(cast.manager), address("position", "D-001", cast.dwp.slug)
    asked = client.get(own).content.decode()
    assert "It is shown as noted by you, of MHCLG" in asked
    assert "What the department has said" in asked
    assert "In the department’s words" not in asked
    page = client.post(own, {"stance": "ABSENT"}, follow=True).content.decode()
    assert "Noted by Maya Managewell of MHCLG" in page
    assert "Record the position of DWP" in page
    record_position(proposal, cast.dwp, by=cast.contributor, stance="DISSENTS", words="Takes our money.")
    page = client.get(address("decision", "D-001")).content.decode()
    assert "Recorded by Conrad Contribute" in page
    assert "Noted by" not in page
    assert "Record the position of DWP" not in page
    refused = client.post(own, {"stance": "AGREES"})
    assert refused.status_code == 403
    assert "Only its own people change that" in refused.content.decode()
    assert client.get(own).status_code == 403


def test_the_file_of_the_log_says_who_noted_a_position(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    record_position(proposal, cast.dwp, by=cast.manager, stance="CONSULTED", words="Rang them.")
    record_position(proposal, cast.mhclg, by=cast.manager, stance="AGREES")
    answer = client_of(cast.manager).get(address("decision-list") + "?format=csv")
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
    assert "DWP: Consulted (noted by Maya Managewell of MHCLG). Rang them." in text
    assert "MHCLG: Agrees\n" in text or 'MHCLG: Agrees"' in text


@pytest.mark.parametrize(
    ("who", "read", "propose", "make"),
    [
        ("manager", 200, 200, 403), ("contributor", 200, 403, 403), ("viewer", 200, 403, 403), ("sro", 200, 200, 200),
        ("ao", 200, 403, 200), ("auditor", 200, 403, 403), ("centre", 200, 403, 403), ("administrator", 404, 404, 404),
        ("platform", 404, 404, 404), ("outsider", 404, 404, 404),
    ],
)  # fmt: skip
def test_each_person_reaches_what_their_role_gives(cast: Cast, who: str, read: int, propose: int, make: int) -> None:
    make_proposal(cast.programme, cast.manager)
    client = client_of(getattr(cast, who))
    assert client.get(address("decision-list")).status_code == read
    assert client.get(address("decision", "D-001")).status_code == read
    assert client.get(address("propose-decision")).status_code == propose
    assert client.get(address("change-decision", "D-001")).status_code == propose
    assert client.get(address("withdraw-decision", "D-001")).status_code == propose
    assert client.get(address("make-decision", "D-001")).status_code == make


def test_a_sensitive_decision_is_in_no_list_file_or_history_of_a_viewer(cast: Cast) -> None:
    secret = make_proposal(cast.programme, cast.manager, marking="OFFICIAL_SENSITIVE", question="Close which hub?")
    viewer, auditor = client_of(cast.viewer), client_of(cast.auditor)
    assert viewer.get(address("decision", "D-001")).status_code == 404
    assert "Close which hub?" not in viewer.get(address("decision-list")).content.decode()
    for kind in ("csv", "xlsx"):
        body = b"".join(viewer.get(address("decision-list"), {"format": kind}).streaming_content)
        assert b"Close which hub?" not in body
    history = reverse("pages:history", args=["governance.decision", secret.pk])
    assert viewer.get(history).status_code == 404
    assert "Close which hub?" in auditor.get(address("decision-list")).content.decode()
    assert b"Close which hub?" in b"".join(auditor.get(address("decision-list"), {"format": "csv"}).streaming_content)


def test_the_log_is_filtered_searched_and_exported(cast: Cast) -> None:
    board = make_board(cast.programme)
    make_decision(cast.programme, cast.manager, cast.sro, question="How many hubs?")
    make_proposal(cast.programme, cast.manager, question="Which cities?", board=board)
    client = client_of(cast.viewer)
    for query, shown, hidden in [
        ({"status": "PROPOSED"}, "Which cities?", "How many hubs?"),
        ({"status": "MADE"}, "How many hubs?", "Which cities?"),
        ({"board": board.pk}, "Which cities?", "How many hubs?"),
        ({"q": "cities"}, "Which cities?", "How many hubs?"),
    ]:
        page = client.get(address("decision-list"), query).content.decode()
        assert shown in page
        assert hidden not in page
    csv = b"".join(client.get(address("decision-list"), {"format": "csv"}).streaming_content).decode()
    assert "Open eleven hubs. + Reaches every region. - Takes money from prevention" in csv


def test_a_long_log_asks_no_more_than_a_short_one(cast: Cast, django_assert_max_num_queries) -> None:
    for _ in range(6):
        make_decision(cast.programme, cast.manager, cast.sro)
    client = client_of(cast.manager)
    with django_assert_max_num_queries(20):
        client.get(address("decision-list"))


def test_a_made_decision_still_says_which_departments_never_spoke(cast: Cast) -> None:
    proposal = make_proposal(cast.programme, cast.manager)
    record_position(proposal, cast.dwp, by=cast.contributor, stance="DISSENTS", words="Takes our money.")
    make_it(proposal, by=cast.sro, chosen=proposal.options.first(), rationale="People sleep rough in every region.")
    page = client_of(cast.viewer).get(address("decision", "D-001")).text
    assert "Nothing recorded from: DHSC, HO, MHCLG, MOJ." in page
