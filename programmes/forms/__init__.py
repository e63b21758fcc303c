from programmes.forms.confidence import RatingForm
from programmes.forms.delivery_models import ModelForm
from programmes.forms.parties import AcceptForm, ContributionForm, InvitationForm, ReasonForm
from programmes.forms.people import AppointmentForm, EndAppointmentForm
from programmes.forms.programmes import NewProgrammeForm
from programmes.forms.statuses import StatusForm
from programmes.forms.topics import TOPICS, Topic

__all__ = [
    "TOPICS",
    "AcceptForm",
    "AppointmentForm",
    "ContributionForm",
    "EndAppointmentForm",
    "InvitationForm",
    "ModelForm",
    "NewProgrammeForm",
    "RatingForm",
    "ReasonForm",
    "StatusForm",
    "Topic",
]
