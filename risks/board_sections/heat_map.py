"""The heat map of a board: how many open risks stand where, and what moved since its last pack."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from risks.board_sections.telling import in_sight
from risks.heat_map import Cell, HeatMap, heat_map
from risks.heat_map_words import movement_in_words
from risks.heat_movement import DRAFT, Since
from risks.register_terms import terms_of_many
from risks.scoring import Scale
from xgov.papers.sections import Brief, section
from xgov.records.fields import Marking


@section(
    "risks.heat_map",
    title=gettext_lazy("Heat map of risks"),
    template="papers/sections/risks_heat_map.html",
    order=38,
)
def heat_maps(brief: Brief) -> dict[str, Any]:
    """A matrix for each scale that the programmes have agreed on: scores of two are not set against each other."""
    return {"since": brief.since, "maps": [_told(each) for each in _drawn(brief)]}


def _drawn(brief: Brief) -> Iterator[HeatMap]:
    since = Since(brief.since, brief.since_for(Marking.OFFICIAL_SENSITIVE)) if brief.since else None
    programmes_on: dict[Scale, list[int]] = {}
    for programme, terms in terms_of_many(brief.programmes).items():
        programmes_on.setdefault(terms.scale, []).append(programme)
    for scale, programmes in programmes_on.items():
        risks = in_sight(brief).filter(programme__in=programmes).exclude(status=DRAFT)
        yield heat_map(risks, scale, since=since)


def _told(drawn: HeatMap) -> dict[str, Any]:
    return {
        "summary": _summary(drawn),
        "scale": str(drawn.scale.label),
        "impacts": [f"{impact.value}, {str(impact.label).lower()}" for impact in drawn.impacts],
        "rows": [
            {
                "likelihood": f"{row.likelihood.value}, {str(row.likelihood.label).lower()}",
                "cells": [_cell(cell) for cell in row.cells],
            }
            for row in drawn.rows
        ],
        "movement": movement_in_words(drawn.movement) if drawn.movement else [],
        "left_out": _left_out(drawn),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    band = cell.score.band
    return {
        "number": cell.count,
        "came": cell.came,
        "left": cell.left,
        "score": cell.score.value,
        "band": str(band.label).lower(),
        "colour": band.colour,
    }


def _summary(drawn: HeatMap) -> str:
    gravest = drawn.scale.bands[-1].band
    number = sum(cell.count for cell in drawn.cells if cell.score.band == gravest)
    words = _("Open risks: %(all)d. In the band “%(band)s”: %(number)d.")
    return words % {"all": drawn.counted, "number": number, "band": str(gravest.label).lower()}


def _left_out(drawn: HeatMap) -> str:
    if not drawn.elsewhere:
        return ""
    words = ngettext(
        "%(number)d scored on another scale is left out until it is scored again.",
        "%(number)d scored on another scale are left out until they are scored again.",
        drawn.elsewhere,
    )
    return words % {"number": drawn.elsewhere}
