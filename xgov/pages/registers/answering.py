"""The view of a list: the page, or the file."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xgov.pages.paging import with_query
from xgov.pages.registers.choosing import Choosing
from xgov.pages.registers.declaring import Register
from xgov.pages.registers.listing import Listing
from xgov.papers.exports import stream_csv, xlsx
from xgov.records.clock import today
from xgov.records.events import record_event

# A workbook is made whole before it is sent; past so many rows only the CSV, which is streamed, is offered.
XLSX_ROWS = 20_000
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
        if listing.count > XLSX_ROWS:
            messages.warning(request, _("This list is too long for a spreadsheet. Narrow it, or download the CSV."))
            return redirect(f"{request.path}{with_query(request, format=None).removeprefix(request.path)}")
        return _file(listing, "xlsx", door)
    values = {"register": listing, "choosing": choosing, **(context or {})}
    if "page_marking" not in values and listing.has_sensitive:
        values["page_marking"] = "OFFICIAL_SENSITIVE"
    return render(request, template, values)


def _words_for(context: Mapping[str, Any], door: Model | None) -> str:
    """What the list is called among a person's saved filters: `Risks, Fewer people sleeping rough`."""
    return ", ".join(str(part) for part in (context.get("heading"), door) if part)


def _file(listing: Listing, kind: str, door: Model | None) -> HttpResponse | StreamingHttpResponse:
    register, user = listing.register, listing.request.user
    name = f"{register.key}-{today():%Y-%m-%d}"
    columns = [column.file_label or str(column.label) for column in register.columns_in_files]
    record_event(
        "list_exported",
        user,
        door=door,
        words=_("%(name)s as %(kind)s") % {"name": register.key, "kind": kind.upper()},
        address=listing.request.get_full_path(),
    )
    return (stream_csv if kind == "csv" else xlsx)(name, columns, _file_rows(listing))


def _file_rows(listing: Listing) -> Iterator[list[Any]]:
    columns = listing.register.columns_in_files
    for record in listing.queryset.iterator(chunk_size=_CHUNK):
        yield [column.read_for_file(record) for column in columns]
