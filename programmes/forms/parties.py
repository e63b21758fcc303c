from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Party, Programme
from xgov.accounts.models import Department
from xgov.pages.forms import Option, PlainForm, RecordForm

_PARTS = {
    Party.Role.CORE: _("Answers for the programme together with the lead, and signs its memorandum."),
    Party.Role.SUPPORT: _("Gives expertise or help."),
    Party.Role.FUNDER: _("Pays for a part of it."),
    Party.Role.ASSOCIATED: _("A local, devolved or outside body that works alongside."),
    Party.Role.OBSERVER: _("Reads along."),
}


class InvitationForm(PlainForm):
    department = forms.ModelChoiceField(label=_("Department to invite"), queryset=Department.objects.none())
    role = forms.ChoiceField(
        label=_("Its part in the programme"),
        widget=forms.RadioSelect,
        initial=Party.Role.CORE,
        choices=[(role, Option(Party.Role(role).label, hint)) for role, hint in _PARTS.items()],
    )
    contribution = forms.CharField(
        label=_("What it does in the programme"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The department sees this with the invitation."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_already = programme.parties.filter(status__in=["ACCEPTED", "INVITED"]).values("department_id")
        self.fields["department"].queryset = Department.objects.open().exclude(pk__in=in_already)


class ContributionForm(RecordForm):
    class Meta:
        model = Party
        fields = ["contribution"]
        labels = {"contribution": _("What it does")}
        widgets = {"contribution": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "contribution": _(
                "One or two sentences that can stand in the memorandum: what it gives, to whom and by when. "
                "For example “Work coaches in all twelve hostels, and benefit checks within two days.”"
            ),
        }
        error_messages = {"contribution": {"required": _("Say what the department does in the programme")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contribution"].required = True


class AcceptForm(PlainForm):
    reason = forms.CharField(
        label=_("Anything to say with it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example a condition. It is kept with the answer."),
    )


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 4}))
