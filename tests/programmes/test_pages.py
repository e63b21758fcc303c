"""The pages of programmes, as each person of the cast finds them."""

import pytest
from django.urls import reverse

from programmes.actions import invite_department
from programmes.models import Appointment, ConfidenceRating, Party, Programme, PublishedReturn
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_party, make_person, make_programme
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import grants
from xgov.pages.attention import waiting_for
from xgov.records.acting import acting

INSIDERS = ["manager", "contributor", "viewer", "sro", "ao", "auditor", "centre"]
OUTSIDERS = ["administrator", "platform", "outsider"]
RUNS_IT = ["manager", "sro"]

READ = ["programme", "delivery-model", "confidence", "people", "returns", "set-up"]
RUN = [
    "details", "outcome", "dates", "who-decides", "data-needs", "cost", "who-pays", "review", "status",
    "choose-model", "rate", "appoint", "invite",
]  # fmt: skip


def page(name: str, *more: object, reference: str = "RS-001") -> str:
    return reverse(f"programmes:{name}", args=[reference, *more])


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


def test_the_list_shows_each_person_their_programmes(cast: Cast) -> None:
    make_programme(cast.dft, name="Safer crossings")
    assert "Safer crossings" not in client_of(cast.manager).get("/programmes/").content.decode()
    shown = client_of(cast.outsider).get("/programmes/").content.decode()
    assert "Safer crossings" in shown
    assert "Fewer people sleeping rough" not in shown
    assert "Department for Work" not in shown  # the filter names no department of programmes one may not see


def test_the_list_is_narrowed_by_department_status_confidence_and_words(cast: Cast) -> None:
    other = make_programme(cast.dwp, (cast.mhclg,), name="Warm homes", status=Programme.Status.DELIVERING)
    client = client_of(cast.manager)

    def names(query: str) -> set[str]:
        rows = client.get(f"/programmes/?{query}").context["register"].rows
        return {row.record.name for row in rows}

    both = {"Fewer people sleeping rough", "Warm homes"}
    assert names("") == both
    assert names(f"department={cast.mhclg.pk}") == both
    assert names(f"department={cast.mhclg.pk}&part=LEAD") == {"Fewer people sleeping rough"}
    assert names(f"department={cast.moj.pk}") == {"Fewer people sleeping rough"}
    assert names("status=DELIVERING") == {"Warm homes"}
    assert names("q=warm") == {"Warm homes"}
    with acting(SETTING_THE_SCENE):
        ConfidenceRating.objects.create(programme=other, kind="SRO", rating="RED", rated_on="2026-10-01")
    assert names("confidence=RED") == {"Warm homes"}
    assert names("confidence=PINK&department=drop") == both


def test_the_list_leaves_as_csv_with_the_reason_of_a_withheld_figure(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.whole_life_cost_state = "WITHHELD"
        cast.programme.whole_life_cost_reason, cast.programme.whole_life_cost_section = "Contracts", "43"
        cast.programme.save()
    answer = client_of(cast.manager).get("/programmes/?format=csv")
    text = b"".join(answer.streaming_content).decode()
    assert "RS-001,Fewer people sleeping rough" in text
    assert "Withheld,43,Contracts" in text
    assert client_of(cast.manager).get("/programmes/?format=xlsx").status_code == 200


def test_more_programmes_ask_no_more_queries(cast: Cast, django_assert_max_num_queries) -> None:
    for _number in range(6):
        make_programme(cast.mhclg, (cast.dwp,))
    client = client_of(cast.manager)
    with django_assert_max_num_queries(15):
        client.get("/programmes/")


def test_the_overview_asks_a_bounded_number_of_queries(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast.manager)
    client.get(page("programme"))
    with django_assert_max_num_queries(30):
        client.get(page("programme"))


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
    assert client_of(cast.sro).post(page("status"), said).status_code == 302
    assert "Winter comes" in client_of(cast.viewer).get(page("programme")).content.decode()


def test_an_invited_department_sees_its_invitation_and_accepts(cast: Cast) -> None:
    client = client_of(cast.manager)
    said = {"department": cast.dft.pk, "role": "CORE", "contribution": "Stations"}
    assert client.post(page("invite"), said).status_code == 302
    invited = client_of(cast.outsider)
    text = invited.get(page("party", cast.dft.slug)).content.decode()
    assert "Nobody has to sleep rough more than once." in text
    assert "Accept invitation" in text
    assert "Ministry of Justice" not in text
    assert "Sara Answerable" not in text
    assert invited.get(page("accept", cast.dft.slug)).status_code == 200
    assert invited.post(page("accept", cast.dft.slug), {}).url == page("programme")
    assert invited.get(page("programme")).status_code == 200


def test_an_invited_department_sees_no_other_departments_place(cast: Cast) -> None:
    invite_department(cast.programme, cast.dft, by=cast.manager)
    assert client_of(cast.outsider).get(page("party", cast.dwp.slug)).status_code == 404
    assert client_of(cast.outsider).get(page("party", "no-such-department")).status_code == 404


def test_a_reader_of_the_invited_department_does_not_answer_for_it(cast: Cast) -> None:
    invite_department(cast.programme, cast.dft, by=cast.manager)
    reader = make_person("reader@dft.example", "Rita Reads", cast.dft)
    make_membership(reader, cast.dft, "viewer")
    client = client_of(reader)
    text = client.get(page("party", cast.dft.slug)).content.decode()
    assert "A programme manager of Department for Transport accepts or declines it." in text
    for name in ("accept", "decline", "withdraw"):
        assert client.post(page(name, cast.dft.slug), {"reason": "No"}).status_code == 403


def test_a_department_declines_with_its_reason(cast: Cast) -> None:
    invite_department(cast.programme, cast.dft, by=cast.manager)
    client = client_of(cast.outsider)
    assert "Answer the question" in client.post(page("decline", cast.dft.slug), {"reason": ""}).content.decode()
    assert client.post(page("decline", cast.dft.slug), {"reason": "No money"}, follow=True).status_code == 200
    assert "No money" in client_of(cast.manager).get(page("party", cast.dft.slug)).content.decode()


def test_a_department_is_taken_out(cast: Cast) -> None:
    client = client_of(cast.manager)
    assert client.get(page("withdraw", cast.dwp.slug)).status_code == 200
    assert client.post(page("withdraw", cast.dwp.slug), {"reason": "Moved"}, follow=True).status_code == 200
    assert client_of(cast.contributor).get(page("programme")).status_code == 404
    assert client.post(page("withdraw", cast.dwp.slug), {"reason": "Again"}).status_code == 200


def test_a_person_is_appointed_by_address_and_ended(cast: Cast) -> None:
    sponsor = make_person("sponsor@dwp.example", "Sonia Sponsor", cast.dwp)
    client = client_of(cast.manager)
    said = {"role": "senior_sponsor", "person": "Sponsor@DWP.example", "department": cast.dwp.pk}
    assert client.post(page("appoint"), said).url == page("people")
    assert "Sonia Sponsor" in client.get(page("people")).content.decode()
    held = Appointment.objects.get(person=sponsor)
    assert client.get(page("end-appointment", held.pk)).status_code == 200
    assert client.post(page("end-appointment", held.pk), {"reason": "Moves on"}).url == page("people")
    assert client_of(cast.viewer).get(page("end-appointment", held.pk)).status_code == 403


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"person": "nobody@nowhere.example"}, "person"),
        ({"person": "not an address"}, "person"),
        ({"time_percent": "101"}, "time_percent"),
        ({"time_percent": "ten"}, "time_percent"),
        ({"role": "king"}, "role"),
        ({"since": "2027-02-31"}, "since"),
        ({"since": "2027-05-02", "until": "2027-05-01"}, "until"),
        ({"department": "999999"}, "department"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused_on_the_page(cast: Cast, said: dict, field: str) -> None:
    make_person("sponsor@dwp.example", "Sonia Sponsor", cast.dwp)
    whole = {"role": "senior_sponsor", "person": "sponsor@dwp.example", "department": cast.dwp.pk}
    answer = client_of(cast.manager).post(page("appoint"), whole | said)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors


def test_an_appointment_of_another_programme_is_not_ended_here(cast: Cast) -> None:
    other = make_programme(cast.mhclg)
    held = Appointment.objects.get(person=cast.auditor)
    address = page("end-appointment", held.pk, reference=other.reference)
    assert client_of(cast.manager).get(address).status_code == 404


def test_the_sro_rates_and_everybody_reads_it(cast: Cast) -> None:
    client = client_of(cast.sro)
    assert client.post(page("rate"), {"kind": "SRO", "rating": "AMBER", "narrative": ""}).status_code == 200
    assert client.post(page("rate"), {"kind": "SRO", "rating": "AMBER", "narrative": "Beds late."}).status_code == 302
    text = client_of(cast.viewer).get(page("confidence")).content.decode()
    assert "Beds late." in text
    assert "Three-point scale" in text


def test_a_rating_is_not_made_on_the_five_point_scale(cast: Cast) -> None:
    answer = client_of(cast.sro).post(page("rate"), {"kind": "SRO", "rating": "AMBER_RED", "narrative": "Why"})
    assert "rating" in answer.context["form"].errors


def test_a_sensitive_programme_is_hidden_from_viewers_and_the_centre(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.marking = "OFFICIAL_SENSITIVE"
        cast.programme.save()
    for who in ("viewer", "contributor", "centre"):
        assert client_of(getattr(cast, who)).get(page("programme")).status_code == 404
        assert not Appointment.objects.visible_to(getattr(cast, who)).exists()
    for who in ("manager", "sro", "ao", "auditor"):
        assert client_of(getattr(cast, who)).get(page("programme")).status_code == 200


def test_a_closed_programme_offers_no_change(cast: Cast) -> None:
    with acting(SETTING_THE_SCENE):
        cast.programme.status = Programme.Status.CLOSED
        cast.programme.save()
    client = client_of(cast.manager)
    assert "Change status" not in client.get(page("programme")).content.decode()
    answer = client.post(page("who-pays"), {"who_pays": "Later", "seen_version": "1"})
    assert "kept as it was" in answer.content.decode()


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


def test_what_waits_is_an_invitation(cast: Cast) -> None:
    invite_department(cast.programme, cast.dft, by=cast.manager)
    assert [str(each.words) for each in waiting_for(cast.outsider)] == ["Answer the invitation of DFT"]
    assert not [each for each in waiting_for(cast.viewer) if "invitation" in str(each.words)]


def test_rights_stay_derived_after_every_step(cast: Cast) -> None:
    make_party(cast.programme, cast.dft, status=Party.Status.INVITED, invited_on="2026-11-01")
    client_of(cast.outsider).post(page("accept", cast.dft.slug), {})
    client_of(cast.manager).post(page("withdraw", cast.moj.slug), {"reason": "Moved"})
    assert not grants.drift_at(cast.programme)


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
