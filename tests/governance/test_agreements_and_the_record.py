"""A memorandum and the record it is made from: a draft follows it when asked, a fixed text never does by itself."""

import pytest
from django.urls import reverse

from governance.actions import agreements
from governance.actions.signing import sign
from governance.memorandum_facts import moved_on
from governance.models import Agreement, AgreementVersion
from programmes.actions import change_contribution
from programmes.models import Party
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_party, make_person
from tests.factories.agreements import make_agreement, make_open_version, settle_clause
from xgov.accounts.models import Department
from xgov.records.errors import RuleBroken

WORDS = "Beds in twelve cities."
CHANGED = "What each department will do"


def address(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=["RS-001", *args])


def say(cast: Cast, department: Department, words: str = WORDS) -> None:
    party = Party.objects.get(programme=cast.programme, department=department)
    change_contribution(party, by=cast.manager, contribution=words)


def headings(version: AgreementVersion) -> list[str]:
    return [each.clause.heading for each in moved_on(AgreementVersion.objects.get(pk=version.pk))]


def clause_of(version: AgreementVersion, key: str = "contributions") -> str:
    return version.clauses.get(key=key).text


def test_what_departments_do_settles_the_clause_of_a_new_draft(cast: Cast) -> None:
    for department in (cast.mhclg, cast.dwp, cast.moj, cast.dhsc, cast.home_office):
        say(cast, department, f"{department.short_name} gives\n\nbeds.")
    version = agreements.draft_agreement(cast.programme, by=cast.manager).current
    assert not version.clauses.get(key="contributions").is_unsettled
    assert "- Department for Work and Pensions: DWP gives beds." in clause_of(version)
    assert moved_on(version) == []


def test_a_draft_says_that_the_record_has_changed_and_is_filled_in_again(cast: Cast) -> None:
    version = agreements.draft_agreement(cast.programme, by=cast.manager).current
    say(cast, cast.mhclg)
    client = client_of(cast.manager)
    page = client.get(version.get_absolute_url()).content.decode()
    assert "The record has changed since this was filled in" in page
    assert WORDS in page
    assert (
        "The draft of version 1 no longer matches the record"
        in client.get(address("agreement", "A-001")).content.decode()
    )
    page = client.post(address("fill-in-version", "A-001", 1), follow=True).content.decode()
    assert "1 clause is filled in again from the record." in page
    assert "The record has changed" not in page
    assert WORDS in clause_of(version)


def test_words_that_somebody_chose_are_not_written_over_unasked(cast: Cast) -> None:
    version = agreements.draft_agreement(cast.programme, by=cast.manager).current
    settle_clause(version.clauses.get(key="contributions"), cast.manager, "We say it in our own words.")
    assert headings(version) == []
    say(cast, cast.mhclg)
    assert headings(version) == [CHANGED]
    client = client_of(cast.manager)
    page = client.post(address("fill-in-version", "A-001", 1), follow=True).content.decode()
    assert "reworded here" in page
    assert clause_of(version) == "We say it in our own words."
    page = client.get(address("change-clause", "A-001", 1, "contributions")).content.decode()
    assert "The record has changed since this clause was last written" in page
    settle_clause(version.clauses.get(key="contributions"), cast.manager, f"In our own words: {WORDS}")
    assert headings(version) == []


def test_a_draft_is_not_opened_while_it_says_what_the_record_said_before(cast: Cast) -> None:
    version = make_agreement(cast.programme, cast.manager).current
    make_party(cast.programme, cast.dft)
    with pytest.raises(RuleBroken, match="The record has changed since these clauses were filled in: Parties"):
        agreements.open_for_signature(version, by=cast.manager)
    page = client_of(cast.manager).get(address("open-version", "A-001", 1)).content.decode()
    assert "The record has changed since this was filled in" in page
    agreements.fill_in_again(version, by=cast.manager)
    opened = agreements.open_for_signature(version, by=cast.manager)
    assert opened.signatures.count() == 6
    assert "Department for Transport" in opened.text


def test_whoever_sends_a_draft_that_has_fallen_behind_is_told_so_and_not_of_a_question_they_do_not_see(
    cast: Cast,
) -> None:
    first = make_open_version(cast.programme, cast.manager)
    agreements.withdraw_version(first, by=cast.manager, reason="Another text")
    agreements.start_version(first.agreement, by=cast.manager, change_summary="A clearer text")
    make_party(cast.programme, cast.dft)
    opening = address("open-version", "A-001", 2)
    page = client_of(cast.manager).post(opening, {"check-confirmed": "1"}).content.decode()
    assert "The record has changed since these clauses were filled in: Parties" in page
    assert "Fill them in again first." in page
    assert "What changed since version" not in page
    assert first.agreement.versions.get(number=2).is_draft


def test_a_text_that_is_out_for_signature_stays_and_its_pages_say_so(cast: Cast) -> None:
    version = make_open_version(cast.programme, cast.manager)
    before = version.text
    say(cast, cast.mhclg)
    version = AgreementVersion.objects.get(pk=version.pk)
    assert (version.text, version.verify().holds) == (before, True)
    client, signing = client_of(cast.ao), address("sign-agreement", "A-001", cast.mhclg.slug)
    for url in (version.get_absolute_url(), signing):
        assert "The text no longer matches the record" in client.get(url).text, url
    assert "The text of version 1 no longer matches the record" in client.get(address("agreement", "A-001")).text
    page = client_of(cast.viewer).get(version.get_absolute_url()).content.decode()
    assert WORDS in page
    assert "Fill in again" not in page
    refused = client_of(cast.manager).post(address("fill-in-version", "A-001", 1), follow=True).content.decode()
    assert "The text of version 1 is fixed" in refused
    one = client_of(cast.manager).post(address("fill-in-clause", "A-001", 1, "contributions"), follow=True)
    assert "The text of version 1 is fixed" in one.content.decode()


def test_a_text_in_force_stays_so_and_a_new_version_picks_the_record_up(cast: Cast) -> None:
    version = make_open_version(cast.programme, cast.manager)
    for place in version.signatures.all():
        person = make_person("", "", place.department)
        make_membership(person, place.department, "signatory")
        sign(version, place.department, by=person, sha256=version.sha256, post="DG", confirmed=True)
    say(cast, cast.mhclg)
    page = client_of(cast.viewer).get(version.get_absolute_url()).content.decode()
    assert "It stays in force as it was signed." in page
    second = agreements.start_version(Agreement.objects.get(), by=cast.manager, change_summary="What we do")
    assert headings(second) == [CHANGED]
    agreements.fill_in_again(second, by=cast.manager, keys=["contributions"])
    assert WORDS in clause_of(second)
    assert WORDS not in clause_of(version)


def test_nothing_is_said_of_a_text_that_binds_nobody(cast: Cast) -> None:
    version = agreements.withdraw_version(
        make_open_version(cast.programme, cast.manager), by=cast.manager, reason="A figure was wrong"
    )
    say(cast, cast.mhclg)
    assert "no longer matches the record" not in client_of(cast.viewer).get(version.get_absolute_url()).content.decode()
