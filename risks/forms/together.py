"""One answer for many risks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from risks.forms.people import keepers, owners
from risks.forms.scores import level_question
from risks.register_terms import terms_of
from xgov.accounts.models import User
from xgov.pages.forms import DateField, PlainForm


class TogetherForm(PlainForm):
    """What each of these forms asks: why. It stands in the history of every risk."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, person: User, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(person, programme)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        self._mind_manners()

    def offer(self, person: User, programme: Programme) -> None:
        pass


class ReassignForm(TogetherForm):
    def offer(self, person: User, programme: Programme) -> None:
        self.fields["owner"] = owners(programme)
        self.fields["owner"].required = False
        self.fields["owner"].empty_label = _("Leave as it is")
        self.fields["kept_by"] = keepers(person, programme, _("Department that keeps them"))
        self.fields["kept_by"].required = False
        self.fields["kept_by"].empty_label = _("Leave as it is")


class ReviewForm(TogetherForm):
    review_due = DateField(
        label=_("Next review"), required=False, help_text=_("Leave it empty for the usual interval of each one’s band.")
    )


class RescoreTogetherForm(TogetherForm):
    def offer(self, person: User, programme: Programme) -> None:
        scale = terms_of(programme).scale
        self.fields["likelihood"] = level_question(_("Residual likelihood"), scale.likelihoods)
        self.fields["impact"] = level_question(_("Residual impact"), scale.impacts)

    @property
    def answers(self) -> dict[str, Any]:
        given = super().answers
        return {"reason": given["reason"], "residual": (given["likelihood"], given["impact"])}
