import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from risks.models import Risk, RiskLink
from risks.models.risks import REFERENCE
from xgov.accounts.models import User
from xgov.pages.forms import Option, PlainForm

# What a person says of this risk and the other; True: the other is where the link starts.
KINDS: dict[str, tuple[str, bool]] = {
    "RELATED": (RiskLink.Kind.RELATED, False),
    "CAUSES": (RiskLink.Kind.CAUSES, False),
    "CAUSED_BY": (RiskLink.Kind.CAUSES, True),
    "CHILD_OF": (RiskLink.Kind.CHILD_OF, False),
    "PARENT_OF": (RiskLink.Kind.CHILD_OF, True),
}


class LinkForm(PlainForm):
    kind = forms.ChoiceField(
        label=_("This risk"), widget=forms.RadioSelect,
        choices=[
            ("RELATED", Option(_("is related to the other"), _("They have a cause or an answer in common."))),
            ("CAUSES", Option(_("may cause the other"), _("If this happens, the other becomes likelier."))),
            ("CAUSED_BY", Option(_("may be caused by the other"))),
            ("CHILD_OF", Option(_("is part of the other"), _("The other gathers this and others up."))),
            ("PARENT_OF", Option(_("gathers up the other"), _("The keeper of the other must agree to share it."))),
        ],
    )  # fmt: skip
    other = forms.CharField(
        label=_("The other risk"), max_length=60, widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        help_text=_("Its reference, for example “R-0004”; for another programme’s risk “RS-001 R-0004”."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, risk: Risk, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.risk, self.person = risk, person

    def clean_other(self) -> Risk:
        typed = self.cleaned_data["other"].strip()
        found = re.fullmatch(rf"(?:(?P<programme>\S+)\s+)?(?P<number>{REFERENCE})", typed, re.IGNORECASE)
        if found is None:
            raise ValidationError(_("Enter a reference such as R-0004 or RS-001 R-0004"))
        programme = found["programme"] or self.risk.programme.reference
        risks = Risk.objects.visible_to(self.person).select_related("programme", "kept_by")
        other = risks.filter(programme__reference__iexact=programme, reference=found["number"].upper()).first()
        if other is None:
            raise ValidationError(_("There is no risk %(typed)s that you may see") % {"typed": typed})
        return other

    @property
    def answers(self) -> dict[str, Any]:
        """From which risk to which, and how."""
        given = super().answers
        kind, is_turned = KINDS[given.pop("kind")]
        this, other = self.risk, given.pop("other")
        start, end = (other, this) if is_turned else (this, other)
        return {"risk": start, "other": end, "kind": kind, **given}
