"""Why a risk was escalated by a rule, and what came of it, in sentences."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from risks.escalation import triggers
from risks.escalation.surroundings import Surroundings
from risks.escalation_rules import EscalationRule
from risks.models import Escalation, Risk
from xgov.pages import values


def why(risk: Risk, rule: EscalationRule) -> str:
    said = {"score": risk.residual_score, "limit": risk.tolerance_limit}
    if rule.trigger == "ABOVE_TOLERANCE":
        points = risk.residual_score - (risk.tolerance_limit or 0)
        words = _("The residual score of %(score)d is %(points)d above the tolerance of %(limit)d.")
        return words % {**said, "points": points}
    if rule.trigger == "OVERDUE":
        return _("Its review was due on %(day)s.") % {"day": values.day(risk.review_due)}
    if rule.trigger == "FUNDING_NEEDED":
        return _("What is to be done about it has no money; the residual score is %(score)d.") % said
    if rule.trigger == "TIME_CRITICAL":
        return _("It may happen any day now; the residual score is %(score)d.") % said
    return _("It affects another department, and nobody with a role in the programme owns it.")


def reasons(risk: Risk, rules: Iterable[EscalationRule]) -> str:
    """Each once, the gravest first as the rules come."""
    return " ".join(dict.fromkeys(why(risk, rule) for rule in rules))


def what_came_of_it(risk: Risk, escalation: Escalation, around: Surroundings) -> str:
    if not risk.is_open:
        return _("The risk is closed.") if risk.status == Risk.Status.CLOSED else _("The risk has happened.")
    if triggers.is_kept_from(escalation.to_level, risk, around.sensitive_programmes):
        return _("The risk is marked OFFICIAL-SENSITIVE, and nobody at that level may see it.")
    if risk.is_accepted_for(escalation.to_level, around.day):
        return _("The risk is accepted up to a score of %(limit)d, until %(day)s.") % {
            "limit": risk.accepted_up_to, "day": values.day(risk.accepted_until),
        }  # fmt: skip
    if escalation.climbed_from_id is not None:
        return _("The level below has answered.")
    if escalation.trigger == "OVERDUE":
        return _("The risk has been reviewed.")
    if escalation.trigger == "ABOVE_TOLERANCE" and risk.tolerance_limit is not None:
        words = _("The residual score is %(score)d, and up to %(limit)d is tolerated.")
        return words % {"score": risk.residual_score, "limit": risk.tolerance_limit}
    return _("What called for it is gone; the residual score is %(score)d.") % {"score": risk.residual_score}
