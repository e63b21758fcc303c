"""What people type into the pages of data sharing, with real requests."""

import re
from datetime import date

from django.urls import reverse

from datasharing.models import DataFlow, Dataset
from tests.cast import Cast, client_of
from tests.factories.datasharing import (
    A_WHOLE_PART,
    make_assessment,
    make_dataset,
    make_flow,
    make_whole_flow,
)


def test_a_partner_adds_a_dataset_of_its_own_department_only(cast: Cast) -> None:
    client, address = client_of(cast.contributor), reverse("datasharing:dataset-add", args=["RS-001"])
    answers = {"name": "Sanctions", "personal_data": "PERSONAL", "refresh_cycle": "WEEKLY", "grace_days": "2"}
    stranger = client.post(address, {**answers, "kept_by": cast.moj.pk})
    assert stranger.status_code == 200
    assert "Select department that provides it from the list" in stranger.content.decode()
    assert not Dataset.objects.exists()
    made = client.post(address, {**answers, "kept_by": cast.dwp.pk}, follow=True)
    assert "Dataset DS-0001 added." in made.content.decode()
    assert Dataset.objects.get().history.first().history_user == cast.contributor


def test_who_may_not_see_sensitive_records_is_not_asked_for_a_marking(cast: Cast) -> None:
    address = reverse("datasharing:dataset-add", args=["RS-001"])
    assert 'name="marking"' not in client_of(cast.contributor).get(address).content.decode()
    assert 'name="marking"' in client_of(cast.manager).get(address).content.decode()


def test_the_manager_adds_a_flow_says_the_law_and_lets_the_data_flow(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    assessment = make_assessment(cast.programme, state="APPROVED", decided_on=date(2026, 1, 1))
    client = client_of(cast.manager)
    added = client.post(reverse("datasharing:flow-add", args=["RS-001"]), {
        "dataset": dataset.pk, "from_department": cast.dwp.pk, "to_department": cast.mhclg.pk, "purpose": "Finding.",
        "method": "API", "assessment": assessment.pk, "retention_months": "24", "retention_trigger": "LAST_USE",
        "retention_action": "DELETE",
    }, follow=True)  # fmt: skip
    assert "Missing before data may move" in added.content.decode()
    flow = DataFlow.objects.get()
    assert "Make ready" not in added.content.decode()
    for department in (cast.dwp, cast.mhclg):
        client.post(reverse("datasharing:part-add", args=["RS-001", flow.reference]), {
            "department": department.pk, "role": "CONTROLLER", "regime": "UK_GDPR_PART2", **A_WHOLE_PART,
        })  # fmt: skip
    assert flow.controllers.count() == 2
    ready = client.post(reverse("datasharing:flow-ready", args=["RS-001", flow.reference]), follow=True)
    assert "is ready. No data moves yet." in ready.content.decode()
    live = client.post(
        reverse("datasharing:flow-live", args=["RS-001", flow.reference]), {"first_transfer_on": "2026-02-01"},
        follow=True,
    )  # fmt: skip
    assert f"Flow {flow.reference} is live." in live.content.decode()
    assert "1 February 2026" in live.content.decode()


def test_a_flow_that_lacks_something_is_not_made_ready_by_a_guessed_button(cast: Cast) -> None:
    flow = make_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    address = reverse("datasharing:flow-ready", args=["RS-001", flow.reference])
    assert client_of(cast.manager).get(address).status_code == 405
    answer = client_of(cast.manager).post(address, follow=True)
    assert "Data may not move yet." in answer.content.decode()
    assert client_of(cast.viewer).post(address).status_code == 403
    assert client_of(cast.outsider).post(address).status_code == 404
    flow.refresh_from_db()
    assert flow.status == "DRAFT"


def test_data_about_nobody_is_not_asked_for_a_lawful_basis(cast: Cast) -> None:
    flow = make_flow(make_dataset(cast.programme, cast.dwp, personal_data="NONE"), cast.mhclg)
    client, address = client_of(cast.contributor), reverse("datasharing:part-add", args=["RS-001", flow.reference])
    assert 'name="lawful_basis"' not in client.get(address).content.decode()
    client.post(address, {"department": cast.dwp.pk, "role": "RECIPIENT_NON_PERSONAL", "power": "NONE_NON_PERSONAL"})
    assert flow.controllers.get().regime == "NON_PERSONAL"


def test_the_plan_is_written_and_agreed_from_its_pages(cast: Cast) -> None:
    client = client_of(cast.manager)
    client.post(reverse("datasharing:plan-edit", args=["RS-001"]), {
        "purpose": "Nobody sees both records.", "outcome_served": "Help comes sooner.",
        "minimum_dataset": "Name and date of birth.", "owner": cast.sro.pk, "marking": "OFFICIAL",
    })  # fmt: skip
    agreed = client.post(
        reverse("datasharing:plan-agree", args=["RS-001"]), {"review_on": "2099-01-01"}, follow=True
    ).content.decode()
    assert "The data-sharing plan is agreed." in agreed
    assert "Nobody sees both records." in agreed


def test_the_day_of_the_first_transfer_is_asked_when_a_flow_first_goes_live_and_not_after_a_pause(cast: Cast) -> None:
    assessment = make_assessment(cast.programme, state="APPROVED", decided_on=date(2026, 1, 1))
    flow = make_whole_flow(
        make_dataset(cast.programme, cast.dwp), cast.mhclg, status="PAUSED", status_reason="To look.",
        assessment=assessment,
    )  # fmt: skip
    client, address = client_of(cast.manager), reverse("datasharing:flow-live", args=["RS-001", flow.reference])
    assert "Enter the day of the first transfer" in client.post(address).content.decode()
    client.post(address, {"first_transfer_on": "2026-02-01"})
    client.post(reverse("datasharing:flow-pause", args=["RS-001", flow.reference]), {"reason": "To look again."})
    page = client.get(address).content.decode()
    assert "Let the data flow again" in page
    assert "Day of the first transfer" not in page
    resumed = client.post(address, follow=True).content.decode()
    assert f"Flow {flow.reference} is live." in resumed
    assert "1 February 2026" in resumed


def test_a_quality_check_offers_the_six_dimensions_and_none_is_chosen(cast: Cast) -> None:
    dataset = make_dataset(cast.programme, cast.dwp)
    address = reverse("datasharing:quality-add", args=["RS-001", dataset.reference])
    page = client_of(cast.contributor).get(address).content.decode()
    assert page.count('type="radio"') == 6
    assert "checked" not in re.sub("checked_on", "", page)
    assert "-----" not in page
    assert "Select dimension" in client_of(cast.contributor).post(address, {"target_percent": "95"}).content.decode()
