"""A register of any other shape comes in by its columns, and what fits nothing is kept as given."""

import datetime as dt

import pytest
from openpyxl import Workbook

from risks.actions import add_risk, bringing, matching, rescore_risk
from risks.imports import guesses
from risks.imports.surroundings import Surroundings
from risks.models import ColumnMapping, ImportedRow, RegisterImport, Risk
from tests.cast import Cast
from tests.risks.spreadsheets.files import LETTERS, WORDS, apply, bring, csv_of, look, xlsx_of
from xgov.records.acting import acting
from xgov.records.errors import RuleBroken


def matched(cast: Cast, brought: RegisterImport, **words: dict[str, object]) -> RegisterImport:
    """As a person matches it: what is suggested, but for these words."""
    outline = bringing.outline_of(brought)
    columns = guesses.columns(outline)
    meant = guesses.words(outline, columns, Surroundings(cast.programme))
    for field, changed in words.items():
        meant[field] = {**meant.get(field, {}), **changed}
    matching.match_columns(
        brought, by=brought.brought_by, columns=columns, words=meant, category="LEGAL", kept_by=cast.mhclg
    )
    brought.refresh_from_db()
    return look(brought)


def test_a_log_with_letters_for_scores_and_no_owner_comes_in(cast: Cast) -> None:
    brought = bring(cast, csv_of(LETTERS), "log.csv")
    assert (brought.shape, brought.state) == ("FOREIGN", "MAPPING")
    columns = guesses.columns(bringing.outline_of(brought))
    assert columns == {
        "Risk number": "their_reference", "Title": "title", "Description": "event", "Consequence": "consequence",
        "Current likelihood": "inherent_likelihood", "Current impact": "inherent_impact",
        "Current risk rating": "as_given", "Mitigation": "mitigation", "Residual likelihood": "residual_likelihood",
        "Residual impact": "residual_impact", "Residual risk rating": "as_given", "Risk Owner": "owner",
        "Contingency": "as_given", "Raised": "identified_on", "Status": "status",
    }  # fmt: skip
    brought = matched(cast, brought)
    assert brought.plan["faults"] == []
    assert brought.plan["counts"] | {"added": 2, "drafts": 2, "to_score": 0} == brought.plan["counts"]
    brought = apply(brought)
    assert (brought.created_count, brought.kept_as_text_count) == (2, 10)
    first = Risk.objects.get(title="Ferry timetable challenged")
    assert (first.status, first.owner, first.kept_by, first.category) == ("DRAFT", None, cast.mhclg, "LEGAL")
    assert (first.inherent_score, first.residual_score, first.identified_on) == (16, 16, dt.date(2010, 6, 15))
    row = first.imported_rows.get()
    assert dict(row.answers_as_given)["Current risk rating"] == "H*"
    assert dict(row.answers_as_given)["Risk Owner"] == "X"
    assert row.key == "1"


def test_a_score_that_nobody_matched_waits_for_a_person(cast: Cast) -> None:
    brought = matched(cast, bring(cast, csv_of(LETTERS), "log.csv"), residual_likelihood={"H": ""})
    assert brought.plan["counts"]["to_score"] == 1
    apply(brought)
    risk = Risk.objects.to_be_scored().get()
    assert dict(risk.imported_rows.get().answers_as_given) | {
        "Residual likelihood": "H",
        "Residual impact": "H",
    } == dict(risk.imported_rows.get().answers_as_given)
    rescore_risk(risk, by=cast.manager, reason="As the ferry office sees it.", residual=(4, 5))
    assert not Risk.objects.to_be_scored().exists()


def test_a_hazard_log_with_words_for_scores_comes_in_and_is_known_again(cast: Cast) -> None:
    brought = bring(cast, csv_of(WORDS), "hazards.csv")
    impacts = {"Significant": "4", "Considerable": "2"}
    brought = matched(cast, brought, inherent_impact=impacts, residual_impact={"Significant": "4", "Considerable": ""})
    assert brought.plan["counts"]["to_score"] == 1
    brought = apply(brought)
    beds = Risk.objects.get(title="Bed lists differ between towns")
    assert (beds.inherent_score, beds.residual_score) == (8, 8)
    assert (beds.cause, beds.consequence) == ("1. Few people.", "A person is sent to a full shelter.")
    assert dict(beds.imported_rows.get().answers_as_given)["residual_risk"] == "2"

    again = bring(cast, csv_of(WORDS), "hazards next month.csv")
    assert (again.state, again.mapping) == ("BROUGHT", brought.mapping)
    again = look(again)
    assert (again.plan["counts"]["left"], again.plan["changes_something"]) == (3, False)

    changed = [list(row) for row in WORDS]
    changed[1][5] = "Very Low"  # residual likelihood
    changed[2][1] = "Names are spelt in three ways"
    changed.append(["HAZ004", "A new one", *[""] * 10])
    names = Risk.objects.get(title="Names are spelt in two ways")
    names.cause = "Ours by now."
    with acting(cast.manager, "Known better"):
        names.save()
    again = look(bring(cast, csv_of(changed), "hazards in May.csv"))
    assert again.plan["counts"] | {"added": 1, "changed": 2, "left": 1} == again.plan["counts"]
    apply(again)
    beds.refresh_from_db()
    names.refresh_from_db()
    assert beds.residual_score == 4
    assert "residual_likelihood “Very Low” (it was “Low”)" in beds.history.first().history_change_reason
    assert (names.title, names.cause) == ("Names are spelt in three ways", "Ours by now.")
    assert ImportedRow.objects.count() == 4
    assert ColumnMapping.objects.count() == 1


def test_merged_cells_titles_above_and_decimals_come_in(cast: Cast) -> None:
    def merge(book: Workbook) -> None:
        for cells in ("A1:F1", "C3:D3", "A5:A6", "B5:B6", "A3:A4", "B3:B4", "E3:E4", "F3:F4"):
            book.active.merge_cells(cells)

    rows = [
        ["Harbour risks, May", None, None, None, None, None],
        [],
        ["Ref", "Risk description", "Residual", None, "Control", "Owner"],
        [None, None, "Likelihood", "Impact", None, None],
        [7, "The quay floods", 2.5, 4, "Pumps", "Maya Managewell"],
        [None, None, None, None, "Sandbags", None],
        [8, "The crane stops", 2, 4, None, "nobody"],
    ]
    brought = bring(cast, xlsx_of(rows, merge), "harbour.xlsx")
    assert bringing.outline_of(brought).headers == [
        "Ref", "Risk description", "Residual Likelihood", "Residual Impact", "Control", "Owner",
    ]  # fmt: skip
    brought = apply(matched(cast, brought))
    quay, crane = Risk.objects.order_by("reference")
    assert (quay.title, quay.owner) == ("The quay floods", cast.manager)
    assert quay.imported_rows.get().said["Control"] == "Pumps\nSandbags"
    assert quay.residual_score == crane.residual_score == 0  # 2.5 is of another scale, and so is the 2 beside it
    assert dict(quay.imported_rows.get().answers_as_given)["Residual Likelihood"] == "2.5"
    assert crane.owner is None


def test_a_file_without_risks_in_it_is_refused(cast: Cast) -> None:
    for data, words in (
        (b"Title,Score\n", "no risks below them"),
        (b"1,2\n3,4\n", "no row of column names"),
        (b"Title,Title\na,b\n", "row 1: has columns that are all named “Title”"),
        (xlsx_of([["only one cell"]]), "no row of column names"),
    ):
        with pytest.raises(RuleBroken, match=words):
            bring(cast, data, "list.csv" if not data.startswith(b"PK") else "list.xlsx")


def test_a_partner_brings_risks_for_their_own_department_only(cast: Cast) -> None:
    brought = bring(cast, csv_of(LETTERS), "log.csv", by=cast.contributor)
    brought = matched(cast, brought)
    assert "is a department for which you do not keep risks here" in brought.plan["faults"][0][2]


def test_a_closed_risk_of_theirs_comes_in_closed(cast: Cast) -> None:
    rows = [list(row) for row in LETTERS]
    rows[1][-1] = "Closed"
    apply(matched(cast, bring(cast, csv_of(rows), "log.csv")))
    closed = Risk.objects.get(title="Ferry timetable challenged")
    assert (closed.status, closed.closing_reason) == ("CLOSED", "Closed in the register it came from")


def test_references_go_on_where_the_register_stands(cast: Cast) -> None:
    add_risk(cast.programme, by=cast.manager, as_draft=True, title="First", category="LEGAL", kept_by=cast.mhclg)
    apply(matched(cast, bring(cast, csv_of(LETTERS), "log.csv")))
    assert sorted(Risk.objects.values_list("reference", flat=True)) == ["R-0001", "R-0002", "R-0003"]
