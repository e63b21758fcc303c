"""The parts of what a programme says of itself, each with a page of its own."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.actions import change_programme, set_whole_life_cost
from programmes.foi_sections import FOI_SECTIONS
from programmes.models import Programme
from xgov.access.roles import type_of_text
from xgov.pages.forms import MoneyField, Option, RecordForm
from xgov.records.figures import Figure, FigureState


class TopicForm(RecordForm):
    action = staticmethod(change_programme)
    must_say: ClassVar[tuple[str, ...]] = ()  # what the record may lack, and this page may not

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.must_say:
            self.fields[name].required = True

    def _post_clean(self) -> None:
        # What the database would refuse the action refuses first, in better words and at the right question.
        self.instance.full_clean = partial(self.instance.full_clean, validate_constraints=False)
        super()._post_clean()

    @property
    def said(self) -> dict[str, Any]:
        return self.answers


def text(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DetailsForm(TopicForm):
    class Meta:
        model = Programme
        fields = ["name", "summary", "phase", "tier", "category", "marking", "handling"]
        labels = {"name": _("Name of the programme"), "summary": _("What the programme does")}
        widgets = {
            "summary": text(),
            "phase": forms.RadioSelect,
            "tier": forms.RadioSelect,
            "marking": forms.RadioSelect,
        }
        help_texts = {
            "summary": _("A few sentences for somebody who has never heard of it."),
            "category": _("As the portfolio names it, if the programme is in one."),
            "marking": _("OFFICIAL-SENSITIVE hides the whole programme from people who may not see such records."),
        }


class OutcomeForm(TopicForm):
    question_as_heading = True
    must_say = ("outcome",)

    class Meta:
        model = Programme
        fields = ["outcome"]
        labels = {"outcome": _("What is the one outcome that all the departments share?")}
        widgets = {"outcome": text(3)}
        help_texts = {
            "outcome": _(
                "One sentence in plain English that says what will be different and for whom, for example “Nobody has "
                "to sleep rough more than once.” It stands on every page and every pack. Avoid abbreviations."
            )
        }


class DatesForm(TopicForm):
    class Meta:
        model = Programme
        fields = ["start_date", "end_date"]


class WhoDecidesForm(TopicForm):
    question_as_heading = True
    must_say = ("who_decides",)

    class Meta:
        model = Programme
        fields = ["who_decides"]
        labels = {"who_decides": _("Who decides what?")}
        widgets = {"who_decides": text(6)}
        help_texts = {
            "who_decides": _(
                "Say what the lead department, the SRO and the finance and operational leads decide alone, up to which "
                "limit, and what goes to the joint board."
            )
        }


class DataNeedsForm(TopicForm):
    class Meta:
        model = Programme
        fields = ["data_moves", "data_to_move"]
        labels = {
            "data_moves": _("Must data move between departments?"),
            "data_to_move": _("What data must move, or why none need to"),
        }
        widgets = {"data_moves": forms.RadioSelect, "data_to_move": text()}
        help_texts = {
            "data_to_move": _(
                "The smallest set that will do: whose data, from where to where, and what it is used for."
            )
        }


class WhoPaysForm(TopicForm):
    question_as_heading = True
    must_say = ("who_pays",)

    class Meta:
        model = Programme
        fields = ["who_pays"]
        labels = {"who_pays": _("Who pays for what?")}
        widgets = {"who_pays": text(6)}
        help_texts = {
            "who_pays": _("Each department that pays, for which part, in which years, and under which authority.")
        }


class ReviewForm(TopicForm):
    class Meta:
        model = Programme
        fields = ["success_review", "first_review_on"]
        labels = {
            "success_review": _("How is success reviewed after launch?"),
            "first_review_on": _("Date of the first review"),
        }
        widgets = {"success_review": text()}
        help_texts = {
            "success_review": _("What is looked at, by whom, how often, and who acts on it."),
            "first_review_on": _("After the first few months: within 6 months of the start. For example, 27 3 2027"),
        }


class CostForm(TopicForm):
    action = staticmethod(set_whole_life_cost)

    whole_life_cost_state = forms.ChoiceField(
        label=_("Is the whole-life cost known?"),
        widget=forms.RadioSelect,
        choices=[
            (FigureState.KNOWN, _("Yes")),
            (FigureState.NOT_KNOWN, _("Not yet")),
            (FigureState.WITHHELD, Option(_("It is withheld"), _("It is known, and exempt from publication."))),
            (FigureState.NOT_PROVIDED, Option(_("It was not provided"), _("Somebody else knows it."))),
        ],
    )
    whole_life_cost = MoneyField(label=_("Whole-life cost"), required=False)
    whole_life_cost_section = forms.ChoiceField(
        label=_("Exemption, if it is withheld"),
        required=False,
        choices=[("", _("None")), *FOI_SECTIONS],
        help_text=_("Freedom of Information Act 2000"),
    )

    class Meta:
        model = Programme
        fields = [
            "whole_life_cost_state", "whole_life_cost", "price_base", "whole_life_cost_section",
            "whole_life_cost_reason",
        ]  # fmt: skip
        labels = {"price_base": _("Price base"), "whole_life_cost_reason": _("Why there is no amount")}
        widgets = {
            "whole_life_cost_reason": text(3),
            "price_base": forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        }
        help_texts = {
            "price_base": _("For example, 2026-27 prices, or nominal."),
            "whole_life_cost_reason": _(
                "Needed if it is withheld or was not provided; shown wherever the figure would be."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section, choices = self.instance.whole_life_cost_section, self.fields["whole_life_cost_section"].choices
        if section and section not in dict(choices):
            self.fields["whole_life_cost_section"].choices = [*choices, (section, section)]
        if self.instance.whole_life_cost_state == FigureState.AS_GIVEN:
            state = self.fields["whole_life_cost_state"]
            state.choices = [*state.choices, (FigureState.AS_GIVEN, FigureState.AS_GIVEN.label)]

    @property
    def said(self) -> dict[str, Any]:
        answers = self.answers
        known = answers["whole_life_cost_state"] == FigureState.KNOWN
        return {
            "figure": Figure(
                answers["whole_life_cost"],
                answers["whole_life_cost_state"],
                "" if known else answers["whole_life_cost_reason"].strip(),
                answers["whole_life_cost_section"] if answers["whole_life_cost_state"] == FigureState.WITHHELD else "",
            ),
            "price_base": answers["price_base"].strip() if known else "",
        }


@dataclass(frozen=True)
class Topic:
    """One page on which a part of the programme is changed. `key` is its address and the name of its route."""

    key: str
    heading: type_of_text
    form: type[TopicForm]
    done: type_of_text


TOPICS = {
    topic.key: topic
    for topic in [
        Topic("details", _("Name and details"), DetailsForm, _("Details saved.")),
        Topic("outcome", _("Shared outcome"), OutcomeForm, _("Outcome saved. It now stands on every page.")),
        Topic("dates", _("Start and end"), DatesForm, _("Dates saved.")),
        Topic("who-decides", _("Who decides what"), WhoDecidesForm, _("Who decides what is saved.")),
        Topic("data-needs", _("Data that must move"), DataNeedsForm, _("Data needs saved.")),
        Topic("cost", _("Whole-life cost"), CostForm, _("Whole-life cost saved.")),
        Topic("who-pays", _("Who pays"), WhoPaysForm, _("Who pays is saved.")),
        Topic("review", _("Review after launch"), ReviewForm, _("Review saved.")),
    ]
}
