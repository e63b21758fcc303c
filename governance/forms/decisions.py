from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from governance.actions.decisions import AUTHORITY_MISSING, OfferedOption, needs_authority
from governance.forms.agreements import MARKINGS
from governance.models import Board, Decision, DecisionOption, DecisionPosition
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.pages.forms import DateField, MoneyField, Option, PlainForm, RecordForm
from xgov.records.clock import today
from xgov.records.figures import Figure, FigureState

_SMALL = forms.Textarea(attrs={"rows": 2})


class ProposalForm(RecordForm):
    decides = None  # its options stand on the same page

    class Meta:
        model = Decision
        fields = ["question", "background", "board", "needed_by", "marking"]
        labels = {
            "question": _("What has to be decided?"),
            "background": _("Why now, and what does it rest on?"),
            "board": _("Board that decides"),
        }
        widgets = {"question": forms.Textarea(attrs={"rows": 2}), "background": _SMALL, "marking": forms.RadioSelect}
        help_texts = {
            "question": _("One question, for example “How many hubs do we open this winter?”"),
            "background": _("What changed, what happens if nothing is decided, where the evidence is."),
            "board": _("Leave empty if one person decides it within their limits."),
        }

    def __init__(self, *args: Any, by: User, boards: Sequence[Board], **kwargs: Any) -> None:
        """`boards` are those whose papers the person prepares; who runs the programme may leave it to one person."""
        super().__init__(*args, **kwargs)
        held = rules.permissions_on(by, self.instance.programme)
        self.fields["board"].queryset = Board.objects.filter(pk__in=[board.pk for board in boards])
        self.fields["marking"].choices = MARKINGS
        if Permission.MANAGE in held:
            self.fields["board"].empty_label = _("No board: one person decides")
            if not boards and not self.instance.board_id:
                del self.fields["board"]
        else:
            self.fields["board"].required, self.fields["board"].help_text = True, ""
            self.fields["board"].empty_label = None
        if Permission.VIEW_SENSITIVE not in held:
            del self.fields["marking"]


class OptionForm(PlainForm):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Option"), max_length=200, required=False)
    gains = forms.CharField(label=_("What it gains, and for whom"), required=False, widget=_SMALL)
    costs = forms.CharField(label=_("What it costs or risks, and for whom"), required=False, widget=_SMALL)
    is_recommended = forms.BooleanField(label=_("We recommend this option"), required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not answers.get("name") and any(answers.get(name) for name in ("gains", "costs", "is_recommended")):
            self.add_error("name", _("Enter the option, or empty what is said of it"))
        return answers

    @property
    def offered(self) -> OfferedOption | None:
        answers = self.cleaned_data
        if not answers.get("name"):
            return None
        return OfferedOption(
            answers["name"], answers["gains"], answers["costs"], answers["is_recommended"], answers["pk"]
        )


class OptionForms(BaseFormSet):
    """The options of one decision: those there are, and room for more. An emptied option is no longer offered."""

    @property
    def offered(self) -> list[OfferedOption]:
        return [form.offered for form in self.forms if form.offered is not None]


def option_forms(data: Any, options: Sequence[DecisionOption] = ()) -> OptionForms:
    initial = [
        {"pk": o.pk, "name": o.name, "gains": o.gains, "costs": o.costs, "is_recommended": o.is_recommended}
        for o in options
    ]
    kind = forms.formset_factory(OptionForm, formset=OptionForms, extra=max(2 - len(initial), 1), max_num=12)
    return kind(data, initial=initial, prefix="options")


_NONE = ("none", Option(_("None of them"), _("The decision is in the words below.")))


def _explained(option: DecisionOption) -> Option:
    """The option with what it gains and costs under it: nobody should choose by the name alone."""
    name = _("%(option)s (recommended)") % {"option": option.name} if option.is_recommended else option.name
    return Option(name, " ".join(f"{part.rstrip('.')}." for part in (option.gains, option.costs) if part))


class MakeForm(PlainForm):
    sections = (
        (_("The decision"), ("chosen", "decision_words", "rationale", "conditions")),
        (_("How it was taken"), ("decided_on", "authority")),
        (_("Financial effect"), ("effect_state", "financial_effect", "effect_reason")),
        (_("Afterwards"), ("review_on",)),
    )

    chosen = forms.ChoiceField(label=_("Option chosen"), widget=forms.RadioSelect)
    decision_words = forms.CharField(
        label=_("The decision in words"), required=False, widget=_SMALL,
        help_text=_("What is to be done, by whom and by when. If you leave it empty, the name of the option stands."),
    )  # fmt: skip
    rationale = forms.CharField(
        label=_("Why"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A stranger should understand from this why it was decided so, and why not otherwise."),
    )  # fmt: skip
    conditions = forms.CharField(label=_("Conditions"), required=False, widget=_SMALL)
    decided_on = DateField(label=_("Day of the decision"))
    authority = forms.CharField(
        label=_("Authority used"), required=False,
        help_text=_(
            "For example, paragraph 4 of the SRO’s appointment letter, or the board’s terms of reference. It is needed "
            "where one person decides and an amount is known."
        ),
    )  # fmt: skip
    effect_state = forms.ChoiceField(
        label=_("What does it cost or save?"), widget=forms.RadioSelect, initial=FigureState.NOT_KNOWN,
        choices=[
            (FigureState.KNOWN, _("An amount is known")),
            (FigureState.NOT_KNOWN, _("It is not yet known")),
            (FigureState.WITHHELD, Option(_("It is withheld"), _("Say why below."))),
        ],
    )  # fmt: skip
    financial_effect = MoneyField(
        label=_("Amount"), required=False, help_text=_("In pounds, for example 4.2m. A saving is negative; none is 0.")
    )
    effect_reason = forms.CharField(label=_("Why no amount is given"), required=False)
    review_on = DateField(label=_("To be looked at again on"), required=False)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"decided_on": today()})
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.offered = {str(option.pk): option for option in decision.options_offered}
        self.fields["chosen"].choices = [*((pk, _explained(option)) for pk, option in self.offered.items()), _NONE]
        if not self.offered:
            del self.fields["chosen"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        state = answers.get("effect_state")
        if state == FigureState.KNOWN and answers.get("financial_effect") is None:
            if "financial_effect" not in self.errors:
                self.add_error("financial_effect", _("Enter the amount, or say that it is not yet known"))
        elif state == FigureState.WITHHELD and not answers.get("effect_reason"):
            self.add_error("effect_reason", _("Say why the amount is withheld"))
        effect = Figure(answers.get("financial_effect"), state)
        if state == FigureState.KNOWN and needs_authority(self.decision, effect) and not answers.get("authority"):
            self.add_error("authority", AUTHORITY_MISSING)
        return answers

    @property
    def not_checked(self) -> set[str]:
        """An amount that is known needs no reason, and one that is not has no amount."""
        if self.cleaned_data["effect_state"] == FigureState.KNOWN:
            return {"effect_reason"}
        return {"financial_effect"} if self.cleaned_data["effect_reason"] else {"financial_effect", "effect_reason"}

    def in_words(self, name: str) -> str:
        words = super().in_words(name)
        if name == "decision_words" and not words:
            return str(self.offered.get(self.cleaned_data.get("chosen", ""), ""))
        return words

    @property
    def answers(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        state, amount, reason = given.pop("effect_state"), given.pop("financial_effect"), given.pop("effect_reason")
        given["chosen"] = self.offered.get(given.get("chosen", ""))
        is_known = state == FigureState.KNOWN
        given["financial_effect"] = Figure(amount if is_known else None, state, "" if is_known else reason)
        return given


class PositionForm(PlainForm):
    stance = forms.ChoiceField(
        label=_("Where does the department stand?"), choices=DecisionPosition.Stance.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In the department’s words"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A dissent needs its reason. It is printed in the board’s pack."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_its_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_its_own:
            self.fields["words"].label = _("What the department has said")
