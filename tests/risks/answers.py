"""What is typed into the forms of the register, and how an answer is read."""

from risks.models import Escalation, Risk
from tests.cast import Cast
from xgov.notices.models import Notice

RISKS = "/programmes/RS-001/risks/"
SCORES = {
    "inherent_likelihood": "5", "inherent_impact": "5", "residual_likelihood": "4", "residual_impact": "5",
    "target_likelihood": "2", "target_impact": "2",
}  # fmt: skip


def new_risk(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "title": "Release dates reach councils too late", "cause": "Dates change late.", "event": "A bed may be gone.",
        "consequence": "People leave prison for the street.", "category": "OPERATIONS", "response": "TREAT",
        "owner": str(cast.contributor.pk), "kept_by": str(cast.dwp.pk), **SCORES, **changes,
    }  # fmt: skip


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def live(risk: Risk) -> Escalation:
    return Escalation.objects.live().get(risk=risk)


def notices(person) -> list[str]:
    return [each.words for each in Notice.objects.filter(person=person)]
