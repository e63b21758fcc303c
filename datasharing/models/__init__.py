from datasharing.models.assessments import Assessment
from datasharing.models.controllers import FlowController
from datasharing.models.datasets import Dataset
from datasharing.models.flows import DataFlow
from datasharing.models.plans import DataSharingPlan
from datasharing.models.quality import QualityCheck
from datasharing.models.refreshes import Refresh

__all__ = ["Assessment", "DataFlow", "DataSharingPlan", "Dataset", "FlowController", "QualityCheck", "Refresh"]
