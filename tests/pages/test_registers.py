"""Lists: what is asked for in the address is what is shown, counted and downloaded."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory
from django.utils.html import strip_tags
from django_filters import FilterSet, MultipleChoiceFilter
from openpyxl import load_workbook

from programmes.models import Programme
from tests.cast import Cast, client_of
from tests.factories import make_programme, make_risk
from tests.factories.entries import make_issue
from xgov.jobs.models import Job
from xgov.pages.registers import Column, DayFilter, Listing, Register, answering, register_page
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.models import Event


class ProgrammeFilters(FilterSet):
    status = MultipleChoiceFilter(label="Status", choices=Programme.Status.choices)
    starts_by = DayFilter("start_date", lookup_expr="lte", label="Starts by")

    class Meta:
        model = Programme
        fields: list[str] = []


PROGRAMMES = Register(
    key="programmes",
    columns=[
        Column("reference", "Reference", sort=("reference",)),
        Column("name", "Programme", sort=("name",)),
        Column("status", "Status", value="get_status_display", in_file="status", sort=("status",)),
        Column("start_date", "Starts"),
    ],
    filterset=ProgrammeFilters,
    search=("reference", "name"),
    default_sort="-reference",
    page_size=3,
    empty_title="No programmes yet",
)


@pytest.fixture
def five(cast: Cast) -> list[Programme]:
    statuses = [Programme.Status.IDEA, Programme.Status.DELIVERING]
    return [
        make_programme(
            cast.mhclg, reference=f"JP-{n}", name=f"Winter beds {n}", status=statuses[n % 2], start_date=None
        )
        for n in range(1, 6)
    ]


def ask(address: str, user: object) -> object:
    request = RequestFactory().get(f"/programmes/{address}")
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def listing(address: str, cast: Cast) -> Listing:
    return Listing(ask(address, cast.manager), PROGRAMMES, Programme.objects.visible_to(cast.manager))


def answer(address: str, cast: Cast, queryset: object = None) -> object:
    records = Programme.objects.visible_to(cast.manager) if queryset is None else queryset
    with acting(cast.manager):
        return register_page(ask(address, cast.manager), PROGRAMMES, records, context={"heading": "Programmes"})


def references(address: str, cast: Cast) -> list[str]:
    return [record.reference for record in listing(address, cast).records]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", ["RS-001", "JP-5", "JP-4"]),
        ("?page=2", ["JP-3", "JP-2", "JP-1"]),
        ("?sort=reference", ["JP-1", "JP-2", "JP-3"]),
        ("?q=winter+3", ["JP-3"]),
        ("?status=DELIVERING", ["JP-5", "JP-3", "JP-1"]),
        ("?status=DELIVERING&q=beds&sort=name&page=1", ["JP-1", "JP-3", "JP-5"]),
        ("?starts_by=2026-01-01", []),
    ],
)
def test_the_address_carries_search_filters_order_and_page(five: list, cast: Cast, address: str, shown: list) -> None:
    assert references(address, cast) == shown


def test_what_has_no_day_comes_last_whichever_way_the_list_is_sorted(cast: Cast) -> None:
    for title, due in (("Any day", None), ("Soon", today()), ("Later", today() + timedelta(days=9))):
        make_issue(cast.programme, cast.dwp, cast.contributor, title=title, due=due)

    def titles(sort: str) -> list[str]:
        page = client_of(cast.viewer).get(f"/programmes/RS-001/risks/issues/?sort={sort}")
        return sorted(("Any day", "Soon", "Later"), key=page.text.index)

    assert titles("due") == ["Soon", "Later", "Any day"]
    assert titles("-due") == ["Later", "Soon", "Any day"]


@pytest.mark.parametrize(
    "address",
    [
        "?page=0", "?page=-3", "?page=999", "?page=abc", "?page=9999999999999999999999", "?sort=password",
        "?sort=--name", "?status=NONSENSE", "?starts_by_day=31&starts_by_month=2&starts_by_year=2026", "?q=%00",
        "?format=exe", "?sort=start_date", "?q=" + "x" * 3000,
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_answered_kindly(five: list, cast: Cast, address: str) -> None:
    assert answer(address, cast).status_code == 200


def test_a_filter_that_means_nothing_is_named_and_left_out(five: list, cast: Cast) -> None:
    text = strip_tags(answer("?status=NONSENSE", cast).content.decode())
    assert "Not understood and left out: Status." in text
    assert "Showing 1 to 3 of 6" in text


def test_each_filter_can_be_taken_off_by_itself(five: list, cast: Cast) -> None:
    applied = listing("?q=beds&status=IDEA&status=DELIVERING&sort=name&page=2", cast).applied
    assert [(one.label, one.value) for one in applied] == [
        ("Search", "beds"), ("Status", "Idea"), ("Status", "Delivering"),
    ]  # fmt: skip
    assert applied[1].url == "?q=beds&status=DELIVERING&sort=name"


def test_a_list_asks_one_count_and_one_page_whatever_its_length(
    five: list, cast: Cast, django_assert_num_queries
) -> None:
    queryset = Programme.objects.all()
    with django_assert_num_queries(2):
        shown = Listing(ask("", cast.manager), PROGRAMMES, queryset)
        assert len(shown.rows) == 3
        assert shown.count == 6


def test_the_csv_holds_exactly_what_the_filters_left_and_the_export_is_noted(five: list, cast: Cast) -> None:
    response = answer("?format=csv&status=DELIVERING&sort=reference", cast)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Reference", "Programme", "Status", "Starts"]
    assert [row[:3] for row in rows[1:]] == [[f"JP-{n}", f"Winter beds {n}", "DELIVERING"] for n in (1, 3, 5)]
    event = Event.objects.get(kind="list_exported")
    assert event.person_name == cast.manager.name
    assert "status=DELIVERING" in event.details["address"]


def test_the_workbook_holds_the_same(five: list, cast: Cast) -> None:
    response = answer("?format=xlsx&q=RS-001", cast)
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in sheet[2]][:2] == ["RS-001", "Fewer people sleeping rough"]


def test_a_long_list_is_left_to_a_worker_and_one_beyond_any_spreadsheet_is_refused_in_a_sentence(
    five: list, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "ROWS_WHILE_WAITING", 5)
    response = answer("?format=xlsx&sort=name", cast)
    job = Job.objects.get()
    assert response.headers["Location"] == job.get_absolute_url()
    assert (job.asked_by, job.title) == (cast.manager, "Programmes, as a spreadsheet")
    answer("?format=xlsx&sort=name", cast)
    assert Job.objects.count() == 1, "who asks twice waits for one"
    monkeypatch.setattr(answering, "LAST_ROW", 6)
    request = ask("?format=xlsx&sort=name", cast.manager)
    response = register_page(request, PROGRAMMES, Programme.objects.visible_to(cast.manager))
    assert response.headers["Location"] == "/programmes/?sort=name"
    assert [str(told) for told in request._messages] == [
        "This list has more rows than a spreadsheet can hold (6). Narrow it, or download the CSV."
    ]


def test_an_empty_list_says_why_and_an_overfiltered_one_offers_the_way_back(five: list, cast: Cast) -> None:
    assert "No programmes yet" in answer("", cast, Programme.objects.none()).content.decode()
    narrowed = answer("?q=nothing+like+this&sort=name", cast).content.decode()
    assert "Nothing matches these filters" in narrowed
    assert 'href="?sort=name"' in narrowed


def test_a_page_with_a_sensitive_row_carries_the_marking(five: list, cast: Cast) -> None:
    assert "OFFICIAL-SENSITIVE" not in answer("?q=JP-1", cast).content.decode()
    with acting(cast.manager):
        five[0].marking = "OFFICIAL_SENSITIVE"
        five[0].save()
    assert "OFFICIAL-SENSITIVE" in answer("?q=JP-1", cast).content.decode()


def test_a_list_with_nothing_in_it_offers_no_filters(cast: Cast) -> None:
    assert "Apply filters" in client_of(cast.manager).get("/programmes/").content.decode()
    page = client_of(cast.outsider).get("/programmes/").content.decode()
    assert "Apply filters" not in page
    assert "No programmes yet" in page
    assert "Apply filters" in client_of(cast.outsider).get("/programmes/?q=beds").content.decode()


def test_a_list_that_begins_narrowed_offers_the_way_to_the_rest(cast: Cast) -> None:
    make_risk(cast.programme, cast.dwp, cast.contributor, status="CLOSED")
    page = client_of(cast.viewer).get("/programmes/RS-001/risks/").content.decode()
    assert "Apply filters" in page
