"""The day on which a memorandum is reviewed: one day, on its page, in its text and in the pack."""

import datetime as dt

import pytest
import time_machine

from governance.actions import agreements, signing
from governance.memorandum_facts import moved_on
from governance.models import Agreement, AgreementVersion
from programmes.actions import change_programme
from tests.cast import Cast
from tests.factories import make_membership, make_person
from tests.factories.agreements import make_agreement, make_open_version
from xgov.records.clock import months_after, today
from xgov.records.errors import RuleBroken

SOON = dt.timedelta(days=60)


def review_clause(version: AgreementVersion) -> str:
    return version.clauses.get(key="review").text


def set_review(agreement: Agreement, cast: Cast, day: dt.date | None) -> Agreement:
    return agreements.change_agreement(
        agreement, by=cast.manager, title=agreement.title, marking=agreement.marking, review_on=day
    )


def in_force(version: AgreementVersion) -> Agreement:
    for place in version.signatures.all():
        person = make_person("", "", place.department)
        make_membership(person, place.department, "signatory")
        signing.sign(version, place.department, by=person, sha256=version.sha256, post="Director", confirmed=True)
    return Agreement.objects.get(pk=version.agreement_id)


def headings(agreement: Agreement, number: int = 1) -> list[str]:
    return [each.clause.heading for each in moved_on(agreement.versions.get(number=number))]


def test_the_text_says_the_review_of_the_agreement_and_not_that_of_the_programme(cast: Cast) -> None:
    change_programme(cast.programme, by=cast.manager, first_review_on=dt.date(2030, 2, 15))
    agreement = make_agreement(cast.programme, cast.manager)
    assert "within 4 months for the first time" in review_clause(agreement.current)
    agreement = set_review(agreement, cast, dt.date(2031, 1, 20))
    assert headings(agreement) == ["Review, length and ending"]
    agreements.fill_in_again(agreement.current, by=cast.manager)
    assert "by 20 January 2031 for the first time" in review_clause(agreement.current)


def test_without_a_day_the_first_review_comes_when_the_text_says_and_the_next_a_year_after(cast: Cast) -> None:
    agreement = in_force(make_open_version(cast.programme, cast.manager))
    assert agreement.review_on == months_after(today(), 4)
    assert headings(agreement) == []


def test_a_review_put_off_speaks_against_the_text_until_its_day_has_passed(cast: Cast) -> None:
    agreement = set_review(make_agreement(cast.programme, cast.manager), cast, today() + SOON)
    assert headings(agreement) == []  # within the months that it gives
    agreements.fill_in_again(agreement.current, by=cast.manager, keys=["review"])
    agreement = in_force(agreements.open_for_signature(agreement.current, by=cast.manager))
    assert (agreement.review_on, headings(agreement)) == (today() + SOON, [])
    agreement = set_review(agreement, cast, today() + 2 * SOON)
    assert headings(agreement) == ["Review, length and ending"]
    with time_machine.travel(dt.datetime.now(dt.UTC) + SOON + dt.timedelta(days=2)):
        assert headings(agreement) == []


def test_a_new_version_is_not_opened_with_a_review_that_is_past(cast: Cast) -> None:
    agreement = in_force(make_open_version(cast.programme, cast.manager))
    agreements.start_version(agreement, by=cast.manager, change_summary="More beds")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=200)):
        version = agreement.versions.get(number=2)
        with pytest.raises(RuleBroken, match=r"which is past\. Enter the next day first"):
            agreements.open_for_signature(version, by=cast.manager)
        agreement = set_review(agreement, cast, today() + 3 * SOON)
        assert headings(agreement, 2) == ["Review, length and ending"]
        agreement = set_review(agreement, cast, today() + SOON)
        assert headings(agreement, 2) == []
        assert agreements.open_for_signature(agreement.versions.get(number=2), by=cast.manager).is_open
