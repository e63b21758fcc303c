"""A pack is marked as its most sensitive item is (GSC-1 of our rules), and no section has to remember to say so.

Where the programme holds sensitive records, the pack is composed once more as for a person who may not see them. What
it says only to a person who may is sensitive. A sentence that differs in nothing but a count ("2 of 9 risks", "2 of 8
risks") tells of no item and does not mark the pack.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.db.models import Value

from governance.models import Pack
from programmes.models import Programme
from xgov.access import rules
from xgov.access.doors import SENSITIVE, door_field, door_model, is_sensitive, marking_field
from xgov.access.permissions import Permission
from xgov.access.standing import withholding
from xgov.papers.sections import Brief, ComposedSection, compose
from xgov.records.fields import Marking

# A whole number that is no amount of money, share or part of a reference.
_COUNT = re.compile(r"(?<![\w£.,-])\d{1,3}(?:,\d{3})*(?![\w%.,-]*[\w%])")


def marking_of(pack: Pack, brief: Brief, sections: list[ComposedSection]) -> Marking:
    if any(is_sensitive(programme) for programme in brief.programmes):
        return Marking.OFFICIAL_SENSITIVE
    if not _any_sensitive_record(pack):
        return Marking.OFFICIAL
    if not rules.can(brief.reader, Permission.VIEW_SENSITIVE, brief.programmes[0]):
        return Marking.OFFICIAL
    with withholding(Permission.VIEW_SENSITIVE):
        without = compose(pack.board.running_order, replace(brief, known={}))
    told_to_all = set(_said(without))
    if all(saying in told_to_all for saying in _said(sections)):
        return Marking.OFFICIAL
    return Marking.OFFICIAL_SENSITIVE


def _said(sections: Iterable[ComposedSection]) -> Iterator[tuple[str, str]]:
    """Everything that the sections say, leaf by leaf, with its section."""
    for section in sections:
        for leaf in _leaves(section.values):
            yield section.key, leaf


def _leaves(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield _COUNT.sub("#", plain)
    elif isinstance(plain, list):
        for item in plain:
            yield from _leaves(item)
    elif isinstance(plain, dict) and not any(key.startswith("$") for key in plain):
        for item in plain.values():
            yield from _leaves(item)
    elif isinstance(plain, dict):
        yield json.dumps(plain)  # a date, an amount


def _any_sensitive_record(pack: Pack) -> bool:
    first, *others = [
        model._base_manager.filter(**{door_field(model): pack.programme_id, marking_field(model): SENSITIVE})
        .annotate(one=Value(1))
        .order_by()
        .values_list("one")
        for model in apps.get_models()
        if getattr(model, "governed", False) and marking_field(model) and door_model(model) is Programme
    ]
    return first.union(*others).exists()
