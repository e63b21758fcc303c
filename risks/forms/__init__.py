"""What a person may say of a risk. Who may say it is for the actions."""

from risks.forms.appetites import AppetiteForm
from risks.forms.endings import CloseForm, ReasonForm
from risks.forms.mitigations import FinishForm, MitigationForm
from risks.forms.risks import ChangeRiskForm, RiskForm
from risks.forms.scores import RescoreForm

__all__ = [
    "AppetiteForm",
    "ChangeRiskForm",
    "CloseForm",
    "FinishForm",
    "MitigationForm",
    "ReasonForm",
    "RescoreForm",
    "RiskForm",
]
