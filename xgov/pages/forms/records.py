"""The form of one record, for when somebody else may be changing it too."""

import datetime as dt
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xgov.pages.forms.dates import DateField
from xgov.pages.forms.plain import GovukManners
from xgov.pages.forms.problems import Problem
from xgov.pages.history.wording import FieldChange, Names, changes
from xgov.records.editing import SeenVersion
from xgov.records.errors import ChangedMeanwhile

_OWN = ("seen_version",)


@dataclass(frozen=True)
class ClashRow:
    label: str
    was: str
    now: str
    is_asked: bool
    yours: str
    target: str


@dataclass(frozen=True)
class Clash:
    """Somebody else changed the record: who, when, and each field as it was, is now and would be."""

    by: str
    when: dt.datetime
    rows: list[ClashRow]

    @property
    def problem(self) -> Problem:
        words = _("%(by)s changed this after you opened it. Check what changed, then save again.") % {"by": self.by}
        return Problem(words, "changed-meanwhile")


class RecordForm(GovukManners, forms.ModelForm):
    """A ModelForm that remembers which version of the record the person had before them, and never saves by itself.

    It works on a copy: the view's record stays as it was found, so that who may change it is not decided by what was
    typed.

    Somebody else's change stops it only where it touches what is asked here: the fields of the record on the form, and
    those in `decides`.
    """

    # Fields of the record that answers of another name decide: field to question, "" where no one question does.
    # None: whatever changes in the record stops this form, because more hangs on it than its fields.
    decides: ClassVar[Mapping[str, str] | None] = {}

    def __init__(self, *args: Any, instance: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=copy(instance), **kwargs)

    def _mind_manners(self) -> None:
        for name, field in list(self.fields.items()):
            if type(field) is forms.DateField:
                self.fields[name] = _in_boxes(field)
        if self.instance.pk is not None:
            self.fields["seen_version"] = forms.IntegerField(
                required=False,
                widget=forms.HiddenInput,
                initial=self.instance.lock_version,
                label=gettext_lazy("Version"),
            )
        super()._mind_manners()

    @property
    def seen_version(self) -> int | None:
        """The version that the person had before them; None for a new record. Hand it to `check_seen`."""
        if "seen_version" not in self.fields:
            return None
        seen = self.cleaned_data.get("seen_version")
        if seen is None or self._questions is None:
            return -1 if seen is None else seen
        return SeenVersion(seen, self._questions)

    @property
    def _questions(self) -> dict[str, str] | None:
        """The record's fields that are decided here, each with its question; None for the whole record."""
        if self.decides is None:
            return None
        names = [field.name for field in self._meta.model._meta.concrete_fields]
        return {name: name for name in names if name in self.fields} | dict(self.decides) or None

    @property
    def answers(self) -> dict[str, Any]:
        """The cleaned answers, to hand to an action."""
        return {name: value for name, value in self.cleaned_data.items() if name not in _OWN}

    def carry_out(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        try:
            return super().carry_out(action, *args, **kwargs)
        except ChangedMeanwhile as clash:
            self.add_changed_meanwhile(clash, kwargs["by"])
            return False

    def save(self, commit: bool = True) -> NoReturn:
        raise TypeError("Only actions write: hand form.answers to one, with form.carry_out().")

    def add_changed_meanwhile(self, clash: ChangedMeanwhile, reader: Model) -> None:
        """Show who changed what, keep what was typed, and let a second submit go through knowingly."""
        found = changes(clash.before, clash.after, Names(reader, [clash.before, clash.after])) if clash.before else []
        asked = self._questions
        rows = [self._row(change) for change in found if asked is None or change.field in asked]
        self.changed_meanwhile = Clash(clash.by, clash.when, rows)
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_version")] = str(clash.lock_version)

    def _row(self, change: FieldChange) -> ClashRow:
        question = (self._questions or {}).get(change.field, change.field)
        has_answer = question in self.fields
        return ClashRow(
            label=str(change.label),
            was=change.was,
            now=change.now,
            is_asked=has_answer or not question,
            yours=self.in_words(question) if has_answer else "",
            target=self[question].error_target if has_answer else "",
        )


def _in_boxes(field: forms.DateField) -> DateField:
    boxes = DateField(
        required=field.required,
        label=field.label,
        initial=field.initial,
        validators=field.validators,
        disabled=field.disabled,
    )
    if field.help_text:
        boxes.help_text = field.help_text
    return boxes
