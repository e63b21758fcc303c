"""The pages of programmes, as each person of the cast finds them."""

import pytest

from programmes.actions import invite_department
from programmes.models import Appointment, ConfidenceRating, Programme, PublishedReturn
from tests.cast import Cast, client_of
from tests.factories import make_programme
from tests.factories.people import SETTING_THE_SCENE
from tests.programmes.addresses import INSIDERS, OUTSIDERS, RUNS_IT, page
from xgov.records.acting import acting

READ = ["programme", "delivery-model", "confidence", "people", "returns", "set-up"]
RUN = [
    "details", "outcome", "dates", "who-decides", "data-needs", "cost", "who-pays", "review", "status",
    "choose-model", "rate", "appoint", "invite",
]  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_everybody_with_a_role_reads_the_programme(cast: Cast, name: str) -> None:
    for who in INSIDERS:
        assert client_of(getattr(cast, who)).get(page(name)).status_code == 200, who


@pytest.mark.parametrize("name", READ + RUN)
def test_to_everybody_else_the_programme_does_not_exist(cast: Cast, name: str) -> None:
    for who in OUTSIDERS:
        assert client_of(getattr(cast, who)).get(page(name)).status_code == 404, who
        assert client_of(getattr(cast, who)).post(page(name), {"name": "x"}).status_code in {404, 405}, who


@pytest.mark.parametrize("name", RUN)
def test_only_those_who_run_the_programme_get_its_forms(cast: Cast, name: str) -> None:
    for who in INSIDERS:
        expected = 200 if who in RUNS_IT else 403
        assert client_of(getattr(cast, who)).get(page(name)).status_code == expected, who
        assert client_of(getattr(cast, who)).post(page(name), {}).status_code == expected, who


@pytest.mark.parametrize("reference", ["NO-SUCH", "rs-001", "RS-001 ", "RS-001%00", "%E2%98%83", "x" * 300])
def test_a_reference_that_is_none_is_not_found(cast: Cast, reference: str) -> None:
    assert client_of(cast.manager).get(f"/programmes/{reference}/").status_code == 404


def test_nobody_reads_without_signing_in(client, cast: Cast) -> None:
    answer = client.get(page("programme"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/sign-in/")


def test_the_overview_asks_a_bounded_number_of_queries(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast.manager)
    client.get(page("programme"))
    with django_assert_max_num_queries(31):
        client.get(page("programme"))


def test_a_sensitive_programme_is_hidden_from_viewers_and_the_centre(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.marking = "OFFICIAL_SENSITIVE"
        cast.programme.save()
    for who in ("viewer", "contributor", "centre"):
        assert client_of(getattr(cast, who)).get(page("programme")).status_code == 404
        assert not Appointment.objects.visible_to(getattr(cast, who)).exists()
    for who in ("manager", "sro", "ao", "auditor"):
        assert client_of(getattr(cast, who)).get(page("programme")).status_code == 200


def test_the_task_list_says_who_must_act(cast: Cast) -> None:
    invite_department(cast.programme, cast.dft, by=cast.manager)
    text = client_of(cast.manager).get(page("set-up")).content.decode()
    assert "Waiting for a programme manager of DFT to answer." in text


def test_the_model_cannot_start_before_the_outcome(cast: Cast) -> None:
    programme = make_programme(cast.mhclg, outcome="")
    text = client_of(cast.manager).get(page("set-up", reference=programme.reference)).content.decode()
    assert "Cannot start yet" in text
    assert "Write the shared outcome first." in text


def test_a_published_return_shows_its_withheld_figures_in_words(cast: Cast) -> None:
    programme = make_programme(cast.mhclg, outcome="", origin=Programme.Origin.PORTFOLIO_RETURN)
    with acting(SETTING_THE_SCENE):
        ConfidenceRating.objects.create(
            programme=programme, kind="INDEPENDENT", rating="WITHHELD", section="43", rated_on="2023-03-31",
            scale="THREE_POINT", rating_as_given="Exempt under Section 43",
        )  # fmt: skip
        PublishedReturn.objects.create(
            programme=programme, publication="Annual report 2022-23", as_at="2023-03-31",
            as_given={"Project Name": "Tunnel"}, baseline_state="WITHHELD", baseline_reason="Exempt",
            baseline_section="43",
        )  # fmt: skip
    client = client_of(cast.manager)
    text = client.get(page("programme", reference=programme.reference)).content.decode()
    assert text.count("Withheld, section 43") >= 2
    assert "Open Government Licence" in text
    assert "Exempt under Section 43" in client.get(page("confidence", reference=programme.reference)).content.decode()
    assert "Tunnel" in client.get(page("returns", reference=programme.reference)).content.decode()


def test_everybody_inside_reads_the_history_and_only_auditors_take_it_away(cast: Cast) -> None:
    client_of(cast.manager).post(page("who-pays"), {"who_pays": "MHCLG pays.", "seen_version": "0"})
    for who in INSIDERS:
        client = client_of(getattr(cast, who))
        assert "MHCLG pays." in client.get(page("history")).content.decode(), who
        assert client.get(page("history") + "?format=csv").status_code == (200 if who == "auditor" else 403), who
    text = client_of(cast.auditor).get(page("history")).content.decode()
    assert "Download history (CSV)" in text
    for who in OUTSIDERS:
        assert client_of(getattr(cast, who)).get(page("history")).status_code == 404


def test_the_history_is_narrowed_by_kind_and_nonsense_is_left_out(cast: Cast) -> None:
    client = client_of(cast.auditor)
    assert client.get(page("history") + "?kind=programmes.party").status_code == 200
    assert client.get(page("history") + "?kind=rubbish&before=rubbish").status_code == 200
