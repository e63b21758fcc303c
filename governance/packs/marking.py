"""A pack is marked as its most sensitive item is (GSC-1 of our rules), and no section has to remember to say so.

Where the programme holds sensitive records, the pack is composed once more as for a person who may not see them. What
it says only to a person who may is sensitive. If the two differ in nothing but counts ("2 of 9 risks", "2 of 8 risks")
there is no item to tell of: the pack is the one that does not count them either, for all who may read it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

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


class Marked(NamedTuple):
    marking: Marking
    sections: list[ComposedSection]
    is_uncounted: bool = False  # sensitive records are not even counted


def marked(pack: Pack, brief: Brief, sections: list[ComposedSection]) -> Marked:
    if any(is_sensitive(programme) for programme in brief.programmes):
        return Marked(Marking.OFFICIAL_SENSITIVE, sections)
    if not _any_sensitive_record(pack):
        return Marked(Marking.OFFICIAL, sections)
    if not rules.can(brief.reader, Permission.VIEW_SENSITIVE, brief.programmes[0]):
        return Marked(Marking.OFFICIAL, sections)
    with withholding(Permission.VIEW_SENSITIVE):
        without = compose(pack.board.running_order, replace(brief, known={}))
    if [each.values for each in sections] == [each.values for each in without]:
        return Marked(Marking.OFFICIAL, sections)
    told_to_all = set(_said(without))
    if all(saying in told_to_all for saying in _said(sections)):
        return Marked(Marking.OFFICIAL, without, is_uncounted=True)
    return Marked(Marking.OFFICIAL_SENSITIVE, sections)


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
