from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from datasharing.choices import departments_to_keep_for
from datasharing.forms.sharing import SharingForm, long_text
from datasharing.law import bases, powers, regimes
from datasharing.models import DataFlow, FlowController
from xgov.pages.forms import Option

_PERSONAL = (
    "regime", "lawful_basis", "basis_from", "basis_provision", "basis_detail", "recognised_interest",
    "officer_name", "officer_reason",
)  # fmt: skip
_FURTHER = ("special_condition", "schedule_1_paragraph", "criminal_route", "policy_document")


def _explained(rows: list[Any]) -> list[tuple[str, Option]]:
    return [(row.code, Option(row.label, row.hint)) for row in rows]


class PartForm(SharingForm):
    """Asks only what this flow's dataset makes necessary."""

    sections = (
        (_("What the department is"), ("department", "role", "arrangement", "contact")),
        (_("On what basis"), (*_PERSONAL, "reason")),
        (_("By what power"), ("power", "power_provision")),
        (_("Further conditions"), _FURTHER),
    )
    reason = forms.CharField(
        label=_("Why the lawful basis changes"), required=False, widget=long_text(3),
        help_text=_("Only if you choose another basis than before: why, and how people are told."),
    )  # fmt: skip

    class Meta:
        model = FlowController
        fields = ["department", "role", "arrangement", "contact", *_PERSONAL, "power", "power_provision", *_FURTHER]
        labels = {
            "arrangement": _("Joint controllers’ arrangement, or contract with the processor"),
            "contact": _("Contact for data protection"),
            "basis_from": _("Relied on from"),
            "basis_provision": _("Law that gives the function or sets the duty"),
            "officer_name": _("Data protection officer who agrees"),
            "officer_reason": _("Their reason why this is not one of the department’s own tasks"),
            "policy_document": _("Appropriate policy document"),
        }
        help_texts = {
            "arrangement": _("Where it is kept. Joint controllers need one, and so do processors."),
            "contact": _("An email address of a team, rather than of a person."),
            "basis_provision": _("For public task and legal obligation. For example “Housing Act 1996, Part 7”."),
            "basis_detail": _("What else the basis needs, such as where the legitimate interests assessment is kept."),
            "recognised_interest": _("Only for recognised legitimate interest, from 5 February 2026."),
            "officer_name": _("Only for a basis that a public authority cannot use for its own tasks."),
            "power_provision": _("For example “Digital Economy Act 2017, section 35”."),
            "policy_document": _("Where it is kept."),
        }
        widgets = {
            "role": forms.RadioSelect,
            "regime": forms.RadioSelect,
            "lawful_basis": forms.RadioSelect,
            "power": forms.RadioSelect,
            "basis_detail": long_text(3),
            "officer_reason": long_text(3),
        }

    def __init__(self, *args: Any, flow: DataFlow, **kwargs: Any) -> None:
        self.flow = flow
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        for name in self._not_asked():
            del self.fields[name]
        for name, rows in (("regime", regimes.REGIMES), ("lawful_basis", bases.BASES), ("power", powers.POWERS)):
            if name in self.fields:
                self.fields[name].choices = _explained(rows)
        if "department" in self.fields:
            self._offer_departments()

    def _not_asked(self) -> set[str]:
        dataset = self.flow.dataset
        left_out = {"department"} if self.instance.pk is not None else {"reason"}
        if not dataset.is_personal:
            left_out |= {*_PERSONAL, *_FURTHER, "reason", "arrangement"}
        if not dataset.is_special_category:
            left_out.add("special_condition")
        if not dataset.is_criminal:
            left_out.add("criminal_route")
        if not dataset.is_special_category and not dataset.is_criminal:
            left_out |= set(_FURTHER)
        return left_out

    def _offer_departments(self) -> None:
        taken = self.flow.controllers.values("department")
        mine = departments_to_keep_for(self.user, self.programme).exclude(pk__in=taken)
        self.fields["department"].queryset = mine
        if len(mine) == 1:
            self.fields["department"].initial = mine[0]

    @property
    def answers(self) -> dict[str, Any]:
        answers = super().answers
        if not self.flow.dataset.is_personal:
            answers["regime"] = regimes.NON_PERSONAL
        return answers
