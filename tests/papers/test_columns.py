"""What stands on one line in a table of a pack has room in its column."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import weasyprint
from django.template.loader import render_to_string

from xgov.papers.pdf import PRINT_STYLE

LATE = dt.date(2026, 9, 28)  # no day of a year is longer in words
RISK = {"reference": "R-0088", "title": "Beds run out"}
VERSION = {
    "number": 2, "status": "Superseded", "in_force_on": LATE, "fingerprint": "ab03c9d1e25f", "signed": ["DWP"],
    "waited_for": ["MOJ"],
}  # fmt: skip


def texts_too_wide(name: str, values: dict[str, Any]) -> Iterator[str]:
    html = render_to_string(f"papers/sections/{name}.html", values)
    document = weasyprint.HTML(string=f"<body>{html}</body>").render(stylesheets=[weasyprint.CSS(PRINT_STYLE)])
    cells = [box for page in document.pages for box in page._page_box.descendants() if box.element_tag in {"td", "th"}]
    assert cells
    for cell in cells:
        end = cell.content_box_x() + cell.width
        words = {word for text in cell.element.itertext() for word in text.split()}
        for box in cell.descendants():
            text = getattr(box, "text", "")
            if text and (box.position_x + box.width > end + 0.01 or not words.issuperset(text.split())):
                yield text


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("agreements", {"rows": [{"reference": "A-001", "review_on": LATE, "title": "MoU", "versions": [VERSION]}]}),
        ("confidence", {"trend": [{"on": LATE, "label": "Amber"}]}),
        ("data_refreshes", {"rows": [{"dataset": "Claims", "due": LATE, "last": LATE, "state": "Late"}]}),
        ("decisions_since", {"rows": [{"reference": "D-088", "made_on": LATE}]}),
        ("risks_overdue_reviews", {"rows": [RISK | {"due": LATE, "days": 88}]}),
        ("risks_above_appetite", {"rows": [RISK]}),
        ("risks_escalations", {"rows": [RISK | {"since": LATE, "due": LATE}]}),
        ("risks_gathered", {"rows": [RISK]}),
        ("risks_movers", {"rows": [RISK], "since": LATE}),
        ("issues", {"rows": [RISK | {"reference": "ISS-0088"}]}),
        ("assumptions", {"rows": [RISK | {"reference": "ASM-0088"}]}),
        ("dependencies", {"rows": [RISK | {"reference": "DEP-0088"}]}),
    ],
)
def test_no_words_run_into_the_next_column_or_are_broken(name: str, values: dict[str, Any]) -> None:
    assert list(texts_too_wide(name, values)) == []
