"""The question how sensitive a record is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.pages.forms import Option
from xgov.records.fields import Marking


def offer_marking(form: forms.ModelForm, person: User) -> None:
    """Only those who would still see the record afterwards may mark it."""
    if not rules.can(person, Permission.VIEW_SENSITIVE, form.instance.programme):
        del form.fields["marking"]
        return
    everyone = Option(Marking.OFFICIAL.label, _("Everyone with a role in the programme."))
    few = Option(Marking.OFFICIAL_SENSITIVE.label, _("Only those whose role lets them see sensitive records."))
    form.fields["marking"].choices = [(Marking.OFFICIAL, everyone), (Marking.OFFICIAL_SENSITIVE, few)]
