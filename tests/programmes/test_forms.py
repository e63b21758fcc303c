"""Setting up and changing a programme in the browser: what is typed, refused, kept."""

import pytest

from programmes.models import Programme
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm
from tests.factories.people import SETTING_THE_SCENE
from tests.programmes.addresses import page
from xgov.records.acting import acting


def test_a_programme_manager_sets_up_a_programme(cast: Cast) -> None:
    client = client_of(cast.manager)
    assert client.get("/programmes/new/").status_code == 200
    answer = client.post(
        "/programmes/new/", {"name": "Warm homes", "lead": cast.mhclg.pk, "reference": ""}, follow=True
    )
    assert answer.redirect_chain == [("/programmes/JP-0001/set-up/", 302)]
    assert "Warm homes is set up as JP-0001" in answer.content.decode()


def test_a_programme_is_not_set_up_for_a_strangers_department(cast: Cast) -> None:
    answer = client_of(cast.manager).post("/programmes/new/", {"name": "Warm homes", "lead": cast.dft.pk})
    assert answer.status_code == 200
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    "who", ["contributor", "viewer", "sro", "ao", "administrator", "auditor", "centre", "platform"]
)
def test_nobody_else_is_offered_to_set_up_a_programme(cast: Cast, who: str) -> None:
    client = client_of(getattr(cast, who))
    assert client.get("/programmes/new/").status_code == 403
    assert client.post("/programmes/new/", {"name": "x", "lead": cast.mhclg.pk}).status_code == 403
    assert "Set up a programme" not in client.get("/programmes/").content.decode()


def test_an_impossible_date_is_refused_and_what_was_typed_is_kept(cast: Cast) -> None:
    said = {"start_date_day": "31", "start_date_month": "2", "start_date_year": "2027", "seen_version": "0"}
    text = client_of(cast.manager).post(page("dates"), said).content.decode()
    assert "must be a real date" in text
    assert 'value="31"' in text


def test_an_end_before_the_start_is_refused_at_its_field(cast: Cast) -> None:
    said = {"start_date": "2027-05-01", "end_date": "2027-04-30", "seen_version": "0"}
    answer = client_of(cast.manager).post(page("dates"), said)
    assert answer.context["form"].errors == {"end_date": ["The end date must be on or after the start date."]}
    assert Programme.objects.get(pk=cast.programme.pk).start_date is None


def test_two_tabs_lose_no_text(cast: Cast) -> None:
    manager, sro = client_of(cast.manager), client_of(cast.sro)
    sro.post(page("who-pays"), {"who_pays": "DWP pays.", "seen_version": "0"})
    answer = manager.post(page("who-pays"), {"who_pays": "MHCLG pays.", "seen_version": "0"})
    text = answer.content.decode()
    assert "Sara Answerable changed this" in text
    assert "DWP pays." in text
    assert "MHCLG pays.</textarea>" in text
    again = {"who_pays": "MHCLG pays.", "seen_version": str(answer.context["form"].data["seen_version"])}
    assert manager.post(page("who-pays"), again).status_code == 302
    assert Programme.objects.get(pk=cast.programme.pk).who_pays == "MHCLG pays."


def test_a_form_from_the_task_list_leads_back_to_it(cast: Cast) -> None:
    answer = client_of(cast.manager).post(
        page("who-pays") + "?from=set-up", {"who_pays": "MHCLG.", "seen_version": "0"}
    )
    assert answer.url == page("set-up")


def test_a_withheld_cost_is_shown_with_its_reason(cast: Cast) -> None:
    said = {
        "whole_life_cost_state": "WITHHELD", "whole_life_cost": "", "price_base": "", "whole_life_cost_section": "43",
        "whole_life_cost_reason": "Contracts are being let", "seen_version": "0",
    }  # fmt: skip
    answer = client_of(cast.manager).post(page("cost"), said, follow=True)
    text = answer.content.decode()
    assert "Withheld, section 43" in text
    assert "Contracts are being let" in text


def test_a_cost_is_typed_as_people_say_it(cast: Cast) -> None:
    said = {"whole_life_cost_state": "KNOWN", "whole_life_cost": "£12.4m", "price_base": "2026-27", "seen_version": "0"}
    assert client_of(cast.manager).post(page("cost"), said).status_code == 302
    assert Programme.objects.get(pk=cast.programme.pk).whole_life_cost == 12_400_000


def test_a_cost_of_nothing_is_not_taken_for_a_cost_that_is_known(cast: Cast) -> None:
    said = {"whole_life_cost_state": "KNOWN", "whole_life_cost": "0", "price_base": "", "seen_version": "0"}
    answer = client_of(cast.manager).post(page("cost"), said)
    assert "A cost of £0 says that the programme costs nobody anything." in answer.text
    assert Programme.objects.get(pk=cast.programme.pk).whole_life_cost is None


def test_a_model_is_chosen_with_its_reason(cast: Cast) -> None:
    client = client_of(cast.manager)
    said = {"model": "PROGRAMME_LEAD", "lighter_not_enough": "", "seen_version": "0"}
    assert "Say why “Separate funding" in client.post(page("choose-model"), said).content.decode()
    assert client.post(page("choose-model"), said | {"lighter_not_enough": "One SRO is needed."}).status_code == 302
    assert "One SRO is needed." in client.get(page("delivery-model")).content.decode()


def test_the_sro_starts_delivery_with_a_reason(cast: Cast) -> None:
    said = {"status": "DELIVERING", "override": "Winter comes", "seen_version": "0"}
    refused = client_of(cast.manager).post(page("status"), said)
    assert "Only the SRO can go ahead" in refused.content.decode()
    assert answer_and_confirm(client_of(cast.sro), page("status"), said).status_code == 302
    assert "Winter comes" in client_of(cast.viewer).get(page("programme")).content.decode()


def test_a_closed_programme_offers_no_change(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.status = Programme.Status.CLOSED
        cast.programme.save()
    client = client_of(cast.manager)
    assert "Change status" not in client.get(page("programme")).content.decode()
    answer = client.post(page("who-pays"), {"who_pays": "Later", "seen_version": "1"})
    assert "kept as it was" in answer.content.decode()
