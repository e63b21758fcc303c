from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.accounts.giving import roles_to_give
from xgov.accounts.models import Department, User
from xgov.accounts.role_words import hint
from xgov.pages.forms import DateField, Option, PlainForm
from xgov.records.clock import today


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return f"{person.name}, {person.email}"


class GiveRoleForm(PlainForm):
    sections = (
        (_("Who"), ("person", "email")),
        (_("Which role"), ("role",)),
        (_("From when until when"), ("since", "until", "reason")),
    )

    person = PersonField(
        label=_("Person of the department"), queryset=User.objects.none(), required=False,
        empty_label=_("Choose a person"),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Or the email address of somebody else"), required=False,
        help_text=_("Of another department. They must have an account already."),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect,
        error_messages={
            "required": _("Select a role."),
            "invalid_choice": _("This is not a role that you can give here. Select one from the list."),
        },
    )  # fmt: skip
    since = DateField(
        label=_("Start date"), initial=today, help_text=_("Today or within a year, for example 27 3 2027")
    )
    until = DateField(
        label=_("End date"), required=False,
        help_text=_("On this day the role no longer holds. Leave it empty if no end is planned."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), required=False, max_length=500)

    def __init__(self, department: Department, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.of_department(department).filter(is_active=True).exclude(pk=by.pk)
        self.fields["person"].queryset = people.order_by("name")
        self.fields["role"].choices = [
            (role.key, Option(role.label, hint(role))) for role in roles_to_give(by, department)
        ]
        for name in ("person", "email"):
            self.fields[name].asked_otherwise = True

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        person, email = answers.get("person"), (answers.get("email") or "").lower()
        if person and email and person.email != email:
            self.add_error("email", _("Choose a person or give an address, not both."))
        elif email and not person:
            answers["person"] = User.objects.filter(email=email).first()
            if answers["person"] is None:
                self.add_error("email", _("Nobody with this address has an account. Their department can add them."))
        elif not person and not {"person", "email"} & set(self.errors):
            self.add_error("person", _("Choose who gets the role."))
        return answers

    @property
    def not_checked(self) -> set[str]:
        """The person is shown once, where they were named."""
        return {"person"} if self.cleaned_data["email"] else {"email"}

    def in_words(self, name: str) -> str:
        person = self.cleaned_data["person"]
        if name == "person":
            return person.name_and_address
        if name == "email":
            home = person.home_department or _("no department")
            return _("%(person)s, %(home)s") % {"person": person.name_and_address, "home": home}
        return super().in_words(name)

    @property
    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "email"}


class EndRoleForm(PlainForm):
    reason = forms.CharField(
        label=_("Why does the role end?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the history, for example “Moved to another team”."),
    )  # fmt: skip
