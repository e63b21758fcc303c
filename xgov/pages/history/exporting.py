"""The whole history behind a door as one CSV, for whoever may audit it: one line for each field that changed."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.pages.history.merging import kinds_behind, models_behind, versions_behind
from xgov.pages.history.wording import Names, Version, changes, kind_of, with_names
from xgov.papers.exports import stream_csv
from xgov.records.clock import today
from xgov.records.events import record_event

EXPORT_COLUMNS = (
    _("Kind of record"),
    _("Record"),
    _("Record number"),
    _("What happened"),
    _("Field"),
    _("Was"),
    _("Became"),
    _("Who"),
    _("When"),
    _("Reason"),
    _("History number"),
)
_CHUNK = 500
_WORDS = {"+": _("Recorded"), "~": _("Changed"), "-": _("Removed")}


def export_response(request: HttpRequest, door: Model, kind: str = "") -> StreamingHttpResponse:
    """The CSV, of one kind of record or of all. Needs the permission to audit; the export is noted as an event."""
    rules.require(request.user, Permission.AUDIT, door)
    only = dict(kinds_behind(door))[kind] if kind else ""
    words = _("%(door)s, only: %(kind)s") % {"door": door, "kind": only} if only else str(door)
    record_event("history_exported", request.user, door=door, subject=door, words=words, only=kind)
    name = slugify(f"history {getattr(door, 'reference', None) or door} {only} {today():%Y-%m-%d}")
    return stream_csv(name, EXPORT_COLUMNS, export_rows(door, request.user, kind))


def export_rows(door: Model, reader: Model, kind: str = "") -> Iterator[list[Any]]:
    """Record after record, oldest version first. Reads in chunks: the length of the history does not matter."""
    rules.require(reader, Permission.AUDIT, door)
    for model in models_behind(type(door)):
        if not kind or model._meta.label_lower == kind:
            yield from _rows_of(model, versions_behind(door, model, reader).order_by("id", "history_id"), reader)


def _rows_of(model: type[Model], versions: Any, reader: Model) -> Iterator[list[Any]]:
    previous: Version | None = None
    stream = versions.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(stream, _CHUNK)):
        names = Names(reader, [previous, *chunk])
        records = _names_now(model, {version.id for version in chunk})
        for version in chunk:
            older = previous if previous is not None and previous.id == version.id else None
            yield from _lines(version, older, names, records.get(version.id, ""))
            previous = version


def _names_now(model: type[Model], keys: set[int]) -> dict[int, str]:
    return {record.pk: str(record) for record in with_names(model._base_manager.filter(pk__in=keys))}


def _lines(version: Version, older: Version | None, names: Names, record: str) -> Iterator[list[Any]]:
    start = [kind_of(version), record, version.id, str(_WORDS[version.history_type])]
    end = [
        version.history_signer,
        timezone.localtime(version.history_date).isoformat(timespec="seconds"),
        version.history_change_reason or "",
        version.history_id,
    ]
    found = changes(older, version, names)
    for change in found:
        yield [*start, change.label, change.was, change.now, *end]
    if not found:
        yield [*start, "", "", "", *end]
