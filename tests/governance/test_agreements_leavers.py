"""A memorandum, and the departments named in it that leave the programme or come back in another part."""

import pytest
from django.urls import reverse

from governance.actions import signing
from governance.actions.agreements import open_for_signature, start_version
from governance.board_sections import agreements as agreements_section
from governance.models import Agreement, AgreementVersion
from governance.readiness_evidence import who_decides
from programmes.actions import accept_invitation, invite_department, withdraw_department
from programmes.models import Party
from programmes.set_up import State, Task, sections_of
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_party, make_person
from tests.factories.agreements import make_open_version
from tests.governance.test_decisions_in_packs import brief_of
from xgov.accounts.models import Department, User
from xgov.records.errors import RuleBroken


@pytest.fixture
def open_version(cast: Cast) -> AgreementVersion:
    return make_open_version(cast.programme, cast.manager)


def signatory_of(department: Department) -> User:
    person = make_person("", "", department)
    make_membership(person, department, "signatory")
    return person


def sign(version: AgreementVersion, department: Department, by: User | None = None) -> None:
    by = by or signatory_of(department)
    signing.sign(version, department, by=by, sha256=version.sha256, post="Director", confirmed=True)


def sign_all(version: AgreementVersion, *, but: tuple[Department, ...] = ()) -> None:
    for place in version.signatures.exclude(department__in=but).select_related("department"):
        sign(version, place.department)


def leave(cast: Cast, department: Department) -> Party:
    party = Party.objects.get(programme=cast.programme, department=department)
    return withdraw_department(party, by=cast.manager, reason="Another way")


def come_back(cast: Cast, department: Department, role: str) -> None:
    manager = make_person("", "", department)
    make_membership(manager, department, "programme_manager")
    accept_invitation(invite_department(cast.programme, department, role, by=cast.manager), by=manager)


def told(cast: Cast, version: AgreementVersion) -> dict[str, str]:
    """What the agreement's page, the list, set-up, the programme's page and a pack say."""
    client, pages = client_of(cast.manager), {"agreement": version.agreement.get_absolute_url()}
    pages["list"] = reverse("governance:agreement-list", args=["RS-001"])
    pages |= {name: reverse(f"programmes:{name}", args=["RS-001"]) for name in ("set-up", "programme")}
    said = {name: " ".join(client.get(url).text.split()) for name, url in pages.items()}
    (row,) = agreements_section(brief_of(cast))["rows"]
    return said | {"pack": " ".join(words for each in row["versions"] for words in each["waited_for"])}


def test_a_department_back_in_another_part_is_not_said_to_have_left(cast: Cast, open_version: AgreementVersion) -> None:
    sign_all(open_version, but=(cast.home_office, cast.moj))
    leave(cast, cast.home_office)
    come_back(cast, cast.home_office, Party.Role.SUPPORT)
    said = told(cast, open_version)
    assert all("has left" not in each.lower() and "no longer in the" not in each for each in said.values())
    assert "Home Office (now supporting department) is named in the text as a partner" in said["agreement"]
    assert "Names as a partner HO (now supporting department)" in said["list"]
    words = "The text names as partners HO (now supporting department): withdraw it and start a new version."
    assert words in said["set-up"]
    assert words in said["programme"]
    assert said["pack"] == "MOJ HO is now supporting department, and the text names it as a partner"


def test_who_is_no_partner_any_more_neither_is_asked_to_sign_nor_can(
    cast: Cast, open_version: AgreementVersion
) -> None:
    leave(cast, cast.home_office)
    come_back(cast, cast.home_office, Party.Role.SUPPORT)
    signatory = signatory_of(cast.home_office)
    client, url = client_of(signatory), open_version.agreement.get_absolute_url()
    assert "Sign for HO" not in client.get(url).text
    page = client.get(reverse("governance:sign-agreement", args=["RS-001", "A-001", "home-office"]), follow=True)
    assert "Home Office is no longer a partner in the programme, so it does not sign this text." in page.text
    with pytest.raises(RuleBroken, match="no longer a partner"):
        sign(open_version, cast.home_office, signatory)


def test_a_department_back_as_a_partner_signs_the_text_that_names_it(
    cast: Cast, open_version: AgreementVersion
) -> None:
    leave(cast, cast.home_office)
    come_back(cast, cast.home_office, Party.Role.CORE)
    sign_all(open_version)
    open_version.refresh_from_db()
    assert open_version.status == AgreementVersion.Status.IN_FORCE


def task_of(cast: Cast) -> Task:
    tasks = (task for _section, tasks in sections_of(cast.programme) for task in tasks)
    return next(task for task in tasks if task.label == "Sign the memorandum")


def test_a_text_that_comes_into_force_naming_who_left_after_signing_says_so_everywhere(
    cast: Cast, open_version: AgreementVersion
) -> None:
    sign(open_version, cast.home_office)
    leave(cast, cast.home_office)
    words = "HO left after signing: the text can come into force, but names HO still."
    said = told(cast, open_version)
    assert all(words in said[name] for name in ("agreement", "set-up", "programme"))
    sign_all(open_version, but=(cast.home_office,))
    open_version.refresh_from_db()
    assert open_version.status == AgreementVersion.Status.IN_FORCE
    words, said = "HO left after signing it: write a new version.", told(cast, open_version)
    assert all(words in said[name] for name in ("agreement", "set-up", "programme"))
    assert "Has left" in said["agreement"]
    assert "Names HO, which has left" in said["list"]
    assert said["pack"] == "HO has left, and the text names it"
    assert task_of(cast).state is State.IN_PROGRESS
    assert ("VAGUE", f"The memorandum: {words}") in [(each.answer, each.words) for each in who_decides(cast.programme)]


def test_who_joined_and_who_left_after_signing_are_told_in_one_sentence(
    cast: Cast, open_version: AgreementVersion
) -> None:
    sign_all(open_version)
    assert task_of(cast).state is State.COMPLETED
    leave(cast, cast.home_office)
    make_party(cast.programme, cast.dft)
    words = "DFT joined after it was signed; HO left after signing it: write a new version."
    assert words in told(cast, open_version)["agreement"]
    come_back(cast, cast.home_office, Party.Role.CORE)
    assert "HO left after signing" not in told(cast, open_version)["agreement"]


@pytest.fixture
def second_version(cast: Cast, open_version: AgreementVersion) -> AgreementVersion:
    """Open for signature, while the first is in force."""
    sign_all(open_version)
    agreement = Agreement.objects.get()
    return open_for_signature(start_version(agreement, by=cast.manager, change_summary="Clearer"), by=cast.manager)


def test_a_page_does_not_wait_for_signatures_that_would_change_nothing(
    cast: Cast, second_version: AgreementVersion
) -> None:
    waits, stays = "Until they all have signed, version 1 stays in force.", "Version 1 stays in force, whoever signs"
    page = told(cast, second_version)["agreement"]
    assert waits in page
    assert stays not in page
    leave(cast, cast.home_office)
    page = told(cast, second_version)["agreement"]
    assert waits not in page
    assert stays in page
    assert "so the text cannot come into force" in page


def test_each_text_that_no_longer_matches_the_record_is_named_in_its_heading(
    cast: Cast, second_version: AgreementVersion
) -> None:
    leave(cast, cast.home_office)
    page = told(cast, second_version)["agreement"]
    for number in (1, 2):
        assert page.count(f"The text of version {number} no longer matches the record") == 1
