"""How a register of another shape is read is remembered: for its department, for that register, word by word."""

import pytest
from openpyxl import Workbook

from risks.actions import bringing, matching
from risks.imports import guesses
from risks.imports.surroundings import Surroundings
from risks.models import ColumnMapping, RegisterImport, Risk
from tests.cast import Cast, client_of
from tests.factories import make_membership, make_person
from tests.risks.spreadsheets.files import LETTERS, apply, bring, csv_of, look, signed_by_nobody, xlsx_of
from tests.risks.spreadsheets.test_foreign_registers import matched
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.errors import RuleBroken

HERE = "/programmes/RS-001/risks/spreadsheets"


def with_word(word: str, column: str = "Current likelihood") -> bytes:
    rows = [list(row) for row in LETTERS]
    rows[1][rows[0].index(column)] = word
    return csv_of(rows)


def in_sheet(name: str, rows: list[list[str]] = LETTERS) -> bytes:
    def call_it(book: Workbook) -> None:
        book.active.title = name

    return xlsx_of(rows, call_it)


def same_as(brought: RegisterImport, like: ColumnMapping, **which: object) -> ColumnMapping:
    return matching.match_columns(
        brought, by=brought.brought_by, columns=like.columns, category="LEGAL", kept_by=like.kept_by, **which
    )


def colleague(department: Department) -> User:
    person = make_person("colin@mhclg.example", "Colin Colleague", department)
    make_membership(person, department, "programme_manager")
    return person


def test_two_departments_each_keep_how_the_same_columns_are_read(cast: Cast) -> None:
    ours = matched(cast, bring(cast, csv_of(LETTERS), "log.csv"), residual_likelihood={"H": 5})
    theirs = bring(cast, csv_of(LETTERS), "log.csv", by=cast.contributor)
    assert (theirs.state, theirs.mapping) == ("MAPPING", None)
    theirs = matched(cast, theirs, residual_likelihood={"H": 2})
    assert theirs.mapping != ours.mapping
    assert {each.department: each.words["residual_likelihood"]["H"] for each in ColumnMapping.objects.all()} == {
        cast.mhclg: 5, cast.dwp: 2,
    }  # fmt: skip
    assert look(ours).plan["changes_something"]


def test_a_partner_may_not_say_how_the_leads_register_is_read(cast: Cast) -> None:
    mapping = matched(cast, bring(cast, csv_of(LETTERS), "log.csv")).mapping
    assert rules.can(cast.manager, Permission.CONTRIBUTE, mapping)
    assert not rules.can(cast.contributor, Permission.CONTRIBUTE, mapping)
    theirs = bring(cast, csv_of(LETTERS), "log.csv", by=cast.contributor)
    with pytest.raises(RuleBroken, match="is another department’s"):
        same_as(theirs, mapping, register=mapping)


def test_words_of_earlier_copies_stay_when_others_are_matched(cast: Cast) -> None:
    matched(cast, bring(cast, csv_of(LETTERS), "log.csv"))
    later = bring(cast, with_word("Rather high"), "log May.csv")
    matching.match_words(later, by=cast.manager, words={"inherent_likelihood": {"Rather high": "5"}})
    known = ColumnMapping.objects.get().words
    assert known["inherent_likelihood"] == {"H": 4, "M": 3, "Rather high": "5"}
    assert known["residual_impact"] == {"H": 4}
    assert bring(cast, csv_of(LETTERS), "log June.csv").state == "BROUGHT"


def test_a_later_copy_asks_about_new_words_first_and_marks_them(cast: Cast) -> None:
    apply(matched(cast, bring(cast, csv_of(LETTERS), "log.csv")))
    later = bring(cast, with_word("Rather high"), "log May.csv")
    assert (later.state, later.mapping) == ("MAPPING", ColumnMapping.objects.get())
    with pytest.raises(RuleBroken, match="Say first"):
        look(later)
    client = client_of(cast.manager)
    page = client.post(f"{HERE}/{later.number}/look/", follow=True)
    assert page.redirect_chain[-1][0] == f"{HERE}/{later.number}/words/"
    form = page.context["form"]
    heading, names = form.sections[0]
    assert heading == "New in this copy: Likelihood: “Current likelihood”, “Residual likelihood”"
    assert [form.fields[name].label for name in names] == ["Rather high"]
    assert all("New in this copy" not in str(heading) for heading, _names in form.sections[1:])
    answers = {name: form.fields[name].initial for name in form.fields} | {names[0]: "5"}
    client.post(f"{HERE}/{later.number}/words/", answers)
    later.refresh_from_db()
    assert later.state == "READY"
    assert Risk.objects.get(title="Ferry timetable challenged").inherent_score == 16
    apply(later)
    assert Risk.objects.get(title="Ferry timetable challenged").inherent_score == 20


def test_a_new_owner_is_asked_about_too(cast: Cast) -> None:
    matched(cast, bring(cast, csv_of(LETTERS), "log.csv"))
    assert bring(cast, with_word("Maya Managewell", "Risk Owner"), "log.csv").state == "MAPPING"


def test_what_a_command_cannot_ask_is_said_beside_what_it_did(cast: Cast) -> None:
    later = matched(cast, bring(cast, csv_of(LETTERS), "log.csv"))
    mapping = later.mapping
    mapping.words = {**mapping.words, "residual_impact": {}}
    with signed_by_nobody():
        mapping.save()
    later = look(RegisterImport.objects.get(pk=later.pk))
    said = "Nobody has said what 1 word stands for. It is read as ours, or kept as given: “H”."
    assert said in later.plan["notes"]


def test_another_register_with_the_same_columns_is_told_apart(cast: Cast) -> None:
    first = apply(matched(cast, bring(cast, csv_of(LETTERS), "ferries.csv"))).mapping
    other = [LETTERS[0], ["1", "Bridge closed", *LETTERS[1][2:]]]
    harbour = bring(cast, csv_of(other), "bridges.csv")
    assert harbour.mapping == first, "the only one with these columns is taken to be meant"
    second = same_as(harbour, first, is_another=True)
    assert (second.number, second.name, second.words) == (2, "bridges.csv", first.words)
    harbour.refresh_from_db()
    apply(look(harbour))
    assert set(Risk.objects.values_list("title", flat=True)) == {
        "Ferry timetable challenged", "Complaint upheld", "Bridge closed",
    }  # fmt: skip
    assert bring(cast, csv_of(other), "bridges.csv").mapping == second
    doubtful = bring(cast, csv_of(other), "bridges in May.csv")
    assert (doubtful.mapping, doubtful.state) == (None, "MAPPING")
    page = client_of(cast.manager).get(f"{HERE}/{doubtful.number}/columns/")
    choices = [str(words) for _key, words in page.context["form"].fields["register"].choices]
    assert choices[1].startswith("ferries.csv, first matched on")
    assert choices[2].startswith("bridges.csv, first matched on")
    assert choices[3] == "Another register with the same columns"


def test_whoever_does_not_say_which_register_it_is_is_asked_again(cast: Cast) -> None:
    first = matched(cast, bring(cast, csv_of(LETTERS), "ferries.csv")).mapping
    same_as(bring(cast, csv_of(LETTERS), "bridges.csv"), first, is_another=True)
    doubtful = bring(cast, csv_of(LETTERS), "log.csv")
    address = f"{HERE}/{doubtful.number}/columns/"
    client = client_of(cast.manager)
    form = client.get(address).context["form"]
    answers = {name: form.fields[name].initial for name in form.fields}
    answers |= {"category": "LEGAL", "kept_by": cast.mhclg.pk}
    assert "Select which register it is" in client.post(address, answers | {"register": ""}).content.decode()
    assert "register" in client.post(address, answers | {"register": "999"}).context["form"].errors
    client.post(address, answers | {"register": first.pk})
    doubtful.refresh_from_db()
    assert doubtful.mapping == first


def test_registers_in_sheets_of_other_names_are_told_apart_and_a_month_in_the_name_does_not_matter(cast: Cast) -> None:
    ferries = matched(cast, bring(cast, in_sheet("Ferries May 2026"), "risks.xlsx")).mapping
    assert bring(cast, in_sheet("Ferries June 2026"), "risks.xlsx").mapping == ferries
    assert bring(cast, in_sheet("Bridges"), "risks.xlsx").mapping is None
    assert bring(cast, csv_of(LETTERS), "risks.csv").mapping == ferries, "a CSV file does not name its sheet"


def test_the_page_says_who_matched_it_when_and_for_whom(cast: Cast) -> None:
    matched(cast, bring(cast, csv_of(LETTERS), "log.csv"))
    later = look(bring(cast, csv_of(LETTERS), "log May.csv"))
    page = " ".join(client_of(cast.viewer).get(later.get_absolute_url()).content.decode().split())
    assert "by Maya Managewell, for Ministry of Housing, Communities and Local Government." in page
    assert "It is remembered from log.csv." in page
    remembered = page[page.index("What is remembered of its columns and words") :]
    for words in ("Current likelihood", "Inherent likelihood", "Residual impact", "kept as given"):
        assert words in remembered
    columns = client_of(cast.manager).get(f"{HERE}/{later.number}/columns/").content.decode()
    assert "by Maya Managewell, for" in columns


def test_what_a_colleague_says_of_a_word_stands_in_the_history(cast: Cast) -> None:
    later = matched(cast, bring(cast, csv_of(LETTERS), "log.csv"))
    other = colleague(cast.mhclg)
    matching.match_words(later, by=other, words={"residual_impact": {"H": "5"}, "owner": {"X": str(cast.manager.pk)}})
    newest = later.mapping.history.order_by("-history_id").first()
    assert newest.history_signer == "Colin Colleague"
    assert newest.history_change_reason == (
        "Words of log.csv matched. Residual impact “H”: 4 to 5; Owner “X”: kept as given to Maya Managewell"
    )
    history = client_of(cast.manager).get(f"/history/risks.columnmapping/{later.mapping.pk}/").content.decode()
    assert "Residual impact “H”: 4 to 5" in history
    assert "Colin Colleague" in client_of(cast.manager).get(later.get_absolute_url()).content.decode()


def test_saying_the_same_again_leaves_no_trace(cast: Cast) -> None:
    later = matched(cast, bring(cast, csv_of(LETTERS), "log.csv"))
    before = later.mapping.history.count()
    words = guesses.words(bringing.outline_of(later), later.mapping.columns, Surroundings(cast.programme))
    matching.match_words(later, by=cast.manager, words=words)
    assert later.mapping.history.count() == before


def test_a_viewer_and_an_outsider_match_nothing(cast: Cast) -> None:
    later = matched(cast, bring(cast, csv_of(LETTERS), "log.csv"))
    for page in ("columns", "words"):
        assert client_of(cast.viewer).post(f"{HERE}/{later.number}/{page}/", {}).status_code == 403
        assert client_of(cast.outsider).post(f"{HERE}/{later.number}/{page}/", {}).status_code == 404
