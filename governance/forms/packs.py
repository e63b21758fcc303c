from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from xgov.pages.forms import DateField, Option, PlainForm

_WHAT_GOES_IN = [
    (
        "all",
        Option(
            _("Everything you may see"),
            _(
                "If that tells of an OFFICIAL-SENSITIVE record, the pack is marked so, and only its recipients and "
                "people who may see such records can read it."
            ),
        ),
    ),
    (
        "plain",
        Option(
            _("Everything but OFFICIAL-SENSITIVE records"),
            _("The cover says that they are left out. Everyone in the programme can read the pack."),
        ),
    ),
]


class IssuePackForm(PlainForm):
    meeting_on = DateField(
        label=_("Date of the meeting"),
        required=False,
        help_text=_("For example, 27 3 2026. Leave it empty if the pack is for no meeting."),
    )
    what = forms.ChoiceField(label=_("What goes in"), choices=_WHAT_GOES_IN, widget=forms.RadioSelect, initial="all")
    handling = forms.CharField(
        label=_("Handling instruction"),
        required=False,
        max_length=200,
        help_text=_("Printed under the marking, for example “Board members and attendees only”."),
    )

    when_empty: ClassVar = {"meeting_on": _("No meeting"), "handling": _("None")}

    def __init__(self, *args: Any, sees_sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_sensitive:
            del self.fields["what"]

    @property
    def answers(self) -> dict[str, Any]:
        what = self.cleaned_data.get("what", "all")
        return {
            "meeting_on": self.cleaned_data["meeting_on"],
            "handling": self.cleaned_data["handling"],
            "with_sensitive": what == "all",
        }
