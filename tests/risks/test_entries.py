"""Issues, assumptions and dependencies: each department's own, beside the risks."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string

from programmes.models import Programme
from risks import attention
from risks.actions import add_entry, change_entry, close_entry, close_risk, reopen_entry
from risks.models import Assumption, Dependency, Issue
from tests.cast import Cast, client_of
from tests.factories import make_assumption, make_dependency, make_issue, make_risk
from tests.risks.answers import RISKS, text_of
from xgov.notices.reminding import reminders_on
from xgov.papers.sections import Brief, compose
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.errors import ChangedMeanwhile, RuleBroken

ISSUE = {
    "title": "Two shelters closed", "what_happened": "They failed their inspection.", "effect": "Forty places fewer.",
    "severity": 4,
}  # fmt: skip


def issue_of_dwp(cast: Cast, **more) -> Issue:
    answers = ISSUE | {"owner": cast.contributor, "kept_by": cast.dwp} | more
    return add_entry(Issue, cast.programme, by=cast.contributor, **answers)


def typed(cast: Cast, **changes: str) -> dict[str, str]:
    day = today()
    arose = {"arose_on_day": day.day, "arose_on_month": day.month, "arose_on_year": day.year}
    return {**ISSUE, **arose, "owner": cast.contributor.pk, "kept_by": cast.dwp.pk, **changes}


def test_a_partner_writes_down_an_issue_and_finds_it_on_the_list(cast: Cast) -> None:
    client = client_of(cast.contributor)
    page = client.post(f"{RISKS}issues/add/", typed(cast), follow=True)
    assert "Issue ISS-0001" in page.text
    assert "Severity 4: High" in page.text
    assert "Two shelters closed" in client_of(cast.viewer).get(f"{RISKS}issues/").text


def test_each_kind_counts_its_own_references(cast: Cast) -> None:
    assert [issue_of_dwp(cast).reference for _ in range(2)] == ["ISS-0001", "ISS-0002"]
    assumption = add_entry(
        Assumption, cast.programme, by=cast.manager, title="Beds stay open", basis="They did.", if_wrong="No beds.",
        certainty="LOW", owner=cast.manager, kept_by=cast.mhclg,
    )  # fmt: skip
    assert assumption.reference == "ASM-0001"


def test_a_partner_may_not_change_or_close_what_the_lead_keeps(cast: Cast) -> None:
    issue = make_issue(cast.programme, cast.mhclg, cast.manager)
    with pytest.raises(PermissionDenied):
        change_entry(issue, by=cast.contributor, title="Ours now")
    with pytest.raises(PermissionDenied):
        close_entry(issue, by=cast.contributor, outcome="RESOLVED", reason="We think so")
    with pytest.raises(PermissionDenied):
        issue_of_dwp(cast, kept_by=cast.mhclg)


def test_a_severity_of_six_and_a_day_that_never_was_are_answered_in_the_form(cast: Cast) -> None:
    wrong = typed(cast, severity="6", due_day="31", due_month="2", due_year="2027")
    page = client_of(cast.contributor).post(f"{RISKS}issues/add/", wrong)
    assert page.status_code == 200
    assert "govuk-error-summary" in page.text
    assert "They failed their inspection." in page.text
    assert not Issue.objects.exists()


def test_an_issue_cannot_have_arisen_tomorrow_or_be_due_yesterday(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="today or earlier"):
        issue_of_dwp(cast, arose_on=today() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="today or later"):
        issue_of_dwp(cast, due=today() - timedelta(days=1))


def test_a_dependency_names_the_other_side(cast: Cast) -> None:
    answers = {
        "title": "Dates", "direction": "IN", "what": "A file", "if_late": "Nobody knows", "owner": cast.contributor,
        "kept_by": cast.dwp,
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="other side"):
        add_entry(Dependency, cast.programme, by=cast.contributor, **answers)
    made = add_entry(Dependency, cast.programme, by=cast.contributor, other_department=cast.moj, **answers)
    assert made.other_words == "Ministry of Justice"


def test_closing_says_what_became_of_it_once(cast: Cast) -> None:
    issue = issue_of_dwp(cast)
    closed = close_entry(issue, by=cast.contributor, outcome="LIVED_WITH", reason="Nothing can be done")
    assert (closed.is_open, closed.outcome_words) == (False, "Lived with")
    with pytest.raises(RuleBroken, match="closed"):
        close_entry(issue, by=cast.manager, outcome="RESOLVED", reason="Mended")
    assert reopen_entry(issue, by=cast.contributor, reason="It can").is_open
    assert issue.history.count() == 3


def test_closing_needs_an_outcome_and_a_reason(cast: Cast) -> None:
    issue = issue_of_dwp(cast)
    with pytest.raises(RuleBroken, match="what became"):
        close_entry(issue, by=cast.contributor, outcome="", reason="Because")
    with pytest.raises(RuleBroken, match="Say why"):
        close_entry(issue, by=cast.contributor, outcome="RESOLVED", reason=" ")


def test_the_second_of_two_who_change_an_issue_is_told(cast: Cast) -> None:
    issue = issue_of_dwp(cast)
    change_entry(issue, by=cast.manager, title="Three shelters closed")
    with pytest.raises(ChangedMeanwhile):
        change_entry(issue, by=cast.contributor, title="One shelter closed", seen_version=issue.lock_version)


def test_nothing_is_added_to_a_programme_that_has_ended(cast: Cast) -> None:
    with acting(cast.manager, "It is over"):
        programme = Programme.objects.get(pk=cast.programme.pk)
        programme.status = Programme.Status.CLOSED
        programme.save()
    with pytest.raises(RuleBroken, match="ended"):
        issue_of_dwp(cast)


def test_a_risk_that_happens_lives_on_as_an_issue_and_both_keep_their_history(cast: Cast, partners_risk) -> None:
    closing = client_of(cast.contributor).post(
        f"{RISKS}R-0002/close/", {"has_happened": "yes", "reason": "It happened on Monday"}, follow=True
    )
    issue = Issue.objects.get()
    assert f"It lives on as issue {issue.reference}." in text_of(closing)
    assert (issue.risk_id, issue.title, issue.severity) == (partners_risk.pk, partners_risk.title, 3)
    assert "It happened on Monday" in issue.what_happened
    assert partners_risk.history.count() == 2
    assert "R-0002" in issue.history.get().history_change_reason
    assert issue.reference in closing.text  # the risk's page leads to it
    assert "R-0002" in client_of(cast.viewer).get(issue.get_absolute_url()).text  # and back


def test_if_the_risk_cannot_be_closed_there_is_no_issue(cast: Cast, partners_risk) -> None:
    close_risk(partners_risk, by=cast.contributor, reason="It cannot happen")
    with pytest.raises(RuleBroken):
        close_risk(partners_risk, by=cast.contributor, reason="It did", has_happened=True)
    assert not Issue.objects.exists()


def test_what_comes_from_a_sensitive_risk_is_as_sensitive(cast: Cast, sensitive_risk) -> None:
    close_risk(sensitive_risk, by=cast.sro, reason="It fell over", has_happened=True)
    issue = Issue.objects.get()
    assert client_of(cast.viewer).get(issue.get_absolute_url()).status_code == 404
    assert "collapse" not in client_of(cast.viewer).get(f"{RISKS}issues/").text
    assert client_of(cast.manager).get(issue.get_absolute_url()).status_code == 200


def test_an_issue_does_not_name_a_risk_that_the_reader_may_not_see(cast: Cast, sensitive_risk) -> None:
    issue = make_issue(cast.programme, cast.mhclg, cast.manager, risk=sensitive_risk)
    page = client_of(cast.viewer).get(issue.get_absolute_url()).text
    assert "A risk that you may not see" in page
    assert "collapse" not in page
    with pytest.raises(RuleBroken, match="Choose a risk"):
        issue_of_dwp(cast, risk=sensitive_risk)


def test_a_risk_of_another_programme_is_not_linked(cast: Cast) -> None:
    from tests.factories import make_programme

    elsewhere = make_risk(make_programme(cast.dwp), cast.dwp, cast.contributor)
    with pytest.raises(RuleBroken, match="Choose a risk"):
        issue_of_dwp(cast, risk=elsewhere)


def test_an_owner_finds_what_is_due_on_the_home_page_and_is_reminded(cast: Cast) -> None:
    make_issue(cast.programme, cast.dwp, cast.contributor, title="Late", due=today() - timedelta(days=2))
    make_dependency(cast.programme, cast.dwp, cast.contributor, title="Soon", due=today() + timedelta(days=5))
    words = [str(waiting.words) for waiting in attention.entries(cast.contributor)]
    assert [text.split(" ", 2)[0] for text in words] == ["Resolve", "See"]
    assert {reminder.person_id for reminder in reminders_on(today())} == {cast.contributor.pk}
    assert "Late" in client_of(cast.contributor).get("/").text


def test_the_list_is_filtered_and_leaves_as_a_file(cast: Cast) -> None:
    make_issue(cast.programme, cast.dwp, cast.contributor, title="Grave", severity=5)
    make_issue(cast.programme, cast.mhclg, cast.manager, title="Slight", severity=1, due=today() - timedelta(days=1))
    client = client_of(cast.viewer)
    assert "Slight" not in client.get(f"{RISKS}issues/?severity=5").text
    assert "Grave" not in client.get(f"{RISKS}issues/?only=overdue").text
    file = client.get(f"{RISKS}issues/?severity=5&format=csv").getvalue().decode("utf-8-sig")
    assert "Grave" in file
    assert "Slight" not in file


def test_the_file_names_the_risk_of_each_issue_to_those_who_may_see_it(cast: Cast) -> None:
    plain = make_risk(cast.programme, cast.dwp, cast.contributor, reference="R-0007")
    kept_back = make_risk(cast.programme, cast.mhclg, cast.sro, reference="R-0008", marking="OFFICIAL_SENSITIVE")
    for title, risk in (("Heard of", plain), ("Hushed", kept_back), ("Alone", None)):
        make_issue(cast.programme, cast.dwp, cast.contributor, title=title, risk=risk)

    def risk_of_each(person) -> dict[str, str]:
        file = client_of(person).get(f"{RISKS}issues/?format=csv").getvalue().decode("utf-8-sig")
        return {row["Title"]: row["Risk"] for row in csv.DictReader(StringIO(file))}

    assert risk_of_each(cast.viewer) == {"Heard of": "R-0007", "Hushed": "", "Alone": ""}
    assert risk_of_each(cast.sro) == {"Heard of": "R-0007", "Hushed": "R-0008", "Alone": ""}


def test_a_pack_lists_open_issues_gravest_first_and_says_which_are_late(cast: Cast) -> None:
    make_issue(cast.programme, cast.dwp, cast.contributor, title="Slight", severity=1, due=today() - timedelta(days=1))
    make_issue(cast.programme, cast.dwp, cast.contributor, title="Grave", severity=5, plan="Call the council.")
    brief = Brief(programmes=[cast.programme], board=None, since=None, as_at=now(), reader=cast.viewer)
    (section,) = compose(["risks.issues"], brief)
    assert [row["title"] for row in section.values["rows"]] == ["Grave", "Slight"]
    assert section.values["late"] == 1


def test_a_pack_lists_what_is_taken_as_true_and_what_is_needed_from_others_the_next_day_first(cast: Cast) -> None:
    for due in (9, -1):
        day = today() + timedelta(days=due)
        make_assumption(cast.programme, cast.dwp, cast.contributor, title=f"Sure of it ({due})", due=day)
        make_dependency(cast.programme, cast.dwp, cast.contributor, title=f"A file ({due})", due=day)
    make_assumption(cast.programme, cast.dwp, cast.contributor, title="Sure of it (any day)", due=None)
    make_dependency(cast.programme, cast.mhclg, cast.sro, title="Nobody may hear", marking="OFFICIAL_SENSITIVE")
    brief = Brief(programmes=[cast.programme], board=None, since=None, as_at=now(), reader=cast.viewer)
    sections = compose(["risks.assumptions", "risks.dependencies"], brief)
    assert [[row["title"] for row in section.values["rows"]] for section in sections] == [
        ["Sure of it (-1)", "Sure of it (9)", "Sure of it (any day)"], ["A file (-1)", "A file (9)"],
    ]  # fmt: skip
    assert [section.values["late"] for section in sections] == [1, 1]
    for section, words in zip(sections, ("No beds in spring.", "Not agreed yet."), strict=True):
        assert words in render_to_string(section.template, section.revived())


@pytest.mark.parametrize("kind", ["issues", "assumptions", "dependencies"])
def test_among_radio_buttons_there_is_none_for_no_answer(cast: Cast, kind: str) -> None:
    page = client_of(cast.contributor).get(f"{RISKS}{kind}/add/").text
    assert page.count('type="radio"') >= 2
    assert "---------" not in page.partition("<select")[0] + page.rpartition("</select>")[2]


def test_a_dependency_on_nobody_is_asked_who_the_other_side_is(cast: Cast) -> None:
    page = client_of(cast.contributor).post(f"{RISKS}dependencies/add/", {"title": "Release dates"}).text
    assert "Say who the other side is: a department, or somebody else." in page
    assert "Constraint" not in page
