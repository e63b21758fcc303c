from datetime import date, timedelta
from decimal import Decimal

import pytest

from programmes.actions import change_programme, choose_delivery_model, invite_department, set_whole_life_cost
from programmes.actions.confidence import rate_confidence
from programmes.models import Programme
from programmes.readiness import Answer, Finding, evidence, readiness_of, shelf
from tests.cast import Cast, client_of
from tests.factories import make_programme
from xgov.pages.values import day
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.figures import Figure, FigureState


def answers(programme: Programme) -> dict[str, str]:
    return {each.code: each.answer.value for each in readiness_of(Programme.objects.get(pk=programme.pk))}


def words(programme: Programme, code: str) -> str:
    found = next(each for each in readiness_of(Programme.objects.get(pk=programme.pk)) if each.code == code)
    return " ".join(str(finding.words) for finding in found.reasons)


@pytest.fixture(autouse=True)
def own_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What higher floors know is their own tests' matter."""
    monkeypatch.setattr(shelf, "_shelf", {})


def test_an_empty_programme_answers_nothing(cast: Cast) -> None:
    programme = make_programme(cast.mhclg, outcome="")
    assert answers(programme) == dict.fromkeys(["R1", "R2", "R3", "R4", "R5", "R6"], "UNANSWERED")


def test_every_reason_is_words_with_an_address(cast: Cast) -> None:
    for each in readiness_of(cast.programme):
        for finding in each.findings:
            assert str(finding.words).endswith(".")
            assert finding.url.startswith("/programmes/RS-001/")


def test_an_outcome_is_shared_when_every_partner_has_accepted(cast: Cast) -> None:
    assert answers(cast.programme)["R1"] == Answer.CLEAR
    invite_department(cast.programme, cast.dft, by=cast.manager)
    assert answers(cast.programme)["R1"] == Answer.VAGUE
    assert words(cast.programme, "R1") == "DFT has not answered its invitation."


def test_an_outcome_of_one_department_is_not_shared(cast: Cast) -> None:
    assert answers(make_programme(cast.mhclg))["R1"] == Answer.VAGUE


def test_decisions_are_owned_when_people_and_limits_are_named(cast: Cast) -> None:
    assert answers(cast.programme)["R2"] == Answer.VAGUE
    change_programme(cast.programme, by=cast.manager, who_decides="The SRO up to £5m; above that the board.")
    assert answers(cast.programme)["R2"] == Answer.CLEAR


def test_a_model_of_many_payers_needs_two(cast: Cast) -> None:
    alone = make_programme(cast.mhclg)
    choose_delivery_model(alone, "SEPARATE_FUNDING", by=cast.manager, lighter_not_enough="Two budgets.")
    assert answers(alone)["R3"] == Answer.VAGUE
    choose_delivery_model(cast.programme, "SEPARATE_FUNDING", by=cast.manager, lighter_not_enough="Two budgets.")
    assert answers(cast.programme)["R3"] == Answer.CLEAR


def test_data_that_must_move_need_a_plan(cast: Cast) -> None:
    change_programme(cast.programme, by=cast.manager, data_moves="NO")
    assert answers(cast.programme)["R4"] == Answer.CLEAR
    change_programme(cast.programme, by=cast.manager, data_moves="YES", data_to_move="Who is owed which benefit")
    assert answers(cast.programme)["R4"] == Answer.VAGUE
    assert words(cast.programme, "R4") == "There is no data-sharing plan yet."


def test_higher_floors_put_what_they_know_on_the_shelf(cast: Cast) -> None:
    change_programme(cast.programme, by=cast.manager, data_moves="YES", data_to_move="Who is owed which benefit")

    @evidence("R4")
    def plan(programme: Programme) -> list[Finding]:
        return [Finding(Answer.CLEAR, "A data-sharing plan covers 3 flows.", "/programmes/RS-001/data-sharing/")]

    assert answers(cast.programme)["R4"] == Answer.CLEAR


def test_a_plan_contradicts_that_no_data_move(cast: Cast) -> None:
    change_programme(cast.programme, by=cast.manager, data_moves="NO")
    evidence("R4")(lambda programme: [Finding(Answer.CLEAR, "A plan.", "/")])
    assert answers(cast.programme)["R4"] == Answer.VAGUE


def test_decision_rights_stand_in_for_the_statement(cast: Cast) -> None:
    evidence("R2")(lambda programme: [Finding(Answer.CLEAR, "Decision rights are set.", "/")])
    assert answers(cast.programme)["R2"] == Answer.CLEAR


def test_there_are_six_questions(cast: Cast) -> None:
    with pytest.raises(LookupError):
        evidence("R7")


@pytest.mark.parametrize(
    ("figure", "answer"),
    [
        (Figure(Decimal(5_000_000), FigureState.KNOWN), Answer.CLEAR),
        (Figure(None, FigureState.WITHHELD, "Contracts", "43"), Answer.CLEAR),
        (Figure(None, FigureState.NOT_KNOWN, "After the business case"), Answer.VAGUE),
        (Figure(None, FigureState.NOT_KNOWN), Answer.VAGUE),
    ],
)
def test_who_pays_needs_the_cost_or_a_good_reason(cast: Cast, figure: Figure, answer: str) -> None:
    change_programme(cast.programme, by=cast.manager, who_pays="MHCLG pays for beds, DWP for advisers.")
    set_whole_life_cost(cast.programme, figure, by=cast.manager)
    assert answers(cast.programme)["R5"] == answer


def test_a_review_comes_in_the_first_months(cast: Cast) -> None:
    said = {"success_review": "Quarterly, by an outside evaluator.", "start_date": date(2030, 1, 31)}
    change_programme(cast.programme, by=cast.manager, **said)
    assert answers(cast.programme)["R6"] == Answer.VAGUE
    change_programme(cast.programme, by=cast.manager, first_review_on=date(2030, 9, 1))
    assert answers(cast.programme)["R6"] == Answer.VAGUE
    set_up = client_of(cast.manager).get(f"/programmes/{cast.programme.reference}/set-up/").text
    assert "The first review comes more than 6 months after the start." in set_up
    change_programme(cast.programme, by=cast.manager, first_review_on=date(2030, 6, 1))
    assert answers(cast.programme)["R6"] == Answer.CLEAR


def _reviewed(cast: Cast, **said: date) -> str:
    change_programme(cast.programme, by=cast.manager, success_review="Quarterly.", **said)
    return words(cast.programme, "R6")


def test_a_first_review_whose_day_has_passed_is_vague_until_a_rating_is_on_record(cast: Cast) -> None:
    passed = today() - timedelta(days=10)
    said = _reviewed(cast, start_date=today() - timedelta(days=60), first_review_on=passed)
    assert answers(cast.programme)["R6"] == Answer.VAGUE
    assert said == f"The day of the first review, {day(passed)}, has passed, and no rating has been recorded since."
    rate_confidence(cast.programme, "AMBER", by=cast.sro, narrative="Beds fill slowly.")
    assert answers(cast.programme)["R6"] == Answer.CLEAR


def test_a_first_review_before_delivery_began_is_vague(cast: Cast) -> None:
    start, review = today() - timedelta(days=100), today() + timedelta(days=5)
    _reviewed(cast, start_date=start, first_review_on=review)
    assert answers(cast.programme)["R6"] == Answer.CLEAR
    with acting(cast.sro, "Late"):
        cast.programme.refresh_from_db()
        cast.programme.status, cast.programme.status_since = "DELIVERING", today() + timedelta(days=6)
        cast.programme.save()
    assert answers(cast.programme)["R6"] == Answer.VAGUE
    assert "before delivery began" in words(cast.programme, "R6")


def test_a_pause_does_not_make_the_review_before_it_one_before_delivery(cast: Cast) -> None:
    _reviewed(cast, start_date=today() - timedelta(days=100), first_review_on=today() - timedelta(days=20))
    rate_confidence(cast.programme, "GREEN", by=cast.sro, narrative="On time.", rated_on=today() - timedelta(days=15))
    for status, days_ago in [("DELIVERING", 90), ("PAUSED", 12), ("DELIVERING", 3)]:
        with acting(cast.sro, "Moved on"):
            cast.programme.refresh_from_db()
            cast.programme.status, cast.programme.status_since = status, today() - timedelta(days=days_ago)
            cast.programme.save()
    assert answers(cast.programme)["R6"] == Answer.CLEAR


def test_a_programme_of_the_last_of_all_days_can_still_be_read(cast: Cast) -> None:
    change_programme(
        cast.programme, by=cast.manager, start_date=date.max, first_review_on=date.max, success_review="Yearly"
    )
    assert answers(cast.programme)["R6"] == Answer.CLEAR
