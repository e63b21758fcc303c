"""Answers in words: something that can be seen, and no more than a person can read."""

import pytest
from django import forms

from xgov.pages.forms import PlainForm


class Naming(PlainForm):
    name = forms.CharField(label="Name", max_length=20)
    story = forms.CharField(label="What is the story?", required=False, max_length=10)
    text = forms.CharField(label="Text", required=False, widget=forms.Textarea)


@pytest.mark.parametrize("name", ["\u200b", "\u200b \ufeff", "\u2060\u00ad"])
def test_a_name_that_nobody_can_see_is_none(name: str) -> None:
    form = Naming({"name": name})
    assert not form.is_valid()
    assert form.errors["name"] == Naming({"name": ""}).errors["name"]


def test_a_name_with_an_invisible_sign_in_it_is_a_name() -> None:
    assert Naming({"name": "Co\u00adordination"}).is_valid()


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\x85", "\x9b", "\u202e", "\u2066", "\u200f"])
def test_a_sign_that_cannot_be_seen_is_taken_out_and_the_person_reads_the_text_again(sign: str) -> None:
    form = Naming({"name": f"Winter{sign} beds"})
    assert form.errors["name"] == [
        "Name held signs that cannot be seen. They are taken out: read it again, then send it"
    ]
    again = Naming({"name": form["name"].value()})
    assert again.is_valid()
    assert " ".join(again.cleaned_data["name"].split()) == "Winter beds"


def test_tabs_and_line_breaks_are_kept() -> None:
    form = Naming({"name": "A", "text": "One\r\nTwo\tthree"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "One\r\nTwo\tthree"


def test_a_password_is_taken_as_it_is() -> None:
    class Secret(PlainForm):
        password = forms.CharField(label="Password", widget=forms.PasswordInput)

    assert Secret({"password": "bell\x07book\u202ecandle"}).is_valid()


def test_a_text_longer_than_anybody_reads_is_refused_with_the_limit() -> None:
    (problem,) = Naming({"name": "A", "text": "x" * 300_000}).errors["text"]
    assert problem == "Text must be 30000 characters or fewer"


def test_a_question_is_no_subject_of_a_sentence() -> None:
    (problem,) = Naming({"name": "A", "story": "far too long a story"}).errors["story"]
    assert problem == "Your answer must be 10 characters or fewer"
