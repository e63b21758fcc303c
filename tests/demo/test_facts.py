"""The real input that ships with the demonstration: facts of the publications, none of their sentences."""

import csv
from collections import Counter
from pathlib import Path

from programmes.gmpp_cells import Rating
from programmes.gmpp_file import read_gmpp
from programmes.models import ConfidenceRating
from xgov.accounts.organisation_file import read_organisations
from xgov.records.figures import FigureState

DATA = Path("xgov/demo/data")
PROJECTS, BODIES = DATA / "gmpp_2023-03.csv", DATA / "govuk_organisations_2026-06-01.json"


def test_all_244_projects_are_there_with_what_is_withheld_and_why() -> None:
    file = read_gmpp(PROJECTS)
    assert len(file.rows) == 244
    assert file.publication == "Government Major Projects Portfolio, March 2023"
    assert file.scale == ConfidenceRating.Scale.THREE_POINT
    costs = Counter((row.whole_life_cost.state, row.whole_life_cost.section) for row in file)
    assert costs[FigureState.KNOWN, ""] == 193
    assert {section: count for (state, section), count in costs.items() if state == FigureState.WITHHELD} == {
        "43": 36, "22": 5, "24": 2, "27": 2, "26": 1,
    }  # fmt: skip
    assert Counter(row.independent.rating for row in file if row.independent.is_given)[Rating.RED] == 18
    assert sum(row.department != row.identifier.split("_")[0] for row in file) == 46
    assert file.kept_as_text == 336


def test_every_cell_of_the_projects_is_kept_as_it_was() -> None:
    with PROJECTS.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    assert [list(row.raw.items()) for row in read_gmpp(PROJECTS)] == [
        list(zip(header, row, strict=True)) for row in rows
    ]


def test_all_1254_organisations_are_there_with_their_links_and_mended_names() -> None:
    bodies, notes = read_organisations(BODIES)
    assert len(bodies) == 1254
    assert notes == ["6 names with a broken encoding were mended."]
    assert sum(body.is_closed for body in bodies) == 589
    assert sum(body.closed_on is not None for body in bodies) == 164
    assert sum(len(body.parents) for body in bodies) == 852
    assert sum(len(body.successors) for body in bodies) == 286
    assert not any(body.kept_as_text for body in bodies)


def test_no_sentence_of_the_sources_is_shipped() -> None:
    with PROJECTS.open(encoding="utf-8-sig", newline="") as lines:
        _header, *rows = csv.reader(lines)
    assert max(len(cell) for row in rows for cell in row) < 80
    words = (DATA / "SOURCES.md").read_text()
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in words
    assert all(path.name in words for path in (PROJECTS, BODIES))
