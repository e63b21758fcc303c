import io
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programmes.imports import import_gmpp
from programmes.models import ConfidenceRating, Party, Programme, PublishedReturn
from tests.programmes.test_gmpp_file import EXEMPT, write
from xgov.access import grants
from xgov.accounts.imports import import_organisations
from xgov.accounts.models import Department
from xgov.papers.importing import BadFile, ImportReport
from xgov.records.acting import acting, system_signer
from xgov.records.figures import Figure, FigureState

pytestmark = pytest.mark.django_db
DATA = Path("xgov/demo/data")
HEADER = ["GMPP ID Number", "Project Name", "Department", "Annual Report Category",
          "IPA Delivery Confidence Assessment", "SRO Delivery Confidence Assessment (three-point scale)",
          "Start Date", "End Date", "Whole Life Costs (£m)"]  # fmt: skip
LISTS = ["MOJ_0201_2122-Q1", "Court lists", "MOJ", "ICT", "Amber", "NA", "2022-04-01", "2026-03-31", "100"]


def signed() -> acting:
    return acting(system_signer("Import"), "a file")


def take_in(path: Path, *rows: list[str], as_at: date | None = None) -> ImportReport:
    with signed():
        return import_gmpp(write(path, HEADER, *rows), as_at=as_at)


@pytest.fixture
def justice() -> Department:
    with signed():
        return Department.objects.create(slug="ministry-of-justice", name="Ministry of Justice", abbreviation="MOJ")


@pytest.fixture
def housing() -> Department:
    with signed():
        return Department.objects.create(slug="ministry-of-housing", name="Ministry of Housing", abbreviation="MHCLG")


def test_all_244_projects_come_in_with_their_lead_and_a_second_run_changes_nothing() -> None:
    with signed():
        import_organisations(DATA / "govuk_organisations_2026-06-01.json")

    def run() -> str:
        out = io.StringIO()
        call_command("import_gmpp", str(DATA / "gmpp_2023-03.csv"), stdout=out)
        return out.getvalue().splitlines()[-1]

    models = (Programme, PublishedReturn, ConfidenceRating, Party)
    assert run() == "created 244, updated 0, unchanged 0, closed 0, kept as text 336"
    counted = [(model.objects.count(), model.history.count()) for model in models]
    assert counted == [(244, 244), (244, 244), (255, 255), (244, 244)]
    assert run() == "created 0, updated 0, unchanged 244, closed 0, kept as text 336"
    assert [(model.objects.count(), model.history.count()) for model in models] == counted
    costs = Counter(Programme.objects.values_list("whole_life_cost_state", "whole_life_cost_section"))
    assert (costs[FigureState.KNOWN, ""], costs[FigureState.WITHHELD, "43"]) == (193, 36)
    assert Programme.objects.get(reference="BEIS_0090_2122-Q4").lead.abbreviation == "DBT"
    assert not any(grants.drift_at(programme) for programme in Programme.objects.all()[:20])


def test_a_project_becomes_a_programme_with_what_was_published(justice: Department, tmp_path: Path) -> None:
    row = [*LISTS[:7], EXEMPT, "Inf"]
    assert take_in(tmp_path / "gmpp_2023-03.csv", row).line() == (
        "created 1, updated 0, unchanged 0, closed 0, kept as text 2"
    )
    programme = Programme.objects.get()
    assert (programme.reference, programme.name, programme.lead) == ("MOJ_0201_2122-Q1", "Court lists", justice)
    assert (programme.origin, programme.tier, programme.status) == ("PORTFOLIO_RETURN", "GMPP", "DELIVERING")
    assert programme.status_reason == "In the Government Major Projects Portfolio, March 2023, which gives no status."
    assert (programme.end_date, programme.end_date_reason) == (None, EXEMPT)
    assert programme.whole_life_cost_figure == Figure(None, FigureState.AS_GIVEN, "Inf", "")
    rating = programme.confidence_ratings.get()
    assert (rating.kind, rating.rating, rating.scale) == ("INDEPENDENT", "AMBER", "THREE_POINT")
    assert (rating.rated_on, rating.rater) == (date(2023, 3, 31), "Infrastructure and Projects Authority (IPA)")
    assert programme.published_returns.get().as_given == dict(zip(HEADER, row, strict=True))
    assert programme.history.get().history_signer == "Import"


def test_a_newer_year_brings_programmes_up_to_date_and_an_older_one_only_adds_to_the_record(
    justice: Department, tmp_path: Path
) -> None:
    take_in(tmp_path / "gmpp_2023-03.csv", LISTS)
    newer = [*LISTS[:4], "Red", "Amber", "2022-04-01", "2027-03-31", "120"]
    assert take_in(tmp_path / "gmpp_2024-03.csv", newer).updated == 1
    older = [*LISTS[:4], "Green", "NA", "2022-04-01", "2025-03-31", "90"]
    assert take_in(tmp_path / "gmpp_2022-03.csv", older).updated == 1
    programme = Programme.objects.get()
    assert (programme.end_date, programme.whole_life_cost) == (date(2027, 3, 31), Decimal("120000000.00"))
    assert [each.as_at.year for each in programme.published_returns.all()] == [2024, 2023, 2022]
    assert programme.confidence_ratings.count() == 4
    for year in (2022, 2023, 2024):
        row = {2022: older, 2023: LISTS, 2024: newer}[year]
        assert take_in(tmp_path / f"gmpp_{year}-03.csv", row).unchanged == 1


def test_what_people_changed_here_is_not_undone_by_the_same_file(justice: Department, tmp_path: Path) -> None:
    take_in(tmp_path / "gmpp_2023-03.csv", LISTS)
    programme = Programme.objects.get()
    programme.name, programme.status, programme.status_reason = "Court lists online", "PAUSED", "Waiting for funds."
    with signed():
        programme.save()
    assert take_in(tmp_path / "gmpp_2023-03.csv", LISTS).unchanged == 1
    assert take_in(tmp_path / "gmpp_2024-03.csv", [*LISTS[:8], "130"]).updated == 1
    programme.refresh_from_db()
    assert (programme.status, programme.whole_life_cost) == ("PAUSED", Decimal("130000000.00"))


def test_a_programme_set_up_here_keeps_its_own_facts(justice: Department, tmp_path: Path) -> None:
    with signed():
        programme = Programme.objects.create(reference="MOJ_0201_2122-Q1", name="Ours")
    assert take_in(tmp_path / "gmpp_2023-03.csv", LISTS).line().startswith("created 0, updated 1")
    programme.refresh_from_db()
    assert (programme.name, programme.parties.count(), programme.published_returns.count()) == ("Ours", 0, 1)


def test_a_project_that_moves_keeps_its_former_lead_in_the_record(
    justice: Department, housing: Department, tmp_path: Path
) -> None:
    take_in(tmp_path / "gmpp_2023-03.csv", LISTS)
    take_in(tmp_path / "gmpp_2024-03.csv", [*LISTS[:2], "MHCLG", *LISTS[3:]])
    programme = Programme.objects.get()
    assert programme.lead == housing
    former = programme.parties.get(department=justice)
    assert (former.role, former.status, former.withdrawn_on) == ("CORE", "WITHDRAWN", date(2024, 3, 31))
    assert not grants.drift_at(programme)


def test_a_department_that_is_not_known_is_told_of_and_joins_when_it_is(tmp_path: Path) -> None:
    report = take_in(tmp_path / "gmpp_2023-03.csv", LISTS)
    assert "1 project names the department MOJ, which is not known here: it has no lead yet." in report.notes
    with signed():
        Department.objects.create(slug="ministry-of-justice", name="Ministry of Justice", abbreviation="MoJ")
    assert take_in(tmp_path / "gmpp_2023-03.csv", LISTS).updated == 1
    assert Programme.objects.get().lead.slug == "ministry-of-justice"


def test_a_project_without_an_identifier_is_found_again_by_its_name(justice: Department, tmp_path: Path) -> None:
    take_in(tmp_path / "gmpp_2025-03.csv", LISTS)
    nameless = ["", "Open registers", *LISTS[2:]]
    report = take_in(tmp_path / "gmpp_2026-03.csv", ["", *LISTS[1:]], nameless)
    assert (report.created, report.updated) == (1, 1)
    made = Programme.objects.get(name="Open registers").reference
    assert f"Row 3 has no identifier; it is {made} Open registers here." in report.notes
    again = take_in(tmp_path / "gmpp_2026-03.csv", ["", *LISTS[1:]], nameless)
    assert again.line() == "created 0, updated 0, unchanged 2, closed 0, kept as text 0"
    rater = ConfidenceRating.objects.filter(rated_on=date(2026, 3, 31)).first().rater
    assert rater == "National Infrastructure and Service Transformation Authority (NISTA)"


def test_an_end_before_the_start_is_kept_in_words(justice: Department, tmp_path: Path) -> None:
    report = take_in(tmp_path / "gmpp_2023-03.csv", [*LISTS[:7], "2021-01-20", "1"])
    programme = Programme.objects.get()
    assert programme.end_date is None
    assert programme.end_date_reason == "Published as 2021-01-20, which is before the start date."
    assert "the end date is before the start date" in " ".join(report.notes)


def test_a_dry_run_and_a_bad_file_save_nothing(justice: Department, tmp_path: Path) -> None:
    out = io.StringIO()
    path = write(tmp_path / "upload.csv", HEADER, LISTS)
    call_command("import_gmpp", str(path), "--dry-run", "--as-at", "2023-03-31", stdout=out)
    assert out.getvalue().endswith("created 1, updated 0, unchanged 0, closed 0, kept as text 0\n")
    bad = write(tmp_path / "gmpp_2023-03.csv", HEADER, LISTS, [*LISTS[:1], "x" * 301, *LISTS[2:]])
    with pytest.raises(CommandError, match="row 3: has the identifier of row 2"):
        call_command("import_gmpp", str(bad))
    long = write(tmp_path / "gmpp_2023-03.csv", HEADER, ["A_1", "x" * 301, *LISTS[2:]])
    with pytest.raises(CommandError, match="row 2: the name has more than 300 characters"):
        call_command("import_gmpp", str(long))
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    ("one", "other"), [("DFT/0001_1", "DFT-0001_1"), ("X" * 40 + "1", "X" * 40 + "2"), ("dft-1", "DFT-1 ")]
)
def test_two_identifiers_that_an_address_can_not_tell_apart_are_refused_with_their_rows(
    tmp_path: Path, one: str, other: str
) -> None:
    with pytest.raises(BadFile, match=r"row 3.*(told apart|of row 2)"):
        take_in(tmp_path / "march_2023.csv", [one, *LISTS[1:]], [other, "Another", *LISTS[2:]])
    assert not Programme.objects.exists()


def test_identifiers_and_names_that_stand_in_each_others_columns_are_refused(tmp_path: Path) -> None:
    exchanged = [LISTS[1], LISTS[0], *LISTS[2:]]
    with pytest.raises(BadFile) as refused:
        take_in(tmp_path / "march_2023.csv", exchanged, ["A400M", "MOD_0015_2122-Q1", *LISTS[2:]])
    assert str(refused.value).endswith(
        "row 2, column “Project Name”: says “MOJ_0201_2122-Q1”, which is an identifier, and the identifier says "
        "“Court lists”: the two columns seem to be exchanged."
    )
    assert not Programme.objects.exists()


def test_a_name_like_an_identifier_is_taken_where_the_identifier_is_one(tmp_path: Path) -> None:
    assert take_in(tmp_path / "march_2023.csv", ["MOD_0015_2122-Q1", "CH-47", *LISTS[2:]]).created == 1
    assert take_in(tmp_path / "march_2023.csv", ["", "AH-64", *LISTS[2:]]).created == 1


def test_one_project_is_told_of_as_one(tmp_path: Path) -> None:
    notes = take_in(tmp_path / "march_2023.csv", LISTS).notes
    assert "Position at 31 March 2023, 1 project." in notes


def test_an_identifier_that_is_another_pages_address_gets_one_of_its_own(tmp_path: Path) -> None:
    take_in(tmp_path / "march_2023.csv", ["new", *LISTS[1:]])
    assert Programme.objects.get().reference == "GMPP-new"


def test_a_row_that_breaks_off_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    take_in(tmp_path / "march_2023.csv", LISTS)
    with pytest.raises(BadFile, match="row 2: has 5 cells where the header has 9"):
        take_in(tmp_path / "march_2023.csv", LISTS[:5])
    assert Programme.objects.get().whole_life_cost_figure.amount == Decimal(100_000_000)


def test_a_file_without_departments_is_refused(tmp_path: Path) -> None:
    with signed(), pytest.raises(BadFile, match="no column for the department"):
        import_gmpp(
            write(tmp_path / "march_2023.csv", [HEADER[0], HEADER[1], *HEADER[3:]], [LISTS[0], LISTS[1], *LISTS[3:]])
        )
