"""Telling people of something that happened.

    tell([sro], "risk_escalated", about=risk, words=_("Risk R-0001 was escalated to you."), url=risk.get_absolute_url(),
         where=risk.programme.name, quiet_key=f"escalation:{risk.pk}:SRO", quiet_days=7)

A notice is a row, written in the transaction of the action that tells: if the action fails, nobody was told. It stands
on the person's page of notices at once, and goes out with the next daily mail.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from xgov.notices.models import Notice
from xgov.notices.sight import about, seen_by


@dataclass(frozen=True)
class Telling:
    """One thing that one person is to be told.

    With a `quiet_key`, whoever was told under the same key within `quiet_days` is not told again.
    """

    person_id: int
    kind: str
    about: Model
    words: str
    url: str
    where: str = ""
    quiet_key: str = ""
    quiet_days: int = 0


def tell(people: Iterable[Model], kind: str, **what: Any) -> int:
    """Tell each of the people the same. Gives how many were told."""
    return tell_all(Telling(person_id=person.pk, kind=kind, **what) for person in people)


def tell_all(tellings: Iterable[Telling]) -> int:
    """Tell many people many things: a few queries for each person, one insert for all."""
    by_person: dict[int, list[Telling]] = defaultdict(list)
    for telling in _not_told_lately(list(tellings)):
        by_person[telling.person_id].append(telling)
    people = get_user_model().objects.filter(pk__in=by_person, is_active=True)
    notices = [
        _notice(telling)
        for person in people
        for telling in seen_by(person, by_person[person.pk], lambda telling: about(telling.about))
    ]
    Notice.objects.bulk_create(notices)
    return len(notices)


def tell_those_who_see(tellings: Iterable[Telling]) -> int:
    """Tell people who may sign in what the caller knows they may see: as few queries for many people as for one."""
    notices = [_notice(telling) for telling in _not_told_lately(list(tellings))]
    Notice.objects.bulk_create(notices)
    return len(notices)


def _notice(telling: Telling) -> Notice:
    label, pk = about(telling.about)
    return Notice(
        person_id=telling.person_id, kind=telling.kind, words=str(telling.words)[:400], where=str(telling.where)[:250],
        url=telling.url, about_model=label, about_id=pk, quiet_key=telling.quiet_key,
    )  # fmt: skip


def _not_told_lately(tellings: list[Telling]) -> list[Telling]:
    told: set[tuple[int, str]] = set()
    for days in {telling.quiet_days for telling in tellings if telling.quiet_key}:
        keys = {telling.quiet_key for telling in tellings if telling.quiet_days == days and telling.quiet_key}
        told |= set(Notice.objects.told_lately(keys, days).values_list("person_id", "quiet_key"))
    kept = []
    for telling in tellings:
        if telling.quiet_key and (telling.person_id, telling.quiet_key) in told:
            continue
        told.add((telling.person_id, telling.quiet_key))
        kept.append(telling)
    return kept
