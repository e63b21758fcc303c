from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.delivery_models import DELIVERY_MODELS, DeliveryModel
from programmes.models import Programme
from xgov.pages.forms import Option, RecordForm


def _hint(model: DeliveryModel) -> str:
    return gettext("Fits: %(fit)s Risk: %(risk)s") % {"fit": model.best_fit, "risk": model.main_risk}


class ModelForm(RecordForm):
    decides: ClassVar = {"delivery_model": "model", "delivery_model_reason": "lighter_not_enough"}

    model = forms.ChoiceField(label=_("Which model of joint working?"), widget=forms.RadioSelect)
    lighter_not_enough = forms.CharField(
        label=_("Why is the next lighter model not enough?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Not needed for collaboration, the lightest."),
    )
    reason = forms.CharField(
        label=_("Why does the model change?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = Programme
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.instance
        lightest = DELIVERY_MODELS[0].code
        self.fields["model"].choices = [(each.code, Option(each.label, _hint(each))) for each in DELIVERY_MODELS]
        self.initial["model"] = programme.delivery_model or lightest
        self.initial["lighter_not_enough"] = programme.delivery_model_reason
        if not programme.delivery_model:
            del self.fields["reason"]
