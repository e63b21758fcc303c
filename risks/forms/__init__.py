"""What a person may say of a risk. Who may say it is for the actions."""

from risks.forms.acceptances import AcceptForm
from risks.forms.affected import AffectedForm
from risks.forms.appetites import AppetiteForm
from risks.forms.controls import CheckForm, ControlForm
from risks.forms.endings import CloseForm, ReasonForm
from risks.forms.escalations import EscalateForm, RespondForm
from risks.forms.links import LinkForm
from risks.forms.mitigations import FinishForm, MitigationForm
from risks.forms.risks import ChangeRiskForm, RiskForm
from risks.forms.scores import RescoreForm
from risks.forms.settings import AnswerSettingsForm, ProposalForm

__all__ = [
    "AcceptForm",
    "AffectedForm",
    "AnswerSettingsForm",
    "AppetiteForm",
    "ChangeRiskForm",
    "CheckForm",
    "CloseForm",
    "ControlForm",
    "EscalateForm",
    "FinishForm",
    "LinkForm",
    "MitigationForm",
    "ProposalForm",
    "ReasonForm",
    "RescoreForm",
    "RespondForm",
    "RiskForm",
]
