"""Choosing several records of a list, to do one thing to all of them: boxes beside the rows, buttons below."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from xgov.access.roles import type_of_text
from xgov.pages.registers.listing import Listing

CHOSEN, ALL = "chosen", "all"
# What is done to many is done in one piece; more than so many would keep the others waiting.
MOST = 200


@dataclass(frozen=True)
class Choosing:
    """What can be done, each at an address of its own: sent there by GET, so that nothing is done yet."""

    verbs: Sequence[tuple[str, type_of_text]]  # the address and what its button says
    names_by: str = "reference"

    def name_of(self, record: Model) -> str:
        return str(getattr(record, self.names_by))

    @property
    def most(self) -> int:
        return MOST


def chosen(request: HttpRequest, listing: Listing, names_by: str = "reference") -> QuerySet:
    """The records of the list that the address names, or all that its filters leave, when it says so."""
    if ALL in request.GET:
        return listing.queryset
    return listing.filters.unfiltered.filter(**{f"{names_by}__in": request.GET.getlist(CHOSEN)[: MOST + 1]})
