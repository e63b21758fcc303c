"""Signs that nobody can see and that no text needs: bells, escapes, marks that turn the words around them about.

A text that holds one does not say what it seems to say. Tabs and line breaks stay.
"""

import re

# C0 and C1 without tab, line feed and carriage return; then the marks, overrides and isolates of direction.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Some of them part lines in other programs: the words around them must not grow together.
_PARTING = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85")


def has_unseen(text: str) -> bool:
    return _UNSEEN.search(text) is not None


def without_unseen(text: str) -> str:
    return _UNSEEN.sub(lambda found: " " if found[0] in _PARTING else "", text)
