"""All that is asked of the database before some risks are decided on: a few queries, however many risks."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.db.models import F, Q

from programmes.models import Programme
from risks import register_terms
from risks.escalation import triggers
from risks.escalation.limits import MANY, Affecting, Appetites, appetites_for
from risks.escalation_rules import REST_DAYS, EscalationRule
from risks.models import Escalation, Risk
from risks.standing import possible_owners
from xgov.access.doors import sensitive_doors
from xgov.records.clock import now, today


@dataclass
class Surroundings:
    appetites: Appetites
    rules: dict[int, tuple[EscalationRule, ...]]  # by programme
    sensitive_programmes: Collection[int] = ()
    adrift: Collection[int] = ()  # risks that reach another department and have nobody here who owns them
    live: dict[int, dict[str, Escalation]] = field(default_factory=lambda: defaultdict(dict))  # by risk and level
    past: dict[tuple[int, str], list[Escalation]] = field(default_factory=lambda: defaultdict(list))  # ended lately
    day: date = field(default_factory=today)
    moment: datetime = field(default_factory=now)


def around(risks: Collection[Risk]) -> Surroundings:
    """What surrounds these risks, as they stand in the database."""
    programmes = [Programme(pk=pk) for pk in {risk.programme_id for risk in risks}]
    terms = register_terms.terms_of_many(programmes)
    found = _around(risks, {pk: each.escalation_rules for pk, each in terms.items()})
    reaching = list(found.appetites.affected)
    found.adrift = triggers.adrift(Risk.objects.filter(pk__in=reaching)) if reaching else ()
    return found


def around_unsaved(
    programme: Programme, risks: Collection[Risk], affecting: Affecting = MappingProxyType({}),
    rules: tuple[EscalationRule, ...] | None = None,
) -> Surroundings:  # fmt: skip
    """What surrounds risks of one programme that are about to be saved, maybe with other owners than in the database.

    `affecting`: the departments that they will affect, and `rules`: those of the register, where these are others too.
    """
    if rules is None:
        rules = register_terms.terms_of(programme).escalation_rules
    found = _around(risks, {programme.pk: rules}, affecting)
    reaching = [risk for risk in risks if found.appetites.affected.get(risk.pk)]
    if reaching:
        owners = possible_owners(programme).filter(pk__in={risk.owner_id for risk in reaching})
        here = set(owners.values_list("pk", flat=True))
        found.adrift = {risk.pk for risk in reaching if risk.owner_id not in here}
    return found


def _around(
    risks: Collection[Risk], rules: dict[int, tuple[EscalationRule, ...]], affecting: Affecting = MappingProxyType({})
) -> Surroundings:
    found = Surroundings(appetites_for(risks, affecting), rules, sensitive_doors(Programme))
    keys = [risk.pk for risk in risks if risk.pk]
    if keys:
        # Past some thousands the list of risks would be longer than what it leaves out.
        theirs = Q(risk__in=keys) if len(keys) < MANY else Q()
        lately = Q(state__in=Escalation.LIVE) | Q(ended_at__gte=found.moment - timedelta(days=REST_DAYS))
        lately |= Q(ended_at__gte=F("risk__above_tolerance_since"))  # of the same matter, borne for a while
        for escalation in Escalation.objects.filter(lately & theirs).order_by("ended_at", "pk"):
            if escalation.is_live:
                found.live[escalation.risk_id][escalation.to_level] = escalation
            else:
                found.past[escalation.risk_id, escalation.to_level].append(escalation)
    return found
