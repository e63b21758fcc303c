"""Agreements: written by the lead, signed by each department for itself, bound to the exact text."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, IntegrityError, connection

from governance.actions import agreements, signing
from governance.models import Agreement, AgreementVersion, Signature
from programmes.models import Party
from tests.cast import Cast
from tests.factories import make_membership, make_person
from tests.factories.agreements import make_agreement, make_open_version, settle_clause
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.records import fixed
from xgov.records.acting import acting, system_signer
from xgov.records.errors import ChangedMeanwhile, HistoryBypassed, RuleBroken

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


# --- writing ---------------------------------------------------------------------------------


def test_a_first_draft_says_what_the_record_knows(cast: Cast) -> None:
    agreement = agreements.draft_agreement(cast.programme, by=cast.manager)
    version = agreement.current
    text = {clause.key: clause.text for clause in version.clauses.all()}
    assert (agreement.reference, agreement.status, version.number) == ("A-001", Agreement.Status.DRAFT, 1)
    assert "Nobody has to sleep rough more than once." in text["outcome"]
    assert "- Ministry of Housing, Communities and Local Government (lead department)" in text["parties"]
    assert "- Department for Work and Pensions (partner department)" in text["parties"]
    assert "Sara Answerable is the senior responsible owner" in text["roles"]
    assert "Alan Accountable is the lead accounting officer" in text["roles"]
    assert "for 10 working days" in text["disputes"]
    assert len(text) == 23


def test_what_is_not_decided_yet_is_said_and_stops_the_opening(cast: Cast) -> None:
    version = agreements.draft_agreement(cast.programme, by=cast.manager).current
    with pytest.raises(RuleBroken, match=r"Settle these clauses first: .*Money"):
        agreements.open_for_signature(version, by=cast.manager)
    with acting(cast.manager):
        cast.programme.who_pays = "MHCLG pays for the hubs under its own vote."
        cast.programme.save()
    agreements.fill_in_again(version, by=cast.manager)
    assert version.clauses.get(key="money").text.startswith("MHCLG pays for the hubs under its own vote.")


@pytest.mark.parametrize("who", ["contributor", "viewer", "ao", "auditor", "centre", "platform", "outsider"])
def test_only_those_who_run_the_programme_write_agreements(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        agreements.draft_agreement(cast.programme, by=getattr(cast, who))
    version = make_agreement(cast.programme, cast.manager).current
    with pytest.raises(PermissionDenied):
        settle_clause(version.clauses.first(), getattr(cast, who))
    with pytest.raises(PermissionDenied):
        agreements.open_for_signature(version, by=getattr(cast, who))


def test_the_second_of_two_people_editing_a_clause_is_told(cast: Cast) -> None:
    clause = make_agreement(cast.programme, cast.manager).current.clauses.first()
    seen = clause.lock_version
    settle_clause(clause, cast.sro, "The SRO's words.")
    with pytest.raises(ChangedMeanwhile):
        agreements.change_clause(clause, by=cast.manager, heading="Parties", text="Mine.", seen_version=seen)


def test_a_clause_that_is_left_out_is_not_in_the_text(cast: Cast) -> None:
    version = make_agreement(cast.programme, cast.manager).current
    clause = version.clauses.get(key="reuse")
    agreements.change_clause(clause, by=cast.manager, heading=clause.heading, text="", is_left_out=True)
    version = agreements.open_for_signature(AgreementVersion.objects.get(pk=version.pk), by=cast.manager)
    assert "Crown copyright" not in version.text
    assert "22. Signatures" in version.text


def test_nobody_opens_an_agreement_with_themselves(cast: Cast) -> None:
    version = make_agreement(cast.programme, cast.manager).current
    with acting(system_signer("test")):
        for party in cast.programme.parties.exclude(role="LEAD"):
            party.status = Party.Status.DECLINED
            party.save()
    with pytest.raises(RuleBroken, match="nobody to agree with"):
        agreements.open_for_signature(version, by=cast.manager)


# --- a changed text --------------------------------------------------------------------------


def test_a_changed_text_needs_every_signature_anew_and_the_old_stays_in_force(cast: Cast, open_version) -> None:
    sign_all(open_version, cast)
    agreement = Agreement.objects.get()
    second = agreements.start_version(agreement, by=cast.manager, change_summary="More hubs")
    settle_clause(second.clauses.get(key="money"), cast.manager, "MHCLG pays for all hubs.")
    second = agreements.open_for_signature(second, by=cast.manager)
    assert second.sha256 != open_version.sha256
    assert not second.signatures.filter(signed_at__isnull=False).exists()
    assert Agreement.objects.get().in_force == open_version
    sign_all(second, cast)
    agreement = Agreement.objects.get()
    open_version.refresh_from_db()
    assert agreement.in_force == second
    assert open_version.status == Status.SUPERSEDED
    assert open_version.no_longer_on == second.__class__.objects.get(pk=second.pk).in_force_on
    assert open_version.verify().holds


def test_a_new_version_says_what_changed(cast: Cast, open_version: AgreementVersion) -> None:
    sign_all(open_version, cast)
    second = agreements.start_version(Agreement.objects.get(), by=cast.manager)
    with pytest.raises(RuleBroken, match="what changed"):
        agreements.open_for_signature(second, by=cast.manager)


def test_there_is_one_version_in_the_making_at_a_time(cast: Cast, open_version: AgreementVersion) -> None:
    with pytest.raises(RuleBroken, match="still being written or signed"):
        agreements.start_version(Agreement.objects.get(), by=cast.manager)
    with pytest.raises(IntegrityError), acting(cast.manager):
        AgreementVersion.objects.create(agreement=open_version.agreement, programme=cast.programme, number=2)


def test_a_text_is_not_edited_once_it_is_open(cast: Cast, open_version: AgreementVersion) -> None:
    clause = open_version.clauses.first()
    with pytest.raises(RuleBroken, match="fixed"):
        settle_clause(clause, cast.manager, "Other words.")
    with acting(cast.manager):
        clause.text = "Other words."
        with pytest.raises(HistoryBypassed):
            clause.save()
        open_version.text = "Other words."
        with pytest.raises(HistoryBypassed):
            open_version.save()
        with pytest.raises(HistoryBypassed):
            AgreementVersion.objects.save_many([open_version], ["text"])


def test_a_signature_is_never_changed_nor_bound_to_another_text(cast: Cast, open_version: AgreementVersion) -> None:
    signature = sign(open_version, cast.mhclg, cast.ao)
    with acting(cast.manager):
        signature.post = "Somebody else"
        with pytest.raises(HistoryBypassed):
            signature.save()
        waiting = open_version.signatures.get(department=cast.dwp)
        waiting.person, waiting.person_name, waiting.post = cast.contributor, "C", "Head"
        waiting.method, waiting.signed_at, waiting.sha256 = "HERE", signature.signed_at, "1" * 64
        with pytest.raises(HistoryBypassed):
            waiting.save()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE governance_agreementversion SET text = 'Other words.'",
        "UPDATE governance_agreementversion SET status = 'DRAFT'",
        "DELETE FROM governance_clause",
        "UPDATE governance_clause SET text = 'Other words.'",
        "UPDATE governance_signature SET post = 'Other' WHERE signed_at IS NOT NULL",
        "DELETE FROM governance_signature WHERE signed_at IS NOT NULL",
    ],
)
def test_the_database_itself_refuses_to_change_a_text_that_is_open(cast: Cast, open_version, statement: str) -> None:
    sign(open_version, cast.mhclg, cast.ao)
    fixed.protect(fixed.fixed_models([AgreementVersion, Signature, type(open_version.clauses.first())]))
    with connection.cursor() as cursor, pytest.raises(Error, match="never changed"):
        cursor.execute(statement)


def test_a_text_that_was_tampered_with_shows(cast: Cast, open_version: AgreementVersion) -> None:
    sign(open_version, cast.mhclg, cast.ao)
    assert open_version.verify().holds
    with connection.cursor() as cursor:
        cursor.execute("UPDATE governance_agreementversion SET text = 'Other words.'")
    tampered = AgreementVersion.objects.get(pk=open_version.pk)
    proof = tampered.verify()
    assert (proof.text_matches, proof.clauses_match, proof.unmatched) == (False, False, (str(cast.mhclg),))
    with pytest.raises(RuleBroken, match="no longer matches"):
        sign(tampered, cast.dwp, signatory_of(cast.dwp))


def test_an_ended_agreement_binds_nobody_and_says_why(cast: Cast, open_version: AgreementVersion) -> None:
    sign_all(open_version, cast)
    with pytest.raises(RuleBroken, match="why"):
        agreements.end_agreement(Agreement.objects.get(), by=cast.sro, reason=" ")
    agreements.end_agreement(Agreement.objects.get(), by=cast.sro, reason="The programme has closed.")
    agreement = Agreement.objects.get()
    assert (agreement.status, agreement.in_force) == (Agreement.Status.ENDED, None)


# --- sight -----------------------------------------------------------------------------------


def test_a_sensitive_agreement_is_hidden_with_its_versions_clauses_and_signatures(cast: Cast) -> None:
    version = make_open_version(cast.programme, cast.manager, marking="OFFICIAL_SENSITIVE")
    for model in (Agreement, AgreementVersion, Signature, type(version.clauses.first())):
        assert not model.objects.visible_to(cast.viewer).exists()
        assert not model.objects.visible_to(cast.contributor).exists()
        assert model.objects.visible_to(cast.auditor).exists()
        assert model.objects.visible_to(cast.ao).exists()


def test_a_person_sees_what_waits_for_their_signature(cast: Cast, open_version: AgreementVersion) -> None:
    assert [row.department for row in Signature.objects.for_signatory(cast.ao)] == [cast.mhclg]
    assert Signature.objects.for_signatory(cast.manager) == []
    assert rules.can(cast.ao, Permission.SIGN, open_version.signatures.get(department=cast.mhclg))
    sign(open_version, cast.mhclg, cast.ao)
    assert Signature.objects.for_signatory(cast.ao) == []


def test_reading_many_agreements_asks_no_more_than_reading_one(cast: Cast, django_assert_max_num_queries) -> None:
    for _ in range(6):
        make_open_version(cast.programme, cast.manager)
    with django_assert_max_num_queries(4):
        rows = list(Agreement.objects.filter(programme=cast.programme).with_versions())
        assert all(len(row.current.signatures.all()) == 5 and row.status for row in rows)
