"""What changed between two versions of a record, in the words of its fields."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import DecimalField, Field, ForeignKey, JSONField, Model, QuerySet
from django.utils.translation import gettext as _

from xgov.access import rules
from xgov.access.doors import marking_field
from xgov.pages.values import in_plain_words, pounds

Version = Model  # a row of a history table

_BOOKKEEPING = frozenset({"id", "created_at", "updated_at", "lock_version"})
_LONG_TITLE = 90


@dataclass(frozen=True)
class FieldChange:
    """One field of a record between two versions, in words."""

    field: str
    label: str
    was: str
    now: str


class Names:
    """The names of related records, asked once for each model however many versions are shown.

    A record that the reader may not see is not named.
    """

    def __init__(self, reader: Model, versions: Iterable[Version | None]) -> None:
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for version in versions:
            if version is None:
                continue
            for field in relations_of(version):
                key = getattr(version, field.attname)
                if key is not None:
                    wanted[field.related_model].add(key)
        self._names = {model: _named(model, keys, reader) for model, keys in wanted.items()}

    def of(self, model: type[Model], key: Any) -> str:
        return self._names.get(model, {}).get(key) or _("a record that you may not see")


def _named(model: type[Model], keys: set[Any], reader: Model) -> dict[Any, str]:
    found = with_names(model._base_manager.filter(pk__in=keys))
    if _may_be_hidden(model):
        found = rules.visible(found, reader)
    return {record.pk: str(record) for record in found}


def _may_be_hidden(model: type[Model]) -> bool:
    """People and departments are named to everybody; what stands behind a door or carries a marking is not."""
    if getattr(model, "door", None) is None or model._meta.label == settings.AUTH_USER_MODEL:
        return False
    return model.door != "self" or marking_field(model) is not None


def kind_of(version: Version) -> str:
    """What sort of record it was then: most are of one sort for ever, a model may say otherwise in `kind_at`."""
    model = version.instance_type
    return str(model.kind_at(version) if hasattr(model, "kind_at") else model._meta.verbose_name)


def with_names(records: QuerySet) -> QuerySet:
    """With the related records that their names and addresses are made of: a part's are made of its whole's too."""
    names: list[str] = []
    for field in _relations_in(records.model):
        whole = field.related_model
        names.append(field.name)
        if getattr(whole, "governed", False) and whole.door != "self":
            names += (f"{field.name}__{inner.name}" for inner in _relations_in(whole))
    return records.select_related(*names)


def _relations_in(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.fields if field.is_relation and field.many_to_one]


def fields_of(version: Version) -> list[Field]:
    return [field for field in version.tracked_fields if field.name not in _BOOKKEEPING]


def relations_of(version: Version) -> list[ForeignKey]:
    return [field for field in fields_of(version) if field.is_relation]


def changes(older: Version | None, newer: Version, names: Names) -> list[FieldChange]:
    """Field by field; against nothing, everything that the first version said."""
    found = []
    for field in fields_of(newer):
        was = getattr(older, field.attname) if older is not None else None
        now = getattr(newer, field.attname)
        if was != now and not (older is None and now in ("", None, [], {})):
            label = str(field.verbose_name)
            found.append(
                FieldChange(field.name, label, value_in_words(field, was, names), value_in_words(field, now, names))
            )
    return found


def value_in_words(field: Field, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        return names.of(field.related_model, value)
    if field.choices:
        labels = dict(field.flatchoices)
        values = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(each, each)) for each in values)
    if isinstance(field, DecimalField) and isinstance(value, Decimal) and field.max_digits >= 15:
        return pounds(value)
    if isinstance(field, JSONField) and isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(field, JSONField) and isinstance(value, dict):
        return "\n".join(f"{name}: {_pairs_in_words(each)}" for name, each in value.items())
    return in_plain_words(value)


def _pairs_in_words(value: Any) -> str:
    """What stands within: names and their values in one line."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {in_plain_words(each)}" for name, each in value.items())
    return in_plain_words(value)


def title_of(version: Version, found: list[FieldChange]) -> str:
    """`Residual score 12 to 20`, `Status and owner changed`, `Recorded`."""
    if version.history_type == "+":
        return _("Recorded")
    if not found:
        return _("Saved without a change")
    labels = [change.label[:1].upper() + change.label[1:] if n == 0 else change.label for n, change in enumerate(found)]
    if len(found) == 1:
        return _in_one_line(found[0]) or _("%(label)s changed") % {"label": labels[0]}
    if len(found) > 4:
        return _("%(first)s and %(count)s more answers changed") % {
            "first": ", ".join(labels[:3]),
            "count": len(found) - 3,
        }
    return _("%(first)s and %(last)s changed") % {"first": ", ".join(labels[:-1]), "last": labels[-1]}


def _in_one_line(change: FieldChange) -> str:
    """The change itself as a title, if it is short; else nothing."""
    if not change.was or not change.now:
        return ""
    said = {"label": change.label[:1].upper() + change.label[1:], "was": change.was, "now": change.now}
    words = _("%(label)s %(was)s to %(now)s") % said
    return words if len(words) <= _LONG_TITLE and "\n" not in words else ""


def says_it_all(found: list[FieldChange]) -> bool:
    """Whether the title tells the only change already."""
    return len(found) == 1 and bool(_in_one_line(found[0]))
