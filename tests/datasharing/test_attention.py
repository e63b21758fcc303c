"""What of data sharing waits for whom, and what to look at."""

from datetime import date

import pytest

from datasharing import attention
from tests.cast import Cast, client_of
from tests.factories import make_appointment, make_person, make_programme
from tests.factories.datasharing import A_WHOLE_PART, make_dataset, make_flow, make_part, make_quality_check
from xgov.access.standing import remembering
from xgov.pages.attention import signals_in

LONG_AGO = date(2020, 1, 1)


def test_the_people_who_keep_a_dataset_are_asked_for_its_late_refresh_and_nobody_else(cast: Cast) -> None:
    late = make_dataset(cast.programme, cast.dwp, name="Claims", first_due_on=LONG_AGO)
    make_dataset(cast.programme, cast.dwp, first_due_on=date(2999, 1, 1))
    make_dataset(cast.programme, cast.moj, first_due_on=LONG_AGO)
    (waiting,) = attention.late_refreshes(cast.contributor)
    assert (waiting.words, waiting.url) == (f"Record the refresh of {late}", late.get_absolute_url())
    assert waiting.days_late > 2000
    for who in ("viewer", "manager", "outsider", "auditor", "administrator"):
        assert list(attention.late_refreshes(getattr(cast, who))) == []


def test_each_end_of_a_flow_is_asked_on_what_law_it_stands_until_it_has_said(cast: Cast) -> None:
    flow = make_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    make_flow(make_dataset(cast.programme, cast.dwp, personal_data="NONE"), cast.mhclg)
    (waiting,) = attention.parts_to_say(cast.contributor)
    assert waiting.words == f"Record the law DWP relies on in {flow}"
    (waiting,) = attention.parts_to_say(cast.manager)
    assert "MHCLG" in waiting.words
    make_part(flow, cast.dwp, **A_WHOLE_PART)
    assert list(attention.parts_to_say(cast.contributor)) == []
    assert list(attention.parts_to_say(cast.viewer)) == []


def test_what_to_look_at_leads_to_the_list_that_shows_it(cast: Cast) -> None:
    for _ in range(2):
        make_dataset(cast.programme, cast.dwp, first_due_on=LONG_AGO)
    found = signals_in(cast.viewer, [cast.programme.pk])[cast.programme.pk]
    (signal,) = [each for each in found if "/data-sharing/" in each.url]
    assert str(signal.words) == "2 data refreshes are late"
    assert client_of(cast.viewer).get(signal.url).context["register"].count == 2


def test_poor_quality_is_a_signal_that_leads_to_the_datasets_below_target(cast: Cast) -> None:
    poor = make_dataset(cast.programme, cast.dwp, name="Claims")
    make_quality_check(make_dataset(cast.programme, cast.dwp, name="Good"), measured_percent=99)
    for dimension in ("COMPLETENESS", "VALIDITY"):
        make_quality_check(poor, dimension=dimension, measured_percent="80.5")
    (signal,) = attention.poor_data(cast.viewer, [cast.programme.pk])
    assert str(signal.words) == "1 dataset is below its quality target"
    page = client_of(cast.viewer).get(signal.url)
    assert page.context["register"].count == 1
    assert "Claims" in page.content.decode()


@pytest.mark.parametrize("who", ["viewer", "contributor", "centre"])
def test_a_sensitive_dataset_calls_for_nobody_who_may_not_see_it(cast: Cast, who: str) -> None:
    hidden = make_dataset(cast.programme, cast.dwp, first_due_on=LONG_AGO, marking="OFFICIAL_SENSITIVE")
    make_flow(hidden, cast.mhclg)
    make_quality_check(hidden, measured_percent=10)
    person = getattr(cast, who)
    assert list(attention.poor_data(person, [cast.programme.pk])) == []
    assert list(attention.late_data(person, [cast.programme.pk])) == []
    assert list(attention.late_refreshes(person)) == []
    assert list(attention.parts_to_say(person)) == []


def test_what_waits_costs_the_same_for_one_and_for_many(cast: Cast, django_assert_max_num_queries) -> None:
    def ask() -> None:
        list(attention.late_refreshes(cast.contributor))
        list(attention.parts_to_say(cast.contributor))
        list(attention.late_data(cast.contributor, [cast.programme.pk]))

    make_flow(make_dataset(cast.programme, cast.dwp, first_due_on=LONG_AGO), cast.mhclg)
    with remembering(), django_assert_max_num_queries(20) as one:
        ask()
    for _ in range(6):
        another = make_programme(cast.mhclg, (cast.dwp,))
        make_flow(make_dataset(another, cast.dwp, first_due_on=LONG_AGO), cast.mhclg)
    with remembering(), django_assert_max_num_queries(len(one)):
        ask()


def test_a_data_lead_is_asked_as_the_department_they_are_appointed_for(cast: Cast) -> None:
    lead = make_person("data@moj.example", "Delia Dataworth", cast.moj)
    make_appointment(cast.programme, lead, "data_lead", department=cast.moj)
    make_dataset(cast.programme, cast.moj, first_due_on=LONG_AGO)
    make_dataset(cast.programme, cast.dwp, first_due_on=LONG_AGO)
    assert len(list(attention.late_refreshes(lead))) == 1


def test_another_programme_with_nothing_late_says_nothing(cast: Cast) -> None:
    make_dataset(cast.programme, cast.dwp, first_due_on=LONG_AGO)
    other = make_programme(cast.mhclg)
    assert list(attention.late_data(cast.manager, [other.pk])) == []
