"""Reading a dump of the GOV.UK organisations API: what it says of each body, checked and mended, nothing guessed."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import ngettext

from xgov.accounts.models import Department
from xgov.papers.importing import BadFile
from xgov.papers.tables import bytes_of, normalised
from xgov.records.unseen import has_unseen, without_unseen

Kind = Department.Kind

_KINDS = {
    **{normalised(kind.label): kind for kind in Kind},
    "sub organisation": Kind.SUB_ORGANISATION,
    "tribunal non departmental public body": Kind.TRIBUNAL,
    "devolved administration": Kind.DEVOLVED_GOVERNMENT,
}
# Where each fact stands in an entry. A file that leaves one out does not take it away from the record.
_PLACES = {
    "content_id": [("details", "content_id")],
    "abbreviation": [("details", "abbreviation")],
    "kind": [("format",)],
    "kind_as_given": [("format",)],
    "status_as_given": [("details", "govuk_status")],
    "is_closed": [("details", "govuk_status"), ("details", "closed_at")],
    "closed_on": [("details", "closed_at")],
    "closed_reason": [("details", "govuk_closed_status")],
    "updated_at": [("updated_at",)],
    "parents": [("parent_organisations",)],
}
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_LIMITS = {"slug": 200, "title": 300, "abbreviation": 60, "kind": 100, "status": 40, "closed status": 60}


@dataclass(frozen=True)
class OrganisationFacts:
    """One body, as the file gives it. Links are slugs of other bodies; some may not be in the file."""

    slug: str
    title: str
    content_id: UUID | None = None
    abbreviation: str = ""
    kind: str = Kind.OTHER
    kind_as_given: str = ""
    status_as_given: str = ""
    is_closed: bool = False
    closed_on: date | None = None
    closed_reason: str = ""
    updated_at: datetime | None = None
    parents: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    title_as_given: str = ""
    kept_as_text: tuple[str, ...] = field(default=())  # values that were not of their kind, a sentence each
    had_unseen: bool = False
    not_said: frozenset[str] = frozenset()  # the facts of which the file says nothing, not even that there is none

    @property
    def is_mended(self) -> bool:
        given = " ".join(self.title_as_given.split())
        return mended(given) != given


def read_organisations(path: str | Path) -> tuple[list[OrganisationFacts], list[str]]:
    """Every organisation in the file, and notes for whoever imports it. Raises BadFile."""
    given, notes = _entries(path)
    facts = [_facts(path, number, entry) for number, entry in enumerate(given, start=1)]
    for what in ("slug", "content_id"):
        seen: dict[Any, str] = {}
        for each in facts:
            value = getattr(each, what)
            if value is not None and value in seen:
                raise BadFile(path, f"{_words(each)} has the same {what} as {seen[value]}")
            seen[value] = _words(each)
    if mended := sum(each.is_mended for each in facts):
        words = ngettext(
            "%(count)d name with a broken encoding was mended.",
            "%(count)d names with a broken encoding were mended.",
            mended,
        )
        notes.append(words % {"count": mended})
    if cleaned := sum(each.had_unseen for each in facts):
        words = ngettext(
            "Signs that cannot be seen were taken out of %(count)d organisation.",
            "Signs that cannot be seen were taken out of %(count)d organisations.",
            cleaned,
        )
        notes.append(words % {"count": cleaned})
    return facts, notes


def _entries(path: str | Path) -> tuple[list[Any], list[str]]:
    """The list of organisations in any shape in which the API's pages are kept."""
    data = bytes_of(path)
    if not data.strip():
        raise BadFile(path, "is empty")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadFile(path, "is not JSON, so it is not a dump of the GOV.UK organisations API") from error
    _refuse_half_characters(path, document)
    pages = document if isinstance(document, list) else [document]
    paged = bool(pages) and all(isinstance(page, dict) and isinstance(page.get("results"), list) for page in pages)
    entries = [entry for page in pages for entry in page["results"]] if paged else pages
    if not entries or not all(isinstance(entry, dict) and _looks_like_one(entry) for entry in entries):
        raise BadFile(path, "is JSON, but not a list of GOV.UK organisations")
    total = next((page["total"] for page in pages if paged and isinstance(page.get("total"), int)), len(entries))
    notes = [f"The file holds {len(entries):,} of {total:,} organisations."] if total > len(entries) else []
    return entries, notes


def _refuse_half_characters(path: str | Path, document: Any) -> None:
    """JSON can spell half of a character, which no database can keep."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        around = error.object[max(error.start - 30, 0) : error.start]
        raise BadFile(path, f"holds half a character after “{around}”") from error


def _looks_like_one(entry: dict[str, Any]) -> bool:
    return "title" in entry and isinstance(entry.get("details", {}), dict) and bool(_slug(entry))


def _slug(entry: dict[str, Any]) -> str:
    """The last part of the body's address, which is what GOV.UK's links use."""
    given = entry.get("details", {}).get("slug") or entry.get("slug") or entry.get("id") or entry.get("web_url") or ""
    return str(given).rstrip("/").rsplit("/", 1)[-1] if isinstance(given, str) else ""


def _facts(path: str | Path, number: int, entry: dict[str, Any]) -> OrganisationFacts:
    details = entry.get("details", {})
    given = entry["title"]
    if not isinstance(given, str) or not given.strip():
        raise BadFile(path, f"organisation {number} ({_slug(entry)}) has no title")
    if not _SLUG.fullmatch(_slug(entry)):
        raise BadFile(path, f"organisation {number} ({given[:100]}) has “{_slug(entry)[:100]}” for an address")
    title = mended(" ".join(given.split()))
    abbreviation = mended(" ".join(_text(details, "abbreviation").split()))
    kind = _text(entry, "format")
    had_unseen = any(map(has_unseen, (title, abbreviation, kind)))
    title, abbreviation, kind = (" ".join(without_unseen(each).split()) for each in (title, abbreviation, kind))
    if not title:
        raise BadFile(path, f"organisation {number} ({_slug(entry)}) has no title")
    kept: list[str] = []
    if kind and normalised(kind) not in _KINDS:
        kept.append(f"{title}: the kind “{kind}” is not known here.")
    closed_on = _day(details.get("closed_at"), f"{title}: the closing date", kept)
    status = _text(details, "govuk_status")
    facts = OrganisationFacts(
        slug=_slug(entry),
        title=title,
        title_as_given=given,
        content_id=_uuid(details.get("content_id"), title, kept),
        abbreviation=abbreviation,
        kind=_KINDS.get(normalised(kind), Kind.OTHER),
        kind_as_given=kind,
        status_as_given=status,
        is_closed=status == "closed" or closed_on is not None,
        closed_on=closed_on,
        closed_reason=_text(details, "govuk_closed_status"),
        updated_at=_moment(entry.get("updated_at"), f"{title}: the time of change", kept),
        parents=_links(entry, "parent_organisations"),
        successors=_links(entry, "superseding_organisations"),
        predecessors=_links(entry, "superseded_organisations"),
        kept_as_text=tuple(kept),
        had_unseen=had_unseen,
        not_said=frozenset(fact for fact, places in _PLACES.items() if not any(_is_said(entry, at) for at in places)),
    )
    _refuse_too_long(path, facts)
    return facts


def _is_said(entry: dict[str, Any], place: tuple[str, ...]) -> bool:
    inner = entry if len(place) == 1 else entry.get(place[0], {})
    return place[-1] in inner


def mended(text: str) -> str:
    """The text as it was meant, where UTF-8 was once read as a Western encoding: “â€™” is an apostrophe."""
    if any(sign in text for sign in ("Ã", "â", "Â")):
        for encoding in ("latin-1", "cp1252"):
            try:
                return text.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
    return text


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""


def _links(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    links = entry.get(key)
    slugs = (_slug(link) for link in links if isinstance(link, dict)) if isinstance(links, list) else ()
    own = _slug(entry)
    return tuple(dict.fromkeys(slug for slug in slugs if slug and slug != own))


def _moment(value: Any, what: str, kept: list[str]) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        moment = parse_datetime(str(value))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        kept.append(f"{what} “{value}” is not a time.")
        return None
    return moment


def _day(value: Any, what: str, kept: list[str]) -> date | None:
    """The day as written: midnight in British summer time is the day before in UTC."""
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        kept.append(f"{what} “{value}” is not a date.")
        return None


def _uuid(value: Any, title: str, kept: list[str]) -> UUID | None:
    if value in (None, ""):
        return None
    try:
        return UUID(str(value))
    except ValueError:
        kept.append(f"{title}: the identifier “{value}” is not one of GOV.UK's.")
        return None


def _refuse_too_long(path: str | Path, facts: OrganisationFacts) -> None:
    values = (
        facts.slug, facts.title, facts.abbreviation, facts.kind_as_given, facts.status_as_given, facts.closed_reason,
    )  # fmt: skip
    for (what, limit), value in zip(_LIMITS.items(), values, strict=True):
        if len(value) > limit:
            raise BadFile(path, f"{_words(facts)} has a {what} of more than {limit} characters")


def _words(facts: OrganisationFacts) -> str:
    return f"“{facts.title[:100]}” ({facts.slug[:100]})"
