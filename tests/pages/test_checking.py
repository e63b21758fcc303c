"""Reading the answers again before they count."""

from decimal import Decimal

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from programmes.models import Programme
from tests.cast import Cast
from xgov.pages.forms import Check, DateField, MoneyField, Option, PlainForm, Seen, problems_of
from xgov.records.acting import acting
from xgov.records.errors import RuleBroken


class Questions(PlainForm):
    when_empty = {"until": "Not known yet"}

    title = forms.CharField(label="Title", widget=forms.Textarea)
    cost = MoneyField(label="Cost", required=False)
    model = forms.ChoiceField(label="Model", choices=[("a", Option("Alliance", "The light one"))])
    since = DateField(label="From")
    until = DateField(label="Until", required=False)
    places = forms.MultipleChoiceField(label="Places", choices=[("l", "Leeds"), ("b", "Bath")], required=False)
    sure = forms.BooleanField(label="Sure", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


ANSWERS = "title=Two+lines%0D%0A%3Cb%3E&cost=4.2m&model=a&since=2026-12-03&places=l&places=b&token=x&another=1"


def asked(answers: str = ANSWERS, **more: str) -> tuple[Questions, object]:
    data = QueryDict(answers, mutable=True)
    data.update(more)
    request = RequestFactory().post("/", data.urlencode(), content_type="application/x-www-form-urlencoded")
    form = Questions(request.POST)
    assert form.is_valid(), form.errors
    return form, request


def rename(programme: Programme, *, by: object, name: str) -> Programme:
    with acting(by):
        programme = Programme.objects.get(pk=programme.pk)
        programme.name = name
        programme.save()
    return programme


def test_each_answer_is_shown_as_a_person_reads_it(cast: Cast) -> None:
    form, request = asked()
    check = Check(request, form, cast.programme)
    check.carry_out(rename, cast.programme, by=cast.sro, name="New")
    shown = {str(row.field.label): row.words for _heading, rows in check.groups for row in rows}
    assert shown == {
        "Title": "Two lines\r\n<b>", "Cost": "£4,200,000", "Model": "Alliance", "From": "3 December 2026",
        "Until": "Not known yet", "Places": "Leeds, Bath", "Sure": "No",
    }  # fmt: skip
    assert form.cleaned_data["cost"] == Decimal("4200000")


def test_the_page_holds_every_answer_and_needs_neither_script_nor_session(cast: Cast) -> None:
    form, request = asked()
    check = Check(request, form, cast.programme)
    check.carry_out(rename, cast.programme, by=cast.sro, name="New")
    page = render_to_string("components/check_page.html", {"check": check, "action_label": "Do it", "heading": "Check"})
    for name, value in (("places", "l"), ("places", "b"), ("token", "x"), ("another", "1"), ("cost", "4.2m")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert 'formaction="#id_since_day"' in page
    assert "<script" not in page


def test_nothing_is_done_before_it_is_confirmed(cast: Cast, django_capture_on_commit_callbacks) -> None:
    told: list[str] = []

    def rename_and_tell(programme: Programme, **what: object) -> Programme:
        transaction.on_commit(lambda: told.append("everybody"))
        return rename(programme, **what)

    form, request = asked()
    check = Check(request, form, cast.programme)
    with django_capture_on_commit_callbacks(execute=True):
        assert not check.carry_out(rename_and_tell, cast.programme, by=cast.sro, name="New")
    assert check.is_due
    assert form.result is None
    assert Programme.objects.get(pk=cast.programme.pk).name == cast.programme.name
    assert cast.programme.history.count() == 1
    assert told == []

    form, request = asked(**{"check-seen": check.seen, "check-confirmed": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        assert Check(request, form, cast.programme).carry_out(rename_and_tell, cast.programme, by=cast.sro, name="New")
    assert Programme.objects.get(pk=cast.programme.pk).name == "New"
    assert told == ["everybody"]


def test_what_is_refused_is_said_on_the_form_and_no_answers_are_shown(cast: Cast) -> None:
    def refuse(**what: object) -> None:
        raise RuleBroken("Not today.", "title")

    form, request = asked()
    check = Check(request, form, cast.programme)
    assert not check.carry_out(refuse)
    assert not check.is_due
    assert form.errors["title"] == ["Not today."]


def test_what_changed_since_it_was_read_is_named_and_stops_it(cast: Cast) -> None:
    form, request = asked()
    seen = Check(request, form, cast.programme, Seen("The text", "one")).seen
    now = rename(cast.programme, by=cast.sro, name="Renamed")
    form, request = asked(**{"check-seen": seen, "check-confirmed": "1"})
    check = Check(request, form, now, Seen("The text", "two"))
    assert not check.carry_out(rename, now, by=cast.manager, name="Mine")
    programme, text = check.changed
    assert programme.startswith("Programme: Renamed. Changed by Sara Answerable, ")
    assert text == "The text has changed."
    assert [problem.target for problem in problems_of(form)] == ["changed-since"]
    assert Programme.objects.get(pk=now.pk).name == "Renamed"


def test_what_is_there_no_longer_stops_it_too(cast: Cast) -> None:
    form, request = asked()
    seen = Check(request, form, cast.programme, cast.dwp).seen
    form, request = asked(**{"check-seen": seen, "check-confirmed": "1"})
    check = Check(request, form, cast.programme)
    assert not check.carry_out(rename, cast.programme, by=cast.manager, name="Mine")
    assert check.changed == ["Something that was there is there no longer."]


def test_nonsense_in_what_was_seen_stops_it_without_an_error(cast: Cast) -> None:
    for nonsense in ("", "x", "=", "a=b=c \0", "programmes.programme:1"):
        form, request = asked(**{"check-seen": nonsense, "check-confirmed": "1"})
        assert not Check(request, form, cast.programme).carry_out(rename, cast.programme, by=cast.sro, name="Mine")
    assert Programme.objects.get(pk=cast.programme.pk).name == cast.programme.name
