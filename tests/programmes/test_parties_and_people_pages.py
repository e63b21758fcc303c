"""Inviting, answering, leaving, appointing and rating in the browser."""

import pytest

from programmes.actions import invite_department
from programmes.models import Appointment, Party
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm
from tests.factories import make_membership, make_party, make_person, make_programme
from tests.programmes.addresses import page
from xgov.access import grants
from xgov.pages.attention import waiting_for


def test_an_invited_department_sees_its_invitation_and_accepts(cast: Cast) -> None:
    client = client_of(cast.manager)
    said = {"department": cast.dft.pk, "role": "CORE", "contribution": "Stations"}
    assert answer_and_confirm(client, page("invite"), said).status_code == 302
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


def test_an_invited_department_is_told_who_of_its_own_sees_the_invitation_and_of_nobody_in_the_programme(
    cast: Cast,
) -> None:
    party = invite_department(cast.programme, cast.dft, by=cast.manager)
    invited = client_of(cast.outsider)
    text = invited.get(f"/who/programmes.party/{party.pk}/").content.decode()
    assert cast.outsider.name in text
    inside = (cast.manager, cast.contributor, cast.viewer, cast.sro, cast.ao, cast.auditor, cast.centre)
    assert not [person.name for person in inside if person.name in text]
    assert "1 person can see it" in text
    assert invited.get(f"/history/programmes.party/{party.pk}/").status_code == 404
    told = client_of(cast.manager).get(f"/who/programmes.party/{party.pk}/").content.decode()
    assert not [person.name for person in (*inside, cast.outsider) if person.name not in told]
    assert client_of(cast.manager).get(f"/history/programmes.party/{party.pk}/").status_code == 200


def test_a_reader_of_the_invited_department_does_not_answer_for_it(cast: Cast) -> None:
    invite_department(cast.programme, cast.dft, by=cast.manager)
    reader = make_person("reader@dft.example", "Rita Reads", cast.dft)
    make_membership(reader, cast.dft, "viewer")
    client = client_of(reader)
    text = client.get(page("party", cast.dft.slug)).content.decode()
    assert "A programme manager of Department for Transport accepts or declines it." in text
    for name in ("accept", "decline", "withdraw"):
        refused = client.post(page(name, cast.dft.slug), {"reason": "No"})
        assert refused.status_code == 403
        if name != "withdraw":
            assert "A programme manager of Department for Transport answers this invitation." in refused.text


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
    assert answer_and_confirm(client, page("appoint"), said).url == page("people")
    assert "Sonia Sponsor" in client.get(page("people")).content.decode()
    held = Appointment.objects.get(person=sponsor)
    assert client.get(page("end-appointment", held.pk)).status_code == 200
    assert answer_and_confirm(client, page("end-appointment", held.pk), {"reason": "Moves on"}).url == page("people")
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
    said = {"kind": "SRO", "rating": "AMBER", "narrative": "Beds late."}
    assert answer_and_confirm(client, page("rate"), said).status_code == 302
    text = client_of(cast.viewer).get(page("confidence")).content.decode()
    assert "Beds late." in text
    assert "Three-point scale" in text


def test_a_rating_is_not_made_on_the_five_point_scale(cast: Cast) -> None:
    answer = client_of(cast.sro).post(page("rate"), {"kind": "SRO", "rating": "AMBER_RED", "narrative": "Why"})
    assert "rating" in answer.context["form"].errors


def test_what_waits_is_an_invitation(cast: Cast) -> None:
    invite_department(cast.programme, cast.dft, by=cast.manager)
    assert [str(each.words) for each in waiting_for(cast.outsider)] == ["Answer the invitation of DFT"]
    assert not [each for each in waiting_for(cast.viewer) if "invitation" in str(each.words)]


def test_rights_stay_derived_after_every_step(cast: Cast) -> None:
    make_party(cast.programme, cast.dft, status=Party.Status.INVITED, invited_on="2026-11-01")
    client_of(cast.outsider).post(page("accept", cast.dft.slug), {})
    client_of(cast.manager).post(page("withdraw", cast.moj.slug), {"reason": "Moved"})
    assert not grants.drift_at(cast.programme)
