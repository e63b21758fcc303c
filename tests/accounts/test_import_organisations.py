import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests.accounts.test_organisation_file import API, entry, written
from xgov.accounts.imports import import_organisations
from xgov.accounts.models import Department, DepartmentName, DepartmentParent, Succession
from xgov.papers.importing import ImportReport
from xgov.records.acting import acting, system_signer

pytestmark = pytest.mark.django_db
FACTS = Path("xgov/demo/data/govuk_organisations_2026-06-01.json")


def take_in(tmp_path: Path, *entries: dict[str, Any]) -> ImportReport:
    with acting(system_signer("Import"), "a file"):
        return import_organisations(written(tmp_path / "o.json", {"results": list(entries)}))


def transport(**changes: Any) -> dict[str, Any]:
    details = {"abbreviation": "DfT", "content_id": "4c717efc-f47b-478e-a76d-ce1ae0af1946"} | changes.pop("details", {})
    return entry("department-for-transport", format="Ministerial department", details=details, **changes)


def rail(*parents: str, **changes: Any) -> dict[str, Any]:
    changes["parent_organisations"] = [{"id": API + parent} for parent in parents]
    return entry("rail-board", **changes)


def test_all_1254_organisations_come_in_at_once_and_a_second_run_changes_nothing() -> None:
    def run() -> str:
        out = io.StringIO()
        call_command("import_organisations", str(FACTS), stdout=out)
        return out.getvalue().splitlines()[-1]

    assert run() == "created 1254, updated 0, unchanged 0, closed 0, kept as text 2"
    history = Department.history.count(), DepartmentName.history.count()
    assert (Department.objects.count(), Department.objects.open().count()) == (1254, 665)
    assert history == (1254, 1254)
    assert (DepartmentParent.objects.count(), Succession.objects.count()) == (851, 285)
    assert run() == "created 0, updated 0, unchanged 1254, closed 0, kept as text 2"
    assert (Department.history.count(), DepartmentName.history.count()) == history


def test_a_body_is_recognised_by_its_identifier_when_its_address_and_name_change(tmp_path: Path) -> None:
    take_in(tmp_path, transport())
    department = Department.objects.get()
    with time_machine.travel("2026-11-22 09:00Z"):
        later = transport(title="Ministry of Transport", updated_at="2026-11-20T10:00:00Z")
        later["details"]["slug"] = "ministry-of-transport"
        report = take_in(tmp_path, later)
    assert report.line() == "created 0, updated 1, unchanged 0, closed 0, kept as text 0"
    assert Department.objects.get().pk == department.pk
    department.refresh_from_db()
    assert (department.slug, department.name) == ("ministry-of-transport", "Ministry of Transport")
    assert department.name_on(date(2026, 11, 19)) == "Department For Transport"
    assert department.name_on(date(2026, 11, 20)) == "Ministry of Transport"
    assert department.history.first().history_signer == "Import"


def test_a_body_that_ends_is_closed_with_its_date_and_its_successor(tmp_path: Path) -> None:
    take_in(tmp_path, transport(), rail("department-for-transport"))
    ended = rail(
        "department-for-transport",
        superseding_organisations=[{"id": API + "department-for-transport"}],
        details={
            "govuk_status": "closed",
            "govuk_closed_status": "merged",
            "closed_at": "2026-04-01T00:00:00.000+01:00",
        },
    )
    report = take_in(tmp_path, transport(), ended)
    assert report.line() == "created 0, updated 0, unchanged 1, closed 1, kept as text 0"
    board = Department.objects.get(slug="rail-board")
    assert (board.is_closed, board.closed_on, board.closed_reason) == (True, date(2026, 4, 1), "merged")
    assert board.successor_links.get().effective_on == date(2026, 4, 1)
    reopened = take_in(tmp_path, rail("department-for-transport"))
    assert reopened.updated == 1
    assert Department.objects.open().filter(slug="rail-board").exists()


def test_a_body_that_moves_keeps_its_former_parent_with_an_end(tmp_path: Path) -> None:
    take_in(tmp_path, transport(), entry("home-office"), rail("department-for-transport"))
    with time_machine.travel("2026-11-22 09:00Z"):
        assert take_in(tmp_path, rail("home-office")).updated == 1
    links = DepartmentParent.objects.filter(child__slug="rail-board").order_by("since")
    assert [(link.parent.slug, link.until) for link in links] == [
        ("department-for-transport", date(2026, 11, 22)),
        ("home-office", None),
    ]


def test_a_link_to_a_body_that_comes_later_is_kept_until_it_does(tmp_path: Path) -> None:
    report = take_in(tmp_path, rail("department-for-transport"))
    assert report.kept_as_text == 1
    assert Department.objects.get().links_as_given == {"parents": ["department-for-transport"]}
    assert take_in(tmp_path, rail("department-for-transport"), transport()).line() == (
        "created 1, updated 1, unchanged 0, closed 0, kept as text 0"
    )
    assert Department.objects.get(slug="rail-board").links_as_given == {}
    assert DepartmentParent.objects.get().parent.slug == "department-for-transport"


def test_a_file_that_leaves_something_out_takes_nothing_away(tmp_path: Path) -> None:
    closed = {"govuk_status": "closed", "closed_at": "2020-01-01T00:00:00Z"}
    take_in(tmp_path, transport(), rail("department-for-transport", details=closed))
    bare = {"title": "Rail Board", "details": {"slug": "rail-board"}}
    assert take_in(tmp_path, bare, transport()).unchanged == 2
    board = Department.objects.get(slug="rail-board")
    assert (board.closed_on, board.kind) == (date(2020, 1, 1), Department.Kind.EXECUTIVE_AGENCY)
    assert DepartmentParent.objects.filter(until__isnull=True).count() == 1


def test_a_part_of_the_dump_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    take_in(tmp_path, transport(), rail())
    report = take_in(tmp_path, transport())
    assert "1 department known here is not in the file and was left as it is." in report.notes
    assert Department.objects.open().count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Project Name,Department\n", "is not JSON"),
        (json.dumps({"results": [rail(), rail()]}), "has the same slug"),
        (json.dumps([transport(details={"content_id": "11111111-f47b-478e-a76d-ce1ae0af1946"})]), "another identifier"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_one_sentence_and_saves_nothing(
    tmp_path: Path, content: str, words: str
) -> None:
    take_in(tmp_path, transport())
    path = written(tmp_path / "wrong.json", content)
    with pytest.raises(CommandError, match=words):
        call_command("import_organisations", str(path))
    assert Department.objects.count() == 1


def test_a_dry_run_says_what_would_come_and_saves_nothing(tmp_path: Path) -> None:
    out = io.StringIO()
    path = written(tmp_path / "o.json", [transport(), rail("department-for-transport")])
    call_command("import_organisations", str(path), "--dry-run", stdout=out)
    assert out.getvalue().endswith(
        "Dry run: nothing was saved.\ncreated 2, updated 0, unchanged 0, closed 0, kept as text 0\n"
    )
    assert not Department.objects.exists()
