"""One thing done to many risks: to all that were chosen, or to none."""

import pytest

from risks.actions import change_risk, reassign_risks
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_risk
from tests.risks.answers import RISKS, text_of
from xgov.records.errors import RuleBroken


@pytest.fixture
def three(cast: Cast) -> list[Risk]:
    """Two that DWP keeps and one that the lead keeps."""
    return [
        make_risk(cast.programme, keeper, cast.contributor, reference=f"R-000{n}", title=f"Number {n}")
        for n, keeper in ((1, cast.dwp), (2, cast.dwp), (3, cast.mhclg))
    ]


def choose(person, verb: str, *references: str, **more: str) -> str:
    return text_of(client_of(person).get(f"{RISKS}together/{verb}/", {"chosen": references, **more}, follow=True))


def send(person, verb: str, risks: list[Risk], **answers: str):
    query = "&".join(f"chosen={risk.reference}" for risk in risks)
    seen = [f"{risk.reference}:{risk.lock_version}" for risk in risks]
    return client_of(person).post(f"{RISKS}together/{verb}/?{query}", {"seen": seen, **answers}, follow=True)


def fresh(risk: Risk) -> Risk:
    return Risk.objects.get(pk=risk.pk)


def test_the_register_lets_those_who_add_to_it_choose_rows(cast: Cast, three) -> None:
    assert 'value="R-0001"' in client_of(cast.contributor).get(RISKS).text
    assert "Choose R-0001" not in client_of(cast.viewer).get(RISKS).text


def test_a_manager_gives_several_risks_another_owner_with_one_reason_each_with_its_history(cast: Cast, three) -> None:
    answer = send(cast.manager, "reassign", three, owner=cast.manager.pk, reason="Mr Before has left")
    assert "3 risks are changed." in text_of(answer)
    for risk in three:
        assert fresh(risk).owner == cast.manager
        newest = risk.history.order_by("-history_id").first()
        assert (newest.history_change_reason, newest.history_user) == ("Mr Before has left", cast.manager)


def test_a_partner_is_told_which_of_the_chosen_stay_as_they_are(cast: Cast, three) -> None:
    page = choose(cast.contributor, "close", "R-0001", "R-0003")
    assert "1 risk will be changed" in page
    assert "1 that you chose stays as it is" in page
    answer = send(cast.contributor, "close", three, reason="Nothing left of it")
    assert "2 risks are changed." in text_of(answer)
    assert [fresh(risk).has_ended for risk in three] == [True, True, False]


def test_a_review_of_many_moves_each_ones_next_review_and_no_score(cast: Cast, three) -> None:
    send(cast.manager, "review", three, reason="Looked at in November")
    for risk in three:
        assert fresh(risk).residual == risk.residual
        assert fresh(risk).review_due > risk.review_due


def test_many_are_scored_again_with_one_score(cast: Cast, three) -> None:
    send(cast.manager, "rescore", three, likelihood="5", impact="4", reason="Winter came early")
    assert {fresh(risk).residual.value for risk in three} == {20}


def test_whoever_scores_many_is_told_which_of_them_escalated_and_which_are_called_for_no_more(
    cast: Cast, three
) -> None:
    make_appetite(cast.programme, limit=9)
    answer = text_of(send(cast.manager, "rescore", three[:2], likelihood="5", impact="5", reason="Winter came early"))
    assert f"Escalated to {fresh(three[0]).get_escalated_to_display()}: R-0001, R-0002." in answer
    calmed = [fresh(risk) for risk in three]
    answer = text_of(send(cast.manager, "rescore", calmed, likelihood="1", impact="1", reason="It stayed mild"))
    assert "3 risks are changed. No longer escalated: R-0001, R-0002." in answer


def test_a_score_of_six_is_no_answer_and_nothing_is_changed(cast: Cast, three) -> None:
    answer = send(cast.manager, "rescore", three, likelihood="6", impact="4", reason="Winter came early")
    assert "govuk-error-summary" in answer.text
    assert {fresh(risk).residual.value for risk in three} == {9}


def test_if_one_was_changed_meanwhile_none_is_changed(cast: Cast, three) -> None:
    change_risk(three[1], by=cast.contributor, title="Another title")
    answer = send(cast.manager, "close", three, reason="Nothing left of it")
    assert "R-0002 was changed by" in text_of(answer)
    assert "None of them has been changed" in text_of(answer)
    assert "Nothing left of it" in answer.text  # what was typed is kept
    assert not any(fresh(risk).has_ended for risk in three)


def test_nothing_is_done_without_a_reason_or_without_a_change(cast: Cast, three) -> None:
    assert "govuk-error-summary" in send(cast.manager, "close", three, reason=" ").text
    assert "Choose another owner" in text_of(send(cast.manager, "reassign", three, reason="Because"))
    with pytest.raises(RuleBroken, match="Say why"):
        reassign_risks({three[0].pk: 0}, by=cast.manager, reason=" ", owner=cast.manager)


def test_choosing_nothing_or_only_what_others_keep_leads_back_with_the_reason(cast: Cast, three) -> None:
    assert "Choose at least one risk." in choose(cast.manager, "close")
    assert "You may change none of the risks you chose" in choose(cast.contributor, "close", "R-0003")


def test_all_of_a_filtered_list_means_all_that_the_filters_leave(cast: Cast, three) -> None:
    page = choose(cast.manager, "close", all="1", q="Number", kept_by=str(cast.dwp.pk))
    assert "2 risks will be changed" in page
    assert "Number 3" not in page


def test_what_came_onto_the_list_after_the_choice_is_not_touched(cast: Cast, three) -> None:
    seen = [f"{risk.reference}:{risk.lock_version}" for risk in three[:2]]
    client_of(cast.manager).post(f"{RISKS}together/close/?all=1", {"seen": seen, "reason": "Nothing left of it"})
    assert [fresh(risk).has_ended for risk in three] == [True, True, False]


def test_a_sensitive_risk_is_not_chosen_by_guessing_its_reference(cast: Cast, sensitive_risk) -> None:
    assert "Choose at least one risk." in choose(cast.contributor, "close", sensitive_risk.reference)
