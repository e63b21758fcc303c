from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.pages.forms import RecordForm


class SharingForm(RecordForm):
    """The form of a record of data sharing, for one person in one programme."""

    def __init__(self, *args: Any, user: User, programme: Programme, **kwargs: Any) -> None:
        self.user, self.programme = user, programme
        super().__init__(*args, **kwargs)

    def _mind_manners(self) -> None:
        if "marking" in self.fields and not rules.can(self.user, Permission.VIEW_SENSITIVE, self.programme):
            del self.fields["marking"]  # who would not see it afterwards is not asked
        self.prepare()
        for field in self.fields.values():
            _say_what_nothing_means(field)
        super()._mind_manners()

    def prepare(self) -> None:
        """Fill the choices that depend on the person and the programme."""

    def _post_clean(self) -> None:
        """What must be true of the whole row is left to the action, whose sentence names the answer that is wrong."""
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()
        del self.instance.validate_constraints


def _say_what_nothing_means(field: forms.Field) -> None:
    """The first entry of a list, in words instead of dashes; among radios that must be answered there is none."""
    words = _("Choose") if field.required else _("None")
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = words
    elif isinstance(field.widget, forms.RadioSelect) and field.required:
        field.choices = [(key, label) for key, label in field.choices if key != ""]
    elif isinstance(field.widget, forms.Select) and not isinstance(field.widget, forms.RadioSelect):
        field.choices = [(key, words if key == "" else label) for key, label in field.choices]


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


MARKING_HELP = _("OFFICIAL-SENSITIVE hides it from people who may not see such records. SECRET may not be kept here.")
