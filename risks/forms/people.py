"""Who owns and which department keeps: the questions that several forms ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.standing import departments_to_keep_for, possible_owners
from xgov.accounts.models import Department, User


class OwnerField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        home = person.home_department
        return f"{person.name}, {home.short_name}" if home else person.name


def owners(programme: Programme, present: User | None = None) -> OwnerField:
    """Those who can own, and whoever does now, so that another answer can be changed without choosing anew."""
    people = possible_owners(programme)
    if present is not None:
        people = people | User.objects.filter(pk=present.pk)
    return OwnerField(
        people.select_related("home_department").order_by("name"), label=_("Owner"), empty_label=_("Select a person"),
        help_text=_("One person, with the authority to act. They work in a department that has joined."),
    )  # fmt: skip


class KeeperField(forms.ModelChoiceField):
    def label_from_instance(self, department: Department) -> str:
        return department.name


def keepers(person: User, programme: Programme, label: Any, present: Department | None = None) -> KeeperField:
    """The departments that the person may answer for, and the present one."""
    departments = departments_to_keep_for(person, programme)
    if present is not None:
        departments = departments | Department.objects.filter(pk=present.pk)
    return KeeperField(departments, label=label, empty_label=_("Select a department"))


def choose_the_only_one(form: forms.ModelForm, name: str) -> None:
    """A new record of somebody who answers for one department alone is that department's."""
    only = form.fields[name].queryset.values_list("pk", flat=True)[:2]
    if form.instance.pk is None and len(only) == 1:
        form.initial[name] = only[0]
