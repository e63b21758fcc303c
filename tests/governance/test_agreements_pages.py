"""The pages of agreements, as each person meets them."""

import hashlib

import pytest
from django.urls import reverse

from governance.actions import agreements
from governance.agreement_papers import document, pdf_name, print_version
from governance.models import Agreement, AgreementVersion, Clause, Signature
from tests.cast import Cast, client_of
from tests.checking import confirm
from tests.factories import make_appointment, make_membership, make_person
from tests.factories.agreements import make_agreement, make_open_version, settle_clause
from xgov.jobs.models import Job
from xgov.jobs.running import do_here
from xgov.papers import checks
from xgov.records.acting import acting


def address(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=["RS-001", *args])


@pytest.fixture
def open_version(cast: Cast) -> AgreementVersion:
    return make_open_version(cast.programme, cast.manager)


def signing_page(department) -> str:
    return address("sign-agreement", "A-001", department.slug)


def answers(version: AgreementVersion, **changed: str) -> dict[str, str]:
    return {"sha256": version.sha256, "post": "Permanent Secretary", "confirmed": "on", **changed}


def test_a_manager_drafts_settles_and_opens_a_memorandum_in_the_browser(cast: Cast) -> None:
    client = client_of(cast.manager)
    page = client.post(address("draft-agreement"), {"title": "Our memorandum", "marking": "OFFICIAL"}, follow=True)
    assert "A-001 Our memorandum is drafted" in page.content.decode()
    assert "To settle" in page.content.decode()
    refused = client.post(address("open-version", "A-001", 1), {"check-confirmed": "1"})
    assert "Settle these clauses first" in refused.content.decode()
    for clause in Clause.objects.all():
        if clause.is_unsettled:
            changed = address("change-clause", "A-001", 1, clause.key)
            form = {"heading": clause.heading, "text": "It is settled.", "seen_version": clause.lock_version}
            assert client.post(changed, form).status_code == 302
    shown = client.get(address("open-version", "A-001", 1))
    assert "Check before you open it for signature" in shown.content.decode()
    page = confirm(client, address("open-version", "A-001", 1), shown, follow=True)
    assert "Waits for 5 signatures" in page.content.decode()


def test_the_accounting_officer_reads_the_text_and_signs(cast: Cast, open_version: AgreementVersion) -> None:
    client = client_of(cast.ao)
    page = client.get(signing_page(cast.mhclg)).content.decode()
    assert "Nobody has to sleep rough more than once." in page
    assert open_version.short_hash in page
    page = client.post(signing_page(cast.mhclg), answers(open_version), follow=True).content.decode()
    assert "You have signed for Ministry of Housing" in page
    assert "Waits for 4 signatures" in page


def test_an_unconfirmed_signature_keeps_what_was_typed(cast: Cast, open_version: AgreementVersion) -> None:
    form = answers(open_version, post="Permanent Secretary of State")
    del form["confirmed"]
    page = client_of(cast.ao).post(signing_page(cast.mhclg), form).content.decode()
    assert "Confirm that you have read the text and sign it" in page
    assert "Permanent Secretary of State" in page
    assert not Signature.objects.filter(signed_at__isnull=False).exists()


def test_signing_twice_gives_one_signature(cast: Cast, open_version: AgreementVersion) -> None:
    client = client_of(cast.ao)
    client.post(signing_page(cast.mhclg), answers(open_version))
    page = client.post(signing_page(cast.mhclg), answers(open_version, post="Other"), follow=True).content.decode()
    assert "Alan Accountable has already signed this text" in page
    assert Signature.objects.get(signed_at__isnull=False).post == "Permanent Secretary"


def test_a_second_tab_with_an_older_text_signs_nothing_and_loses_nothing(cast: Cast, open_version) -> None:
    agreements.withdraw_version(open_version, by=cast.manager, reason="A figure was wrong")
    second = agreements.start_version(Agreement.objects.get(), by=cast.manager, change_summary="A figure")
    settle_clause(second.clauses.get(key="money"), cast.manager, "MHCLG pays four million pounds.")
    second = agreements.open_for_signature(second, by=cast.manager)
    page = client_of(cast.ao).post(signing_page(cast.mhclg), answers(open_version, post="Perm Sec, acting"))
    content = page.content.decode()
    assert "The text has changed since you opened it" in content
    assert "MHCLG pays four million pounds." in content
    assert second.sha256 in content
    assert "Perm Sec, acting" in content
    assert 'name="confirmed" checked' not in content
    assert not Signature.objects.filter(signed_at__isnull=False).exists()


def test_signing_after_the_text_was_taken_back_says_so(cast: Cast, open_version: AgreementVersion) -> None:
    agreements.withdraw_version(open_version, by=cast.manager, reason="A figure was wrong")
    page = client_of(cast.ao).post(signing_page(cast.mhclg), answers(open_version), follow=True).content.decode()
    assert "no text is open for signature" in page
    assert not Signature.objects.filter(signed_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("manager", 403), ("contributor", 403), ("viewer", 403), ("sro", 403), ("ao", 403), ("auditor", 403),
        ("centre", 403), ("administrator", 404), ("platform", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_nobody_of_the_cast_reaches_a_partners_signing_page(cast: Cast, open_version, who: str, status: int) -> None:
    client = client_of(getattr(cast, who))
    assert client.get(signing_page(cast.dwp)).status_code == status
    assert client.post(signing_page(cast.dwp), answers(open_version)).status_code == status
    assert not Signature.objects.filter(signed_at__isnull=False).exists()


def test_a_partners_signatory_is_offered_their_own_department(cast: Cast, open_version: AgreementVersion) -> None:
    signatory = make_person("", "", cast.dwp)
    make_membership(signatory, cast.dwp, "signatory")
    page = client_of(signatory).get(open_version.agreement.get_absolute_url()).content.decode()
    assert "Sign for DWP" in page
    assert "Sign for MOJ" not in page


@pytest.mark.parametrize("name", ["change-agreement", "end-agreement", "new-version"])
def test_a_partner_does_not_run_the_agreement(cast: Cast, open_version: AgreementVersion, name: str) -> None:
    client = client_of(cast.contributor)
    assert client.get(address(name, "A-001")).status_code == 403
    assert client.post(address(name, "A-001"), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["open-version", "withdraw-version"])
def test_a_partner_does_not_open_or_withdraw_a_text(cast: Cast, open_version: AgreementVersion, name: str) -> None:
    assert client_of(cast.contributor).post(address(name, "A-001", 1), {"reason": "x"}).status_code == 403


def test_a_partner_does_not_change_a_clause(cast: Cast) -> None:
    make_agreement(cast.programme, cast.manager)
    client = client_of(cast.contributor)
    assert client.get(address("change-clause", "A-001", 1, "money")).status_code == 403
    assert client.post(address("change-clause", "A-001", 1, "money"), {"text": "Mine"}).status_code == 403
    assert client.post(address("fill-in-clause", "A-001", 1, "money")).status_code == 403


def test_the_downloaded_text_has_the_sha256_that_is_signed(cast: Cast, open_version: AgreementVersion) -> None:
    response = client_of(cast.viewer).get(address("agreement-text", "A-001", 1))
    assert hashlib.sha256(response.content).hexdigest() == open_version.sha256
    assert "RS-001-A-001-version-1.txt" in response.headers["Content-Disposition"]


def test_a_version_is_printed_as_an_accessible_pdf_by_a_job(cast: Cast, open_version: AgreementVersion) -> None:
    client = client_of(cast.viewer)
    assert client.get(address("agreement-pdf", "A-001", 1)).url == open_version.get_absolute_url()
    asked = client.post(address("agreement-pdf", "A-001", 1))
    assert client.post(address("agreement-pdf", "A-001", 1)).url == asked.url
    job = Job.objects.get()
    assert asked.url == job.get_absolute_url()
    do_here(job)
    job.refresh_from_db()
    assert (job.state, job.failure) == (Job.State.FINISHED, "")
    response = client.get(job.result_url)
    assert response.headers["Content-Type"] == "application/pdf"
    assert checks.faults(response.content) == []


def test_a_file_printed_before_the_agreement_was_marked_is_not_handed_out_after(
    cast: Cast, open_version: AgreementVersion
) -> None:
    name = print_version(open_version)
    for department in (cast.mhclg, cast.dwp, cast.moj, cast.dhsc, cast.home_office):
        sponsor = make_person("", "", department)
        make_appointment(cast.programme, sponsor, "senior_sponsor", department=department)
    agreement = open_version.agreement
    agreements.change_agreement(
        agreement, by=cast.manager, title=agreement.title, marking="OFFICIAL_SENSITIVE", review_on=None
    )
    marked = AgreementVersion.objects.get(pk=open_version.pk)
    assert pdf_name(marked) != name
    assert "OFFICIAL-SENSITIVE" in document(marked)
    answer = client_of(cast.manager).get(address("agreement-pdf", "A-001", 1))
    assert answer.url == open_version.get_absolute_url()


def test_an_agreement_of_a_sensitive_programme_is_printed_as_sensitive(
    cast: Cast, open_version: AgreementVersion
) -> None:
    with acting(cast.sro):
        cast.programme.marking = "OFFICIAL_SENSITIVE"
        cast.programme.save()
    assert "OFFICIAL-SENSITIVE" in document(AgreementVersion.objects.get(pk=open_version.pk))


def test_what_was_typed_into_a_clause_is_kept_when_somebody_else_opened_the_text(cast: Cast) -> None:
    agreement = make_agreement(cast.programme, cast.manager)
    client, url = client_of(cast.manager), address("change-clause", "A-001", 1, "disputes")
    agreements.open_for_signature(agreement.current, by=cast.manager)
    typed = {"heading": "Disputes", "text": "An hour of careful writing.", "seen_version": "0"}
    page = client.post(url, typed).content.decode()
    assert "The text of version 1 is fixed. Start a new version to change it." in page
    assert "An hour of careful writing." in page
    assert "Fill in again" not in page
    assert client.get(url).url == agreement.current.get_absolute_url()
    assert not Clause.objects.filter(text="An hour of careful writing.").exists()


def test_a_clause_is_filled_in_again_from_the_record(cast: Cast) -> None:
    agreement = make_agreement(cast.programme, cast.manager)
    clause = agreement.current.clauses.get(key="disputes")
    settle_clause(clause, cast.manager, "Something else.")
    client = client_of(cast.manager)
    assert "Fill in again" in client.get(address("change-clause", "A-001", 1, "disputes")).content.decode()
    page = client.post(address("fill-in-clause", "A-001", 1, "disputes"), follow=True).content.decode()
    assert "filled in again from the record" in page
    clause.refresh_from_db()
    assert clause.text.startswith("The people who lead")


def test_the_differences_between_versions_are_shown(cast: Cast, open_version: AgreementVersion) -> None:
    agreements.withdraw_version(open_version, by=cast.manager, reason="More hubs")
    second = agreements.start_version(Agreement.objects.get(), by=cast.manager, change_summary="More hubs")
    settle_clause(second.clauses.get(key="money"), cast.manager, "We have settled this otherwise.")
    page = client_of(cast.viewer).get(address("agreement-differences", "A-001", 2)).content.decode()
    assert "1 clause differs" in page
    assert "otherwise." in page


def test_a_sensitive_agreement_is_nowhere_for_a_viewer(cast: Cast) -> None:
    make_open_version(cast.programme, cast.manager, marking="OFFICIAL_SENSITIVE", title="Secret terms")
    viewer = client_of(cast.viewer)
    for url in (
        address("agreement", "A-001"), address("agreement-version", "A-001", 1), address("agreement-text", "A-001", 1),
        address("agreement-pdf", "A-001", 1),
    ):  # fmt: skip
        assert viewer.get(url).status_code == 404
    page = viewer.get(address("agreement-list"))
    assert "Secret terms" not in page.content.decode()
    csv = b"".join(viewer.get(address("agreement-list"), {"format": "csv"}).streaming_content).decode()
    assert "Secret terms" not in csv
    assert "Secret terms" in client_of(cast.auditor).get(address("agreement-list")).content.decode()


def test_the_list_filters_by_the_status_that_it_shows(cast: Cast) -> None:
    make_agreement(cast.programme, cast.manager, title="Still a draft")
    make_open_version(cast.programme, cast.manager, title="Out for signature")
    client = client_of(cast.viewer)
    page = client.get(address("agreement-list"), {"status": "OPEN_FOR_SIGNATURE"}).content.decode()
    assert "Out for signature" in page
    assert "Still a draft" not in page
    assert "Still a draft" in client.get(address("agreement-list"), {"status": "DRAFT"}).content.decode()


@pytest.mark.parametrize("who", ["manager", "contributor", "viewer", "ao", "auditor"])
def test_every_page_of_an_agreement_opens(cast: Cast, open_version: AgreementVersion, who: str) -> None:
    client = client_of(getattr(cast, who))
    for url in (address("agreement-list"), address("agreement", "A-001"), address("agreement-version", "A-001", 1)):
        assert client.get(url).status_code == 200
    assert client.get(address("agreement", "A-009")).status_code == 404
    assert client.get(address("agreement-version", "A-001", 9)).status_code == 404


def test_a_list_of_many_agreements_asks_no_more_than_one(cast: Cast, django_assert_max_num_queries) -> None:
    for _ in range(6):
        make_open_version(cast.programme, cast.manager)
    client = client_of(cast.manager)
    with django_assert_max_num_queries(20):
        client.get(address("agreement-list"))
