from risks.models.acceptances import Acceptance
from risks.models.affected import AffectedDepartment, AffectedThing
from risks.models.appetites import Appetite, DepartmentAppetite
from risks.models.assumptions import Assumption
from risks.models.controls import Control
from risks.models.dependencies import Dependency
from risks.models.escalations import Escalation
from risks.models.imports import ColumnMapping, ImportedRow, RegisterImport
from risks.models.issues import Issue
from risks.models.links import RiskLink
from risks.models.mitigations import Mitigation
from risks.models.risks import Risk
from risks.models.settings import RegisterSettings, SettingsAgreement

__all__ = [
    "Acceptance",
    "AffectedDepartment",
    "AffectedThing",
    "Appetite",
    "Assumption",
    "ColumnMapping",
    "Control",
    "DepartmentAppetite",
    "Dependency",
    "Escalation",
    "ImportedRow",
    "Issue",
    "Mitigation",
    "RegisterImport",
    "RegisterSettings",
    "Risk",
    "RiskLink",
    "SettingsAgreement",
]
