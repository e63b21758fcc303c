"""The pages of data sharing, for each of the ten people, with real requests."""

from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from datasharing import actions
from datasharing.models import Assessment, DataFlow, Dataset, DataSharingPlan, FlowController, QualityCheck, Refresh
from tests.cast import Cast, client_of
from tests.factories import make_programme
from tests.factories.datasharing import (
    A_WHOLE_PART,
    make_assessment,
    make_dataset,
    make_flow,
    make_plan,
    make_quality_check,
    make_refresh,
    make_whole_flow,
)
from xgov.records.models import Event

SEEING = {"manager", "contributor", "viewer", "sro", "ao", "auditor", "centre"}
SEEING_SENSITIVE = {"manager", "sro", "ao", "auditor"}
MANAGING = {"manager", "sro"}
EVERYBODY = SEEING | {"administrator", "platform", "outsider"}


@dataclass
class Shared:
    plan: DataSharingPlan
    dataset: Dataset  # of DWP, late
    refresh: Refresh
    flow: DataFlow
    part: FlowController  # of DWP
    assessment: Assessment  # of MHCLG


@pytest.fixture
def shared(cast: Cast) -> Shared:
    dataset = make_dataset(cast.programme, cast.dwp, name="Benefit claims", first_due_on=date(2026, 1, 1))
    refresh = make_refresh(dataset, cast.contributor, received_on=date(2025, 12, 1))
    make_quality_check(dataset, measured_percent=90)
    flow = make_whole_flow(dataset, cast.mhclg)
    part = flow.controllers.get(department=cast.dwp)
    return Shared(make_plan(cast.programme), dataset, refresh, flow, part, flow.assessment)


def addresses(shared: Shared) -> dict[str, str]:
    """Each page by its name, for the records of the scene."""
    inside = {"reference": "RS-001"}
    dataset = {**inside, "dataset": shared.dataset.reference}
    flow = {**inside, "flow": shared.flow.reference}
    assessment = {**inside, "assessment": shared.assessment.reference}
    arguments = {
        "plan": inside, "plan-edit": inside, "plan-agree": inside,
        "datasets": inside, "dataset-add": inside, "dataset": dataset, "dataset-change": dataset,
        "dataset-withdraw": dataset, "refresh-add": dataset, "quality-add": dataset,
        "refresh-strike-out": {**inside, "refresh": shared.refresh.pk},
        "flow-add": inside, "flow": flow, "flow-change": flow, "flow-live": flow, "flow-pause": flow, "flow-end": flow,
        "part-add": flow, "part-change": {**inside, "part": shared.part.pk},
        "assessment-add": inside, "assessment": assessment, "assessment-change": assessment,
    }  # fmt: skip
    return {name: reverse(f"datasharing:{name}", kwargs=kwargs) for name, kwargs in arguments.items()}


THROUGH = {
    **dict.fromkeys(["plan", "datasets", "dataset", "flow", "assessment"], SEEING),
    **dict.fromkeys(["plan-edit", "plan-agree", "flow-add", "flow-change", "flow-live", "flow-end"], MANAGING),
    "assessment-change": MANAGING,
    **dict.fromkeys(
        ["dataset-add", "dataset-change", "dataset-withdraw", "refresh-add", "quality-add", "refresh-strike-out",
         "flow-pause", "part-add", "part-change", "assessment-add"],
        MANAGING | {"contributor"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(THROUGH))
def test_each_page_answers_each_person_as_decided(cast: Cast, shared: Shared, name: str) -> None:
    address = addresses(shared)[name]
    answers = {who: client_of(person).get(address).status_code for who, person in cast.everyone().items()}
    expected = {who: 200 if who in THROUGH[name] else 403 if who in SEEING else 404 for who in EVERYBODY}
    assert answers == expected


@pytest.mark.parametrize("name", ["dataset", "dataset-change", "refresh-add", "flow", "part-change"])
def test_a_sensitive_dataset_is_not_there_for_who_may_not_see_it(cast: Cast, name: str) -> None:
    hidden = make_dataset(cast.programme, cast.dwp, name="Informants", marking="OFFICIAL_SENSITIVE")
    flow = make_whole_flow(hidden, cast.mhclg)
    part = flow.controllers.get(department=cast.dwp)
    refresh = make_refresh(hidden, cast.manager)
    address = addresses(Shared(None, hidden, refresh, flow, part, flow.assessment))[name]
    found = {who for who, person in cast.everyone().items() if client_of(person).get(address).status_code != 404}
    assert found == SEEING_SENSITIVE


@pytest.mark.parametrize("who", sorted(SEEING))
def test_a_sensitive_dataset_is_named_on_no_page_and_in_no_file_of_others(cast: Cast, who: str) -> None:
    hidden = make_dataset(cast.programme, cast.dwp, name="Informants", marking="OFFICIAL_SENSITIVE")
    make_flow(hidden, cast.mhclg)
    make_assessment(cast.programme, title="Informants matched", marking="OFFICIAL_SENSITIVE")
    client = client_of(getattr(cast, who))
    plan, datasets = reverse("datasharing:plan", args=["RS-001"]), reverse("datasharing:datasets", args=["RS-001"])
    texts = [client.get(plan).content, client.get(datasets).content]
    texts.append(b"".join(client.get(f"{datasets}?format=csv").streaming_content))
    named = [b"Informants" in text for text in texts]
    assert named == [who in SEEING_SENSITIVE] * 3
    assert (b"OFFICIAL-SENSITIVE" in texts[0]) is (who in SEEING_SENSITIVE)


def test_a_sensitive_assessment_is_not_named_on_the_page_of_an_ordinary_flow(cast: Cast) -> None:
    assessment = make_assessment(
        cast.programme, title="Informants matched", state="APPROVED", marking="OFFICIAL_SENSITIVE"
    )  # fmt: skip
    flow = make_whole_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg, assessment=assessment)
    page = client_of(cast.viewer).get(flow.get_absolute_url()).content.decode()
    assert "Informants matched" not in page
    assert "Marked OFFICIAL-SENSITIVE" in page
    assert "Informants matched" in client_of(cast.sro).get(flow.get_absolute_url()).content.decode()


def test_a_record_of_another_programme_is_not_found_under_this_one(cast: Cast, shared: Shared) -> None:
    make_programme(cast.mhclg, (cast.dwp,), reference="RS-002")
    client = client_of(cast.manager)
    for address in addresses(shared).values():
        elsewhere = address.replace("RS-001", "RS-002")
        guessed = address.replace("DS-", "XX-").replace("DF-", "XX-").replace("DPIA-", "XX-")
        if any(part in address for part in ("DS-", "DF-", "DPIA-", "/refreshes/", "/parts/")):
            assert client.get(elsewhere).status_code == 404
        if guessed != address:
            assert client.get(guessed).status_code == 404
    for name, key in (("refresh-strike-out", "refresh"), ("part-change", "part")):
        guessed = reverse(f"datasharing:{name}", kwargs={"reference": "RS-001", key: 999_999})
        assert client.get(guessed).status_code == 404


# --- what people do --------------------------------------------------------------------------


@time_machine.travel("2026-11-22 12:00:00+00:00", tick=False)
def test_a_partner_sees_that_its_refresh_is_late_and_records_it(cast: Cast, shared: Shared) -> None:
    client = client_of(cast.contributor)
    page = client.get(shared.dataset.get_absolute_url())
    assert "This refresh is late" in page.content.decode()
    assert "1 January 2026" in page.content.decode()
    answer = client.post(
        addresses(shared)["refresh-add"],
        {"received_on_day": "20", "received_on_month": "11", "received_on_year": "2026", "note": "Two cities missing."},
        follow=True,
    )
    words = answer.content.decode()
    assert f"Refresh of {shared.dataset.reference} recorded." in words
    assert "This refresh is late" not in words
    assert "20 December 2026" in words
    assert "Two cities missing." in words


@pytest.mark.parametrize(
    ("day", "month", "year", "words"),
    [
        ("31", "2", "2026", "must be a real date"), ("", "2", "2026", "must include a day"),
        ("1", "1", "2099", "today or in the past"), ("1", "1", "26", "year of 4 numbers"),
    ],
)  # fmt: skip
def test_an_impossible_date_is_answered_in_words_and_kept(
    cast: Cast, shared: Shared, day: str, month: str, year: str, words: str
) -> None:
    answer = client_of(cast.contributor).post(
        addresses(shared)["refresh-add"],
        {"received_on_day": day, "received_on_month": month, "received_on_year": year, "note": "What I typed."},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "What I typed." in page
    assert Refresh.objects.count() == 1


def test_either_department_pauses_a_live_flow_from_its_page(cast: Cast, shared: Shared) -> None:
    actions.make_ready(shared.flow, by=cast.manager)
    actions.go_live(shared.flow, by=cast.manager)
    client = client_of(cast.contributor)
    page = client.get(shared.flow.get_absolute_url()).content.decode()
    assert "Pause flow" in page
    assert "End flow" not in page
    answer = client.post(addresses(shared)["flow-pause"], {"reason": "A file went astray."}, follow=True)
    assert "is paused. No data may move." in answer.content.decode()
    assert "A file went astray." in answer.content.decode()


def test_a_contradiction_on_the_law_is_shown_beside_the_answer(cast: Cast, shared: Shared) -> None:
    answers = {
        "role": "CONTROLLER", "regime": "UK_GDPR_PART2", **A_WHOLE_PART, "lawful_basis": "6_1_EA",
        "basis_from": "2026-01-01", "recognised_interest": "CRIME", "officer_name": "D", "officer_reason": "r",
        "reason": "A new basis.", "seen_version": "0",
    }  # fmt: skip
    answer = client_of(cast.contributor).post(addresses(shared)["part-change"], answers)
    page = answer.content.decode()
    assert "from 5 February 2026 at the earliest" in page
    assert 'href="#id_basis_from' in page
    shared.part.refresh_from_db()
    assert shared.part.lawful_basis == "6_1_E"


def test_two_people_change_one_dataset_and_the_second_is_told(cast: Cast, shared: Shared) -> None:
    actions.change_dataset(shared.dataset, by=cast.manager, name="Claims in payment")
    answers = {
        "kept_by": cast.dwp.pk, "name": "Claims of mine", "personal_data": "PERSONAL", "refresh_cycle": "MONTHLY",
        "grace_days": "0", "seen_version": "0",
    }  # fmt: skip
    answer = client_of(cast.contributor).post(addresses(shared)["dataset-change"], answers)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"{cast.manager.name} changed this after you opened it" in page
    assert "Claims in payment" in page
    assert "Claims of mine" in page


def test_the_list_of_datasets_is_filtered_and_leaves_as_a_file(cast: Cast, shared: Shared) -> None:
    make_dataset(cast.programme, cast.moj, name="Releases", first_due_on=date(2999, 1, 1))
    client, address = client_of(cast.viewer), reverse("datasharing:datasets", args=["RS-001"])
    late = client.get(f"{address}?refresh=late").content.decode()
    assert "Benefit claims" in late
    assert "Releases" not in late
    of_moj = client.get(f"{address}?kept_by={cast.moj.pk}").content.decode()
    assert "Releases" in of_moj
    assert "Benefit claims" not in of_moj
    rows = b"".join(client.get(f"{address}?refresh=late&format=csv").streaming_content).decode()
    assert "Benefit claims" in rows
    assert "Releases" not in rows
    assert client.get(f"{address}?format=xlsx").status_code == 200
    assert Event.objects.filter(kind="list_exported", person_id=cast.viewer.pk).count() == 2
    for nonsense in ("refresh=never", "kept_by=x", "due_by_day=40", "sort=secret", "page=-3"):
        assert client.get(f"{address}?{nonsense}").status_code == 200


@pytest.mark.parametrize("name", ["plan", "datasets", "dataset", "flow", "assessment"])
def test_a_page_asks_no_more_for_six_rows_than_for_one(
    cast: Cast, shared: Shared, name: str, django_assert_max_num_queries
) -> None:
    client, address = client_of(cast.viewer), addresses(shared)[name]
    with django_assert_max_num_queries(40) as one:
        assert client.get(address).status_code == 200
    for month in range(1, 7):
        dataset = make_dataset(cast.programme, cast.moj, first_due_on=date(2026, 1, 1))
        make_whole_flow(dataset, cast.mhclg, assessment=shared.assessment)
        make_whole_flow(shared.dataset, cast.mhclg)
        make_refresh(shared.dataset, cast.contributor, received_on=date(2026, month, 3))
        make_quality_check(shared.dataset, checked_on=date(2026, month, 3))
    with django_assert_max_num_queries(len(one)):
        assert client.get(address).status_code == 200


def test_how_many_checks_a_dataset_has_had_does_not_change_what_its_page_says(cast: Cast, shared: Shared) -> None:
    for month in range(1, 7):
        make_quality_check(shared.dataset, checked_on=date(2025, month, 1), measured_percent=10 * month)
    page = client_of(cast.viewer).get(shared.dataset.get_absolute_url()).content.decode()
    assert "90%" in page
    assert "60%" not in page
    assert QualityCheck.objects.count() == 7


def test_a_filter_by_a_number_that_no_department_has_is_left_out_and_said(cast: Cast, shared: Shared) -> None:
    answer = client_of(cast.viewer).get("/programmes/RS-001/data-sharing/datasets/", {"kept_by": "9" * 23})
    assert answer.status_code == 200
    assert "Benefit claims" in answer.content.decode()
    assert answer.context["register"].filters.ignored


def test_a_dataset_is_not_due_in_a_year_that_is_a_slip_of_the_hand(cast: Cast) -> None:
    said = {
        "name": "Claims", "kept_by": cast.dwp.pk, "personal_data": "NONE", "refresh_cycle": "MONTHLY",
        "grace_days": "0", "marking": "OFFICIAL", "first_due_on": "9999-12-31",
    }  # fmt: skip
    answer = client_of(cast.contributor).post("/programmes/RS-001/data-sharing/datasets/add/", said)
    assert answer.status_code == 200
    assert "must have a year from 1900 to 2100" in answer.content.decode()
    assert 'value="Claims"' in answer.content.decode()


def test_a_review_that_is_due_without_a_day_is_said_without_one(cast: Cast) -> None:
    assessment = make_assessment(cast.programme, state="REVIEW_DUE")
    page = client_of(cast.manager).get(assessment.get_absolute_url()).content.decode()
    assert "The review is due" in page
    assert f"{assessment.kept_by} keeps it." in page
    assert "reviewed by ." not in page
