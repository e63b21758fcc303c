"""The lists of risks, their files and the heat map, as each person meets them."""

from datetime import timedelta

import pytest

from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_mitigation, make_risk
from tests.risks.answers import RISKS, text_of
from xgov.records.clock import now, today


def test_a_sensitive_risk_shows_nowhere_to_those_who_may_not_see_it(cast: Cast, sensitive_risk: Risk) -> None:
    make_mitigation(sensitive_risk, text="Find a second supplier")
    for person in (cast.viewer, cast.contributor, cast.centre):
        client = client_of(person)
        for address in (RISKS, "/risks/", f"{RISKS}?format=csv", f"{RISKS}heat-map/", f"{RISKS}appetite/"):
            response = client.get(address)
            said = response.getvalue().decode()
            assert "collapse" not in said
            assert "R-0003" not in said
        assert client.get(RISKS).context["register"].count == 0
        assert client.get(f"{RISKS}heat-map/").context["heat_map"].counted == 0
        assert all(row["risks"] is None for row in client.get(f"{RISKS}appetite/").context["rows"])
        assert client.get(f"{RISKS}R-0003/").status_code == 404
        assert client.get(f"/history/risks.risk/{sensitive_risk.pk}/").status_code == 404
    shown = client_of(cast.sro).get(f"{RISKS}R-0003/")
    assert "OFFICIAL-SENSITIVE" in text_of(shown)


def test_a_reader_of_the_list_sees_what_is_above_tolerance_and_whom_it_waits_for(cast: Cast) -> None:
    make_risk(
        cast.programme, cast.dwp, cast.contributor, above_appetite_since=now(), above_tolerance_since=now(),
        escalated_to="SRO",
    )  # fmt: skip
    make_risk(cast.programme, cast.dwp, cast.contributor, above_appetite_since=now())
    said = text_of(client_of(cast.viewer).get(RISKS))
    assert said.count("<strong>Above tolerance</strong>") == said.count("<strong>Above appetite</strong>") == 1
    assert said.count("Escalated to: ") == 1


def test_the_heat_map_counts_what_the_list_behind_each_cell_shows(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, residual=(4, 5), target=(1, 1))
    make_risk(cast.programme, cast.dwp, cast.contributor, residual=(4, 5), target=(None, None))
    make_risk(cast.programme, cast.dwp, cast.contributor, residual=(4, 5), status="CLOSED")
    client = client_of(cast.viewer)
    heat_map = client.get(f"{RISKS}heat-map/").context["heat_map"]
    cell = next(cell for row in heat_map.rows for cell in row.cells if cell.key == "4x5")
    assert (cell.count, heat_map.counted, heat_map.not_scored) == (2, 2, 0)
    listed = client.get(f"{RISKS}?residual={cell.key}")
    assert listed.context["register"].count == 2
    assert "Residual score: likelihood 4, impact 5" in text_of(listed)
    by_target = client.get(f"{RISKS}heat-map/?score=target").context["heat_map"]
    assert (by_target.counted, by_target.not_scored) == (1, 1)
    assert client.get(f"{RISKS}heat-map/?score=nonsense").context["heat_map"].assessment == "residual"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"R-0001", "R-0002"}), ("q=lapse", {"R-0002"}), ("q=R-0001", {"R-0001"}), ("q=nothing", set()),
        ("category=LEGAL", {"R-0001"}), ("band=VERY_HIGH", {"R-0001"}), ("residual=5x5", {"R-0001"}),
        ("band=VERY_HIGH&band=MEDIUM", {"R-0001", "R-0002"}), ("residual=9x9", {"R-0001", "R-0002"}),
        ("only=above", {"R-0001"}), ("only=overdue", {"R-0002"}), ("only=mine", {"R-0002"}),
        ("only=mine&only=above", set()), ("owner=maya", {"R-0001"}), ("status=CLOSED", {"R-0004"}),
        ("status=ALL", {"R-0001", "R-0002", "R-0004"}),
    ],
)  # fmt: skip
def test_the_register_is_filtered(cast: Cast, query: str, found: set[str]) -> None:
    make = {
        "R-0001": (cast.mhclg, cast.manager),
        "R-0002": (cast.dwp, cast.contributor),
        "R-0004": (cast.dwp, cast.sro),
    }
    more = {
        "R-0001": {"category": "LEGAL", "residual": (5, 5), "above_appetite_since": "2026-01-01T00:00Z"},
        "R-0002": {"title": "Claims lapse", "review_due": today() - timedelta(days=1)},
        "R-0004": {"status": "CLOSED"},
    }
    for reference, (department, owner) in make.items():
        make_risk(cast.programme, department, owner, reference=reference, **more[reference])
    register = client_of(cast.contributor).get(f"{RISKS}?{query}").context["register"]
    assert {risk.reference for risk in register.records} == found


def test_the_list_across_programmes_names_the_programme_and_filters_by_department(
    cast: Cast, leads_risk: Risk, partners_risk: Risk
) -> None:
    client = client_of(cast.centre)
    response = client.get("/risks/")
    assert response.context["register"].count == 2
    assert "Fewer people sleeping rough" in text_of(response)
    assert client.get(f"/risks/?kept_by={cast.dwp.pk}").context["register"].count == 1
    assert cast.dft not in response.context["register"].filters.form.fields["kept_by"].queryset


def test_the_register_leaves_as_a_file_with_every_answer(cast: Cast, partners_risk: Risk) -> None:
    response = client_of(cast.viewer).get(f"{RISKS}?format=csv")
    heading, row = response.getvalue().decode("utf-8-sig").splitlines()
    told = dict(zip(heading.split(","), row.split(","), strict=True))
    assert told["Risk"] == "R-0002"
    assert told["Residual likelihood"] == told["Residual impact"] == "3"
    assert told["Owner’s email address"] == "contributor@dwp.example"
    assert client_of(cast.viewer).get(f"{RISKS}?format=xlsx").status_code == 200
