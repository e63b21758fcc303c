"""The list, the page and the explanation never disagree: on every kind of record, for everybody, in any state."""

from random import Random

import pytest
from django.db import models

from programmes.models import Party, Programme
from tests.access.ground import Ground, governed_models, records_of
from xgov.access import grants, rules
from xgov.access.doors import SENSITIVE
from xgov.access.explaining import why
from xgov.access.permissions import Permission
from xgov.access.standing import remembering
from xgov.accounts.models import Department, User
from xgov.accounts.standing import sync_everyone
from xgov.records.clock import today


def test_every_kind_of_record_is_on_the_ground(ground: Ground) -> None:
    without = [model._meta.label for model in governed_models() if not records_of(model).exists()]
    assert without == [], "give each kind of governed record a place in tests/access/ground.py"


def shuffle(chance: Random) -> None:
    """Any state that the database allows, however it came about."""
    departments = list(Department.objects.values_list("pk", flat=True))
    for model in governed_models():
        names = {field.name for field in model._meta.concrete_fields}
        for record in records_of(model):
            changed = {}
            if "marking" in names:
                changed["marking"] = chance.choice(["OFFICIAL", "OFFICIAL", SENSITIVE])
            if model.keeper == "kept_by":
                changed["kept_by"] = chance.choice(departments)
            if changed:
                write(record, **changed)
    for party in Party.objects.exclude(role="LEAD"):
        shuffle_party(party, chance)
    for programme in Programme.objects.all():
        grants.sync(programme)
    sync_everyone()


def shuffle_party(party: Party, chance: Random) -> None:
    status = chance.choice(Party.Status.values)
    withdrawn = today() if status == Party.Status.WITHDRAWN else None
    write(party, status=status, withdrawn_on=withdrawn, answered_on=today())


def write(record: models.Model, **values: object) -> None:
    models.QuerySet(type(record)).filter(pk=record.pk).update(**values)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_listed_is_what_may_be_opened_and_what_is_explained(ground: Ground, seed: int) -> None:
    if seed:
        shuffle(Random(seed))
    records = {model: list(records_of(model)) for model in governed_models()}
    with remembering():
        explained = {record: {sight.person for sight in why(record)} for all_ in records.values() for record in all_}
    for person in [*ground.people.values(), *User.objects.filter(packs_received__isnull=False)]:
        with remembering():
            for model, of_model in records.items():
                listed = set(records_of(model).visible_to(person))
                held = {record: rules.permissions_on(person, record) for record in of_model}
                opened = {record for record in of_model if held[record]}
                told = {record for record in of_model if person in explained[record]}
                assert listed == opened == told, (model._meta.label, person.name)
                assert all(Permission.VIEW in held[record] for record in opened), "nothing is done with the unseen"


def test_with_many_doors_the_answer_is_the_same(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen() -> dict[tuple[str, str], set[int]]:
        found = {}
        for name, person in ground.people.items():
            with remembering():
                for model in governed_models():
                    visible = records_of(model).visible_to(person)
                    found[model._meta.label, name] = set(visible.values_list("pk", flat=True))
        return found

    with_lists = seen()
    monkeypatch.setattr(rules, "DOORS_AS_LIST", 0)
    assert seen() == with_lists
