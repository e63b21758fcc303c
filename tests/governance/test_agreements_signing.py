"""Each department signs for itself, once, and exactly the text it read."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from governance.actions import agreements, signing
from governance.actions.signing import AlreadySigned, TextChanged
from governance.models import Agreement, AgreementVersion, Signature
from governance.readiness_evidence import who_decides
from programmes.actions import withdraw_department
from programmes.models import Party
from programmes.set_up import State, sections_of
from tests.cast import Cast, client_of
from tests.factories import make_appointment, make_membership, make_party, make_person
from tests.factories.agreements import make_open_version
from xgov.pages.values import day
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.models import Event

Status = AgreementVersion.Status


def sign(version: AgreementVersion, department, by, **fields) -> Signature:
    fields = {"sha256": version.sha256, "post": "Director General", "confirmed": True, **fields}
    return signing.sign(version, department, by=by, **fields)


def signatory_of(department):
    person = make_person("", "", department)
    make_membership(person, department, "signatory")
    return person


@pytest.fixture
def open_version(cast: Cast) -> AgreementVersion:
    return make_open_version(cast.programme, cast.manager)


def sign_all(version: AgreementVersion, cast: Cast, *, but: tuple = ()) -> None:
    sign(version, cast.mhclg, cast.ao)
    for department in (cast.dwp, cast.moj, cast.dhsc, cast.home_office):
        if department not in but:
            sign(version, department, signatory_of(department))


# --- signing ---------------------------------------------------------------------------------


def test_each_core_party_has_one_place_to_sign(cast: Cast) -> None:
    make_party(cast.programme, cast.cabinet_office, Party.Role.OBSERVER)
    version = make_open_version(cast.programme, cast.manager)
    assert {row.department for row in version.signatures.all()} == {
        cast.mhclg, cast.dwp, cast.moj, cast.dhsc, cast.home_office,
    }  # fmt: skip
    assert "Cabinet Office (observer)" in version.text


def test_the_accounting_officer_signs_for_the_lead_department(cast: Cast, open_version: AgreementVersion) -> None:
    signature = sign(open_version, cast.mhclg, cast.ao, post="Permanent Secretary")
    assert (signature.person, signature.post, signature.sha256) == (
        cast.ao, "Permanent Secretary", open_version.sha256,
    )  # fmt: skip
    assert open_version.status == Status.OPEN_FOR_SIGNATURE
    assert Event.objects.filter(kind="agreement_signed", person_name=cast.ao.name).exists()


def test_a_partners_signatory_signs_for_their_own_department_alone(cast: Cast, open_version: AgreementVersion) -> None:
    signatory = signatory_of(cast.dwp)
    assert sign(open_version, cast.dwp, signatory).is_signed
    with pytest.raises(PermissionDenied):
        sign(open_version, cast.moj, signatory)


@pytest.mark.parametrize(
    "who",
    ["manager", "contributor", "viewer", "sro", "ao", "administrator", "auditor", "centre", "platform", "outsider"],
)
def test_nobody_of_the_cast_signs_for_a_partner(cast: Cast, open_version: AgreementVersion, who: str) -> None:
    with pytest.raises(PermissionDenied):
        sign(open_version, cast.dwp, getattr(cast, who))
    assert not open_version.signatures.filter(signed_at__isnull=False).exists()


def test_a_senior_sponsor_signs_for_their_department(cast: Cast, open_version: AgreementVersion) -> None:
    sponsor = make_person("", "", cast.dhsc)
    make_appointment(cast.programme, sponsor, "senior_sponsor", department=cast.dhsc)
    assert sign(open_version, cast.dhsc, sponsor).is_signed


def test_it_is_in_force_once_the_last_department_has_signed(cast: Cast, open_version: AgreementVersion) -> None:
    sign_all(open_version, cast, but=(cast.moj,))
    open_version.refresh_from_db()
    assert open_version.status == Status.OPEN_FOR_SIGNATURE
    sign(open_version, cast.moj, signatory_of(cast.moj))
    agreement = Agreement.objects.get()
    assert agreement.status == Agreement.Status.IN_FORCE
    assert agreement.in_force.in_force_on is not None
    assert agreement.review_on is not None
    assert agreement.in_force.verify().holds


def test_a_second_signature_for_the_same_department_is_refused(cast: Cast, open_version: AgreementVersion) -> None:
    sign(open_version, cast.mhclg, cast.ao)
    with pytest.raises(AlreadySigned, match="Alan Accountable has already signed"):
        sign(open_version, cast.mhclg, cast.ao)
    assert Event.objects.filter(kind="agreement_signed").count() == 1


@pytest.mark.parametrize(
    ("given", "field"), [({"post": " "}, "post"), ({"confirmed": False}, "confirmed")]
)  # fmt: skip
def test_signing_needs_a_post_and_a_confirmation(cast: Cast, open_version: AgreementVersion, given, field) -> None:
    with pytest.raises(RuleBroken) as refused:
        sign(open_version, cast.mhclg, cast.ao, **given)
    assert refused.value.field == field


def test_a_text_that_is_not_the_one_shown_is_not_signed(cast: Cast, open_version: AgreementVersion) -> None:
    with pytest.raises(TextChanged):
        sign(open_version, cast.mhclg, cast.ao, sha256="0" * 64)
    agreements.withdraw_version(open_version, by=cast.manager, reason="A figure was wrong")
    with pytest.raises(TextChanged, match="Nothing has been signed"):
        sign(open_version, cast.mhclg, cast.ao)


def test_a_department_that_joined_after_the_opening_holds_it_up(cast: Cast, open_version: AgreementVersion) -> None:
    make_party(cast.programme, cast.dft)
    sign_all(open_version, cast)
    open_version.refresh_from_db()
    assert open_version.status == Status.OPEN_FOR_SIGNATURE
    assert [party.department for party in signing.newcomers(open_version)] == [cast.dft]


def test_a_text_held_up_by_a_newcomer_comes_into_force_when_the_newcomer_leaves(
    cast: Cast, open_version: AgreementVersion
) -> None:
    newcomer = make_party(cast.programme, cast.dft)
    sign_all(open_version, cast)
    withdraw_department(newcomer, by=cast.outsider, reason="Not our field")
    open_version.refresh_from_db()
    assert open_version.status == Status.IN_FORCE
    assert open_version.agreement.review_on is not None
    assert Event.objects.get(kind="agreement_in_force").person_name == cast.outsider.name


def test_a_department_that_leaves_without_signing_leaves_the_text_open_and_its_page_says_what_to_do(
    cast: Cast, open_version: AgreementVersion
) -> None:
    sign_all(open_version, cast, but=(cast.home_office,))
    withdraw_department(
        Party.objects.get(department=cast.home_office, programme=cast.programme), by=cast.manager, reason="Another way"
    )
    open_version.refresh_from_db()
    assert open_version.status == Status.OPEN_FOR_SIGNATURE
    page = " ".join(client_of(cast.viewer).get(open_version.agreement.get_absolute_url()).content.decode().split())
    assert "Home Office is named in the text and takes no part in the programme any more" in page
    assert "Nobody can sign for" not in page


def test_a_department_that_left_without_signing_is_waited_for_nowhere(
    cast: Cast, open_version: AgreementVersion
) -> None:
    sign_all(open_version, cast, but=(cast.home_office, cast.moj, cast.dhsc))
    gone = Party.objects.get(department=cast.home_office, programme=cast.programme)
    withdraw_department(gone, by=cast.manager, reason="Another way")
    client = client_of(cast.viewer)
    page = " ".join(client.get(open_version.agreement.get_absolute_url()).text.split())
    assert "Waits for 2 signatures" in page
    assert "Department of Health and Social Care, Ministry of Justice." in page
    assert "Has left" in page
    assert "2 signatures missing" in client.get("/").text
    set_up = client.get(reverse("programmes:set-up", args=[cast.programme.reference])).text
    assert "Not signed yet: DHSC, MOJ." in set_up
    listed = client.get(reverse("governance:agreement-list", args=[cast.programme.reference])).text
    assert "DHSC, MOJ" in listed
    assert "Names HO, which has left" in listed


def told_of_the_memorandum(cast: Cast, version: AgreementVersion) -> dict[str, str]:
    """What set-up, readiness and the agreement's own page say."""
    client = client_of(cast.manager)
    pages = {name: reverse(f"programmes:{name}", args=["RS-001"]) for name in ("set-up", "programme")}
    pages["agreement"] = version.agreement.get_absolute_url()
    return {name: " ".join(client.get(url).text.split()) for name, url in pages.items()}


def test_a_text_that_all_it_names_have_signed_and_a_newcomer_holds_up_is_said_not_to_name_it(
    cast: Cast, open_version: AgreementVersion
) -> None:
    make_party(cast.programme, cast.dft)
    sign_all(open_version, cast)
    told = told_of_the_memorandum(cast, open_version)
    for name in ("set-up", "programme"):
        assert "The text does not name DFT: withdraw it and start a new version." in told[name], name
        assert "Not signed yet" not in told[name]
        assert "still waits for" not in told[name]
    assert "The text does not name every partner" in told["agreement"]


def test_a_partner_that_joins_once_the_memorandum_is_in_force_is_said_not_to_be_bound_by_it(
    cast: Cast, open_version: AgreementVersion
) -> None:
    sign_all(open_version, cast)
    words = "DFT joined after it was signed: write a new version."
    assert all(words not in page for page in told_of_the_memorandum(cast, open_version).values())
    make_party(cast.programme, cast.dft)
    assert all(words in page for page in told_of_the_memorandum(cast, open_version).values())
    sections = sections_of(cast.programme)
    task = next(task for _section, tasks in sections for task in tasks if task.label == "Sign the memorandum")
    assert task.state is State.IN_PROGRESS
    answers = [(found.answer, str(found.words)) for found in who_decides(cast.programme)]
    assert ("VAGUE", f"The memorandum: {words}") in answers


def test_a_newcomer_by_the_side_of_the_programme_needs_no_new_text(cast: Cast, open_version: AgreementVersion) -> None:
    sign_all(open_version, cast)
    make_party(cast.programme, cast.dft, Party.Role.OBSERVER)
    assert all("joined after" not in page for page in told_of_the_memorandum(cast, open_version).values())


def test_history_and_what_is_kept_call_a_place_a_signature_once_it_is_signed(
    cast: Cast, open_version: AgreementVersion
) -> None:
    def told() -> str:
        return client_of(cast.manager).get(reverse("programmes:history", args=["RS-001"])).text

    assert "Place for a signature," in told()
    assert "Signature," not in told()
    sign(open_version, cast.dwp, signatory_of(cast.dwp))
    assert "Signature," in told()
    gone = Party.objects.get(programme=cast.programme, department=cast.dwp)
    withdraw_department(gone, by=cast.manager, reason="Another way")
    kept = client_of(cast.contributor).get(reverse("programmes:kept", args=["RS-001", cast.dwp.slug])).text
    assert f"Signature, recorded on {day(today())}" in kept
    assert "Place for a signature, recorded on" not in kept
