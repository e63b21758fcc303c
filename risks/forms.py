"""What a person may say of a risk. Who may say it is for the actions."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks import appetite_levels, categories
from risks.models import Appetite, Mitigation, Risk
from risks.register_terms import is_on_another_scale, terms_of
from risks.scales import FIVE_BY_FIVE as SCALE
from risks.scoring import ASSESSMENTS, Level
from risks.standing import departments_to_keep_for, possible_owners
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.pages.forms import DateField, Option, PlainForm, RecordForm
from xgov.records.fields import Marking

LEVEL_FIELDS = [f"{name}_{part}" for name in ASSESSMENTS for part in ("likelihood", "impact")]


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


def level_question(label: Any, levels: tuple[Level, ...]) -> forms.TypedChoiceField:
    steps = [(e.value, f"{e.value}: {e.label}, {e.meaning}" if e.meaning else f"{e.value}: {e.label}") for e in levels]
    return forms.TypedChoiceField(label=label, choices=[("", _("Select")), *steps], coerce=int, empty_value=None)


class Assessing:
    """A form with likelihoods and impacts. They leave it as pairs: `answers["residual"] == (4, 5)`."""

    def offer_levels(self) -> None:
        """The steps of the programme's scale. What was scored on another scale is asked for anew."""
        terms = terms_of(self.instance.programme)
        for name in LEVEL_FIELDS:
            if name in self.fields:
                levels = terms.scale.likelihoods if name.endswith("likelihood") else terms.scale.impacts
                self.fields[name] = level_question(self.fields[name].label, levels)
                self.fields[name].required = False
                if is_on_another_scale(self.instance, terms):
                    self.initial[name] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ASSESSMENTS:
            parts = [f"{name}_likelihood", f"{name}_impact"]
            if any(part in self.errors or part not in self.fields for part in parts):
                continue
            given = [part for part in parts if cleaned.get(part) is not None]
            if len(given) == 1:
                missing = next(part for part in parts if part not in given)
                self.add_error(missing, _("Give both the likelihood and the impact, or neither"))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        for name in ASSESSMENTS:
            if f"{name}_likelihood" in self.fields:
                pair = given.pop(f"{name}_likelihood"), given.pop(f"{name}_impact")
                given[name] = pair if None not in pair else None
        return given


class RiskForm(Assessing, RecordForm):
    """A new risk: everything on one page, for people who enter many."""

    sections = (
        (_("What could happen"), ("title", "cause", "event", "consequence", "category")),
        (_("Before anything is done (inherent score)"), ("inherent_likelihood", "inherent_impact")),
        (_("As things are now (residual score)"), ("residual_likelihood", "residual_impact")),
        (_("Where it should be (target score)"), ("target_likelihood", "target_impact")),
        (_("Who and when"), ("response", "owner", "kept_by", "review_due", "marking")),
    )
    # What may be missing from a draft is all but these.
    NEEDED_IN_A_DRAFT = ("title", "category", "kept_by")

    class Meta:
        model = Risk
        fields = [
            "title", "cause", "event", "consequence", "category", "response", "owner", "kept_by", *LEVEL_FIELDS,
            "review_due", "marking",
        ]  # fmt: skip
        labels = {"response": _("Response"), "review_due": _("Next review")}
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
        self.fields["category"].choices = [("", _("Select a category")), *categories.CHOICES]
        self.fields["response"].choices = [
            (value, Option(label, RESPONSE_WORDS[value])) for value, label in Risk.Response.choices
        ]
        self._offer_marking(person)
        self.offer_levels()
        self._require(as_draft or risk.status == Risk.Status.DRAFT)
        self._mind_manners()

    def _offer_marking(self, person: User) -> None:
        """Only those who would still see the risk afterwards may mark it."""
        if rules.can(person, Permission.VIEW_SENSITIVE, self.instance.programme):
            self.fields["marking"].choices = [
                (Marking.OFFICIAL, Option(Marking.OFFICIAL.label, _("Everyone with a role in the programme."))),
                (
                    Marking.OFFICIAL_SENSITIVE,
                    Option(
                        Marking.OFFICIAL_SENSITIVE.label, _("Only those whose role lets them see sensitive records.")
                    ),
                ),
            ]
        else:
            del self.fields["marking"]

    def _require(self, may_be_unfinished: bool) -> None:
        optional = {"review_due", "target_likelihood", "target_impact"}
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

    sections = (RiskForm.sections[0], RiskForm.sections[-1])

    class Meta(RiskForm.Meta):
        fields = [name for name in RiskForm.Meta.fields if name not in LEVEL_FIELDS]


class RescoreForm(Assessing, RecordForm):
    sections = (
        (_("As things are now (residual score)"), ("residual_likelihood", "residual_impact")),
        (_("Why"), ("reason", "review_due")),
        (_("Before anything is done (inherent score)"), ("inherent_likelihood", "inherent_impact")),
        (_("Where it should be (target score)"), ("target_likelihood", "target_impact")),
    )
    reason = forms.CharField(
        label=_("What has changed, or what you looked at"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands beside the score for good, for example “Two of the six shelters have closed.”"),
        error_messages={"required": _("Say what has changed, or what you looked at")},
    )  # fmt: skip
    review_due = DateField(
        label=_("Next review"), required=False, help_text=_("Leave it empty for the usual interval of the new band.")
    )

    class Meta:
        model = Risk
        fields = LEVEL_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_levels()
        if self.instance.is_open:
            for name in ("inherent_likelihood", "inherent_impact", "residual_likelihood", "residual_impact"):
                self.fields[name].required = True
        self._mind_manners()


class CloseForm(PlainForm):
    has_happened = forms.TypedChoiceField(
        label=_("What has become of it?"), widget=forms.RadioSelect, coerce=lambda text: text == "yes",
        choices=[
            ("no", Option(_("It can no longer happen, or no longer matters"))),
            ("yes", Option(_("It has happened"), _("It stays on the record as a risk that came true."))),
        ],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class MitigationForm(RecordForm):
    class Meta:
        model = Mitigation
        fields = ["text", "owner", "department", "due"]
        labels = {"text": _("What will be done")}
        help_texts = {"text": _("One action, for example “Sign contracts with the last two councils.”")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mitigation = self.instance
        present = mitigation if mitigation.pk else None
        self.fields["owner"] = owners(mitigation.programme, present and present.owner)
        self.fields["department"] = keepers(
            person, mitigation.programme, _("Department that does it"), present and present.department
        )
        choose_the_only_one(self, "department")
        self._mind_manners()


class FinishForm(PlainForm):
    done_on = DateField(label=_("Done on"))
    reason = forms.CharField(
        label=_("What came of it"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If it changed the risk, score the risk again afterwards."),
    )  # fmt: skip


class AppetiteForm(PlainForm):
    level = forms.ChoiceField(label=_("Appetite"), widget=forms.RadioSelect)
    max_residual_score = forms.IntegerField(
        label=_("Highest residual score"), required=False, min_value=1, max_value=SCALE.highest,
        help_text=_("Only if it differs from the level’s usual limit. Risks above it escalate."),
    )  # fmt: skip
    agreed_by = forms.CharField(
        label=_("Agreed by"), max_length=200, help_text=_("The board or person, for example “Joint programme board”.")
    )
    agreed_on = DateField(label=_("Agreed on"))
    review_due = DateField(label=_("Next review"))

    def __init__(self, *args: Any, present: Appetite | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _answers_of(present) if present else {})
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.code, _explained(level)) for level in appetite_levels.LEVELS]


def _answers_of(present: Appetite) -> dict[str, Any]:
    limit = None if present.is_usual else present.max_residual_score
    return {"level": present.level, "max_residual_score": limit, "agreed_by": present.agreed_by}


def _explained(level: appetite_levels.AppetiteLevel) -> Option:
    limit = _("Risks up to a residual score of %(score)d are within it.") % {"score": level.max_residual_score}
    return Option(level.label, format_lazy("{} {}", level.meaning, limit))
