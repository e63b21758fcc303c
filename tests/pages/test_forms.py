"""What a person sees when they fill in a form."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.template.loader import render_to_string

from datasharing.actions import change_flow
from datasharing.models import DataFlow
from programmes.models import Programme
from tests.cast import Cast
from tests.factories import make_membership, make_person
from tests.factories.datasharing import make_assessment, make_dataset, make_flow
from xgov.accounts.models import User
from xgov.pages.forms import DateField, MoneyField, Option, PlainForm, RecordForm, problems_of
from xgov.records.acting import acting
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken


class Questions(PlainForm):
    title = forms.CharField(label="Title", max_length=10)
    cause = forms.CharField(label="Cause", widget=forms.Textarea, max_length=500, required=False)
    due = DateField(label="Due date")
    cost = MoneyField(label="Whole-life cost", required=False)
    likelihood = forms.IntegerField(label="Likelihood", min_value=1, max_value=5)
    share = forms.DecimalField(label="Share in %", max_value=100, required=False)
    kept_by = forms.ChoiceField(label="Keeping department", choices=[("dwp", "DWP")], widget=forms.RadioSelect)
    model = forms.ChoiceField(
        label="Model", choices=[("", "Choose"), ("a", Option("A", "The light one"))], required=False
    )


GOOD = {"title": "Beds", "due": "2026-12-03", "likelihood": "4", "kept_by": "dwp"}


def messages_for(**answers: str) -> dict[str, list[str]]:
    return dict(Questions({**GOOD, **answers}).errors)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"title": ""}, {"title": ["Enter title"]}),
        ({"title": "Far too long a title"}, {"title": ["Title must be 10 characters or fewer"]}),
        ({"kept_by": ""}, {"kept_by": ["Select keeping department"]}),
        ({"kept_by": "moj"}, {"kept_by": ["Select keeping department from the list"]}),
        ({"likelihood": "6"}, {"likelihood": ["Likelihood must be 5 or less"]}),
        ({"likelihood": "high"}, {"likelihood": ["Likelihood must be a whole number"]}),
        ({"share": "120"}, {"share": ["Share in % must be 100 or less"]}),
        ({"cost": "a lot"}, {"cost": ["Whole-life cost must be an amount in pounds, like 12,400,000 or 12.4m"]}),
        ({"due": ""}, {"due": ["Enter due date"]}),
    ],
)
def test_each_problem_is_said_in_words_about_the_very_question(answers: dict, said: dict) -> None:
    assert messages_for(**answers) == said


@pytest.mark.parametrize(
    ("typed", "said", "box"),
    [
        (("31", "2", "2026"), "Due date must be a real date", "id_due_day"),
        (("3", "", "2026"), "Due date must include a month", "id_due_month"),
        (("", "", "2026"), "Due date must include a day and month", "id_due_day"),
        (("3", "13", "2026"), "Due date must be a real date", "id_due_month"),
        (("3", "12", "26"), "Due date must have a year of 4 numbers", "id_due_year"),
        (("x", "12", "2026"), "Due date must be a real date", "id_due_day"),
        (("31", "12", "9999"), "Due date must have a year from 1900 to 2100", "id_due_year"),
        (("3", "12", "0001"), "Due date must have a year from 1900 to 2100", "id_due_year"),
    ],
)
def test_an_impossible_date_is_refused_and_the_wrong_box_named(typed: tuple, said: str, box: str) -> None:
    day, month, year = typed
    answers = {**GOOD, "due_day": day, "due_month": month, "due_year": year}
    del answers["due"]
    form = Questions(answers)
    assert form.errors["due"] == [said]
    assert [problem.target for problem in problems_of(form)] == [box]
    assert f'value="{year}"' in str(form), "what was typed is kept"


@pytest.mark.parametrize("month", ["12", "Dec", "december", "DEC."])
def test_a_month_may_be_typed_as_a_word(month: str) -> None:
    form = Questions({**GOOD, "due": "", "due_day": "3", "due_month": month, "due_year": "2026"})
    assert form.is_valid()
    assert form.cleaned_data["due"] == dt.date(2026, 12, 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12400000", "12400000"),
        ("£12,400,000", "12400000"),
        ("12.4m", "12400000"),
        ("1.2 bn", "1200000000"),
        ("99.50", "99.5"),
        ("£412,600,000.50", "412600000.5"),
        ("412.6m", "412600000"),
        ("1,200k", "1200000"),
        ("-4,000", "-4000"),
    ],
)  # fmt: skip
def test_money_may_be_typed_as_people_write_it(typed: str, meant: str) -> None:
    form = Questions({**GOOD, "cost": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["cost"] == Decimal(meant)


@pytest.mark.parametrize("typed", ["412,6", "£412,60", "1,2m", "12,4000", "4126,00,000", ",400", "12,,400", "1,23.5bn"])
def test_a_comma_that_parts_no_thousands_is_not_read_as_money(typed: str) -> None:
    assert messages_for(cost=typed) == {
        "cost": [
            "Whole-life cost has a comma in the wrong place: write thousands like 12,400,000 and tenths like 12.4m"
        ]
    }


def test_the_summary_links_each_problem_to_its_answer() -> None:
    page = render_to_string("components/error_summary.html", {"problems": problems_of(Questions({}))})
    for target in ("id_title", "id_due_day", "id_likelihood", "id_kept_by_0"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in str(Questions({})), "the link leads somewhere"


def test_the_markup_ties_hint_error_and_count_to_the_question() -> None:
    html = str(Questions({**GOOD, "cause": "x" * 501}))
    assert 'aria-describedby="id_cause-error id_cause-info"' in html
    assert 'data-maxlength="500"' in html
    assert 'class="govuk-textarea govuk-textarea--error govuk-js-character-count"' in html
    assert "maxlength=" not in html.replace("data-maxlength=", ""), "nothing is cut off without a word"
    assert "(optional)" in html


def test_a_rule_that_forbids_the_change_is_said_beside_its_answer() -> None:
    def refuse(**answers: object) -> None:
        raise RuleBroken("This risk is already closed.", field="title")

    form = Questions(GOOD)
    assert form.is_valid()
    assert not form.carry_out(refuse, **form.answers)
    assert form.errors["title"] == ["This risk is already closed."]


class ProgrammeForm(RecordForm):
    class Meta:
        model = Programme
        fields = ["name", "start_date", "status"]


def save_programme(programme: Programme, *, seen_version: int | None, by: object, **answers: object) -> Programme:
    fresh = Programme.objects.get(pk=programme.pk)
    check_seen(fresh, seen_version)
    with acting(by):
        for name, value in answers.items():
            setattr(fresh, name, value)
        fresh.save()
    return fresh


def test_the_second_of_two_people_is_told_who_changed_what_and_loses_no_text(cast: Cast) -> None:
    opened = ProgrammeForm(instance=Programme.objects.get(pk=cast.programme.pk))
    seen = str(opened["seen_version"].value())
    with acting(cast.sro):
        cast.programme.name = "Fewer people on the street"
        cast.programme.save()

    typed = {"name": "Nobody sleeps rough", "start_date": "2026-04-01", "status": "SETTING_UP", "seen_version": seen}
    form = ProgrammeForm(typed, instance=Programme.objects.get(pk=cast.programme.pk))
    assert form.is_valid()
    assert not form.carry_out(
        save_programme, form.instance, by=cast.manager, seen_version=form.seen_version, **form.answers
    )
    row = form.changed_meanwhile.rows[0]
    assert (row.was, row.now, row.yours) == (
        "Fewer people sleeping rough",
        "Fewer people on the street",
        "Nobody sleeps rough",
    )
    page = render_to_string("components/form_page.html", {"form": form, "action_label": "Save"})
    assert "Sara Answerable changed this on" in page
    assert 'value="Nobody sleeps rough"' in page

    again = ProgrammeForm({**typed, "seen_version": form["seen_version"].value()}, instance=cast.programme)
    assert again.is_valid()
    assert again.carry_out(
        save_programme, again.instance, by=cast.manager, seen_version=again.seen_version, **again.answers
    )
    assert again.result.name == "Nobody sleeps rough"


def test_a_form_without_its_version_can_not_overwrite_blindly(cast: Cast) -> None:
    form = ProgrammeForm({"name": "Mine", "status": "SETTING_UP"}, instance=cast.programme)
    assert form.is_valid()
    assert form.seen_version == -1
    with pytest.raises(TypeError):
        form.save()


class FlowForm(RecordForm):
    class Meta:
        model = DataFlow
        fields = ["purpose", "assessment"]


def test_the_notice_names_no_record_that_the_second_of_two_people_may_not_see(cast: Cast) -> None:
    contributor = make_person(department=cast.mhclg)
    make_membership(contributor, cast.mhclg, "contributor")
    flow = make_flow(make_dataset(cast.programme, cast.dwp), cast.mhclg)
    hidden = make_assessment(cast.programme, title="Informants at risk", marking="OFFICIAL_SENSITIVE")
    typed = {"purpose": "Mine", "seen_version": flow.lock_version}
    change_flow(flow, by=cast.manager, assessment=hidden)

    def told(reader: User) -> str:
        form = FlowForm(typed, instance=DataFlow.objects.get())
        assert form.is_valid()
        assert not form.carry_out(change_flow, flow, by=reader, seen_version=form.seen_version, **form.answers)
        return form.changed_meanwhile.rows[0].now

    assert told(contributor) == "a record that you may not see"
    assert told(cast.sro) == str(hidden)
