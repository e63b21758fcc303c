"""A marking counts wherever a workbook says it: on a hidden sheet, in a comment, above a printed page."""

from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from risks.models import RegisterImport, Risk
from tests.cast import Cast
from tests.risks.spreadsheets.files import LETTERS, Copy, bring, exported, look, xlsx_of
from tests.risks.spreadsheets.test_foreign_registers import matched
from xgov.records.errors import RuleBroken

MARK = "OFFICIAL-SENSITIVE"


def on_a_hidden_sheet(book: Workbook) -> None:
    page = book.create_sheet("Cover")
    page.sheet_state, page["B2"] = "hidden", MARK


def on_a_very_hidden_sheet(book: Workbook) -> None:
    page = book.create_sheet("Cover")
    page.sheet_state, page["B2"] = "veryHidden", f"Marking: {MARK}"


def in_a_comment(book: Workbook) -> None:
    book.active["B2"].comment = Comment(f"Maya Managewell:\n{MARK}\nAsk me first.", "Maya Managewell")


def in_a_comment_on_a_hidden_sheet(book: Workbook) -> None:
    page = book.create_sheet("Cover")
    page.sheet_state, page["A1"].comment = "hidden", Comment("Official\u200b-Sensitive", "Maya Managewell")


def at_the_head_of_the_page(book: Workbook) -> None:
    book.active.oddHeader.center.text = MARK


def in_the_name_of_a_sheet(book: Workbook) -> None:
    book.create_sheet(f"{MARK} notes")


def in_the_name_of_a_risk_that_is_marked(book: Workbook) -> None:
    page = book.create_sheet("Links")
    page.sheet_state, page["A1"] = "hidden", "R-0003"


PLACES = [
    (on_a_hidden_sheet, "hidden sheet “Cover”, cell B2"),
    (on_a_very_hidden_sheet, "hidden sheet “Cover”, cell B2"),
    (in_a_comment, "a comment on sheet “Sheet”, cell B2"),
    (in_a_comment_on_a_hidden_sheet, "a comment on sheet “Cover”, cell A1"),
    (at_the_head_of_the_page, "the header or footer of sheet “Sheet”"),
    (in_the_name_of_a_sheet, "the name of sheet “OFFICIAL-SENSITIVE notes”"),
]


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk, sensitive_risk: Risk) -> Cast:
    return cast


@pytest.mark.parametrize(("say_it", "place"), PLACES)
def test_a_mark_beside_the_rows_marks_the_file_and_is_named(
    cast: Cast, say_it: Callable[[Workbook], None], place: str
) -> None:
    brought = look(matched(cast, bring(cast, xlsx_of(LETTERS, say_it), "log.xlsx")))
    assert brought.marking == "OFFICIAL_SENSITIVE"
    assert f"The file counts as OFFICIAL-SENSITIVE: so says {place}." in brought.plan["notes"]


@pytest.mark.parametrize("say_it", [*(say_it for say_it, _place in PLACES), in_the_name_of_a_risk_that_is_marked])
def test_whoever_may_not_see_sensitive_records_cannot_leave_such_a_file(
    register: Cast, say_it: Callable[[Workbook], None]
) -> None:
    with pytest.raises(RuleBroken, match="ask somebody who may see sensitive records"):
        bring(register, xlsx_of(LETTERS, say_it), "log.xlsx", by=register.contributor)
    assert not RegisterImport.objects.exists()


def test_a_comment_in_a_copy_of_our_own_counts_too(cast: Cast, leads_risk: Risk) -> None:
    copy = Copy(exported(cast))
    assert look(bring(cast, copy.data)).marking == "OFFICIAL", "the lists that we hide are no mark"
    copy.sheet["B2"].comment = Comment(MARK, "Maya Managewell")
    assert look(bring(cast, copy.data)).marking == "OFFICIAL_SENSITIVE"


def test_a_sentence_about_such_papers_in_a_comment_is_no_mark(cast: Cast) -> None:
    def talk(book: Workbook) -> None:
        book.active["B2"].comment = Comment("Nothing official-sensitive may stand here.", "Maya Managewell")

    assert look(matched(cast, bring(cast, xlsx_of(LETTERS, talk), "log.xlsx"))).marking == "OFFICIAL"
