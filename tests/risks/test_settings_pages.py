"""How the register works, as each person meets it in the browser: without JavaScript, step by step."""

from datetime import timedelta

import pytest
from django.test import Client

from risks import actions
from risks.board_sections.settings import settings_that_changed
from risks.models import RegisterSettings
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person, make_risk, make_settings
from tests.factories.risks import make_settings_answer
from tests.risks.answers import RISKS, new_risk, text_of
from tests.risks.settings_terms import NATIONAL, WEIGHTED, WITH_WINTER
from xgov.accounts.models import User
from xgov.papers.sections import Brief
from xgov.records.clock import now

SETTINGS = f"{RISKS}settings/"


@pytest.fixture
def partner(cast: Cast) -> User:
    person = make_person(name="Pia Partner", department=cast.dwp)
    make_membership(person, cast.dwp, "programme_manager")
    return person


def answers_of(client: Client, at: str = f"{SETTINGS}propose/", **changes: str) -> dict[str, str | list[str]]:
    """What the page of questions comes with, and what the person changes."""
    form = client.get(at).context["form"]
    answers = {name: form[name].value() for name in form.fields}
    typed = {name: value if isinstance(value, list) else str(value or "") for name, value in answers.items()}
    return {**typed, "why": "Because.", **changes}


def test_everybody_inside_reads_how_the_register_works(cast: Cast) -> None:
    page = text_of(client_of(cast.viewer).get(SETTINGS))
    assert "Local default" in page
    assert "The score that each likelihood and impact gives" in page
    assert "Propose a change" not in page
    assert "Propose a change" in text_of(client_of(cast.manager).get(SETTINGS))


def test_a_change_is_read_in_words_before_it_goes_to_the_departments(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, inherent=(4, 4), residual=(1, 5), target=(1, 1))
    client = client_of(cast.manager)
    answers = answers_of(client, cell_1_5="6", cell_1_4="6", up_to_LOW="2", review_VERY_HIGH="7")
    checked = client.post(f"{SETTINGS}propose/", {**answers, "step": "check"})
    page = text_of(checked)
    assert "Score at likelihood 1 and impact 5" in page
    assert "every 14 days" in page
    assert "1 open or draft risk is valued anew" in page
    assert "No risk would escalate or return." in page
    assert not RegisterSettings.objects.exists()
    hidden = {field.html_name: field.value() for field in checked.context["form"]}
    back = client.post(f"{SETTINGS}propose/", {**hidden, "step": "change"})
    assert back.context["form"]["cell_1_5"].value() == "6"
    client.post(f"{SETTINGS}propose/", {**hidden, "step": "propose"}, follow=True)
    settings = RegisterSettings.objects.get()
    assert settings.agreed_terms.scale.matrix[0] == (1, 2, 3, 6, 6)
    assert settings.agreed_terms.scale.range_of("MEDIUM").lowest == 3
    assert client.get(f"{SETTINGS}propose/").status_code == 302


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"cell_4_5": "3"}, "id_cell_4_5", "must not score lower"),
        ({"cell_4_5": "many"}, "id_cell_4_5", "as a whole number"),
        ({"cell_1_1": ""}, "id_cell_1_1", "likelihood 1 and impact 1"),
        ({"up_to_MEDIUM": "2"}, "id_up_to_MEDIUM", "must go up to"),
        ({"up_to_HIGH": "30"}, "id_up_to_HIGH", "must go up to"),
        ({"likelihood_2_label": "Medium"}, "id_likelihood_2_label", "name of two levels"),
        ({"local_3_label": "Winter"}, "id_local_3_category", "is counted"),
        ({"rule_2_threshold": "0"}, "id_rule_2_threshold", "from 1 to 365"),
        ({"categories": []}, "id_categories_0", "at least one category"),
        ({"why": ""}, "id_why", "what changes, and why"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(cast: Cast, changes: dict, place: str, words: str) -> None:
    client = client_of(cast.manager)
    page = text_of(client.post(f"{SETTINGS}propose/", {**answers_of(client, **changes), "step": "check"}))
    assert f'<a href="#{place}">' in page
    assert words in page


def test_another_scale_is_chosen_by_a_link(cast: Cast) -> None:
    client = client_of(cast.manager)
    make_risk(cast.programme, cast.dwp, cast.contributor)
    form = client.get(f"{SETTINGS}propose/?scale=NRR").context["form"]
    assert form["impact_5_label"].value() == "Catastrophic"
    at = f"{SETTINGS}propose/?scale=NRR"
    page = text_of(client.post(at, {**answers_of(client, at), "step": "check"}))
    assert "National Risk Register" in page
    assert "keeps its score from the old scale" in page


def test_a_partner_finds_what_waits_and_objects(cast: Cast, partner: User) -> None:
    settings = actions.propose_settings(cast.programme, WEIGHTED, by=cast.manager, why="Impact matters more.")
    client = client_of(partner)
    address = f"{settings.get_absolute_url()}answer/{cast.dwp.slug}/"
    assert address in client.get("/").content.decode()
    assert "objects to" in text_of(client.post(address, {"answer": "OBJECTED", "said": ""}))
    client.post(address, {"answer": "OBJECTED", "said": "Too many would be very high."})
    assert "Too many would be very high." in text_of(client_of(cast.viewer).get(settings.get_absolute_url()))
    assert address not in client.get("/").content.decode()
    assert client_of(cast.contributor).get(address).status_code == 403


def test_the_register_the_forms_and_the_heat_map_speak_the_programmes_scale(cast: Cast) -> None:
    old = make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0007")
    make_settings(cast.programme, cast.manager, NATIONAL)
    client = client_of(cast.manager)
    assert "Catastrophic" in text_of(client.get(f"{RISKS}add/"))
    heat_map = client.get(f"{RISKS}heat-map/")
    assert (heat_map.context["heat_map"].counted, heat_map.context["heat_map"].elsewhere) == (0, 1)
    assert "1 scored on another scale is left out" in text_of(heat_map)
    assert old.title in text_of(client.get(f"{RISKS}?only=score_again"))
    assert "score it again" in text_of(client.get(f"{RISKS}R-0007/"))
    form = client.get(f"{RISKS}R-0007/score/").context["form"]
    assert form["residual_likelihood"].value() is None


def test_a_risk_is_put_under_a_local_category(cast: Cast) -> None:
    make_settings(cast.programme, cast.manager, WITH_WINTER)
    client = client_of(cast.manager)
    wrong = new_risk(cast, category="LEGAL", local_category="Winter pressures", marking="OFFICIAL")
    assert "is counted under Operations" in text_of(client.post(f"{RISKS}add/", wrong))
    client.post(f"{RISKS}add/", new_risk(cast, local_category="Winter pressures", marking="OFFICIAL"))
    assert cast.programme.risks.get().local_category == "Winter pressures"


def test_a_board_reads_what_changed_and_who_has_not_answered(cast: Cast) -> None:
    moment = now() - timedelta(days=1)
    brief = Brief(programmes=[cast.programme], board=None, since=moment, as_at=now(), reader=cast.sro)
    assert settings_that_changed(brief)["rows"] == []
    actions.propose_settings(cast.programme, WEIGHTED, by=cast.manager, why="Impact matters more.")
    (row,) = settings_that_changed(brief)["rows"]
    assert row["state"] == "Proposed by Maya Managewell. Still to answer: MHCLG, DWP, DHSC, HO, MOJ."
    assert row["changes"][0]["label"] == "Score at likelihood 1 and impact 5"
    make_settings_answer(RegisterSettings.objects.get(), cast.mhclg, cast.manager)
    (row,) = settings_that_changed(brief)["rows"]
    assert row["state"] == "Proposed by Maya Managewell. Agreed by: MHCLG. Still to answer: DWP, DHSC, HO, MOJ."
