"""A frozen pack as a document. It asks the database nothing."""

import re

from django.utils.translation import gettext as _

from xgov.papers.document import PackHead, pack_html, section_html
from xgov.papers.pdf import PaperFault, PdfFile, render
from xgov.papers.sections import ComposedSection
from xgov.records.errors import RuleBroken


def document(head: PackHead, sections: list[ComposedSection]) -> str:
    return pack_html(head, sections)


def bodies(head: PackHead, sections: list[ComposedSection]) -> list[str]:
    """The HTML of each section, for the page on which the pack is read."""
    return [section_html(section, head) for section in sections]


def printed(html: str) -> PdfFile:
    """The PDF, checked. Raises RuleBroken in a sentence when it would not be fit to hand out."""
    try:
        return render(html)
    except PaperFault as fault:
        words = _(
            "The pack could not be printed in a form that everyone can read, so it was not issued. %(faults)s Shorten "
            "the longest texts there, or take the section out of the board’s running order, and try again. If it is "
            "refused again, show these words to those who run the service."
        )
        raise RuleBroken(words % {"faults": _named(fault)}) from fault


def _named(fault: PaperFault) -> str:
    return " ".join(f"{words.rstrip('.')}." for words in list(dict.fromkeys(fault.faults))[:5])


def with_scrolling_tables(body: str, title: str) -> str:
    """The section with each table in a box of its own, so that a small screen scrolls the table and not the page."""
    numbers = iter(range(1, body.count("<table") + 1))

    def opened(found: re.Match[str]) -> str:
        words = _("%(title)s, table %(number)d") % {"title": title, "number": next(numbers)}
        return f'<div class="xgov-scroll" tabindex="0" role="region" aria-label="{_attribute(words)}">{found[0]}'

    return re.sub("<table", opened, body).replace("</table>", "</table></div>")


def _attribute(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
