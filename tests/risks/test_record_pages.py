"""The pages of one risk, its mitigations and the appetite, as each person meets them."""

from datetime import timedelta

import pytest

from risks.models import Appetite, Mitigation, Risk
from tests.cast import Cast, client_of
from tests.factories import make_appetite, make_mitigation, make_risk
from tests.risks.answers import RISKS, SCORES, new_risk, text_of
from xgov.records.clock import today


def test_a_partner_adds_a_risk_and_it_escalates_by_itself(cast: Cast) -> None:
    make_appetite(cast.programme, limit=9)
    client = client_of(cast.contributor)
    assert client.get(RISKS + "add/").status_code == 200
    response = client.post(RISKS + "add/", new_risk(cast), follow=True)
    assert response.redirect_chain == [(f"{RISKS}R-0001/", 302)]
    assert "is on the register, and escalated" in text_of(response)
    assert "20 (4 x 5, very high)" in text_of(response)
    assert "11 points above the appetite" in text_of(response)


def test_the_form_offers_only_the_departments_and_markings_that_the_person_may_choose(cast: Cast) -> None:
    form = client_of(cast.contributor).get(RISKS + "add/").context["form"]
    assert list(form.fields["kept_by"].queryset) == [cast.dwp]
    assert form["kept_by"].initial == cast.dwp.pk
    assert "marking" not in form.fields
    assert cast.outsider not in form.fields["owner"].queryset
    leads = client_of(cast.manager).get(RISKS + "add/").context["form"]
    assert leads.fields["kept_by"].queryset.count() == 5
    assert "marking" in leads.fields


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("residual_likelihood", "6", "Select residual likelihood from the list"),
        ("owner", "outsider", "Select owner from the list"),
        ("kept_by", "mhclg", "Select department that keeps it from the list"),
        ("title", "", "Enter title"),
        ("target_impact", "", "Give both the likelihood and the impact, or neither"),
        ("inherent_impact", "", "Select inherent impact"),
    ],
)
def test_a_wrong_answer_is_said_beside_it_and_nothing_is_lost(cast: Cast, field: str, value: str, words: str) -> None:
    value = str(getattr(cast, value).pk) if value in {"outsider", "mhclg"} else value
    response = client_of(cast.contributor).post(RISKS + "add/", new_risk(cast, **{field: value}))
    assert response.status_code == 200
    assert words in text_of(response)
    assert "There is a problem" in text_of(response)
    assert "People leave prison for the street." in text_of(response)
    assert not Risk.objects.exists()


def test_an_impossible_date_is_said_beside_its_box(cast: Cast) -> None:
    boxes = {"review_due_day": "31", "review_due_month": "February", "review_due_year": "2027"}
    response = client_of(cast.contributor).post(RISKS + "add/", new_risk(cast, **boxes))
    assert "Next review must be a real date" in text_of(response)
    assert 'value="February"' in text_of(response)
    past = {"review_due_day": "1", "review_due_month": "2", "review_due_year": "2024"}
    response = client_of(cast.contributor).post(RISKS + "add/", new_risk(cast, **past))
    assert "The date must be today or later." in text_of(response)


def test_a_draft_is_saved_with_what_there_is_and_put_on_the_register_when_complete(cast: Cast) -> None:
    client = client_of(cast.contributor)
    few = {"title": "Something about data", "category": "INFORMATION", "kept_by": str(cast.dwp.pk), "another": "1"}
    response = client.post(RISKS + "add/", few, follow=True)
    assert "saved as a draft" in text_of(response)
    response = client.post(RISKS + "R-0001/open/", follow=True)
    assert "An open risk needs its cause." in text_of(response)
    rest = {**new_risk(cast, category="INFORMATION"), "seen_version": "0"}
    assert client.post(RISKS + "R-0001/change/", rest).status_code == 302
    assert client.post(RISKS + "R-0001/score/", {**SCORES, "reason": "First", "seen_version": "1"}).status_code == 302
    response = client.post(RISKS + "R-0001/open/", follow=True)
    assert "is on the register" in text_of(response)


def test_a_draft_says_that_it_does_not_escalate_while_it_is_one(cast: Cast) -> None:
    make_risk(
        cast.programme, cast.dwp, cast.contributor, reference="R-0004", status="DRAFT", residual=(4, 4),
        tolerance_limit=8,
    )  # fmt: skip
    page = text_of(client_of(cast.contributor).get(RISKS + "R-0004/"))
    assert "It is a draft, and no draft is escalated. Once it is put on the register, it is escalated" in page
    assert "It has not been escalated." not in page


@pytest.mark.parametrize("page", ["change/", "score/", "close/", "mitigations/add/"])
def test_a_partner_sees_the_leads_risk_and_is_refused_its_forms(cast: Cast, leads_risk: Risk, page: str) -> None:
    client = client_of(cast.contributor)
    shown = client.get(f"{RISKS}R-0001/")
    assert shown.status_code == 200
    assert page not in text_of(shown)
    for response in (client.get(f"{RISKS}R-0001/{page}"), client.post(f"{RISKS}R-0001/{page}", {})):
        assert response.status_code == 403


@pytest.mark.parametrize("who", ["viewer", "centre", "auditor"])
def test_readers_are_offered_nothing_to_change(cast: Cast, leads_risk: Risk, who: str) -> None:
    client = client_of(getattr(cast, who))
    assert "Add a risk" not in text_of(client.get(RISKS))
    assert "Review and score" not in text_of(client.get(f"{RISKS}R-0001/"))
    assert client.get(RISKS + "add/").status_code == 403


@pytest.mark.parametrize("address", ["", "add/", "R-0001/", "R-0001/close/", "heat-map/", "appetite/"])
@pytest.mark.parametrize("who", ["outsider", "administrator", "platform"])
def test_outsiders_find_nothing(cast: Cast, leads_risk: Risk, who: str, address: str) -> None:
    assert client_of(getattr(cast, who)).get(RISKS + address).status_code == 404


@pytest.mark.parametrize("reference", ["R-0002", "R-9999", "R-1", "R-00001", "R-0001x", "0001"])
def test_a_guessed_reference_is_not_found(cast: Cast, leads_risk: Risk, reference: str) -> None:
    assert client_of(cast.manager).get(f"{RISKS}{reference}/").status_code == 404


def test_two_editors_the_second_is_told_and_loses_no_text(cast: Cast, partners_risk: Risk) -> None:
    address = f"{RISKS}R-0002/change/"
    client = client_of(cast.contributor)
    seen = client.get(address).context["form"]["seen_version"].value()
    theirs = {**new_risk(cast, title="By the manager"), "marking": "OFFICIAL", "seen_version": str(seen)}
    assert client_of(cast.manager).post(address, theirs).status_code == 302
    mine = {**new_risk(cast, title="By the partner"), "seen_version": str(seen)}
    response = client.post(address, mine)
    assert response.status_code == 200
    assert "Maya Managewell changed this after you opened it" in text_of(response)
    assert "By the manager" in text_of(response)
    assert 'value="By the partner"' in text_of(response)
    knowingly = {**mine, "seen_version": str(response.context["form"].data["seen_version"])}
    assert client.post(address, knowingly).status_code == 302


def test_two_closers_the_second_is_told_who_was_first(cast: Cast, partners_risk: Risk) -> None:
    address, answer = f"{RISKS}R-0002/close/", {"has_happened": "no", "reason": "The rule has changed."}
    assert "Closed on" in text_of(client_of(cast.contributor).post(address, answer, follow=True))
    again = client_of(cast.manager).post(address, answer)
    assert again.status_code == 200
    assert "This risk is already closed." in text_of(again)
    assert Risk.objects.get().closed_by == cast.contributor


def test_a_closed_risk_leaves_the_list_and_comes_back(cast: Cast, partners_risk: Risk) -> None:
    client = client_of(cast.contributor)
    client.post(f"{RISKS}R-0002/close/", {"has_happened": "yes", "reason": "It happened."})
    assert client.get(RISKS).context["register"].count == 0
    assert client.get(f"{RISKS}?status=MATERIALISED").context["register"].count == 1
    assert client.get(f"{RISKS}?status=ALL").context["register"].count == 1
    response = client.post(f"{RISKS}R-0002/reopen/", {"reason": "It may happen again."}, follow=True)
    assert "is open again" in text_of(response)
    assert client.get(RISKS).context["register"].count == 1


def test_scoring_anew_says_whether_the_risk_has_escalated(cast: Cast, partners_risk: Risk) -> None:
    make_appetite(cast.programme, limit=9)
    client, address = client_of(cast.contributor), f"{RISKS}R-0002/score/"
    assert "A residual score above 9 escalates" in text_of(client.get(address))
    up = client.post(address, {**SCORES, "reason": "Two shelters closed.", "seen_version": "0"}, follow=True)
    assert "has escalated" in text_of(up)
    assert "Residual rose from 9 to 20 (4 x 5, very high)" in text_of(up)
    assert "Two shelters closed." in text_of(up)
    down = {**SCORES, "residual_likelihood": "1", "reason": "They opened again.", "seen_version": "1"}
    assert "It is no longer escalated" in text_of(client.post(address, down, follow=True))
    assert "Say what has changed" in text_of(client.post(address, {**down, "reason": "", "seen_version": "2"}))


def test_a_mitigation_is_planned_changed_done_and_dropped(cast: Cast, partners_risk: Risk) -> None:
    client, address = client_of(cast.contributor), f"{RISKS}R-0002/mitigations/"
    answers = {
        "text": "Hold payments for 14 days", "owner": str(cast.contributor.pk), "department": str(cast.dwp.pk),
        "due": str(today() + timedelta(days=7)),
    }  # fmt: skip
    assert "Hold payments for 14 days" in text_of(client.post(address + "add/", answers, follow=True))
    first = Mitigation.objects.get()
    changed = {**answers, "text": "Hold payments for 21 days", "seen_version": "0"}
    assert "Hold payments for 21 days" in text_of(client.post(f"{address}{first.pk}/", changed, follow=True))
    assert "is done" in text_of(client.post(f"{address}{first.pk}/finish/", {"done_on": str(today())}, follow=True))
    again = client.post(address + "add/", {**answers, "another": "1"})
    assert again.url == address + "add/"
    second = Mitigation.objects.get(status="PLANNED")
    assert "is dropped" in text_of(client.post(f"{address}{second.pk}/drop/", {"reason": "No money."}, follow=True))
    assert client.get(f"{RISKS}R-0002/mitigations/{second.pk + 99}/").status_code == 404


def test_a_mitigation_is_not_reached_through_another_risk(cast: Cast, partners_risk: Risk, leads_risk: Risk) -> None:
    mitigation = make_mitigation(partners_risk)
    assert client_of(cast.manager).get(f"{RISKS}R-0001/mitigations/{mitigation.pk}/").status_code == 404


def test_the_manager_agrees_the_appetite_and_a_partner_only_reads_it(cast: Cast, partners_risk: Risk) -> None:
    answers = {
        "level": "AVERSE", "agreed_by": "Joint programme board", "agreed_on": str(today()),
        "review_due": str(today() + timedelta(days=365)),
    }  # fmt: skip
    address = f"{RISKS}appetite/OPERATIONS/"
    assert client_of(cast.contributor).get(address).status_code == 403
    manager = client_of(cast.manager)
    assert manager.get(address).status_code == 200
    assert "Operations: averse" in text_of(manager.post(address, answers, follow=True))
    assert Risk.objects.get().is_above_appetite
    rows = client_of(cast.contributor).get(f"{RISKS}appetite/").context["rows"]
    row = next(row for row in rows if row["category"].code == "OPERATIONS")
    assert (row["appetite"].max_residual_score, row["risks"]["number"], row["risks"]["above"]) == (4, 1, 1)
    assert "1 to 25" not in text_of(manager.post(address, {**answers, "max_residual_score": "9"}, follow=True))
    assert "The highest residual score goes from 1 to 25" in text_of(
        manager.post(address, {**answers, "max_residual_score": "26"})
    )
    assert manager.get(f"{RISKS}appetite/WEATHER/").status_code == 404
    assert Appetite.objects.current().get().max_residual_score == 9
