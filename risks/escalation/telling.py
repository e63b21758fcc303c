"""Telling people of an escalation: those who hold the level, and those below of what came of it.

Whoever may not see the risk is not told (xgov.notices sees to it), and nobody twice of a risk that crosses to and fro.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from risks.escalation_rules import QUIET_DAYS
from risks.level_holders import holders, people_below
from risks.models import Escalation
from xgov.accounts.models import User
from xgov.notices.telling import Telling, tell_all


def tell_of_raised(escalations: Collection[Escalation]) -> None:
    """Those who hold the level hear what is asked of them."""
    words = _("Risk %(risk)s was escalated to you. %(ask)s")
    tell_all(
        _telling(person, each, "risk_escalated", words % {"risk": each.risk, "ask": each.ask})
        for each, person in with_holders(escalations)
    )


def tell_of_asked_again(escalations: Collection[Escalation]) -> None:
    """They answered it at a lower score. Once for each score it rises to."""
    words = _("Risk %(risk)s has risen to %(score)d since it was answered, and waits for you again. %(ask)s")
    tell_all(
        _telling(
            person,
            each,
            "risk_escalated_again",
            words % {"risk": each.risk, "score": score, "ask": each.ask},
            quiet_for=f":{score}",
        )
        for each, person in with_holders(escalations)
        for score in [each.risk.residual_score]
    )


def tell_of_ended(escalations: Collection[Escalation]) -> None:
    """They need do nothing any more."""
    words = _("Risk %(risk)s no longer waits for you. %(outcome)s")
    tell_all(
        _telling(person, each, "escalation_ended", words % {"risk": each.risk, "outcome": each.outcome})
        for each, person in with_holders(escalations)
    )


def tell_those_below(escalation: Escalation, kind: str, words: str, *, by: User) -> None:
    """The owner, the managers of the keeping department and whoever raised it hear what came of it."""
    people = people_below([escalation.risk])[escalation.risk_id] | {escalation.raised_by_id}
    people -= {None, by.pk}
    tell_all(_telling(person, escalation, kind, words, is_quiet=False) for person in sorted(people))


def with_holders(escalations: Collection[Escalation]) -> Iterable[tuple[Escalation, int]]:
    """Each with everybody who holds its level: a query for each level."""
    prefetch_related_objects(list(escalations), "programme", "risk__programme")
    by_level: dict[str, list[Escalation]] = defaultdict(list)
    for each in escalations:
        by_level[each.to_level].append(each)
    for level, found in by_level.items():
        if level == "PROJECT":
            below = people_below([each.risk for each in found])
            yield from ((each, person) for each in found for person in sorted(below[each.risk_id]))
            continue
        held = holders(level, {each.programme_id for each in found})
        yield from ((each, person) for each in found for person in sorted(held[each.programme_id]))


def _telling(
    person: int, escalation: Escalation, kind: str, words: str, *, is_quiet: bool = True, quiet_for: str = ""
) -> Telling:
    key = f"{kind}:{escalation.risk_id}:{escalation.to_level}{quiet_for}" if is_quiet else ""
    return Telling(
        person_id=person, kind=kind, about=escalation, words=words, url=escalation.get_absolute_url(),
        where=escalation.programme.name, quiet_key=key, quiet_days=QUIET_DAYS if is_quiet else 0,
    )  # fmt: skip
