"""What nobody answers in time climbs: to the next level that somebody holds. It stays where it was, too."""

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.escalation import telling, triggers
from risks.escalation_levels import LADDER, LEVELS, RANK, above
from risks.escalation_rules import RESPONSE_DAYS
from risks.level_holders import holders
from risks.models import Escalation, Risk
from xgov.access.doors import sensitive_doors
from xgov.pages import values
from xgov.records import working_days
from xgov.records.clock import today
from xgov.records.holding import hold_all

Held = dict[str, dict[int, set[int]]]  # people by level and programme


@transaction.atomic
def climb() -> int:
    """Raise what is late by one level, once each time it is asked, in as many statements for many as for one.

    Gives their number.
    """
    late = Escalation.objects.late().not_climbed().exclude(to_level=LADDER[-1])
    late = list(late.exclude(programme__status__in=["CLOSED", "CANCELLED"]).select_related("risk__programme"))
    if not late:
        return 0
    risks = {risk.pk: risk for risk in hold_all(Risk.objects.filter(pk__in={each.risk_id for each in late}))}
    programmes = {each.programme_id for each in late}
    held = {level: holders(level, programmes) for level in above("PROJECT")}
    live = set(Escalation.objects.live().filter(risk__in=risks).values_list("risk", "to_level"))
    sensitive = sensitive_doors(Programme)
    raised = []
    for each in sorted(late, key=lambda each: -RANK[each.to_level]):
        level = _next_level(each, held, is_sensitive=triggers.is_marked(each.risk, sensitive))
        if level and (each.risk_id, level) not in live:
            live.add((each.risk_id, level))
            raised.append(_climbed(each, level))
    _write(raised, risks)
    return len(raised)


def _next_level(escalation: Escalation, held: Held, *, is_sensitive: bool) -> str | None:
    for level in above(escalation.to_level):
        if is_sensitive and level in triggers.NEVER_SENSITIVE:
            continue
        if held[level].get(escalation.programme_id):
            return level
    return None


def _climbed(below: Escalation, level: str) -> Escalation:
    words = _("%(level)s did not answer by %(day)s. It was escalated there because: %(reason)s")
    said = {"level": LEVELS[below.to_level].label, "day": values.day(below.response_due), "reason": below.reason}
    return Escalation(
        programme=below.programme, risk=below.risk, from_level=below.to_level, to_level=level, trigger="OVERDUE",
        reason=words % said, ask=below.ask, score=below.risk.residual_score, climbed_from=below,
        response_due=working_days.after(today(), RESPONSE_DAYS),
    )  # fmt: skip


def _write(raised: list[Escalation], risks: dict[int, Risk]) -> None:
    if not raised:
        return
    Escalation.objects.create_many(raised)
    higher = []
    for each in raised:
        risk = risks[each.risk_id]
        if RANK[each.to_level] > RANK.get(risk.escalated_to, -1):
            risk.escalated_to = each.to_level
            higher.append(risk)
    unique = list({risk.pk: risk for risk in higher}.values())
    if unique:
        Risk.objects.save_many(unique, ["escalated_to"])
    telling.tell_of_raised_by_itself(raised)
