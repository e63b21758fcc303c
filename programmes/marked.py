"""How a paper says of one item in it that it is marked OFFICIAL-SENSITIVE (GSC-1: so that a reader can tell which)."""

from typing import Any

from django.utils.translation import gettext as _

from xgov.access.doors import is_marked_sensitive


def marked(record: Any) -> str:
    """The words to print beside its reference; empty for what is not marked."""
    return _("OFFICIAL-SENSITIVE") if is_marked_sensitive(record) else ""


def and_marked(words: str, record: Any) -> str:
    """A sentence or a reference, with the marking of the record that it tells of."""
    return f"{words} ({marking})" if (marking := marked(record)) else words
