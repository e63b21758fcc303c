"""The shelf of those who hold a level of escalation: each app says it for the levels it knows, in `level_holders.py`.

    @holds("SRO")
    def sros(programmes: Collection[int] | None, person: User | None) -> Iterable[Held]: ...

Asked for some programmes, or for one person everywhere (None: not narrowed). A programme of None stands for all.
Holding a level shows nobody anything: who may not see a risk is neither told of it nor asked.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from django.db.models import Q

from programmes.models import Appointment
from risks.escalation_levels import LEVELS
from risks.models import Escalation, Risk
from xgov.access import rules
from xgov.accounts.models import Membership, User

Held = tuple[int | None, int]  # programme, person
Holders = Callable[[Collection[int] | None, User | None], Iterable[Held]]

_shelf: dict[str, Holders] = {}

# Which appointment in a programme stands on which level.
_APPOINTED = {"SRO": "sro", "SPONSOR_GROUP": "senior_sponsor", "ACCOUNTING_OFFICERS": "lead_accounting_officer"}


def level_of_role(role: str) -> str:
    """Where who is appointed so stands; PROJECT for roles that stand on no level above it."""
    return next((level for level, appointed in _APPOINTED.items() if appointed == role), "PROJECT")


def holds(level: str) -> Callable[[Holders], Holders]:
    if level not in LEVELS:
        raise KeyError(f"“{level}” is no level of escalation.")

    def shelve(function: Holders) -> Holders:
        _shelf[level] = function
        return function

    return shelve


def _appointed(level: str, programmes: Collection[int] | None, person: User | None) -> Iterable[Held]:
    found = Appointment.objects.current().filter(role=_APPOINTED[level])
    return narrowed(found, programmes, person).values_list("programme", "person")


def narrowed(rows: object, programmes: Collection[int] | None, person: User | None, path: str = "programme") -> object:
    """The rows of these programmes and of this person."""
    if programmes is not None:
        rows = rows.filter(**{f"{path}__in": programmes})
    return rows if person is None else rows.filter(person=person)


@holds("SRO")
def sros(programmes: Collection[int] | None, person: User | None) -> Iterable[Held]:
    return _appointed("SRO", programmes, person)


@holds("SPONSOR_GROUP")
def sponsors(programmes: Collection[int] | None, person: User | None) -> Iterable[Held]:
    return _appointed("SPONSOR_GROUP", programmes, person)


@holds("ACCOUNTING_OFFICERS")
def accounting_officers(programmes: Collection[int] | None, person: User | None) -> Iterable[Held]:
    return _appointed("ACCOUNTING_OFFICERS", programmes, person)


@holds("CENTRE")
def centre(programmes: Collection[int] | None, person: User | None) -> Iterable[Held]:
    found = narrowed(Membership.objects.current().filter(role="centre"), None, person)
    return ((None, pk) for pk in found.values_list("person", flat=True))


def holders(level: str, programmes: Collection[int]) -> dict[int, set[int]]:
    """The people who hold the level, by programme, in one query. Of the lowest level ask `people_below`."""
    found: dict[int, set[int]] = defaultdict(set)
    if level in _shelf:
        for programme, person in _shelf[level](programmes, None):
            for key in programmes if programme is None else (programme,):
                found[key].add(person)
    return found


def people_below(risks: Collection[Risk]) -> dict[int, set[int]]:
    """Those who deal with each risk day by day: its owner and the managers of the department that keeps it."""
    managers: dict[int, set[int]] = defaultdict(set)
    held = Membership.objects.current().filter(role="programme_manager", department__in={r.kept_by_id for r in risks})
    for department, person in held.values_list("department", "person"):
        managers[department].add(person)
    owned = {risk.pk: {risk.owner_id} if risk.owner_id else set() for risk in risks}
    return {risk.pk: owned[risk.pk] | managers[risk.kept_by_id] for risk in risks}


def holders_for(level: str, risk: Risk) -> set[int]:
    if level == "PROJECT":
        return people_below([risk])[risk.pk]
    return holders(level, [risk.programme_id])[risk.programme_id]


def people_at(level: str, risk: Risk) -> list[User]:
    """Those who hold the level for this risk and may see it, by name."""
    people = User.objects.filter(pk__in=holders_for(level, risk), is_active=True).order_by("name", "pk")
    return [person for person in people if rules.permissions_on(person, risk)]


def is_held_by(person: User, escalation: Escalation) -> bool:
    return person.pk in holders_for(escalation.to_level, escalation.risk)


def held_by(person: User) -> Q:
    """The escalations to a level that the person holds, in a query for each level."""
    theirs = Q(to_level="PROJECT", risk__owner=person) | Q(
        to_level="PROJECT", risk__kept_by__in=_departments_managed(person)
    )
    for level, function in _shelf.items():
        programmes = {programme for programme, _person in function(None, person)}
        if None in programmes:
            theirs |= Q(to_level=level)
        elif programmes:
            theirs |= Q(to_level=level, programme__in=programmes)
    return theirs


def _departments_managed(person: User) -> object:
    return Membership.objects.current().filter(role="programme_manager", person=person).values("department")
