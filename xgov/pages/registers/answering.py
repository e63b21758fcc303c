"""The view of a list: the page, or the file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xgov.pages.paging import with_query
from xgov.pages.registers import making
from xgov.pages.registers.choosing import Choosing
from xgov.pages.registers.declaring import Column, Register
from xgov.pages.registers.listing import Listing
from xgov.papers.exports import stream_csv, xlsx
from xgov.papers.workbooks import LAST_ROW
from xgov.records.clock import today
from xgov.records.events import record_event

FILE_FORMATS = ("csv", "xlsx")
# A workbook is whole before its first byte is sent, and so many rows of a wide register take about two seconds: of more
# a worker makes it. The CSV is sent as it is read, however long it is.
ROWS_WHILE_WAITING = 2_000
_CHUNK = 500


def register_page(
    request: HttpRequest,
    register: Register,
    queryset: Any,
    *,
    template: str = "pages/register.html",
    context: Mapping[str, Any] | None = None,
    door: Model | None = None,
    choosing: Choosing | None = None,
) -> HttpResponseBase:
    """Answer a list. `queryset` must start at `visible_to`; `door` is where an export is noted.

    With `choosing`, rows have a box each, and what can be done with those ticked stands below.
    """
    listing = Listing(request, register, queryset, _words_for(context or {}, door))
    file_format = request.GET.get("format")
    if file_format == "csv":
        return _file(listing, "csv", door)
    if file_format == "xlsx":
        return _workbook(listing, door)
    values = {"register": listing, "choosing": choosing, **(context or {})}
    if "page_marking" not in values and listing.has_sensitive:
        values["page_marking"] = "OFFICIAL_SENSITIVE"
    return render(request, template, values)


def _workbook(listing: Listing, door: Model | None) -> HttpResponseBase:
    request = listing.request
    if listing.count >= LAST_ROW:
        words = _("This list has more rows than a spreadsheet can hold (%(rows)s). Narrow it, or download the CSV.")
        messages.warning(request, words % {"rows": f"{LAST_ROW:,}"})
        return redirect(f"{request.path}{with_query(request, format=None).removeprefix(request.path)}")
    if listing.count > ROWS_WHILE_WAITING and not making.is_made_by_a_worker(request):
        return redirect(making.ask_for(request, listing.words))
    return _file(listing, "xlsx", door)


def _words_for(context: Mapping[str, Any], door: Model | None) -> str:
    """What the list is called among a person's saved filters: `Risks, Fewer people sleeping rough`."""
    return ", ".join(str(part) for part in (context.get("heading"), door) if part)


def file_of(
    request: HttpRequest,
    key: str,
    columns: Sequence[Column],
    records: Iterable[Any],
    kind: str,
    door: Model | None = None,
) -> HttpResponseBase:
    """These columns of these records as a file of one of FILE_FORMATS, named by the key and the day, and noted."""
    labels = [column.file_label or str(column.label) for column in columns]
    record_event(
        "list_exported",
        request.user,
        door=door,
        words=_("%(name)s as %(kind)s") % {"name": key, "kind": kind.upper()},
        address=request.get_full_path(),
    )
    rows = ([column.read_for_file(record) for column in columns] for record in records)
    return (stream_csv if kind == "csv" else xlsx)(f"{key}-{today():%Y-%m-%d}", labels, rows)


def _file(listing: Listing, kind: str, door: Model | None) -> HttpResponseBase:
    register = listing.register
    return file_of(listing.request, register.key, register.columns_in_files, _records(listing), kind, door)


def _records(listing: Listing) -> Iterator[Model]:
    for number, record in enumerate(listing.queryset.iterator(chunk_size=_CHUNK)):
        if number % _CHUNK == 0:
            making.tell(listing.request, number, listing.count)
        yield record
