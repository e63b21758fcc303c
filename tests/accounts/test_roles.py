"""An administrator gives and ends roles in their own department: by the rules, in words, and at once."""

import html

import pytest
from django.core.exceptions import PermissionDenied

from programmes.models import Programme
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm, confirm
from tests.factories import make_department, make_membership, make_person
from xgov.access.roles import ROLES
from xgov.accounts import actions
from xgov.accounts.models import Department, Membership, User
from xgov.records.clock import today
from xgov.records.errors import RuleBroken


def give_url(department: Department) -> str:
    return f"/departments/{department.slug}/people/give-role/"


def give(by: User, department: Department, person: User | None = None, role: str = "viewer", **answers: str):
    form = {"person": str(person.pk) if person else "", "role": role, "since": today().isoformat(), **answers}
    return send(by, department, form)


def send(by: User, department: Department, form: dict[str, str]):
    answer = answer_and_confirm(client_of(by), give_url(department), form)
    answer.words = html.unescape(answer.text)
    return answer


def end_url(membership: Membership) -> str:
    return f"/departments/{membership.department.slug}/roles/{membership.pk}/end/"


@pytest.fixture
def newcomer(cast: Cast) -> User:
    return make_person("new@mhclg.example", "Nora Newcomer", cast.mhclg)


def test_a_role_given_is_held_at_the_next_request_and_its_giver_is_on_record(cast: Cast, newcomer: User) -> None:
    client = client_of(newcomer)
    assert client.get(f"/departments/{cast.mhclg.slug}/people/").status_code == 404
    assert give(cast.administrator, cast.mhclg, newcomer, reason="Joined the team").status_code == 302
    assert client.get(f"/departments/{cast.mhclg.slug}/people/").status_code == 200
    assert Programme.objects.visible_to(newcomer).exists()
    row = newcomer.memberships.get().history.get()
    assert (row.history_user, row.history_change_reason) == (cast.administrator, "Joined the team")


def test_a_role_ended_is_gone_at_the_next_request(cast: Cast) -> None:
    held = cast.manager.memberships.get()
    client = client_of(cast.manager)
    assert client.get(f"/departments/{cast.mhclg.slug}/people/").status_code == 200
    reason = {"reason": "Moved to another team"}
    answer = answer_and_confirm(client_of(cast.administrator), end_url(held), reason, follow=True)
    assert "Maya Managewell no longer has the role Programme manager." in answer.text
    assert client.get(f"/departments/{cast.mhclg.slug}/people/").status_code == 404
    assert not Programme.objects.visible_to(cast.manager).exists()
    assert held.history.first().history_change_reason == "Moved to another team"


def test_what_a_role_allows_is_read_once_more_before_it_is_given(cast: Cast) -> None:
    """Pressed twice, it is given once; given meanwhile by somebody else, it is read again."""
    client, address = client_of(cast.administrator), give_url(cast.mhclg)
    form = {"person": str(cast.manager.pk), "role": "signatory", "since": today().isoformat()}
    shown = client.post(address, {**form, "check-seen": client.get(address).context["check"].seen})
    assert "Something has changed since you opened this" not in shown.text
    words = html.unescape(shown.text)
    assert "Maya Managewell keeps what they hold here already: Programme manager." in words
    assert "In programmes the department has joined: see the records; sign" in words
    assert cast.manager.memberships.count() == 1
    make_membership(cast.manager, cast.mhclg, "viewer")
    assert "Something has changed since you opened this" in confirm(client, address, shown).text
    shown = client.post(address, form)
    for _press in range(2):
        answer = confirm(client, address, shown, follow=True)
        assert "Maya Managewell now has the role Signatory." in answer.text
    assert cast.manager.memberships.filter(role="signatory").count() == 1


def test_somebody_of_another_department_is_shown_with_their_department_before_the_role_is_given(cast: Cast) -> None:
    form = {"person": "", "email": cast.outsider.email, "role": "viewer", "since": today().isoformat()}
    words = html.unescape(client_of(cast.administrator).post(give_url(cast.mhclg), form).text)
    assert "Oscar Outside (outsider@dft.example), Department for Transport" in words
    assert "Person of the department" not in words


def test_the_form_says_what_each_role_is_for_and_allows(cast: Cast) -> None:
    said = html.unescape(client_of(cast.administrator).get(give_url(cast.mhclg)).text)
    for key in ("viewer", "contributor", "programme_manager", "signatory", "internal_auditor"):
        assert str(ROLES[key].sentence) in said
    assert "In programmes it has joined as a partner: see the records;" in said
    assert str(ROLES["centre"].sentence) not in said


def test_a_platform_administrator_gives_the_roles_of_administrators_and_of_the_centre(cast: Cast) -> None:
    person = make_person("second@cabinet-office.example", department=cast.cabinet_office)
    said = html.unescape(client_of(cast.platform).get(give_url(cast.dwp)).text)
    for key, role in ROLES.items():
        assert (f'value="{key}"' in said) == ("platform_administrator" in role.given_by), key
    assert give(cast.platform, cast.cabinet_office, person, "centre").status_code == 302
    assert give(cast.platform, cast.dwp, cast.contributor, "department_administrator").status_code == 302
    assert Programme.objects.visible_to(person).exists()


@pytest.mark.parametrize("role", ["programme_manager", "viewer", "contributor", "signatory", "internal_auditor"])
def test_a_platform_administrator_makes_nobody_a_programme_manager_of_a_department(cast: Cast, role: str) -> None:
    """They could run its programmes through a person of their own making."""
    puppet = make_person("puppet@dwp.example", department=cast.dwp)
    answer = give(cast.platform, cast.dwp, puppet, role)
    assert "This is not a role that you can give here. Select one from the list." in answer.words
    with pytest.raises(RuleBroken, match=r"^Only a department administrator can give this role\.$"):
        actions.give_role(cast.dwp, puppet, role, by=cast.platform)
    assert not puppet.memberships.exists()


def test_a_platform_administrator_who_administers_a_department_too_gives_its_roles_there_alone(cast: Cast) -> None:
    make_membership(cast.platform, cast.dwp, "department_administrator")
    assert give(cast.platform, cast.dwp, cast.contributor, "viewer").status_code == 302
    assert "not a role that you can give here" in give(cast.platform, cast.moj, cast.viewer, "contributor").words


def test_a_platform_administrator_ends_any_role_of_a_department(cast: Cast) -> None:
    held = cast.manager.memberships.get()
    reason = {"reason": "The department asked"}
    assert answer_and_confirm(client_of(cast.platform), end_url(held), reason).status_code == 302
    held.refresh_from_db()
    assert held.has_ended


def test_a_department_administrator_cannot_give_or_end_a_role_of_the_centre_or_the_platform(cast: Cast) -> None:
    administrator = make_person("admin@cabinet-office.example", department=cast.cabinet_office)
    make_membership(administrator, cast.cabinet_office, "department_administrator")
    person = make_person("second@cabinet-office.example", department=cast.cabinet_office)
    for role in ("centre", "platform_administrator"):
        assert "not a role that you can give here" in give(administrator, cast.cabinet_office, person, role).words
        with pytest.raises(RuleBroken, match="Only a platform administrator"):
            actions.give_role(cast.cabinet_office, person, role, by=administrator)
    held = cast.platform.memberships.get()
    answer = client_of(administrator).post(end_url(held), {"reason": "Mine now"})
    assert "Only a platform administrator can end this role." in answer.text
    with pytest.raises(RuleBroken, match="Only a platform administrator"):
        actions.stop_person(cast.platform, by=administrator, reason="Mine now")


def test_nobody_gives_themselves_a_role(cast: Cast) -> None:
    for by, department in ((cast.administrator, cast.mhclg), (cast.platform, cast.dwp)):
        answer = give(by, department, role="department_administrator", email=by.email)
        assert "You cannot give yourself a role. Ask another administrator." in answer.words
        assert "Select person of the department from the list" in give(by, department, by).words
        assert by.memberships.count() == 1


def test_an_administrator_does_not_end_their_own_role(cast: Cast) -> None:
    answer = client_of(cast.administrator).post(end_url(cast.administrator.memberships.get()), {"reason": "Tired"})
    assert "You cannot end your own role as administrator." in answer.text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200), ("platform", 200), ("manager", 403), ("contributor", 404), ("viewer", 404),
        ("sro", 404), ("ao", 404), ("auditor", 404), ("centre", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_the_forms_open_for_administrators_alone(cast: Cast, who: str, status: int) -> None:
    client = client_of(getattr(cast, who))
    assert client.get(give_url(cast.mhclg)).status_code == status
    assert client.get(end_url(cast.manager.memberships.get())).status_code == status
    assert client.get(f"/departments/{cast.mhclg.slug}/people/add/").status_code == status
    assert client.get(f"/departments/{cast.mhclg.slug}/people/{cast.manager.pk}/stop/").status_code == status


@pytest.mark.parametrize("who", ["manager", "contributor", "outsider", "centre"])
def test_others_cannot_send_the_forms_either(cast: Cast, newcomer: User, who: str) -> None:
    by = getattr(cast, who)
    assert give(by, cast.mhclg, newcomer).status_code in (403, 404)
    assert client_of(by).post(end_url(cast.viewer.memberships.get()), {"reason": "No"}).status_code in (403, 404)
    assert not newcomer.memberships.exists()
    with pytest.raises(PermissionDenied):
        actions.give_role(cast.mhclg, newcomer, "viewer", by=by)


def test_an_administrator_reaches_no_role_of_another_department(cast: Cast) -> None:
    theirs = cast.contributor.memberships.get()
    client = client_of(cast.administrator)
    assert client.get(end_url(theirs)).status_code == 404
    assert client.get(f"/departments/{cast.mhclg.slug}/roles/{theirs.pk}/end/").status_code == 404
    assert client.get(f"/departments/{cast.mhclg.slug}/roles/99999/end/").status_code == 404


def test_a_person_of_another_department_is_given_a_role_by_address(cast: Cast) -> None:
    assert give(cast.administrator, cast.mhclg, email="Contributor@DWP.example").status_code == 302
    shown = client_of(cast.manager).get(f"/departments/{cast.mhclg.slug}/people/")
    assert "Conrad Contribute" in shown.text
    page = client_of(cast.administrator).get(f"/departments/{cast.mhclg.slug}/people/{cast.contributor.pk}/")
    assert page.status_code == 200
    assert "Stop the account" not in page.text
    stop = client_of(cast.administrator).get(f"/departments/{cast.mhclg.slug}/people/{cast.contributor.pk}/stop/")
    assert stop.status_code == 403


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"role": "emperor"}, "This is not a role that you can give here."),
        ({"role": "sro"}, "This is not a role that you can give here."),
        ({"role": ""}, "Select a role."),
        ({"person": "99999"}, "Select person of the department from the list"),
        ({"person": "x"}, "Select person of the department from the list"),
        ({"person": ""}, "Choose who gets the role."),
        ({"person": "", "email": "no@one.example"}, "Nobody with this address has an account."),
        ({"person": "", "email": "maya"}, "Enter an email address in the correct format"),
        ({"email": "manager@mhclg.example"}, "Choose a person or give an address, not both."),
        ({"since_day": "31", "since_month": "2", "since_year": "2027"}, "Start date must be a real date"),
        ({"since": ""}, "Enter start date"),
        ({"since": "2020-01-01"}, "A role starts today or later"),
        ({"since": "2099-01-01"}, "A role starts within a year."),
        ({"until": "2020-03-01"}, "The role would end before it starts."),
        ({"until_day": "1", "until_month": "x", "until_year": "2027"}, "End date must be a real date"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words(
    cast: Cast, newcomer: User, answers: dict[str, str], said: str
) -> None:
    form = {"person": str(newcomer.pk), "role": "viewer", "since": today().isoformat()} | answers
    answer = send(cast.administrator, cast.mhclg, form)
    assert said in answer.words
    assert "There is a problem" in answer.words
    assert not newcomer.memberships.exists()


def test_a_double_click_gives_the_role_once(cast: Cast, newcomer: User) -> None:
    assert give(cast.administrator, cast.mhclg, newcomer).status_code == 302
    assert "Nora Newcomer already has this role." in give(cast.administrator, cast.mhclg, newcomer).words
    assert newcomer.memberships.count() == 1


def test_the_second_of_two_tabs_is_told_that_the_role_has_ended(cast: Cast) -> None:
    held = cast.manager.memberships.get()
    first, second = client_of(cast.administrator), client_of(cast.platform)
    assert second.get(end_url(held)).status_code == 200
    assert answer_and_confirm(first, end_url(held), {"reason": "Moved"}).status_code == 302
    answer = second.post(end_url(held), {"reason": "Also moved"})
    assert "This role has already ended." in answer.text
    assert "Also moved" in answer.text
    assert held.history.count() == 2


def test_a_reason_is_asked_for(cast: Cast) -> None:
    held = cast.manager.memberships.get()
    answer = client_of(cast.administrator).post(end_url(held), {"reason": "  "})
    assert "Answer the question “Why does the role end?”" in answer.text
    held.refresh_from_db()
    assert held.until is None


def test_no_role_is_given_in_a_closed_department_or_to_a_stopped_account(cast: Cast) -> None:
    closed = make_department(is_closed=True)
    with pytest.raises(RuleBroken, match="This department has closed"):
        actions.give_role(closed, cast.viewer, "department_administrator", by=cast.platform)
    stopped = make_person("left@mhclg.example", department=cast.mhclg, is_active=False)
    assert "This person may no longer sign in." in give(cast.administrator, cast.mhclg, email=stopped.email).words


def test_a_role_does_not_end_before_it_has_been_read_what_that_means(cast: Cast) -> None:
    held, client = cast.manager.memberships.get(), client_of(cast.administrator)
    shown = client.post(end_url(held), {"reason": "Moved to another team"})
    assert "Check before the role ends" in shown.text
    assert "Moved to another team" in shown.text
    assert "Maya Managewell loses at once what the role lets them see and do" in shown.text
    held.refresh_from_db()
    assert held.until is None
    answers = [confirm(client, end_url(held), shown).url for _press in range(2)]
    assert answers == [f"/departments/{cast.mhclg.slug}/people/"] * 2
    assert held.history.count() == 2
