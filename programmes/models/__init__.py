from programmes.models.appointments import Appointment
from programmes.models.confidence import ConfidenceRating
from programmes.models.delivery_models import ModelChoice
from programmes.models.parties import Party
from programmes.models.programmes import Programme, ProgrammeGroupGrant, ProgrammeUserGrant
from programmes.models.returns import PublishedReturn

__all__ = [
    "Appointment",
    "ConfidenceRating",
    "ModelChoice",
    "Party",
    "Programme",
    "ProgrammeGroupGrant",
    "ProgrammeUserGrant",
    "PublishedReturn",
]
