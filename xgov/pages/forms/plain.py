"""The form that every form of the house is."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet

from xgov.access.roles import type_of_text
from xgov.pages.forms.boxes import MoneyField
from xgov.pages.forms.slips import once
from xgov.pages.forms.texts import Plain, keep_to_text
from xgov.pages.forms.typed import fill_in
from xgov.pages.forms.wording import label_of, use_own_words
from xgov.pages.values import in_plain_words, pounds
from xgov.records.errors import RuleBroken
from xgov.records.unseen import without_unseen


def _labels(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, str]]:
    """What each choice is called, those in groups too."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _labels(label)
        else:
            yield str(key), str(label)


def offer_no_blank(field: forms.Field) -> None:
    """Among radio buttons nothing chosen is no choice of its own, as it is in a list that drops down."""
    choices = list(getattr(field, "choices", ()))
    if choices and choices[0][0] == "":
        field.choices = choices[1:]


class GovukManners:
    """What every form of the house shares; mixed into Django's own forms where those are used."""

    # Groups of questions: ((heading, (field names)), ...). Fields in no group follow at the end.
    sections: ClassVar[Sequence[tuple[type_of_text, Sequence[str]]]] = ()
    # True: one question a page; its label is the page's heading.
    question_as_heading: ClassVar[bool] = False
    use_required_attribute = False
    # Where an optional answer was left empty: what that means, by field, for the page that shows the answers.
    when_empty: ClassVar[Mapping[str, type_of_text]] = {}
    changed_meanwhile = None
    check: Any = None  # of xgov.pages.forms.checking, where the answers are read again before they count
    result: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mind_manners()
        fill_in(self)

    def _mind_manners(self) -> None:
        for name, field in self.fields.items():
            use_own_words(field, label_of(field, name))
            if isinstance(field.widget, forms.RadioSelect) and field.required:
                offer_no_blank(field)
            if isinstance(field, forms.CharField):
                keep_to_text(field, label_of(field, name))

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.errors:
            if self.has_error(name, Plain.code):
                self._take_out_unseen(self.add_prefix(name))

    def _take_out_unseen(self, key: str) -> None:
        """What stands in the box from now on is what can be seen in it."""
        self.data = self.data.copy()
        self.data[key] = without_unseen(self.data[key])

    @property
    def grouped(self) -> list[tuple[type_of_text, list[forms.BoundField]]]:
        """The visible fields under their headings, then those in no group under none."""
        visible = {field.name: field for field in self.visible_fields()}
        groups = []
        for heading, names in self.sections:
            found = [visible.pop(name) for name in names if name in visible]
            if found:
                groups.append((heading, found))
        return [*groups, ("", list(visible.values()))] if visible else groups

    @property
    def not_checked(self) -> Collection[str]:
        """Fields that say nothing beside the other answers: left out of the page that shows them."""
        return ()

    def in_words(self, name: str) -> str:
        """A cleaned answer as a person reads it."""
        value, field = self.cleaned_data.get(name), self.fields[name]
        if value in (None, "", []):
            return str(self.when_empty.get(name, ""))
        if isinstance(field, MoneyField):
            return pounds(value)
        items = list(value) if isinstance(value, list | tuple | QuerySet) else [value]
        are_records = all(isinstance(item, Model) for item in items)
        words = {} if are_records else dict(_labels(getattr(field, "choices", ())))
        return ", ".join(words.get(str(item), in_plain_words(item)) for item in items)

    def add_rule_broken(self, broken: RuleBroken) -> None:
        """Say in the error summary why the change is not possible, beside the answer it belongs to if it has one."""
        self.add_error(broken.field if broken.field in self.fields else None, str(broken.message))

    def carry_out(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call the action; True when done (`form.result` is its answer), False when the form now says why not.

        The same answers sent twice, by a second press or a slow line, make one record: `form.result` both times.
        """
        try:
            self.result = once(self.data, kwargs.get("by"), lambda: action(*args, **kwargs))
        except RuleBroken as broken:
            self.add_rule_broken(broken)
        except ValidationError as wrong:
            self._add_wrong(wrong)
        else:
            return True
        return False

    def _add_wrong(self, wrong: ValidationError) -> None:
        if not hasattr(wrong, "error_dict"):
            self.add_error(None, wrong)
            return
        for name, errors in wrong.error_dict.items():
            self.add_error(name if name != NON_FIELD_ERRORS and name in self.fields else None, errors)


class PlainForm(GovukManners, forms.Form):
    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned answers, to hand to an action."""
        return dict(self.cleaned_data)
