"""Pages of a list: which page the address asks for, and the links to the others."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_asked_for(request: HttpRequest, paginator: Paginator, parameter: str = "page") -> Page:
    """The page in the address. A number that is no page answers with the nearest, never with an error."""
    text = request.GET.get(parameter, "1").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return paginator.page(max(1, min(number, paginator.num_pages)))


def with_query(request: HttpRequest, **changes: object) -> str:
    """The present address with parts of its query changed; None takes a part out."""
    query = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else request.path


def page_links(request: HttpRequest, page: Page, parameter: str = "page") -> dict[str, Any]:
    def url(number: int) -> str:
        return with_query(request, **{parameter: number if number > 1 else None})

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        {"number": number, "url": url(number), "current": number == page.number} if isinstance(number, int) else {}
        for number in numbers
    ]
    return {
        "links": links,
        "previous_url": url(page.number - 1) if page.has_previous() else "",
        "next_url": url(page.number + 1) if page.has_next() else "",
    }
