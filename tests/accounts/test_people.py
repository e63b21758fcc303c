"""The people of a department: seen by those who belong there, looked after by its administrator."""

import csv
import html
import io

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils.html import strip_tags

from programmes.models import Programme
from tests.accounts.test_passwords import link_in, set_by
from tests.accounts.test_sign_in import sign_in
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person
from xgov.accounts import actions
from xgov.accounts.models import Department, User
from xgov.records.errors import RuleBroken


def people_url(department: Department, rest: str = "") -> str:
    return f"/departments/{department.slug}/people/{rest}"


def words(answer) -> str:
    return html.unescape(" ".join(strip_tags(answer.text).split()))


def add(by: User, department: Department, **answers: str):
    form = {"name": "Nora Newcomer", "email": "new@mhclg.example", "job_title": "Analyst", **answers}
    return client_of(by).post(people_url(department, "add/"), form)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("manager", 200), ("administrator", 200), ("platform", 200), ("contributor", 404), ("viewer", 404),
        ("sro", 404), ("ao", 404), ("auditor", 404), ("centre", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_people_are_seen_by_those_who_belong_to_the_department(cast: Cast, who: str, status: int) -> None:
    client = client_of(getattr(cast, who))
    assert client.get(people_url(cast.mhclg)).status_code == status
    assert client.get(people_url(cast.mhclg), {"format": "csv"}).status_code == status
    assert client.get(people_url(cast.mhclg, f"{cast.manager.pk}/")).status_code == status


def test_the_list_names_people_with_their_roles_and_says_what_roles_allow(cast: Cast) -> None:
    answer = client_of(cast.manager).get(people_url(cast.mhclg))
    said = words(answer)
    assert "Maya Managewell" in said
    assert "Programme manager, from" in said
    assert "Gives and ends roles in the department." in said
    assert "Conrad Contribute" not in said
    assert "Give a role" not in said
    assert "Give a role" in words(client_of(cast.administrator).get(people_url(cast.mhclg)))


def test_the_list_is_filtered_by_role_searched_and_downloaded(cast: Cast) -> None:
    client = client_of(cast.manager)

    def names(**asked: str) -> list[str]:
        return [row.record.name for row in client.get(people_url(cast.mhclg), asked).context["register"].rows]

    assert names() == ["Adam Administer", "Alan Accountable", "Maya Managewell", "Sara Answerable"]
    assert names(role="programme_manager") == ["Maya Managewell"]
    assert names(q="sara") == ["Sara Answerable"]
    assert names(account="stopped") == []
    answer = client.get(people_url(cast.mhclg), {"format": "csv", "q": "maya"})
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert row["email"] == "manager@mhclg.example"
    assert row["roles"].startswith("Programme manager from 20")


def test_more_people_ask_no_more_of_the_database(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast.manager)
    client.get(people_url(cast.mhclg))
    with django_assert_max_num_queries(20) as few:
        client.get(people_url(cast.mhclg))
    for _more in range(6):
        person = make_person(department=cast.mhclg)
        make_membership(person, cast.mhclg, "viewer")
        make_membership(person, cast.mhclg, "signatory")
    with django_assert_max_num_queries(len(few)):
        client.get(people_url(cast.mhclg))


def test_a_guessed_person_is_not_found(cast: Cast) -> None:
    for rest in ("99999/", f"{cast.contributor.pk}/", f"{cast.contributor.pk}/stop/"):
        assert client_of(cast.administrator).get(people_url(cast.mhclg, rest)).status_code == 404


# --- adding ----------------------------------------------------------------------------------


def test_a_person_who_was_added_sets_a_password_by_the_link_and_signs_in(cast: Cast) -> None:
    answer = add(cast.administrator, cast.mhclg)
    person = User.objects.get(email="new@mhclg.example")
    assert answer.url == people_url(cast.mhclg, f"give-role/?person={person.pk}")
    shown = client_of(cast.administrator).get(answer.url)
    assert f'<option value="{person.pk}" selected' in shown.text
    assert not person.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["new@mhclg.example"]
    assert "Adam Administer has made an account for you" in letter.body
    assert "Your password is set" in set_by(link_in(letter)).text
    assert sign_in("new@mhclg.example", "a wholly different one").status_code == 302
    assert not Programme.objects.visible_to(person).exists()
    assert person.history.last().history_user == cast.administrator


def test_a_lost_invitation_is_sent_again_or_asked_for_at_the_door(cast: Cast) -> None:
    person = actions.add_person(cast.mhclg, "new@mhclg.example", "Nora Newcomer", by=cast.administrator)
    client_of(cast.administrator).post(people_url(cast.mhclg, f"{person.pk}/send-link/"))
    assert "Your password is set" in set_by(link_in(mail.outbox[0])).text
    assert client_of(cast.manager).post(people_url(cast.mhclg, f"{person.pk}/send-link/")).status_code == 403
    assert len(mail.outbox) == 1


def test_when_the_post_does_not_go_out_the_administrator_is_told(cast: Cast, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = client_of(cast.administrator).post(
        people_url(cast.mhclg, "add/"), {"name": "Nora Newcomer", "email": "new@mhclg.example"}, follow=True
    )
    assert "The letter to new@mhclg.example did not go out." in words(answer)
    assert User.objects.filter(email="new@mhclg.example").exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"name": ""}, "Enter full name"),
        ({"email": "nora"}, "Enter an email address in the correct format"),
        ({"email": ""}, "Enter work email address"),
        ({"email": "nora@gmail.com"}, "Anybody can have an address at gmail.com. Use the person's work address."),
        ({"email": "NORA@GMAIL.COM", "address_confirmed": "on"}, "Anybody can have an address at gmail.com."),
        ({"email": "nora@mhclg.exmaple"}, "has an address at mhclg.exmaple yet. Check it, then confirm it below."),
        ({"email": "Manager@mhclg.example"}, "There is already a person with this address."),
        ({"email": "contributor@dwp.example", "address_confirmed": "on"}, "There is already a person"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(cast: Cast, answers: dict[str, str], said: str) -> None:
    before = User.objects.count()
    answer = add(cast.administrator, cast.mhclg, **answers)
    assert said in words(answer)
    assert User.objects.count() == before
    assert mail.outbox == []


def test_an_unusual_address_can_be_confirmed(cast: Cast) -> None:
    assert add(cast.administrator, cast.mhclg, email="nora@homes.example").status_code == 200
    assert add(cast.administrator, cast.mhclg, email="nora@homes.example", address_confirmed="on").status_code == 302


def test_a_double_click_adds_one_person_and_sends_one_letter(cast: Cast) -> None:
    assert add(cast.administrator, cast.mhclg).status_code == 302
    assert "There is already a person with this address. You can give them a role." in words(
        add(cast.administrator, cast.mhclg)
    )
    assert User.objects.filter(name="Nora Newcomer").count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("outsider", 404), ("sro", 404)])
def test_others_add_nobody(cast: Cast, who: str, status: int) -> None:
    assert add(getattr(cast, who), cast.mhclg).status_code == status
    assert not User.objects.filter(email="new@mhclg.example").exists()


# --- leaving ---------------------------------------------------------------------------------


def test_somebody_who_leaves_is_signed_out_and_their_roles_end(cast: Cast) -> None:
    make_membership(cast.manager, cast.dwp, "viewer")
    client = client_of(cast.manager)
    assert client.get("/account/").status_code == 200
    stop = people_url(cast.mhclg, f"{cast.manager.pk}/stop/")
    shown = client_of(cast.administrator).get(stop)
    assert "Programme manager" in words(shown)
    answer = client_of(cast.administrator).post(stop, {"reason": "Left the civil service"}, follow=True)
    assert "Maya Managewell may no longer sign in. What they held has ended." in words(answer)
    assert client.get("/account/").status_code == 302
    assert not cast.manager.memberships.current().exists()
    assert sign_in("manager@mhclg.example").status_code == 200
    reasons = {row.history_change_reason for row in cast.manager.memberships.get(department=cast.mhclg).history.all()}
    assert "Left the civil service" in reasons
    again = client_of(cast.platform).post(stop, {"reason": "Left"})
    assert "This person may already no longer sign in." in again.text


def test_somebody_who_returns_is_let_in_without_their_old_roles(cast: Cast) -> None:
    actions.stop_person(cast.manager, by=cast.administrator, reason="Left")
    url = people_url(cast.mhclg, f"{cast.manager.pk}/let-in/")
    assert "Answer the question" in client_of(cast.administrator).post(url, {"reason": ""}).text
    assert client_of(cast.administrator).post(url, {"reason": "Came back"}).status_code == 302
    assert sign_in("manager@mhclg.example").status_code == 302
    assert not cast.manager.memberships.current().exists()


def test_an_administrator_does_not_stop_themselves_nor_people_of_other_departments(cast: Cast) -> None:
    own = people_url(cast.mhclg, f"{cast.administrator.pk}/stop/")
    assert "You cannot stop your own account." in client_of(cast.administrator).post(own, {"reason": "Bye"}).text
    with pytest.raises(PermissionDenied, match="permission"):
        actions.stop_person(cast.contributor, by=cast.administrator, reason="No")
    with pytest.raises(RuleBroken, match="Say why"):
        actions.stop_person(cast.manager, by=cast.administrator, reason=" ")


# --- one's own page --------------------------------------------------------------------------


def test_everybody_reads_their_own_roles_each_with_its_sentence(cast: Cast) -> None:
    said = words(client_of(cast.manager).get("/account/"))
    assert "Programme manager, Ministry of Housing, Communities and Local Government" in said
    assert "Runs the programmes the department leads" in said
    assert "given by Setting the scene" in said
    said = words(client_of(cast.sro).get("/account/"))
    assert "Senior responsible owner (SRO), Fewer people sleeping rough" in said
    said = words(client_of(cast.ao).get("/account/"))
    assert f"Lead accounting officer, Fewer people sleeping rough, for {cast.mhclg}" in said


def test_somebody_without_a_role_is_told_whom_to_ask(cast: Cast) -> None:
    person = make_person("new@mhclg.example", department=cast.mhclg)
    assert "You hold no role yet Ask the xgov administrator" in words(client_of(person).get("/account/"))
