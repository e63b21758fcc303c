"""A risk: a new one, and what is said of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from risks import categories, timing
from risks.forms.marking import offer_marking
from risks.forms.people import choose_the_only_one, keepers, owners
from risks.forms.scores import LEVEL_FIELDS, Assessing
from risks.models import Risk
from risks.register_terms import terms_of
from xgov.accounts.models import User
from xgov.pages.forms import Option, RecordForm


class RiskForm(Assessing, RecordForm):
    """A new risk: everything on one page, for people who enter many."""

    sections = (
        (_("What could happen"), ("title", "cause", "event", "consequence", "category", "local_category")),
        (_("Before anything is done (inherent score)"), ("inherent_likelihood", "inherent_impact")),
        (_("As things are now (residual score)"), ("residual_likelihood", "residual_impact")),
        (_("Where it should be (target score)"), ("target_likelihood", "target_impact", "target_by")),
        (_("How soon and how fast"), ("proximity", "velocity")),
        (_("Who and when"), ("response", "needs_funding", "owner", "kept_by", "review_due", "marking")),
    )
    # What may be missing from a draft is all but these.
    NEEDED_IN_A_DRAFT = ("title", "category", "kept_by")

    class Meta:
        model = Risk
        fields = [
            "title", "cause", "event", "consequence", "category", "local_category", "response", "owner", "kept_by",
            *LEVEL_FIELDS, "target_by", "proximity", "velocity", "needs_funding", "review_due", "marking",
        ]  # fmt: skip
        labels = {
            "response": _("Response"), "review_due": _("Next review"), "target_by": _("Target to be reached by"),
            "proximity": _("How soon it may happen"), "velocity": _("How fast it would be felt"),
            "needs_funding": _("What should be done about it is not funded"),
        }  # fmt: skip
        help_texts = {
            "title": _("In a few words, for example “Winter beds open later than planned”."),
            "cause": _("What is so today, for example “Two councils have not let their contracts.”"),
            "event": _("What may happen, for example “Night shelters may be full by the first cold week.”"),
            "consequence": _("What would follow for the shared outcome, for example “People are turned away.”"),
            "review_due": _("Leave it empty for the usual interval of the score’s band."),
        }
        widgets = {
            "cause": forms.Textarea(attrs={"rows": 3}),
            "event": forms.Textarea(attrs={"rows": 3}),
            "consequence": forms.Textarea(attrs={"rows": 3}),
            "response": forms.RadioSelect,
            "marking": forms.RadioSelect,
        }

    def __init__(self, *args: Any, person: User, as_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        risk = self.instance
        self.fields["owner"] = owners(risk.programme, risk.owner)
        self.fields["kept_by"] = keepers(
            person, risk.programme, _("Department that keeps it"), risk.kept_by if risk.pk else None
        )
        choose_the_only_one(self, "kept_by")
        self._offer_categories()
        self.fields["response"].choices = [
            (value, Option(label, RESPONSE_WORDS[value])) for value, label in Risk.Response.choices
        ]
        for name, steps in (("proximity", timing.PROXIMITIES), ("velocity", timing.VELOCITIES)):
            explained = [(step.code, f"{step.label}: {step.meaning}") for step in steps]
            self.fields[name].choices = [("", _("Not known")), *explained]
        offer_marking(self, person)
        self.offer_levels()
        self._require(as_draft or risk.status == Risk.Status.DRAFT)
        self._mind_manners()

    def _offer_categories(self) -> None:
        """Those in use in this programme, and the present one; the programme's own names only where it has any."""
        terms, risk = terms_of(self.instance.programme), self.instance
        offered = [(code, label) for code, label in categories.CHOICES if code in {*terms.categories, risk.category}]
        self.fields["category"].choices = [("", _("Select a category")), *offered]
        names = {local.label: local.category for local in terms.local_categories}
        if risk.local_category:
            names.setdefault(risk.local_category, risk.category)
        if not names:
            del self.fields["local_category"]
            return
        under = _("%(name)s (under %(category)s)")
        choices = [
            (name, under % {"name": name, "category": categories.BY_CODE[code].label}) for name, code in names.items()
        ]
        self.fields["local_category"] = forms.ChoiceField(
            label=_("Local category"), required=False, choices=[("", _("None")), *choices]
        )

    def _require(self, may_be_unfinished: bool) -> None:
        optional = {
            "local_category", "review_due", "target_likelihood", "target_impact", "target_by", "proximity", "velocity",
            "needs_funding",
        }  # fmt: skip
        for name, field in self.fields.items():
            if name not in {*optional, "seen_version"}:
                field.required = name in self.NEEDED_IN_A_DRAFT or name == "marking" or not may_be_unfinished


RESPONSE_WORDS = {
    "TOLERATE": _("Accept it as it is, and watch it."),
    "TREAT": _("Do something to make it less likely or less grave."),
    "TRANSFER": _("Let somebody carry it who can do so better."),
    "TERMINATE": _("Stop doing what brings it."),
    "TAKE": _("It is a chance: make it likelier."),
}


class ChangeRiskForm(RiskForm):
    """What is said of a risk. Its scores have a page of their own, because each needs a reason."""

    sections = (RiskForm.sections[0], (_("Where it should be"), ("target_by",)), *RiskForm.sections[-2:])

    class Meta(RiskForm.Meta):
        fields = [name for name in RiskForm.Meta.fields if name not in LEVEL_FIELDS]
