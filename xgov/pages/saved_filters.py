"""Saving the filters of a list under a name, and taking them off again."""

from urllib.parse import urlsplit

from django.db import models
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from xgov.pages.models import SavedFilter
from xgov.records.errors import RuleBroken

# What belongs to one look at a list and not to the list.
PASSING = ("page", "format")
MOST_SAVED = 100


def save_filter(person: models.Model, *, name: str, address: str, list_words: str) -> SavedFilter:
    """Under a name that the person has used for this list before, the new filters take the place of the old."""
    path, query = taken_apart(address)
    mine = SavedFilter.objects.of_person(person)
    if mine.count() >= MOST_SAVED and not mine.at(path).filter(name=name).exists():
        raise RuleBroken(_("You have saved as many filters as you can. Remove one first."), "name")
    saved, _made = SavedFilter.objects.update_or_create(
        person=person, path=path, name=name, defaults={"query": query, "list_words": list_words[:250]}
    )
    return saved


def list_at(address: str | None) -> str:
    """The address if it is one of ours, else that of the hall."""
    try:
        taken_apart(address or "")
    except RuleBroken:
        return "/"
    return address


def taken_apart(address: str) -> tuple[str, str]:
    """Path and query of an address of ours. Raises RuleBroken for one that is not."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not _is_ours(parts.path) or len(parts.query) > 1500:
        raise RuleBroken(_("This is not the address of a list."))
    query = QueryDict(parts.query, mutable=True)
    for key in PASSING:
        query.pop(key, None)
    return parts.path, query.urlencode()


def _is_ours(path: str) -> bool:
    if not path.startswith("/") or path.startswith("//"):
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
