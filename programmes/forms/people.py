from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from xgov.access.roles import ROLES, HeldThrough, role_choices
from xgov.accounts.models import Department, User
from xgov.pages.forms import DateField, Option, PlainForm


class AppointmentForm(PlainForm):
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        choices=[(key, Option(label, ROLES[key].sentence)) for key, label in role_choices(HeldThrough.PROGRAMME)],
    )
    person = forms.EmailField(
        label=_("Email address of the person"),
        help_text=_("They need an account here. Their department's administrator can add them."),
    )
    department = forms.ModelChoiceField(
        label=_("For which department"),
        required=False,
        queryset=Department.objects.none(),
        help_text=_("Needed for the lead accounting officer, senior sponsors and finance, operational and data leads."),
    )
    post = forms.CharField(label=_("Post they hold"), required=False, max_length=200)
    time_percent = forms.IntegerField(
        label=_("Share of their time, in percent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Asked of an SRO: whether one person can give it all it needs."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    since = DateField(
        label=_("Starts on"), required=False, help_text=_("Leave empty for today. For example, 27 3 2027")
    )
    until = DateField(
        label=_("Ends on"),
        required=False,
        help_text=_("The first day on which they no longer hold the role, if known."),
    )
    reason = forms.CharField(
        label=_("Why this person, or why the change"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when somebody holds the role now: their term ends the day this one starts."),
    )
    when_empty: ClassVar = {"since": _("Today"), "until": _("Not known yet")}
    sections = (
        (_("Role and person"), ("role", "person", "department", "post", "time_percent")),
        (_("Term"), ("since", "until", "reason")),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        joined = programme.parties.accepted().values("department_id")
        self.fields["department"].queryset = Department.objects.filter(pk__in=joined)

    def clean_person(self) -> User:
        person = User.objects.filter(email=self.cleaned_data["person"].strip().lower()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has an account here with this address"))
        return person

    @property
    def not_checked(self) -> set[str]:
        """Nobody acts for a department in a role that is the whole programme's."""
        return set() if ROLES[self.cleaned_data["role"]].for_a_department else {"department"}

    def in_words(self, name: str) -> str:
        return self.cleaned_data[name].name_and_address if name == "person" else super().in_words(name)


class EndAppointmentForm(PlainForm):
    on = DateField(
        label=_("Ends on"),
        required=False,
        help_text=_("The first day on which they no longer hold the role. Leave empty for today."),
    )
    reason = forms.CharField(label=_("Why the role ends"), widget=forms.Textarea(attrs={"rows": 3}))
    when_empty: ClassVar = {"on": _("Today")}
