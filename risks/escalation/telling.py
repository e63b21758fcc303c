"""Telling people of an escalation: those who hold the level, and those below of what came of it.

Whoever may not see the risk is not told (xgov.notices sees to it). Of a risk that crosses to and fro nobody is
told at each crossing: once in some days that it ended, and that it is back only if that was the last they heard.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks.escalation import triggers
from risks.escalation_levels import LEVELS, RANK
from risks.escalation_rules import QUIET_DAYS
from risks.level_holders import holders, people_below
from risks.models import Escalation, Risk
from xgov.access.doors import sensitive_doors
from xgov.access.permissions import Permission
from xgov.access.standing import holding_at
from xgov.accounts.models import User
from xgov.notices.models import Notice
from xgov.notices.telling import Telling, tell_all, tell_those_who_see
from xgov.records.acting import current_signer


def tell_of_raised_by_itself(escalations: Collection[Escalation], actor: User | None = None) -> None:
    """Those who hold the level hear what is asked of them; those who deal with the risk day by day, that it went up."""
    asked = tell_of_raised(escalations)
    if escalations:
        _tell_those_who_deal_with_it(escalations, asked, actor)


def tell_of_raised(escalations: Collection[Escalation]) -> set[tuple[int, int]]:
    """Those who hold the level hear what is asked of them. Gives these people, each with the risk."""
    asked = list(with_holders(escalations))
    words = _("Risk %(risk)s was escalated to you. %(ask)s")
    tell_all(
        _telling(person, each, "risk_escalated", words % {"risk": each.risk, "ask": each.ask}, quiet_days=0)
        for each, person in asked
    )
    return {(person, each.risk_id) for each, person in asked}


def _tell_those_who_deal_with_it(
    escalations: Collection[Escalation], asked: set[tuple[int, int]], actor: User | None
) -> None:
    """The owner, the managers of the keeping department and whoever changed the risk hear that it went up by itself.

    Once for each risk and the highest level it went to. Whoever is asked hears of it by that.
    """
    by_risk: dict[int, list[Escalation]] = defaultdict(list)
    for each in sorted(escalations, key=lambda each: RANK[each.to_level]):
        by_risk[each.risk_id].append(each)
    risks = [found[0].risk for found in by_risk.values()]
    pairs = {(person, risk) for risk, people in people_below(risks).items() for person in people}
    pairs |= {(actor.pk, risk.pk) for risk in risks} if actor else set()
    seen = _in_sight(risks, pairs - asked)
    tell_those_who_see(_went_up(person, by_risk[risk]) for person, risk in sorted(seen))


def _went_up(person: int, escalations: list[Escalation]) -> Telling:
    highest = escalations[-1]
    levels = ", ".join(str(LEVELS[each.to_level].label) for each in escalations)
    words = _("Risk %(risk)s has escalated by itself to: %(levels)s. %(reason)s")
    said = {"risk": highest.risk, "levels": levels, "reason": highest.reason}
    return _telling(person, highest, "risk_went_up", words % said)


def _in_sight(risks: Collection[Risk], pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of these people and risks, those who may see them: the sensitive ones by the permission for that."""
    programmes = {risk.programme_id for risk in risks}
    people = {person for person, _risk in pairs}
    sensitive = sensitive_doors(Programme)
    held = holding_at(Programme, programmes, people, Permission.VIEW, Permission.VIEW_SENSITIVE)
    needed = {
        risk.pk: Permission.VIEW_SENSITIVE if triggers.is_marked(risk, sensitive) else Permission.VIEW for risk in risks
    }
    programme_of = {risk.pk: risk.programme_id for risk in risks}
    return {(person, risk) for person, risk in pairs if (person, programme_of[risk], needed[risk].value) in held}


def tell_of_asked_again(escalations: Collection[Escalation]) -> None:
    """They answered it at a lower score. Once for each score it rises to; not who hears that it is back."""
    last = _last_told(escalations)
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
        if last.get((person, each.risk_id, each.to_level)) != "escalation_ended"
        for score in [each.risk.residual_score]
    )


def tell_of_more(found: Collection[tuple[Escalation, str]]) -> None:
    """Those who have it before them hear what else calls for them; of the same once in some days."""
    reasons = {each.pk: why for each, why in found}
    words = _("Risk %(risk)s waits for you for another reason too. %(why)s %(ask)s")
    tell_all(
        _telling(
            person,
            each,
            "risk_escalated",
            words % {"risk": each.risk, "why": reasons[each.pk], "ask": each.ask},
            quiet_for=":" + ",".join(each.also_called),
        )
        for each, person in with_holders([each for each, _why in found])
    )


def tell_of_taken_up(escalations: Collection[Escalation]) -> None:
    """Whoever read last that they need do nothing any more hears that it is back."""
    waits = _("Risk %(risk)s waits for you again. %(ask)s")
    stands = _("Risk %(risk)s is with you again. What was answered stands.")
    last = _last_told(escalations)
    tell_all(
        _telling(
            person,
            each,
            "escalation_taken_up",
            (waits if each.waits_for_an_answer else stands) % {"risk": each.risk, "ask": each.ask},
            quiet_days=0,
        )
        for each, person in with_holders(escalations)
        if last.get((person, each.risk_id, each.to_level)) == "escalation_ended"
    )


def _last_told(escalations: Collection[Escalation]) -> dict[tuple[int, int, str], str]:
    """Of what each person was told lately of each risk and level: the newest, as its kind."""
    if not escalations:
        return {}
    kinds = ("risk_escalated", "escalation_ended", "escalation_taken_up")
    keys = {_key(kind, each): (kind, each.risk_id, each.to_level) for kind in kinds for each in escalations}
    found = Notice.objects.told_lately(keys, 2 * QUIET_DAYS).order_by("created_at", "pk")
    last = {}
    for person, key in found.values_list("person", "quiet_key"):
        kind, risk, level = keys[key]
        last[person, risk, level] = kind
    return last


def tell_of_ended(escalations: Collection[Escalation]) -> None:
    """They need do nothing any more. Of a risk that is over the last word they hear is that it is."""
    prefetch_related_objects(list(escalations), "programme", "risk__programme")
    words = _("Risk %(risk)s no longer waits for you. %(outcome)s")
    last = _last_told([each for each in escalations if each.risk.has_ended])
    tell_all(
        _telling(
            person, each, "escalation_ended", words % {"risk": each.risk, "outcome": each.outcome},
            quiet_days=0 if each.risk.has_ended and told not in {None, "escalation_ended"} else QUIET_DAYS,
        )
        for each, person in with_holders(escalations)
        for told in [last.get((person, each.risk_id, each.to_level))]
    )  # fmt: skip
    _tell_who_raised([each for each in escalations if each.raised_by_id])


def _tell_who_raised(escalations: Collection[Escalation]) -> None:
    words = _("What you asked about risk %(risk)s has ended by itself (it waited for: %(level)s). %(outcome)s")
    signer = current_signer().person
    tell_all(
        _telling(
            each.raised_by_id, each, "raised_escalation_ended",
            words % {"risk": each.risk, "level": LEVELS[each.to_level].label, "outcome": each.outcome},
            quiet_days=0 if each.risk.has_ended else QUIET_DAYS,
        )
        for each in escalations
        if signer is None or signer.pk != each.raised_by_id
    )  # fmt: skip


def tell_those_below(escalation: Escalation, kind: str, words: str, *, by: User) -> None:
    """The owner, the managers of the keeping department and whoever raised it hear what came of it."""
    _tell(_below(escalation), escalation, kind, words, by=by)


def tell_of_finished(escalation: Escalation, kind: str, words: str, *, by: User) -> None:
    """They hear it, and so do those who hold the level: it may be that somebody else took it from them."""
    above = {person for _each, person in with_holders([escalation])}
    _tell(_below(escalation) | above, escalation, kind, words, by=by)


def _below(escalation: Escalation) -> set[int | None]:
    return people_below([escalation.risk])[escalation.risk_id] | {escalation.raised_by_id}


def _tell(people: set[int | None], escalation: Escalation, kind: str, words: str, *, by: User) -> None:
    people = people - {None, by.pk}
    tell_all(_telling(person, escalation, kind, words, quiet_days=0) for person in sorted(people))


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
    person: int, escalation: Escalation, kind: str, words: str, *, quiet_days: int = QUIET_DAYS, quiet_for: str = ""
) -> Telling:
    """Without `quiet_days` the key only says what was told last."""
    return Telling(
        person_id=person, kind=kind, about=escalation, words=words, url=escalation.get_absolute_url(),
        where=escalation.programme.name, quiet_key=_key(kind, escalation) + quiet_for, quiet_days=quiet_days,
    )  # fmt: skip


def _key(kind: str, escalation: Escalation) -> str:
    return f"{kind}:{escalation.risk_id}:{escalation.to_level}"
