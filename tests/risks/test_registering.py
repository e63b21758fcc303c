"""Adding a risk and changing what is said of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from risks.actions import add_risk, change_risk, open_risk, rescore_risk
from risks.models import Risk
from tests.cast import Cast
from tests.factories import make_membership, make_person, make_programme
from tests.factories.people import SETTING_THE_SCENE
from xgov.records.acting import acting, system_signer
from xgov.records.clock import today
from xgov.records.errors import ChangedMeanwhile, RuleBroken


def answers(cast: Cast, **changes) -> dict:
    return {
        "title": "Release dates reach councils too late",
        "cause": "Dates change inside the last fortnight.",
        "event": "A bed booked for Tuesday may not be there on Friday.",
        "consequence": "People leave prison for the street.",
        "category": "OPERATIONS",
        "owner": cast.contributor,
        "kept_by": cast.dwp,
        "response": "TREAT",
        "inherent": (5, 5),
        "residual": (4, 4),
        "target": (2, 2),
        **changes,
    }


def test_a_partner_adds_a_risk_that_its_own_department_keeps(cast: Cast) -> None:
    risk = add_risk(cast.programme, by=cast.contributor, **answers(cast))
    assert (risk.reference, risk.status, str(risk.residual)) == ("R-0001", "OPEN", "16 (4 x 4, very high)")
    assert risk.review_due == today() + timedelta(days=14)
    assert risk.history.get().history_user == cast.contributor


def test_a_partner_may_not_add_a_risk_for_the_lead_department(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        add_risk(cast.programme, by=cast.contributor, **answers(cast, kept_by=cast.mhclg))
    assert not Risk.objects.exists()


@pytest.mark.parametrize("who", ["viewer", "auditor", "centre", "administrator", "platform", "outsider", "ao"])
def test_those_who_only_read_may_not_add_a_risk(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        add_risk(cast.programme, by=getattr(cast, who), **answers(cast))


def test_the_leads_manager_adds_a_risk_for_any_department_that_has_joined(cast: Cast) -> None:
    assert add_risk(cast.programme, by=cast.manager, **answers(cast, kept_by=cast.moj)).kept_by == cast.moj
    with pytest.raises(RuleBroken, match="Department for Transport has not joined") as broken:
        add_risk(cast.programme, by=cast.manager, **answers(cast, kept_by=cast.dft))
    assert broken.value.field == "kept_by"


def test_a_stranger_does_not_become_the_owner_of_a_risk(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Oscar Outside has no role") as broken:
        add_risk(cast.programme, by=cast.contributor, **answers(cast, owner=cast.outsider))
    assert broken.value.field == "owner"


def test_a_person_whose_role_has_ended_does_not_become_an_owner(cast: Cast) -> None:
    left = make_person()
    make_membership(left, cast.dwp, "contributor", since=today() - timedelta(days=9), until=today())
    with pytest.raises(RuleBroken, match="no role"):
        add_risk(cast.programme, by=cast.contributor, **answers(cast, owner=left))


def test_an_appointed_person_of_no_party_can_own_a_risk(cast: Cast) -> None:
    assert add_risk(cast.programme, by=cast.contributor, **answers(cast, owner=cast.sro)).owner == cast.sro


@pytest.mark.parametrize("pair", [(6, 1), (1, 6), (0, 3), (-1, 2)])
def test_a_score_of_6_is_refused(cast: Cast, pair: tuple[int, int], leads_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="from 1 to 5"):
        add_risk(cast.programme, by=cast.contributor, **answers(cast, residual=pair))
    leads_risk.residual_likelihood, leads_risk.residual_score = 6, 6
    with acting(system_signer("test"), "Entered by hand"), pytest.raises(IntegrityError), transaction.atomic():
        leads_risk.save()


def test_an_answer_that_is_no_answer_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        add_risk(cast.programme, by=cast.contributor, **answers(cast, title="x" * 151))
    with pytest.raises(ValidationError):
        add_risk(cast.programme, by=cast.contributor, **answers(cast, category="WEATHER"))
    with pytest.raises(TypeError, match="above_appetite_since"):
        add_risk(cast.programme, by=cast.contributor, **answers(cast, above_appetite_since=today()))


@pytest.mark.parametrize("missing", ["cause", "event", "consequence", "owner", "response", "inherent", "residual"])
def test_an_open_risk_says_everything_that_a_risk_must(cast: Cast, missing: str) -> None:
    given = answers(cast, **{missing: None if missing in {"owner", "inherent", "residual"} else ""})
    with pytest.raises(RuleBroken, match="An open risk needs"):
        add_risk(cast.programme, by=cast.contributor, **given)


def test_a_draft_may_be_unfinished_and_is_opened_once_it_is_finished(cast: Cast) -> None:
    draft = add_risk(
        cast.programme, by=cast.contributor, as_draft=True, title="Something about data", category="INFORMATION",
        kept_by=cast.dwp,
    )  # fmt: skip
    assert (draft.status, draft.review_due, bool(draft.residual)) == ("DRAFT", None, False)
    with pytest.raises(RuleBroken, match="needs its cause"):
        open_risk(draft, by=cast.contributor)
    change_risk(
        draft, by=cast.contributor, cause="A.", event="B.", consequence="C.", owner=cast.contributor, response="TREAT"
    )
    rescore_risk(draft, by=cast.contributor, reason="First scoring", inherent=(4, 4), residual=(3, 3))
    assert open_risk(draft, by=cast.contributor).is_open
    with pytest.raises(RuleBroken, match="not a draft"):
        open_risk(draft, by=cast.contributor)


def test_references_count_up_in_each_programme(cast: Cast) -> None:
    other = make_programme(cast.dwp)
    for expected in ("R-0001", "R-0002"):
        assert add_risk(cast.programme, by=cast.contributor, **answers(cast)).reference == expected
    elsewhere = make_membership(make_person(), cast.dwp, "programme_manager").person
    assert add_risk(other, by=elsewhere, **answers(cast, owner=elsewhere)).reference == "R-0001"


def test_the_ten_thousandth_risk_follows_the_one_before(cast: Cast, leads_risk: Risk) -> None:
    for reference in ("R-9999", "R-10000"):
        with acting(system_signer("test"), "Entered by hand"):
            leads_risk.pk, leads_risk._state.adding, leads_risk.reference = None, True, reference
            leads_risk.save()
    assert add_risk(cast.programme, by=cast.contributor, **answers(cast)).reference == "R-10001"


def test_an_ended_programme_takes_no_more_risks(cast: Cast) -> None:
    with acting(system_signer("test")):
        cast.programme.status = "CLOSED"
        cast.programme.save()
    with pytest.raises(RuleBroken, match="has ended"):
        add_risk(cast.programme, by=cast.contributor, **answers(cast))


def test_a_review_is_not_due_in_the_past_and_a_risk_not_identified_in_the_future(cast: Cast) -> None:
    yesterday, tomorrow = today() - timedelta(days=1), today() + timedelta(days=1)
    with pytest.raises(RuleBroken, match="today or later"):
        add_risk(cast.programme, by=cast.contributor, **answers(cast, review_due=yesterday))
    with pytest.raises(RuleBroken, match="today or earlier"):
        add_risk(cast.programme, by=cast.contributor, **answers(cast, identified_on=tomorrow))


def test_a_partner_changes_its_own_risk_and_not_the_leads(cast: Cast, partners_risk: Risk, leads_risk: Risk) -> None:
    assert change_risk(partners_risk, by=cast.contributor, title="Another title").title == "Another title"
    with pytest.raises(PermissionDenied):
        change_risk(leads_risk, by=cast.contributor, title="Another title")
    assert change_risk(partners_risk, by=cast.manager, title="The lead may").title == "The lead may"


def test_a_partner_may_not_push_its_risk_onto_another_department(cast: Cast, partners_risk: Risk) -> None:
    with pytest.raises(PermissionDenied):
        change_risk(partners_risk, by=cast.contributor, kept_by=cast.moj)


def test_nobody_marks_a_risk_so_that_they_would_lose_sight_of_it(cast: Cast, partners_risk: Risk) -> None:
    with pytest.raises(PermissionDenied):
        change_risk(partners_risk, by=cast.contributor, marking="OFFICIAL_SENSITIVE")
    marked = change_risk(partners_risk, by=cast.manager, marking="OFFICIAL_SENSITIVE", owner=cast.manager)
    assert marked.marking == "OFFICIAL_SENSITIVE"


def test_a_change_of_words_is_possible_after_the_owner_has_left_and_the_review_is_late(
    cast: Cast, partners_risk: Risk
) -> None:
    with acting(system_signer("test")):
        partners_risk.review_due, partners_risk.owner = today() - timedelta(days=3), cast.outsider
        partners_risk.save()
    same = {"owner": cast.outsider, "review_due": partners_risk.review_due}
    assert change_risk(partners_risk, by=cast.contributor, title="Clearer", **same).title == "Clearer"


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(cast: Cast, partners_risk: Risk) -> None:
    seen = partners_risk.lock_version
    change_risk(partners_risk, by=cast.manager, title="By the manager", seen_version=seen)
    with pytest.raises(ChangedMeanwhile) as told:
        change_risk(partners_risk, by=cast.contributor, title="By the partner", seen_version=seen)
    assert told.value.by == cast.manager.name
    assert told.value.after.title == "By the manager"
    partners_risk.refresh_from_db()
    assert partners_risk.title == "By the manager"


def test_a_new_score_needs_a_reason_and_keeps_the_old_one_in_history(cast: Cast, partners_risk: Risk) -> None:
    with pytest.raises(RuleBroken, match="Say why"):
        rescore_risk(partners_risk, by=cast.contributor, reason=" ", residual=(5, 5))
    rescored = rescore_risk(partners_risk, by=cast.contributor, reason="Two shelters closed", residual=(5, 4))
    assert str(rescored.residual) == "20 (5 x 4, very high)"
    assert rescored.review_due == today() + timedelta(days=14)
    trail = list(rescored.history.values_list("residual_score", "history_change_reason"))
    assert trail == [(20, "Two shelters closed"), (9, SETTING_THE_SCENE.reason)]
    assert (str(rescored.inherent), str(rescored.target)) == ("16 (4 x 4, very high)", "4 (2 x 2, medium)")


def test_scores_that_do_not_fall_step_by_step_are_noticed_not_refused(cast: Cast, partners_risk: Risk) -> None:
    assert partners_risk.falls_step_by_step
    rescored = rescore_risk(partners_risk, by=cast.contributor, reason="Worse than before", residual=(5, 5))
    assert not rescored.falls_step_by_step
