"""A register leaves as a spreadsheet, is edited as people do, and comes back; and registers of other shapes come in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.house import House
from tests.risks.spreadsheets.files import LETTERS, WORDS, Copy, csv_of

MANAGER, PARTNER = "manager@mhclg.example", "contributor@dwp.example"
HERE = "/programmes/RS-001/risks"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REASON = "Reason for the change"
PATIENCE = 60_000
PageAs = Callable[..., Page]
Axe = Callable[[Page], None]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def taken_out(page: Page, house: House) -> Copy:
    page.goto(f"{house.url}{HERE}/spreadsheets/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download workbook").click()
    return Copy(download.value.path().read_bytes())


def bring(page: Page, house: House, name: str, data: bytes) -> None:
    page.goto(f"{house.url}{HERE}/spreadsheets/")
    page.get_by_role("button", name="Bring a spreadsheet").click()
    kind = XLSX if name.endswith(".xlsx") else "text/csv"
    page.get_by_label("Spreadsheet", exact=True).set_input_files({"name": name, "mimeType": kind, "buffer": data})
    press(page, "Continue")


def applied(page: Page) -> None:
    """From the preview to what was done, by the real worker."""
    press(page, "Apply to the register")
    expect(page).to_have_url(re.compile(r"/jobs/[0-9a-f-]+/$"))
    page.get_by_role("button", name="Open it").click(timeout=PATIENCE)
    expect(page.locator(".xgov-tags")).to_contain_text("Applied")


def row_of(page: Page, caption: str, words: str) -> str:
    """The row of that table that speaks of these words."""
    return page.get_by_role("table", name=caption).get_by_role("row").filter(has_text=words).inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_manager_edits_the_register_in_a_spreadsheet_and_brings_it_back(
    house: House, page_as: PageAs, axe: Axe, javascript: bool
) -> None:
    page = page_as(MANAGER, javascript=javascript)
    copy = taken_out(page, house)
    assert copy.book.sheetnames[:4] == ["Risks", "Mitigations", "Controls", "Links"]
    was, title = copy["R-0001", "Title"], f"Beds are gone by ten, {javascript}"
    copy["R-0001", "Title"] = title
    copy["R-0002", "Residual likelihood"] = 1 + copy["R-0002", "Residual likelihood"] % 5
    copy["R-0002", REASON] = f"The count of {javascript} was looked at."
    bring(page, house, "register.xlsx", copy.data)

    expect(page.locator(".xgov-tags")).to_contain_text("Ready to apply")
    expect(page.get_by_text("This is what would change. It is applied whole or not at all.")).to_be_visible()
    assert f"“{was}” to “{title}”" in row_of(page, "What would be changed", "R-0001")
    assert "was looked at" in row_of(page, "What would be changed", "R-0002")
    if javascript:
        axe(page)
    applied(page)
    assert title in row_of(page, "What was changed", "R-0001")
    if javascript:
        axe(page)

    page.goto(f"{house.url}{HERE}/R-0001/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.get_by_role("link", name="Every change to this record").click()
    newest = page.locator(".moj-timeline__item").first
    expect(newest).to_contain_text("Brought in from register.xlsx")
    expect(newest).to_contain_text(title)
    page.goto(f"{house.url}{HERE}/R-0002/trail/")
    expect(page.get_by_text(f"The count of {javascript} was looked at.")).to_be_visible()


def test_a_control_is_added_in_the_file_and_stands_beside_its_risk(house: House, page_as: PageAs, axe: Axe) -> None:
    page = page_as(MANAGER)
    copy = taken_out(page, house).use("Controls", "Risk")
    cells = {
        "Risk": "R-0001", "Control": "=Somebody calls each hostel at nine", "Type": "Detective",
        "Line of assurance": "First line", "Owner’s email address": MANAGER, "Department that runs it": "MHCLG",
    }  # fmt: skip
    row = copy.sheet.max_row + 1
    for column, value in cells.items():
        copy.sheet.cell(row, copy.columns[column]).value = f"'{value}" if value.startswith("=") else value
    bring(page, house, "register.xlsx", copy.data)
    expect(page.get_by_role("table", name="Mitigations, controls and links: what would be done")).to_contain_text(
        "R-0001, added: =Somebody calls each hostel at nine"
    )
    axe(page)
    applied(page)
    page.goto(f"{house.url}{HERE}/R-0001/treatment/")
    expect(page.get_by_role("rowheader", name="=Somebody calls each hostel at nine")).to_be_visible()


def test_errors_are_shown_by_sheet_and_cell_and_nothing_is_applied(house: House, page_as: PageAs, axe: Axe) -> None:
    page = page_as(MANAGER)
    copy = taken_out(page, house)
    copy["R-0001", "Residual impact"] = "soon"
    copy["R-0002", "Cause"] = "=A1&B1"
    copy["R-0003", "Closed at"] = "31/02/2026"
    where = {column: copy.address(key, column) for key, column in (
        ("R-0001", "Residual impact"), ("R-0002", "Cause"), ("R-0003", "Closed at"),
    )}  # fmt: skip
    bring(page, house, "register.xlsx", copy.data)
    expect(page.locator(".xgov-tags")).to_contain_text("Has errors")
    expect(page.get_by_role("heading", name="Nothing can be applied yet")).to_be_visible()
    wrong = "What is wrong"
    assert "Is not a level from 1 to 5" in row_of(page, wrong, f"Sheet “Risks”, {where['Residual impact']}")
    assert "a formula whose result the file does not hold" in row_of(page, wrong, f"“Risks”, {where['Cause']}")
    assert "Is not a date, like 22 November 2026" in row_of(page, wrong, f"“Risks”, {where['Closed at']}")
    expect(page.get_by_role("button", name="Apply to the register")).to_have_count(0)
    axe(page)
    press(page, "Put aside")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed; the file is kept.")


def test_a_partner_is_told_by_cell_which_risks_are_not_theirs(house: House, page_as: PageAs) -> None:
    page = page_as(PARTNER)
    copy = taken_out(page, house)
    theirs = next(row[1].value for row in copy.sheet.iter_rows(min_row=2) if row[8].value.startswith("Ministry of Hou"))
    copy[theirs, "Title"] = "Not ours to say"
    bring(page, house, "register.xlsx", copy.data)
    told = row_of(page, "What is wrong", copy.address(theirs, "Title"))
    assert "Changes a risk that another department keeps" in told


def section(page: Page, heading: str) -> Locator:
    return page.locator(".xgov-form-section").filter(has=page.get_by_role("heading", name=heading, exact=True))


def match(page: Page, choices: dict[str, str]) -> None:
    for question, answer in choices.items():
        page.get_by_label(question, exact=True).select_option(label=answer)


def test_a_log_with_letters_for_scores_is_matched_once_and_remembered(house: House, page_as: PageAs, axe: Axe) -> None:
    page = page_as(MANAGER)
    bring(page, house, "Ferries risk log.csv", csv_of(LETTERS))
    expect(page.get_by_role("heading", level=1)).to_contain_text("What is in its columns?")
    for header, field in (("Title", "Title"), ("Description", "Event"), ("Current likelihood", "Inherent likelihood"),
                          ("Current risk rating", "Kept as given, beside the risk"), ("Risk Owner", "Owner"),
                          ("Raised", "Identified on")):  # fmt: skip
        chosen = page.get_by_label(header, exact=True).locator("option:checked")
        assert chosen.inner_text() == field
    axe(page)
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("Select a category for risks that name none")
    axe(page)
    match(page, {"Category of risks that name none": "Legal"})
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What do its words stand for?")
    owner = section(page, "Owner: “Risk Owner”")
    assert owner.get_by_label("X").locator("option:checked").inner_text() == "Keep as given"
    likelihood = section(page, "Likelihood: “Current likelihood”, “Residual likelihood”")
    assert likelihood.get_by_label("H").locator("option:checked").inner_text() == "4 High"
    axe(page)
    press(page, "See what would change")
    told = row_of(page, "What would be added", "Ferry timetable challenged")
    assert "Current risk rating: H*" in told
    assert "Risk Owner: X" in told
    axe(page)
    applied(page)
    axe(page)
    page.get_by_role("link", name=re.compile("Ferry timetable challenged")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ferry timetable challenged")
    page.locator("main details").evaluate_all("all => all.forEach(folded => { folded.open = true })")
    expect(page.get_by_text("H*", exact=True).first).to_be_visible()
    expect(page.get_by_text("2. Islanders lose trust")).to_be_visible()

    rows = [list(row) for row in LETTERS]
    rows[2][1] = "Complaint upheld in part"
    bring(page, house, "Ferries risk log, July.csv", csv_of(rows))
    expect(page.locator(".xgov-tags")).to_contain_text("Ready to apply")
    assert "“Complaint upheld” to “Complaint upheld in part”" in row_of(
        page, "What would be changed", "Complaint upheld"
    )
    applied(page)


def test_a_hazard_log_whose_scores_are_words_waits_where_they_fit_nothing(
    house: House, page_as: PageAs, axe: Axe
) -> None:
    page = page_as(MANAGER)
    bring(page, house, "Beds hazard log.csv", csv_of(WORDS))
    match(page, {"Category of risks that name none": "Information"})
    press(page, "Continue")
    impact = section(page, "Impact: “initial_consequence”, “residual_consequence”")
    impact.get_by_label("Significant").select_option(label="4 High")
    press(page, "See what would change")
    told = row_of(page, "What would be added", "The note says another thing")
    assert "residual_consequence: Considerable" in told
    assert "Not scored" in told
    assert "8" in row_of(page, "What would be added", "Bed lists differ between towns")
    axe(page)
    applied(page)
    page.get_by_role("link", name="Risks that wait for a person to score them").click()
    expect(page.get_by_role("link", name="The note says another thing than the code")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("register.xlsx", b"Title,Score\nFlood,3\n", "is named .xlsx but is not a spreadsheet inside"),
        ("register.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old Excel workbook"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_in_a_sentence_at_its_question(
    house: House, page_as: PageAs, axe: Axe, name: str, data: bytes, words: str
) -> None:
    page = page_as(MANAGER)
    bring(page, house, name, data)
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)
