from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Board
from xgov.access.roles import ROLES, HeldThrough, role_choices
from xgov.accounts.models import User
from xgov.pages.forms import DateField, Option, PlainForm, RecordForm
from xgov.papers.sections import Section, all_sections


class BoardForm(RecordForm):
    sections = (
        (gettext_lazy("What it is"), ("name", "forum", "short_name")),
        (gettext_lazy("What it is for"), ("remit", "is_deciding")),
    )

    class Meta:
        model = Board
        fields = ["name", "forum", "short_name", "remit", "is_deciding"]
        labels = {"is_deciding": gettext_lazy("This board takes the programme's decisions")}
        help_texts = {
            "short_name": gettext_lazy(
                "Stands in the references of its packs, for example SRPB in RS-001/SRPB/3. "
                "If you leave it empty, it is made of the initials of the name."
            ),
            "remit": gettext_lazy(
                "What it is there for, what it may decide and to whom it answers, in a few sentences."
            ),
            "is_deciding": gettext_lazy("A programme has one deciding board. The others advise, prepare or assure."),
        }
        widgets = {"short_name": forms.TextInput(attrs={"class": "govuk-input--width-10"})}


class RunningOrderForm(RecordForm):
    """A number for each section: its place in the pack. No number leaves it out."""

    decides: ClassVar = {"running_order": ""}

    class Meta:
        model = Board
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered: list[Section] = all_sections()
        places = {key: place for place, key in enumerate(self.instance.running_order, start=1)}
        for number, section in enumerate(self.offered):
            self.fields[f"place_{number}"] = forms.IntegerField(
                label=str(section.title),
                required=False,
                min_value=1,
                max_value=99,
                initial=places.get(section.key),
                widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
            )
        self._mind_manners()

    @property
    def order(self) -> list[str]:
        numbered = [
            (self.cleaned_data[f"place_{number}"], number, section.key)
            for number, section in enumerate(self.offered)
            if self.cleaned_data.get(f"place_{number}")
        ]
        return [key for _place, _number, key in sorted(numbered)]

    @property
    def rows(self) -> list[forms.BoundField]:
        """The questions in the present order of the pack, what is left out at the end."""
        fields = [self[f"place_{number}"] for number in range(len(self.offered))]
        return sorted(fields, key=lambda field: field.initial or len(fields) + 100)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.order:
            raise ValidationError(_("Give at least one section a number: a pack needs something to say."))
        return cleaned


class SeatForm(PlainForm):
    email = forms.EmailField(
        label=gettext_lazy("Email address of the person"),
        help_text=gettext_lazy("They need an account here. Their department's administrator can add them."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Seat"),
        widget=forms.RadioSelect,
        choices=[(key, Option(label, ROLES[key].sentence)) for key, label in reversed(role_choices(HeldThrough.BOARD))],
    )
    since = DateField(
        label=gettext_lazy("From"), required=False, help_text=gettext_lazy("Today if you leave it empty.")
    )
    until = DateField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The first day on which it no longer holds, if that is known."),
    )

    when_empty: ClassVar = {"since": gettext_lazy("Today"), "until": gettext_lazy("Not known yet")}

    def clean_email(self) -> User:
        email = self.cleaned_data["email"].strip().lower()
        person = User.objects.filter(email=email, is_active=True).first()
        if person is None:
            raise ValidationError(_("Nobody with this address has an account here. Check the spelling."))
        return person

    def in_words(self, name: str) -> str:
        return self.cleaned_data[name].name_and_address if name == "email" else super().in_words(name)

    @property
    def answers(self) -> dict[str, Any]:
        answers = super().answers
        return {"person": answers.pop("email"), **answers}


class ReasonForm(PlainForm):
    """Before something ends for good: why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
