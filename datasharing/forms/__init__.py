from datasharing.forms.assessments import AssessmentForm
from datasharing.forms.datasets import DatasetForm, QualityCheckForm, RefreshForm
from datasharing.forms.flows import FlowForm, GoLiveForm
from datasharing.forms.parts import PartForm
from datasharing.forms.plans import AgreePlanForm, PlanForm
from datasharing.forms.reasons import ReasonForm

__all__ = [
    "AgreePlanForm",
    "AssessmentForm",
    "DatasetForm",
    "FlowForm",
    "GoLiveForm",
    "PartForm",
    "PlanForm",
    "QualityCheckForm",
    "ReasonForm",
    "RefreshForm",
]
