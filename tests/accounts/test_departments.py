"""Departments: everybody signed in may know their names; what lies behind is for those who belong there."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests.cast import Cast, client_of
from tests.factories import make_department, make_programme
from xgov.accounts import actions
from xgov.accounts.models import Department, DepartmentName, DepartmentParent, Succession, User
from xgov.records.acting import acting, system_signer
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

SCENE = system_signer("Setting the scene")


@pytest.fixture
def dluhc(cast: Cast) -> Department:
    old = make_department(
        "Department for Levelling Up, Housing and Communities", "DLUHC", is_closed=True, closed_on=dt.date(2024, 7, 9)
    )
    with acting(SCENE):
        Succession.objects.create(predecessor=old, successor=cast.mhclg, effective_on=dt.date(2024, 7, 10))
    return old


def words(answer) -> str:
    return " ".join(strip_tags(answer.text).split())


def test_everybody_who_is_signed_in_reads_the_list(cast: Cast) -> None:
    for person in cast.everyone().values():
        answer = client_of(person).get("/departments/")
        assert answer.status_code == 200
        assert "Department for Transport" in answer.text
    assert Client().get("/departments/").status_code == 302


def test_the_list_is_searched_and_filtered(cast: Cast, dluhc: Department) -> None:
    client = client_of(cast.outsider)

    def found(**asked) -> set[str]:
        register = client.get("/departments/", asked).context["register"]
        return {row.record.abbreviation for row in register.rows}

    assert found(q="housing") == {"MHCLG", "DLUHC"}
    assert found(q="dwp") == {"DWP"}
    assert found(q="housing", state="closed") == {"DLUHC"}
    assert found(kind="OTHER") == {"NAO"}
    assert len(found(state="nonsense")) == 9


def test_a_closed_department_is_listed_with_who_took_over(cast: Cast, dluhc: Department) -> None:
    answer = client_of(cast.viewer).get("/departments/", {"state": "closed"})
    assert "Closed taken over by MHCLG" in words(answer)


def test_the_list_is_downloaded_as_it_is_shown(cast: Cast, dluhc: Department) -> None:
    answer = client_of(cast.viewer).get("/departments/", {"q": "housing", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["abbreviation"] for row in rows] == ["MHCLG", "DLUHC"]
    assert rows[1]["taken_over_by"] == cast.mhclg.name
    assert rows[1]["closed_on"] == "2024-07-09"
    assert client_of(cast.viewer).get("/departments/", {"format": "xlsx"}).status_code == 200


def test_the_page_says_what_became_of_a_department(cast: Cast, dluhc: Department) -> None:
    said = words(client_of(cast.outsider).get(dluhc.get_absolute_url()))
    assert f"Closed on 9 July 2024. Taken over by {cast.mhclg}." in said
    said = words(client_of(cast.outsider).get(cast.mhclg.get_absolute_url()))
    assert f"Took over from {dluhc}, 10 July 2024" in said


def test_the_page_names_parents_parts_and_earlier_names(cast: Cast) -> None:
    agency = make_department("Planning Inspectorate", "PINS", kind=Department.Kind.EXECUTIVE_AGENCY)
    with acting(SCENE):
        DepartmentParent.objects.create(child=agency, parent=cast.mhclg)
        DepartmentName.objects.create(department=cast.mhclg, name="Office for Cities", until=dt.date(2018, 1, 8))
        DepartmentName.objects.create(department=cast.mhclg, name=cast.mhclg.name, since=dt.date(2018, 1, 8))
    said = words(client_of(cast.outsider).get(cast.mhclg.get_absolute_url()))
    assert "1 body belongs to it Planning Inspectorate" in said
    assert "Office for Cities, until 8 January 2018" in said
    assert f"Part of {cast.mhclg}" in words(client_of(cast.outsider).get(agency.get_absolute_url()))


def test_the_page_names_the_programmes_that_its_reader_can_see(cast: Cast) -> None:
    address = cast.dwp.get_absolute_url()
    assert "Fewer people sleeping rough" in client_of(cast.manager).get(address).text
    for who in ("outsider", "administrator", "platform"):
        assert "Fewer people sleeping rough" not in client_of(getattr(cast, who)).get(address).text


def test_only_those_who_belong_there_are_offered_its_people_and_history(cast: Cast) -> None:
    for who, belongs in [("manager", True), ("administrator", True), ("platform", True), ("outsider", False)]:
        said = client_of(getattr(cast, who)).get(cast.mhclg.get_absolute_url()).text
        assert ("About this record" in said) is belongs
        assert ("People and roles" in said) is belongs


def test_a_guessed_address_is_not_found(cast: Cast) -> None:
    for address in ("/departments/ministry-of-magic/", "/departments/ministry-of-magic/people/"):
        assert client_of(cast.platform).get(address).status_code == 404


def test_ten_departments_ask_no_more_of_the_database_than_two(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast.viewer)
    client.get("/departments/")

    def asked() -> int:
        with django_assert_max_num_queries(20) as captured:
            client.get("/departments/")
        return len(captured)

    few = asked()
    for _more in range(10):
        closed = make_department(is_closed=True)
        with acting(SCENE):
            Succession.objects.create(predecessor=closed, successor=cast.mhclg)
            DepartmentParent.objects.create(child=closed, parent=cast.mhclg)
    assert asked() == few


def test_more_programmes_ask_no_more_of_the_database(cast: Cast, django_assert_max_num_queries) -> None:
    client = client_of(cast.manager)
    address = cast.mhclg.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for number in range(6):
        make_programme(cast.mhclg, (cast.dwp,), reference=f"JP-{number}", name=f"Winter beds {number}")
    with django_assert_max_num_queries(len(few)):
        client.get(address)


# --- a new name ------------------------------------------------------------------------------


def rename(person: User, department: Department, **answers: str):
    form = {"name": "Ministry of Homes", "abbreviation": "MoH", "since": "2026-11-01", "seen_version": "0"} | answers
    return client_of(person).post(f"{department.get_absolute_url()}rename/", form)


def test_a_new_name_holds_from_its_day_and_the_old_one_is_kept(cast: Cast) -> None:
    before = cast.mhclg.name
    assert rename(cast.administrator, cast.mhclg).status_code == 302
    cast.mhclg.refresh_from_db()
    assert (cast.mhclg.name, cast.mhclg.abbreviation) == ("Ministry of Homes", "MoH")
    assert cast.mhclg.name_on(dt.date(2026, 10, 31)) == before
    assert cast.mhclg.name_on(dt.date(2026, 11, 1)) == "Ministry of Homes"
    assert cast.mhclg.history.first().history_user == cast.administrator


def test_a_name_of_a_day_to_come_is_taken_up_on_that_day(cast: Cast) -> None:
    day = today() + dt.timedelta(days=1)
    before = cast.mhclg.name
    rename(cast.platform, cast.mhclg, since=day.isoformat())
    cast.mhclg.refresh_from_db()
    assert cast.mhclg.name == before
    assert actions.take_up_names() == 0
    with acting(SCENE):
        name = cast.mhclg.names.get(name="Ministry of Homes")
        name.since = today()
        name.save()
    assert actions.take_up_names() == 1
    assert actions.take_up_names() == 0
    cast.mhclg.refresh_from_db()
    assert cast.mhclg.name == "Ministry of Homes"


def test_the_second_of_two_who_rename_is_told_of_the_first(cast: Cast) -> None:
    rename(cast.administrator, cast.mhclg)
    second = rename(cast.platform, cast.mhclg, name="Ministry of Towns", since="2026-11-02")
    assert second.status_code == 200
    assert "Adam Administer changed this after you opened it" in second.text
    assert "Ministry of Towns" in second.text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"name": ""}, "Enter name"),
        (
            {"since_day": "30", "since_month": "2", "since_year": "2026"},
            "First day of the new name must be a real date",
        ),
        ({"since": ""}, "Enter first day of the new name"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_words(cast: Cast, answers: dict[str, str], said: str) -> None:
    answer = rename(cast.administrator, cast.mhclg, **answers)
    assert said in words(answer)
    assert not cast.mhclg.names.exists()


def test_a_name_may_not_begin_before_the_present_one(cast: Cast) -> None:
    rename(cast.administrator, cast.mhclg)
    with pytest.raises(RuleBroken, match="is recorded from 1 November 2026"):
        actions.rename_department(cast.mhclg, "Other", "", dt.date(2026, 10, 1), by=cast.platform)


def test_a_name_of_a_day_to_come_is_cancelled_and_another_takes_its_place(cast: Cast) -> None:
    before = cast.mhclg.name
    rename(cast.administrator, cast.mhclg, name="Ministry of Slips", since="2062-01-01")
    client = client_of(cast.administrator)
    slip = cast.mhclg.names.get(name="Ministry of Slips")
    address = f"{cast.mhclg.get_absolute_url()}names/{slip.pk}/cancel/"
    assert address in client.get(cast.mhclg.get_absolute_url()).text
    answer = client.post(address, {"reason": "A slip of the hand"}, follow=True)
    assert "“Ministry of Slips” is cancelled." in answer.text
    assert slip.history.first().history_change_reason == "A slip of the hand"
    page = client.get(cast.mhclg.get_absolute_url()).text
    assert "Ministry of Slips" not in page
    assert client.post(address, {"reason": "Again"}).status_code == 404
    assert cast.mhclg.name_on(dt.date(2062, 1, 2)) == before
    cast.mhclg.refresh_from_db()
    actions.rename_department(cast.mhclg, "Ministry of Homes", "", dt.date(2027, 1, 1), by=cast.administrator)
    assert cast.mhclg.name_on(dt.date(2027, 1, 1)) == "Ministry of Homes"


def test_a_name_that_has_begun_is_not_cancelled(cast: Cast) -> None:
    rename(cast.administrator, cast.mhclg)
    with pytest.raises(RuleBroken, match="not begun"):
        actions.cancel_name(cast.mhclg.names.get(name="Ministry of Homes"), by=cast.administrator, reason="No")


@pytest.mark.parametrize(("who", "status"), [("manager", 403), ("outsider", 404), ("contributor", 404), ("sro", 404)])
def test_only_administrators_rename(cast: Cast, who: str, status: int) -> None:
    assert rename(getattr(cast, who), cast.mhclg).status_code == status
