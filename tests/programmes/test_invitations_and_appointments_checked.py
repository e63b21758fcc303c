"""Inviting a department, appointing a person and ending a role are read once more before anybody is told."""

from datetime import date

import time_machine

from programmes.actions import appoint, change_contribution, invite_department
from programmes.models import Appointment, Party
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm, confirm
from tests.factories import make_person
from tests.programmes.addresses import page
from xgov.accounts.models import User


def invitation(cast: Cast, **more: object) -> dict[str, object]:
    return {"department": cast.dft.pk, "role": "CORE", "contribution": "Stations", **more}


def a_director(cast: Cast) -> User:
    return make_person("director@mhclg.example", "Dora Directwell", cast.mhclg)


def test_nobody_is_invited_before_the_invitation_has_been_checked(cast: Cast) -> None:
    client = client_of(cast.manager)
    shown = client.post(page("invite"), invitation(cast))
    text = shown.content.decode()
    assert "Check the invitation" in text
    assert "Stations" in text
    assert "Department for Transport sees the name of Fewer people sleeping rough" in text
    assert not Party.objects.filter(department=cast.dft).exists()
    assert client_of(cast.outsider).get(page("party", cast.dft.slug)).status_code == 404
    assert "is invited" in confirm(client, page("invite"), shown, follow=True).content.decode()
    assert client_of(cast.outsider).get(page("party", cast.dft.slug)).status_code == 200


def test_another_department_can_be_invited_afterwards(cast: Cast) -> None:
    answer = answer_and_confirm(client_of(cast.manager), page("invite"), invitation(cast, another="1"))
    assert answer.url == page("invite")


def test_an_invitation_that_somebody_sent_meanwhile_is_not_sent_again(cast: Cast) -> None:
    client = client_of(cast.manager)
    shown = client.post(page("invite"), invitation(cast))
    invite_department(cast.programme, cast.dft, by=cast.sro, contribution="Trains")
    again = confirm(client, page("invite"), shown)
    assert "department" in again.context["form"].errors
    assert Party.objects.get(department=cast.dft).contribution == "Trains"


def test_nobody_is_appointed_before_the_appointment_has_been_checked(cast: Cast) -> None:
    director, client = a_director(cast), client_of(cast.manager)
    shown = client.post(page("appoint"), {"role": "programme_director", "person": director.email})
    text = shown.content.decode()
    assert "Check the appointment" in text
    assert "Dora Directwell (director@mhclg.example)" in text
    assert "For which department" not in text, "the role is the whole programme's"
    assert "Leads the programme day by day" in text
    assert not Appointment.objects.filter(person=director).exists()
    assert client_of(director).get(page("programme")).status_code == 404
    assert "is appointed" in confirm(client, page("appoint"), shown, follow=True).content.decode()
    assert client_of(director).get(page("programme")).status_code == 200


def test_who_is_succeeded_is_named_before(cast: Cast) -> None:
    director = a_director(cast)
    appoint(cast.programme, director, "programme_director", by=cast.manager, since=cast.programme.created_at.date())
    held = Appointment.objects.get(person=director)
    successor = make_person("next@mhclg.example", "Nina Nextly", cast.mhclg)
    said = {"role": "programme_director", "person": successor.email, "since": "2100-01-04", "reason": "Handover in May"}
    text = client_of(cast.manager).post(page("appoint"), said).content.decode()
    assert "Dora Directwell no longer holds the role from 4 January 2100." in text
    held.refresh_from_db()
    assert held.until is None


def test_who_is_succeeded_after_their_own_term_is_said_to_end_with_that_term(cast: Cast) -> None:
    director, successor = a_director(cast), make_person("next@mhclg.example", "Nina Nextly", cast.mhclg)
    appoint(cast.programme, director, "programme_director", by=cast.manager, until=date(2100, 1, 1))
    said = {"role": "programme_director", "person": successor.email, "since": "2100-01-04"}
    client = client_of(cast.manager)
    shown = client.post(page("appoint"), said)
    assert "Dora Directwell holds the role until 1 January 2100 as it is" in shown.text
    assert "so nobody holds it from then until 4 January 2100." in shown.text
    assert "no longer holds the role from" not in shown.text
    people = confirm(client, page("appoint"), shown, follow=True).text
    assert "Nobody is to hold the role Programme director from 1 January 2100 until 4 January 2100" in people
    with time_machine.travel("2100-01-02T12:00:00Z"):
        client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
        people = client.get(page("people")).text
        assert "Nobody holds the role Programme director since 1 January 2100, and nobody is to until 4 Ja" in people
    with time_machine.travel("2100-02-02T12:00:00Z"):
        client.force_login(cast.manager, backend="django.contrib.auth.backends.ModelBackend")
        people = client.get(page("people")).text
        assert "Nobody held the role Programme director from 1 January 2100 until 4 January 2100" in people


def test_an_appointment_rests_on_who_holds_what_now(cast: Cast) -> None:
    director, client = a_director(cast), client_of(cast.manager)
    shown = client.post(page("appoint"), {"role": "programme_director", "person": director.email})
    other = make_person("other@mhclg.example", "Olga Other", cast.mhclg)
    appoint(cast.programme, other, "programme_director", by=cast.sro)
    again = confirm(client, page("appoint"), shown)
    text = again.content.decode()
    assert "Olga Other" in text
    assert "changed since you opened this" in text
    assert not Appointment.objects.filter(person=director).exists()


def test_what_is_accepted_is_the_invitation_that_was_read(cast: Cast) -> None:
    party = invite_department(cast.programme, cast.dft, by=cast.manager, contribution="Stations")
    client = client_of(cast.outsider)
    read = client.get(page("accept", cast.dft.slug))
    assert "Stations" in read.content.decode()
    change_contribution(party, by=cast.manager, contribution="Stations, and all the money")
    again = client.post(page("accept", cast.dft.slug), {"check-seen": read.context["form"].check.seen, "reason": "Yes"})
    text = again.content.decode()
    assert "Something has changed since you opened this" in text
    assert "and all the money" in text
    assert again.context["form"]["reason"].value() == "Yes"
    party.refresh_from_db()
    assert party.status == Party.Status.INVITED
    seen = again.context["form"].check.seen
    assert client.post(page("accept", cast.dft.slug), {"check-seen": seen, "reason": "Yes"}).url == page("programme")


def test_a_role_does_not_end_before_it_has_been_read_what_that_means(cast: Cast) -> None:
    held, client = Appointment.objects.get(person=cast.auditor), client_of(cast.manager)
    address = page("end-appointment", held.pk)
    shown = client.post(address, {"reason": "The audit is done"})
    text = shown.content.decode()
    assert "Check before the role ends" in text
    assert "The audit is done" in text
    assert f"{cast.auditor} no longer holds the role from" in text
    held.refresh_from_db()
    assert held.until is None
    answers = [confirm(client, address, shown).url for _press in range(2)]
    assert answers == [page("people")] * 2
    assert held.history.count() == 2
    assert client_of(cast.auditor).get(page("programme")).status_code == 404


def test_a_role_that_never_begins_is_said_to_never_begin(cast: Cast) -> None:
    director = a_director(cast)
    held = appoint(cast.programme, director, "programme_director", by=cast.manager, since=date(2100, 1, 4))
    text = client_of(cast.manager).post(page("end-appointment", held.pk), {"reason": "Found another"}).content.decode()
    assert "Dora Directwell was to hold the role from 4 January 2100. They never take it up." in text
