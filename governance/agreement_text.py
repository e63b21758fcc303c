"""The exact text that is signed: one canonical form, so that everybody who has it can work out the same SHA-256."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any, NamedTuple

SHORT = 12  # how many characters of a hash people compare


def tidy(text: str) -> str:
    """Unicode NFC, line feeds only, no spaces at line ends, single spaces and single blank lines."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def unwrapped(text: str) -> str:
    """Tidy text whose paragraphs are one line each: for templates, which are wrapped where the source was too wide."""
    paragraphs = tidy(text).split("\n\n")
    return "\n\n".join(re.sub(r"\n(?!- )", " ", paragraph) for paragraph in paragraphs)


def canonical(title: str, programme: str, version: int, clauses: Iterable[tuple[str, str]]) -> str:
    """The text of one version, from the headings and texts of its clauses."""
    return "\n\n".join([tidy(title), tidy(programme), f"Version {version}", canonical_body(clauses)])


def canonical_body(clauses: Iterable[tuple[str, str]]) -> str:
    parts = [f"{number}. {tidy(heading)}\n\n{tidy(text)}" for number, (heading, text) in enumerate(clauses, start=1)]
    return "\n\n".join(parts) + "\n"


def sha256_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Block(NamedTuple):
    """A paragraph or a list, for showing plain text as a page."""

    is_list: bool
    lines: list[str]


def blocks_of(text: str) -> list[Block]:
    """What a clause's text looks like: paragraphs, and lists of the lines that begin with "- "."""
    found: list[Block] = []
    for paragraph in tidy(text).split("\n\n"):
        begins = True
        for line in paragraph.split("\n"):
            is_item = line.startswith("- ")
            words = line[2:] if is_item else line
            if found and found[-1].is_list == is_item and (is_item or not begins):
                found[-1].lines.append(words)
            elif words:
                found.append(Block(is_item, [words]))
            begins = False
    return found


class Piece(NamedTuple):
    """A run of words in a comparison: `same`, `added` or `removed`."""

    kind: str
    words: str


def differences(older: str, newer: str) -> list[Piece]:
    """What changed between two texts, word by word."""
    was, is_now = older.split(), newer.split()
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(a=was, b=is_now, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(was[a:b])))
            continue
        if a < b:
            pieces.append(Piece("removed", " ".join(was[a:b])))
        if c < d:
            pieces.append(Piece("added", " ".join(is_now[c:d])))
    return pieces


def clause_differences(older: Iterable[Any], newer: Iterable[Any]) -> list[dict[str, Any]]:
    """Clause by clause: which are new, gone or changed, and in which words. Clauses are matched by their key."""
    was = {clause.key: clause for clause in older}
    is_now = {clause.key: clause for clause in newer}
    found = []
    for key in [*is_now, *(key for key in was if key not in is_now)]:
        before, after = was.get(key), is_now.get(key)
        if before and after and (before.heading, before.text) == (after.heading, after.text):
            continue
        found.append(
            {
                "heading": (after or before).heading,
                "old_heading": before.heading if before and after and before.heading != after.heading else "",
                "kind": "changed" if before and after else "added" if after else "removed",
                "pieces": differences(before.text if before else "", after.text if after else ""),
            }
        )
    return found
