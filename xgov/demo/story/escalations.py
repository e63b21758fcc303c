"""What two departments will and will not bear, and who was asked about the risks that went beyond it."""

from risks.actions.appetites import set_appetite, set_department_appetite
from risks.actions.escalations import acknowledge, escalate, respond, return_escalation
from risks.models import Escalation, Risk
from xgov.demo import people as p
from xgov.demo.calendar import day, on
from xgov.demo.story.cast import StoryCast

UNFUNDED, OUTREACH = "Move-on beds run out of funding", "Too few outreach workers in the north-west"


def agree_by_department(cast: StoryCast) -> None:
    """The Ministry of Justice bears less than the others where its data is at stake; the lead bears little anywhere."""
    with on(300):
        set_appetite(
            cast.programme, "INFORMATION", by=cast["manager@moj"], department=cast.departments[p.MOJ], level="AVERSE",
            agreed_by="MOJ data board", agreed_on=day(305), review_due=day(-60),
        )  # fmt: skip
        set_department_appetite(
            cast.departments[p.MHCLG], "FINANCIAL", by=cast["admin@mhclg"], level="CAUTIOUS",
            max_residual_score=8,
            agreed_by="MHCLG executive team", agreed_on=day(310), review_due=day(-50),
        )  # fmt: skip
        set_department_appetite(
            cast.departments[p.MHCLG], "LEGAL", by=cast["admin@mhclg"], level="CAUTIOUS",
            agreed_by="MHCLG executive team", agreed_on=day(310), review_due=day(-50),
        )  # fmt: skip


def ask_for_outreach_workers(cast: StoryCast) -> None:
    """Asked by a person, answered, and given back."""
    risk = Risk.objects.get(programme=cast.programme, title=OUTREACH)
    with on(90):
        raised = escalate(
            risk, by=cast["manager@dhsc"], to_level="SRO", trigger="OUTSIDE_AUTHORITY",
            reason="Pay above the local scale needs a word from the joint programme, not from one department.",
            ask="Say whether outreach posts in the north-west may be paid one grade higher until March.",
        )  # fmt: skip
    with on(86):
        acknowledge(raised, by=cast.sro)
    with on(83):
        respond(raised, by=cast.sro, response="Yes, for up to twelve posts. Report in March whether they were filled.")
    with on(70):
        return_escalation(raised, by=cast["manager@mhclg"], reason="Nine of the twelve posts are filled.")


def answer_about_the_beds(cast: StoryCast) -> None:
    """What escalated by itself: the SRO has seen it, and the answer is still to come."""
    risk = Risk.objects.get(programme=cast.programme, title=UNFUNDED)
    with on(22):
        for escalation in Escalation.objects.live().filter(risk=risk, to_level="SRO"):
            acknowledge(escalation, by=cast.sro)
