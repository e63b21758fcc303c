"""History and the explanation of who sees what: for those who may, and nobody else."""

import csv
import io
import re
from html import unescape
from itertools import permutations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils.html import strip_tags

from programmes.models import Programme, PublishedReturn
from tests.cast import Cast, client_of
from tests.factories import make_mitigation, make_programme, make_risk
from tests.factories.people import SETTING_THE_SCENE
from xgov.access import rules
from xgov.access.explaining import why
from xgov.access.permissions import Permission
from xgov.access.standing import remembering
from xgov.pages.history import door_history, export_response, export_rows, kept_until, reading, record_history
from xgov.records.acting import acting
from xgov.records.clock import now
from xgov.records.models import Event


def change(programme: Programme, by: object, reason: str = "", **values: object) -> None:
    with acting(by, reason):
        for name, value in values.items():
            setattr(programme, name, value)
        programme.save()


def words(response: object) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def test_a_return_as_given_is_told_column_by_column(cast: Cast) -> None:
    with acting(cast.sro):
        given = PublishedReturn.objects.create(
            programme=cast.programme, publication="Annual report", as_at="2026-03-31",
            as_given={"Project Name": "Tunnel", "TOTAL": 12},
        )  # fmt: skip
    page = client_of(cast.viewer).get(f"/history/programmes.publishedreturn/{given.pk}/").content.decode()
    lines = {"Project Name: Tunnel", "TOTAL: 12"}  # in the order of the database
    assert any("<br>".join(order) in page for order in permutations(lines))
    assert "{&#x27;" not in page


def test_a_change_is_told_in_words_with_who_and_why(cast: Cast) -> None:
    change(cast.programme, cast.sro, "The board agreed", status="DELIVERING")
    text = words(client_of(cast.viewer).get(f"/history/programmes.programme/{cast.programme.pk}/"))
    assert "Status Setting up to Delivering by Sara Answerable" in text
    assert "because: The board agreed" in text
    assert "Recorded by Setting the scene" in text


@pytest.mark.parametrize("person", ["outsider", "administrator", "platform"])
@pytest.mark.parametrize("page", ["history", "who"])
def test_history_is_hidden_from_those_who_may_not_see_the_record(cast: Cast, person: str, page: str) -> None:
    client = client_of(getattr(cast, person))
    assert client.get(f"/{page}/programmes.programme/{cast.programme.pk}/").status_code == 404


@pytest.mark.parametrize(
    "of_what", ["nothing.here/1", "programme/1", "auth.group/1", "records.event/1", "programmes.programme/999999"]
)
def test_history_of_something_that_is_no_record_is_not_found(cast: Cast, of_what: str) -> None:
    assert client_of(cast.manager).get(f"/history/{of_what}/").status_code == 404


def test_what_was_sensitive_at_the_time_stays_hidden_after_the_marking_is_lifted(cast: Cast) -> None:
    change(cast.programme, cast.sro, "Marked", marking="OFFICIAL_SENSITIVE", summary="The minister has doubts")
    change(cast.programme, cast.sro, "Marking lifted", marking="OFFICIAL", summary="A plain summary")
    told = record_history(cast.programme, cast.viewer)
    assert "doubts" not in repr(told)
    assert told.items[1].title == "Changed while marked OFFICIAL-SENSITIVE: not shown to you"
    assert "doubts" in repr(record_history(cast.programme, cast.manager))
    assert "doubts" not in repr(door_history(cast.programme, cast.viewer))
    assert "doubts" in repr(door_history(cast.programme, cast.manager))


def test_a_person_reads_a_long_history_page_by_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 4)
    for number in range(9):
        change(cast.programme, cast.sro, f"Change {number}", name=f"Name {number}")
    reasons, before = [], ""
    while True:
        page = record_history(cast.programme, cast.viewer, before=before)
        reasons += [item.reason for item in page.items]
        if not page.older:
            break
        before = page.older
    assert reasons == [*(f"Change {n}" for n in reversed(range(9))), SETTING_THE_SCENE.reason]


@pytest.mark.parametrize("before", ["", "x", "1~2", "2026-01-01T00:00:00~1~1", "9999-99-99T00:00:00+00:00~1~1", "~~"])
def test_a_made_up_place_in_the_history_begins_at_the_newest(cast: Cast, before: str) -> None:
    assert door_history(cast.programme, cast.viewer, before=before).items
    assert record_history(cast.programme, cast.viewer, before=before if before != "9" else "").items


def test_the_history_of_a_programme_merges_its_records_newest_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xgov.pages.history.merging.PAGE", 3)
    party = cast.programme.parties.get(department=cast.dwp)
    change(party, cast.sro, "First", contribution="Work coaches")
    change(cast.programme, cast.sro, "Second", name="Another name")
    make_programme(reference="X-1", name="Somebody else's")
    items, before = [], ""
    while True:
        page = door_history(cast.programme, cast.viewer, before=before)
        items += page.items
        if not page.older:
            break
        before = page.older
    assert [item.reason for item in items[:2]] == ["Second", "First"]
    assert items[1].kind == "department in a programme"
    assert [item.when for item in items] == sorted((item.when for item in items), reverse=True)
    keys = [(item.kind, item.history_id) for item in items]
    assert len(keys) == len(set(keys))
    behind = sum(
        model.history.filter(programme=cast.programme).count()
        for model in (type(party), type(cast.programme.appointments.first()))
    )
    assert len(items) == behind + cast.programme.history.count()
    assert not any("X-1" in item.record for item in items)


def test_an_address_of_a_day_that_no_clock_has_begins_at_the_newest(cast: Cast) -> None:
    address = f"/programmes/{cast.programme.reference}/history/"
    before = "9999-12-31T23:59:59-14:00~9999~999999999999999999"
    assert client_of(cast.viewer).get(address, {"before": before}).status_code == 200


def test_reading_a_merged_history_asks_no_more_for_more_changes(cast: Cast, django_assert_max_num_queries) -> None:
    for number in range(30):
        change(cast.programme, cast.sro, name=f"Name {number}")
        change(cast.programme.parties.all()[number % 4], cast.sro, contribution=f"Part {number}")
    with remembering(), django_assert_max_num_queries(25):
        assert len(door_history(cast.programme, cast.auditor).items) == reading.PAGE


def test_an_auditor_takes_the_whole_history_and_that_is_noted(cast: Cast) -> None:
    change(cast.programme, cast.sro, "The board agreed", status="DELIVERING")
    request = RequestFactory().get("/")
    request.user = cast.auditor
    with acting(cast.auditor):
        response = export_response(request, cast.programme)
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    [row] = [row for row in rows if row["Reason"] == "The board agreed"]
    assert (row["Field"], row["Was"], row["Became"], row["Who"]) == (
        "status",
        "Setting up",
        "Delivering",
        "Sara Answerable",
    )
    assert {row["Kind of record"] for row in rows} >= {"programme", "appointment", "department in a programme"}
    assert Event.objects.get(kind="history_exported").person_name == "Audrey Auditworth"


def test_an_auditor_takes_the_history_of_the_kind_they_are_looking_at(cast: Cast) -> None:
    client, path = client_of(cast.auditor), f"/programmes/{cast.programme.reference}/history/"
    page = client.get(path, {"kind": "programmes.appointment", "before": "x"}).text
    link = unescape(re.search(r'href="([^"]*format=csv[^"]*)"', page)[1])
    answer = client.get(path + link)
    rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert {row["Kind of record"] for row in rows} == {"appointment"}
    assert "history-rs-001-appointment-" in answer.headers["Content-Disposition"]
    event = Event.objects.get(kind="history_exported")
    assert event.words == "Fewer people sleeping rough, only: appointment"


def test_a_kind_of_record_that_there_is_not_is_no_filter(cast: Cast) -> None:
    client, path = client_of(cast.auditor), f"/programmes/{cast.programme.reference}/history/"
    assert "Sara Answerable" in client.get(path, {"kind": "no.such"}).text
    rows = b"".join(client.get(path, {"kind": "no.such", "format": "csv"}).streaming_content).decode()
    assert "Sara Answerable" in rows
    assert Event.objects.get(kind="history_exported").words == "Fewer people sleeping rough"


@pytest.mark.parametrize("person", ["viewer", "contributor", "manager", "sro", "centre", "outsider"])
def test_nobody_but_an_auditor_takes_the_history(cast: Cast, person: str) -> None:
    with pytest.raises(PermissionDenied):
        list(export_rows(cast.programme, getattr(cast, person)))


@pytest.mark.parametrize("marking", ["OFFICIAL", "OFFICIAL_SENSITIVE"])
def test_the_explanation_names_exactly_those_who_see_the_record_and_what_they_may_do(cast: Cast, marking: str) -> None:
    change(cast.programme, cast.sro, marking=marking)
    for record in (cast.programme, cast.programme.parties.get(department=cast.dwp)):
        explained = {sight.person: sight.permissions for sight in why(record)}
        for person in cast.everyone().values():
            assert explained.get(person, frozenset()) == rules.permissions_on(person, record), person
        assert all(Permission.VIEW in permissions for permissions in explained.values())


def test_the_explanation_says_through_what(cast: Cast) -> None:
    text = words(client_of(cast.viewer).get(f"/who/programmes.programme/{cast.programme.pk}/"))
    assert "Conrad Contribute Department for Work and Pensions Contributor of Department for Work and Pensions" in text
    assert "Senior responsible owner (SRO) of" in text
    assert "Centre of government" in text


def test_the_explanation_asks_no_more_for_more_people(cast: Cast, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(20):
        assert len(why(cast.programme.parties.get(department=cast.dwp))) >= 7


def test_what_was_said_of_a_part_while_its_whole_was_marked_stays_hidden(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.manager)
    mitigation = make_mitigation(risk, text="Plain before")
    change(risk, cast.sro, "Marked", marking="OFFICIAL_SENSITIVE")
    change(mitigation, cast.sro, "Secretly", text="The minister has doubts")
    change(risk, cast.sro, "Marking lifted", marking="OFFICIAL")
    change(mitigation, cast.sro, "Openly", text="Plain after")
    for told in (record_history(mitigation, cast.viewer), door_history(cast.programme, cast.viewer)):
        assert "doubts" not in repr(told)
        assert "Plain before" in repr(told)
    for told in (record_history(mitigation, cast.manager), door_history(cast.programme, cast.manager)):
        assert "doubts" in repr(told)


def test_what_was_said_while_the_programme_was_marked_stays_hidden(cast: Cast) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.manager)
    change(cast.programme, cast.sro, "Marked", marking="OFFICIAL_SENSITIVE")
    change(risk, cast.sro, "Secretly", title="The minister has doubts")
    change(cast.programme, cast.sro, "Marking lifted", marking="OFFICIAL")
    change(risk, cast.sro, "Openly", title="Plain after")
    assert "doubts" not in repr(record_history(risk, cast.viewer)) + repr(door_history(cast.programme, cast.viewer))
    assert "doubts" in repr(record_history(risk, cast.manager))


def test_a_department_that_left_is_not_told_of_parts_of_what_was_marked(cast: Cast) -> None:
    marked = make_risk(cast.programme, cast.dwp, cast.manager, marking="OFFICIAL_SENSITIVE")
    make_mitigation(marked, text="The minister has doubts")
    make_mitigation(make_risk(cast.programme, cast.dwp, cast.manager), text="Plain")
    told = repr(kept_until(cast.programme, cast.dwp, now(), cast.contributor, sensitive_too=False))
    assert "Plain" in told
    assert "doubts" not in told
    assert "doubts" in repr(kept_until(cast.programme, cast.dwp, now(), cast.contributor, sensitive_too=True))


def test_pages_that_name_a_sensitive_record_carry_the_marking(cast: Cast) -> None:
    client, path = client_of(cast.manager), f"/programmes/{cast.programme.reference}/history/"
    assert "OFFICIAL-SENSITIVE" not in client.get(path).text
    make_risk(cast.programme, cast.mhclg, cast.sro, marking="OFFICIAL_SENSITIVE")
    assert "xgov-marking" in client.get(path).text
    assert "xgov-marking" not in client_of(cast.viewer).get(path).text
    change(cast.programme, cast.sro, "Marked", marking="OFFICIAL_SENSITIVE")
    assert "xgov-marking" in client.get("/").text
