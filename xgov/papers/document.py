"""A composed pack as one HTML document, ready for `pdf.render`. It asks the database nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string

from .pdf import Attachment
from .plain import to_plain
from .sections import ComposedSection, content_sha256


@dataclass(frozen=True)
class PackHead:
    """What stands on the cover and at the foot of every page."""

    reference: str
    board: str
    programme: str  # its name, or what the board's programmes are called together
    outcome: str
    marking: str  # the highest of anything in the pack, such as OFFICIAL-SENSITIVE
    as_at: datetime
    issued_at: datetime
    issued_by: str
    issued_as: str  # the role, such as "senior responsible owner (SRO)"
    version: int = 1
    handling: str = ""  # who may read it, when it is sensitive
    lead_department: str = ""
    other_departments: tuple[tuple[str, tuple[str, ...]], ...] = ()  # the part they play, and their names
    meeting_on: date | None = None
    since: datetime | None = None  # the last pack; None for a board's first
    seal: str = ""  # the newest seal of the history, so that it leaves the database
    recipients: tuple[tuple[str, str], ...] = ()  # to whom it goes: the name, and as what
    demonstration: bool = False
    notes: tuple[str, ...] = field(default=())  # such as an override that must appear in the next pack

    def plain(self) -> dict[str, Any]:
        """For a JSON field, and for the fingerprint."""
        return to_plain(asdict(self))


def pack_html(head: PackHead, sections: Sequence[ComposedSection], attachments: Sequence[Attachment] = ()) -> str:
    """The same pack gives the same HTML: nothing in it depends on when or for whom it is rendered."""
    sha256 = content_sha256(sections, head.plain())
    return render_to_string(
        "papers/pack.html",
        {
            "head": head,
            "sections": [{"section": each, "body": section_html(each, head)} for each in sections],
            "attachments": attachments,
            "sha256": sha256,
        },
    )


def section_html(section: ComposedSection, head: PackHead) -> str:
    """One section's body. Its template sees its own values, and `head`."""
    return render_to_string(section.template, {**section.revived(), "head": head})
