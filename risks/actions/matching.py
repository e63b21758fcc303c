"""Saying how a register of another shape is read: by its columns, and by its words. It is remembered."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from risks.actions import possible
from risks.actions.bringing import held, new_words, outline_of
from risks.imports import matching
from risks.imports.foreign import Outline
from risks.imports.surroundings import Surroundings
from risks.models import ColumnMapping, RegisterImport
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

State = RegisterImport.State


@transaction.atomic
def match_columns(
    brought: RegisterImport, *, by: User, columns: Mapping[str, str], category: str, kept_by: Department,
    control_type: str = "", control_line: str = "", words: matching.Words | None = None,
    register: ColumnMapping | None = None, is_another: bool = False,
) -> ColumnMapping:  # fmt: skip
    """Say how this register is read: now, and each time a copy of it is brought for the same department.

    `register`: which of the registers with these columns it is, if it has come before; `is_another`: it has not.
    """
    brought = held(brought, by)
    outline = _outline(brought)
    around = Surroundings(brought.programme)
    if kept_by.pk not in around.departments:
        possible.refuse_outside_department(brought.programme, kept_by, "kept_by")
    mapping = _mapping(brought, outline, register, is_another=is_another)
    before = _said(mapping)
    mapping.headers, mapping.columns = outline.headers, dict(columns)
    mapping.category, mapping.kept_by = category, kept_by
    mapping.control_type, mapping.control_line = control_type, control_line
    said = _merge_words(mapping, words or {}, around)
    mapping.clean_fields(exclude={"programme", "department", "kept_by", "columns", "words", "headers"})
    with acting(by, _with(_("Columns of %(name)s matched") % {"name": brought.name}, said)):
        if mapping.pk is None or before != _said(mapping):
            mapping.save()
        brought.mapping = mapping
        brought.state = State.MAPPING if new_words(mapping, outline) else State.BROUGHT
        brought.save()
    return mapping


@transaction.atomic
def match_words(brought: RegisterImport, *, by: User, words: matching.Words) -> ColumnMapping:
    """Say what words stand for. What was said of others, in copies before this one, stays as it is."""
    brought = held(brought, by)
    _outline(brought)
    if brought.mapping is None:
        raise RuleBroken(_("Say first what is in its columns."))
    mapping = hold(brought.mapping)
    before = _said(mapping)
    said = _merge_words(mapping, words, Surroundings(brought.programme))
    with acting(by, _with(_("Words of %(name)s matched") % {"name": brought.name}, said)):
        if before != _said(mapping):
            mapping.save()
        brought.mapping, brought.state = mapping, State.BROUGHT
        brought.save()
    return mapping


def _outline(brought: RegisterImport) -> Outline:
    outline = outline_of(brought)
    if outline is None:
        raise RuleBroken(_("This is a copy of this register: its columns need no matching."))
    return outline


def _mapping(
    brought: RegisterImport, outline: Outline, register: ColumnMapping | None, *, is_another: bool
) -> ColumnMapping:
    """The one that the person chose, or that is known to be meant; else a new one, which begins with what was said
    of the words of a register like it."""
    place = (brought.programme, brought.kept_by, outline)
    like_it = matching.known(*place)
    if register is not None and register not in like_it:
        raise RuleBroken(_("That register has other columns, or is another department’s."), "register")
    if not is_another:
        chosen = register or brought.mapping or matching.mapping_for(*place, brought.name)
        if chosen is not None:
            return hold(chosen)
    mapping = matching.another(*place, brought.name)
    mapping.words = dict(like_it[-1].words) if like_it else {}
    return mapping


def _said(mapping: ColumnMapping) -> tuple[Any, ...]:
    """All that people have said of it."""
    where_nothing_is_said = (mapping.category, mapping.kept_by_id, mapping.control_type, mapping.control_line)
    return mapping.headers, mapping.columns, mapping.words, where_nothing_is_said


def _merge_words(mapping: ColumnMapping, words: matching.Words, around: Surroundings) -> str:
    earlier = mapping.words
    mapping.words = matching.merged(earlier, words)
    return matching.in_words(earlier, words, around)


def _with(sentence: str, said: str) -> str:
    return f"{sentence}. {said}" if said else sentence
