"""A whole pack with invented words, as long as a real one: for the tests, and to look at as pages."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from xgov.papers.document import PackHead
from xgov.papers.plain import from_plain, to_plain
from xgov.papers.sections import ComposedSection

LONDON = ZoneInfo("Europe/London")
AS_AT = dt.datetime(2026, 11, 20, 17, 0, tzinfo=LONDON)
WORDS: dict[str, Any] = from_plain(json.loads(Path(__file__).with_name("example_pack.json").read_text()))

HEAD = PackHead(
    reference="RS-001/PB/2026-11",
    board="Sleeping rough programme board",
    programme="Fewer people sleeping rough",
    outcome=(
        "Half as many people sleep rough in England by March 2029, and nobody leaves prison, hospital or asylum "
        "support without somewhere to stay that night."
    ),
    marking="Official-Sensitive",
    handling="Board members and attendees only",
    as_at=AS_AT,
    issued_at=dt.datetime(2026, 11, 22, 9, 35, tzinfo=LONDON),
    issued_by="Rowan Ashdown",
    issued_as="senior responsible owner (SRO)",
    lead_department="Ministry of Housing, Communities and Local Government",
    other_departments=(
        ("Partner departments", ("Department for Work and Pensions", "Ministry of Justice")),
        ("Supporting departments", ("Department of Health and Social Care", "Home Office")),
    ),
    meeting_on=dt.date(2026, 11, 27),
    since=dt.datetime(2026, 10, 23, 16, 10, tzinfo=LONDON),
    seal="77ab03c9d1e25f60418c9b7d2e3f4a5566778899aabbccddeeff001122334455",
    demonstration=True,
)
SECTIONS = [
    ("governance.sro_summary", "SRO summary", "sro_summary"),
    ("governance.decisions_required", "Decisions required", "decisions_required"),
    ("programmes.confidence", "Delivery confidence", "confidence"),
    ("risks.above_appetite", "Risks above appetite", "risks_above_appetite"),
    ("governance.decisions_since", "Decisions since the last pack", "decisions_since"),
    ("datasharing.refreshes", "Data refreshes", "data_refreshes"),
]


def risk_rows(count: int) -> list[dict[str, Any]]:
    risks, owners, responses = WORDS["risks"], WORDS["owners"], WORDS["responses"]
    rows = []
    for number in range(count):
        risk = risks[number * len(risks) // max(count, len(risks))]
        owner, department = owners[number % len(owners)]
        rows.append(
            {
                **risk,
                **responses[number % len(responses)],
                "reference": f"R-{number + 3:04d}",
                "owner": owner,
                "department": department,
                "limit": 9 if number % 2 else 12,
                "moved": ["Up from 12", "", "New since last pack", ""][number % 4],
            }
        )
    return rows


def example_sections(risks: int = 30) -> list[ComposedSection]:
    above = {
        "summary": f"Of 64 open risks, {risks} are above the appetite that their department has set. Three are new.",
        "rows": risk_rows(risks),
        "left_out": "Two sensitive risks are left out, because not every reader of this pack may see them.",
    }
    return [
        ComposedSection(
            key,
            title,
            f"papers/sections/{name}.html",
            to_plain(above if key == "risks.above_appetite" else WORDS[key]),
            new_page=name == "decisions_required",
        )
        for key, title, name in SECTIONS
    ]
