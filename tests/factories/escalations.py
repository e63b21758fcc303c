from datetime import timedelta

from programmes.models import Programme
from risks.models import Appetite, DepartmentAppetite, Escalation, Risk
from tests.factories.people import SETTING_THE_SCENE
from tests.factories.risks import make_appetite
from xgov.accounts.models import Department
from xgov.records.acting import acting
from xgov.records.clock import today


def make_escalation(risk: Risk, to_level: str = "SRO", **fields) -> Escalation:
    fields.setdefault("trigger", "ABOVE_TOLERANCE")
    fields.setdefault("reason", "The residual score is above what is tolerated.")
    fields.setdefault("ask", "Decide what is done about it.")
    fields.setdefault("response_due", today() + timedelta(days=14))
    fields.setdefault("from_level", "PROJECT")
    with acting(SETTING_THE_SCENE):
        return Escalation.objects.create(
            programme=risk.programme, risk=risk, to_level=to_level, score=risk.residual_score, **fields
        )


def make_party_appetite(
    programme: Programme, department: Department, limit: int = 9, category: str = "OPERATIONS", **fields
) -> Appetite:
    return make_appetite(programme, category, limit, department=department, **fields)


def make_department_appetite(
    department: Department, limit: int = 9, category: str = "OPERATIONS", **fields
) -> DepartmentAppetite:
    fields.setdefault("level", "CAUTIOUS")
    fields.setdefault("tolerance_score", limit)
    fields.setdefault("agreed_by", "Departmental board")
    fields.setdefault("agreed_on", today())
    fields.setdefault("review_due", today() + timedelta(days=365))
    with acting(SETTING_THE_SCENE):
        return DepartmentAppetite.objects.create(
            department=department, category=category, max_residual_score=limit, **fields
        )
