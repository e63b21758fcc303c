"""Mitigations and controls of a register of another shape come in with its risks, and follow its later copies."""

from typing import Any

import pytest
from openpyxl import Workbook

from risks.actions import bringing, change_mitigation, finish_mitigation, matching
from risks.imports import guesses
from risks.imports.surroundings import Surroundings
from risks.models import Control, Mitigation, RegisterImport, Risk
from tests.cast import Cast, client_of
from tests.risks.spreadsheets.files import apply, bring, csv_of, look, xlsx_of

HEADER = ["Ref", "Title", "Owner", "Existing controls", "Mitigating action", "Action owner", "Action due", "Status"]
FIRST = ["1", "Ferry is late", "Mary Manager", "Timetable is checked", "Order a second boat", "Connie Contributor",
         "1 March 2099", "Open"]  # fmt: skip


@pytest.fixture
def people(cast: Cast) -> Cast:
    FIRST[2], FIRST[5] = cast.manager.name, cast.contributor.name
    return cast


def with_cells(**cells: Any) -> list[Any]:
    row = list(FIRST)
    for name, value in cells.items():
        row[HEADER.index(name.replace("_", " "))] = value
    return row


def brought_in(cast: Cast, *rows: list[Any], type: str = "PREVENTIVE", line: str = "FIRST", data: bytes | None = None):
    """Looked at, as a person matches it."""
    brought = bring(cast, data or csv_of([HEADER, *rows]), "log.xlsx" if data else "log.csv")
    if brought.state == "MAPPING" and brought.mapping is None:
        outline = bringing.outline_of(brought)
        columns = guesses.columns(outline)
        matching.match_columns(
            brought, by=cast.manager, columns=columns, category="LEGAL", kept_by=cast.mhclg,
            words=guesses.words(outline, columns, Surroundings(cast.programme)), control_type=type, control_line=line,
        )  # fmt: skip
    elif brought.state == "MAPPING":
        words = guesses.words(bringing.outline_of(brought), brought.mapping.columns, Surroundings(cast.programme))
        matching.match_words(brought, by=cast.manager, words=words)
    brought.refresh_from_db()
    return look(brought)


def what_happens(brought: RegisterImport) -> list[str]:
    assert brought.plan["faults"] == []
    return [step["words"] for step in brought.plan["steps"]]


def test_a_mitigation_and_a_control_come_in_with_their_risk(people: Cast) -> None:
    brought = brought_in(people, FIRST)
    assert what_happens(brought) == ["1, added: Order a second boat", "1, added: Timetable is checked"]
    apply(brought)
    risk = Risk.objects.get(title="Ferry is late")
    mitigation, control = risk.mitigations.get(), risk.controls.get()
    assert (mitigation.owner, mitigation.due.year, mitigation.department) == (people.contributor, 2099, people.mhclg)
    assert (control.type, control.line, control.owner) == ("PREVENTIVE", "FIRST", people.manager)
    assert mitigation.history.get().history_signer == people.manager.name
    assert risk.imported_rows.get().kept_as_given == []
    page = client_of(people.manager).get(f"{risk.get_absolute_url()}treatment/").content.decode()
    assert "Order a second boat" in page
    assert "Timetable is checked" in page


@pytest.mark.parametrize(
    ("cells", "why", "kept"),
    [
        ({"Action due": "soon"}, "needs the day", ["Mitigating action", "Action owner", "Action due"]),
        ({"Action due": "1 March 2009"}, "needs the day", ["Mitigating action", "Action owner", "Action due"]),
        ({"Action due": ""}, "needs the day", ["Mitigating action", "Action owner"]),
        ({"Action owner": "A stranger"}, "nobody who has a role", ["Mitigating action", "Action owner", "Action due"]),
        ({"Mitigating action": "x" * 501}, "more than 500", ["Mitigating action", "Action owner", "Action due"]),
        ({"Owner": ""}, "nobody who has a role", ["Existing controls"]),
        (
            {"Status": "Closed"},
            "the risk has ended",
            ["Existing controls", "Mitigating action", "Action owner", "Action due"],
        ),
    ],
)
def test_what_says_too_little_is_kept_as_given(people: Cast, cells: dict[str, str], why: str, kept: list[str]) -> None:
    brought = brought_in(people, with_cells(**cells))
    assert brought.plan["faults"] == []
    assert "row (1): kept as given, because" in " ".join(brought.plan["notes"])
    assert why in " ".join(brought.plan["notes"])
    brought = apply(brought)
    assert why in client_of(people.manager).get(brought.get_absolute_url()).text
    risk = Risk.objects.get(title="Ferry is late")
    assert risk.imported_rows.get().kept_as_given == kept
    assert risk.mitigations.exists() == ("Mitigating action" not in kept)
    assert risk.controls.exists() == ("Existing controls" not in kept)


def test_a_mitigation_that_names_nobody_is_the_risk_owners(people: Cast) -> None:
    apply(brought_in(people, with_cells(Action_owner="")))
    assert Mitigation.objects.get().owner == people.manager


def test_a_control_that_names_no_type_is_kept_as_given_where_nobody_said_one(people: Cast) -> None:
    apply(brought_in(people, FIRST, type=""))
    assert not Control.objects.exists()
    assert Risk.objects.get().imported_rows.get().kept_as_given == ["Existing controls"]


def test_a_risk_merged_over_three_rows_brings_three_mitigations(people: Cast) -> None:
    rows = [FIRST, with_cells(Mitigating_action="Hire a crew"), with_cells(Mitigating_action="Ask the port")]

    def merge(book: Workbook) -> None:
        for letter in "ABCDFGH":
            book.active.merge_cells(f"{letter}2:{letter}4")

    apply(brought_in(people, data=xlsx_of([HEADER, *rows], merge)))
    assert [each.text for each in Risk.objects.get().mitigations.order_by("pk")] == [
        "Order a second boat", "Hire a crew", "Ask the port",
    ]  # fmt: skip
    assert Control.objects.count() == 1


def test_of_actions_of_which_one_went_and_one_changed_it_is_said_that_none_is_followed(people: Cast) -> None:
    def merged(*rows: list[Any]) -> bytes:
        def merge(book: Workbook) -> None:
            for letter in "ABCDFGH":
                book.active.merge_cells(f"{letter}2:{letter}3")

        return xlsx_of([HEADER, *rows], merge)

    apply(brought_in(people, data=merged(FIRST, with_cells(Mitigating_action="Hire a crew"))))
    brought = brought_in(
        people, data=merged(with_cells(Mitigating_action="Hire two crews"), with_cells(Mitigating_action=""))
    )
    assert what_happens(brought) == []
    assert "it cannot be told which became which" in " ".join(brought.plan["notes"])
    apply(brought)
    assert {each.text for each in Mitigation.objects.all()} == {"Order a second boat", "Hire a crew"}


def test_what_would_be_done_names_the_row_that_says_it(people: Cast) -> None:
    second = with_cells(Mitigating_action="Hire a crew")

    def merge(book: Workbook) -> None:
        book.active.merge_cells("A2:A3")

    brought = brought_in(people, data=xlsx_of([HEADER, FIRST, second], merge))
    rows = {step["words"]: step["row"] for step in brought.plan["steps"]}
    assert (rows["1, added: Order a second boat"], rows["1, added: Hire a crew"]) == (2, 3)


def test_a_register_whose_risks_stand_in_a_column_called_risk_is_guessed_by_it(cast: Cast) -> None:
    rows = [["No", "Risk", "Likelihood (1-5)", "Impact (1-5)"], ["1", "Ferry is late", "4", "5"]]
    assert guesses.columns(bringing.outline_of(bring(cast, csv_of(rows), "log.csv"))) == {
        "No": "their_reference", "Risk": "title", "Likelihood (1-5)": "residual_likelihood",
        "Impact (1-5)": "residual_impact",
    }  # fmt: skip


def test_a_later_copy_that_says_the_same_adds_nothing_again(people: Cast) -> None:
    apply(brought_in(people, FIRST))
    brought = brought_in(people, with_cells(Title="Ferry is very late"))
    assert what_happens(brought) == []
    assert brought.plan["counts"]["changed"] == 1


def test_a_later_copy_changes_what_the_first_brought(people: Cast) -> None:
    apply(brought_in(people, FIRST))
    brought = brought_in(people, with_cells(Mitigating_action="Order two boats", Action_due="1 April 2099"))
    assert what_happens(brought) == ["1, changed: Order a second boat"]
    apply(brought)
    mitigation = Mitigation.objects.get()
    assert (mitigation.text, mitigation.due.month, mitigation.history.count()) == ("Order two boats", 4, 2)


def test_what_people_changed_here_is_not_undone_by_a_later_copy(people: Cast) -> None:
    apply(brought_in(people, FIRST))
    change_mitigation(Mitigation.objects.get(), by=people.manager, text="Charter a boat")
    brought = brought_in(people, with_cells(Mitigating_action="Order two boats"))
    assert what_happens(brought) == []
    apply(brought)
    assert [each.text for each in Mitigation.objects.all()] == ["Charter a boat"]
    kept = Risk.objects.get().imported_rows.get().answers_as_given
    assert ("Mitigating action", "Order two boats") in kept
    (note,) = brought.plan["notes"]
    assert note.startswith("Mitigations or controls of 1 row (1): what they say now is kept as given.")


def test_what_a_later_copy_says_no_more_goes_on_here_and_is_named(people: Cast) -> None:
    apply(brought_in(people, FIRST))
    brought = brought_in(people, with_cells(Mitigating_action="", Action_owner="", Action_due=""))
    assert what_happens(brought) == []
    assert "Mitigations or controls of 1 row (1): no longer in the file." in " ".join(brought.plan["notes"])
    apply(brought)
    assert Mitigation.objects.get().is_planned


def test_what_has_been_done_stays_done(people: Cast) -> None:
    apply(brought_in(people, FIRST))
    finish_mitigation(Mitigation.objects.get(), by=people.manager)
    brought = brought_in(people, with_cells(Action_due="1 April 2099"))
    assert what_happens(brought) == []
    apply(brought)
    assert Mitigation.objects.get().due.month == 3
    assert "Action due" in Risk.objects.get().imported_rows.get().kept_as_given


def test_a_mitigation_that_a_later_copy_says_for_the_first_time_is_added(people: Cast) -> None:
    apply(brought_in(people, with_cells(Mitigating_action="", Action_owner="", Action_due="")))
    assert not Mitigation.objects.exists()
    apply(brought_in(people, FIRST))
    assert Mitigation.objects.get().text == "Order a second boat"


def test_one_that_lacked_a_day_is_added_once_a_copy_says_the_day(people: Cast) -> None:
    apply(brought_in(people, with_cells(Action_due="soon")))
    apply(brought_in(people, FIRST))
    assert Mitigation.objects.get().text == "Order a second boat"
    assert Risk.objects.get().imported_rows.get().kept_as_given == []


def test_the_page_asks_for_the_type_of_controls_and_remembers_it(people: Cast) -> None:
    brought = bring(people, csv_of([HEADER, FIRST]), "log.csv")
    client = client_of(people.manager)
    address = brought.get_matching_url()
    page = client.get(address)
    form = page.context["form"]
    answers = {name: field.initial or "" for name, field in form.fields.items()}
    answers |= {"category": "LEGAL", "kept_by": people.mhclg.pk, "control_type": "DETECTIVE", "control_line": "SECOND"}
    assert client.post(address, {**answers, "control_line": "FOURTH"}).status_code == 200
    assert client.post(address, answers).status_code == 302
    brought.refresh_from_db()
    assert (brought.mapping.control_type, brought.mapping.control_line) == ("DETECTIVE", "SECOND")
    later = bring(people, csv_of([HEADER, with_cells(Ref="2")]), "log 2.csv")
    chosen = client.get(f"/programmes/RS-001/risks/spreadsheets/{later.number}/columns/").context["form"]
    assert chosen.fields["control_type"].initial == "DETECTIVE"
