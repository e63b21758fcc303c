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


def test_a_text_longer_than_anybody_reads_is_refused_with_the_limit() -> None:
    (problem,) = Naming({"name": "A", "text": "x" * 300_000}).errors["text"]
    assert problem == "Text must be 30000 characters or fewer"


def test_a_question_is_no_subject_of_a_sentence() -> None:
    (problem,) = Naming({"name": "A", "story": "far too long a story"}).errors["story"]
    assert problem == "Your answer must be 10 characters or fewer"
