"""Which column of a Government Major Projects Portfolio publication is which, whatever the year called it.

Headers change every year: "IPA Delivery Confidence Assessment (... three-point scale ...)" to March 2024, NISTA since,
"MPA RAG rating" before; "TOTAL Baseline Whole Life Costs (£m)" and "Whole Life Cost (£m, Presented in 2024/25 Real
Prices)". They are told apart by their words, never by their place.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from programmes.models import ConfidenceRating
from xgov.papers.tables import normalised

Scale = ConfidenceRating.Scale

NARRATIVES = (
    "confidence_narrative", "schedule_narrative", "variance_narrative", "cost_narrative", "benefits_narrative",
)  # fmt: skip
RATINGS = ("independent", "sro")
DATES = ("start", "end")
MONEY = ("baseline", "forecast", "whole_life_cost", "benefits")
TYPED = (*RATINGS, *DATES, *MONEY, "variance")


_IN_WORDS = {
    "independent": "the independent rating",
    "sro": "the SRO’s rating",
    "start": "start date",
    "end": "end date",
}


def in_words(name: str) -> str:
    return _IN_WORDS.get(name, name.replace("_", " "))


def columns_of(headers: Sequence[str]) -> dict[str, int]:
    """The place of each column that is known. Where two would do, the first is taken; the other stays as given."""
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        name = column_named(header)
        if name:
            found.setdefault(name, place)
    return found


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row of normalised cells is the header of such a publication."""
    found = columns_of(cells)
    return "name" in found and bool({"identifier", "department"} & set(found)) and len(found) >= 4


def column_named(header: str) -> str | None:
    """What a column holds, by the words of its header outside brackets; None when it is not one we know."""
    whole = normalised(header)
    words = set(normalised(header.split("(")[0]).split())
    if {"narrative", "commentary"} & words:
        return _narrative(words)
    return _fact(words) or _rating(words) or _date(words) or _number(words, whole)


def _narrative(words: set[str]) -> str | None:
    if {"confidence", "rag", "dca"} & words:
        return "confidence_narrative"
    if "schedule" in words:
        return "schedule_narrative"
    if "variance" in words:
        return "variance_narrative"
    if {"benefit", "benefits"} & words:
        return "benefits_narrative"
    return "cost_narrative" if {"cost", "costs"} & words else None


def _fact(words: set[str]) -> str | None:
    if {"id", "ids"} & words and {"gmpp", "major", "project", "number", "numbers"} & words:
        return "identifier"
    if "name" in words and {"project", "programme"} & words and not {"owner", "sro", "director"} & words:
        return "name"
    if words in ({"department"}, {"lead", "department"}, {"dept"}, {"department", "name"}):
        return "department"
    if "category" in words:
        return "category"
    return "description" if {"description", "aims"} & words else None


def _rating(words: set[str]) -> str | None:
    if not ({"delivery", "confidence"} <= words or {"rag", "dca"} & words) or "grouped" in words:
        return None
    if "sro" in words or {"senior", "responsible"} <= words:
        return "sro"
    return None if words & {"departmental", "department"} and not words & {"ipa", "mpa", "nista"} else "independent"


def _date(words: set[str]) -> str | None:
    if "date" not in words:
        return None
    return "start" if "start" in words else "end" if {"end", "finish", "closure"} & words else None


def _number(words: set[str], whole: str) -> str | None:
    if {"life", "cost"} <= words or {"life", "costs"} <= words or "wlc" in words:
        return None if "forecast" in words else "whole_life_cost"
    if {"benefit", "benefits"} & words:
        return None if "forecast" in words else "benefits"
    if "variance" in words:
        return None if re.search(r"£|gbp|million", whole) else "variance"
    if "forecast" in words:
        return "forecast"
    return "baseline" if {"baseline", "budget"} & words and "date" not in words else None


def unit_in(header: str) -> Decimal | None:
    """What a 1 in the column is worth in pounds; None when the header does not say."""
    whole = normalised(header)
    if re.search(r"£ ?b(?:n|illion)|gbp ?bn|billion", whole):
        return Decimal(1_000_000_000)
    if re.search(r"£ ?m\b|£ ?million|gbp ?m\b|\bmillions?\b|\bm\b", whole):
        return Decimal(1_000_000)
    if re.search(r"£ ?k\b|£ ?000|thousand", whole):
        return Decimal(1_000)
    return Decimal(1) if "£" in whole else None


def price_base_in(header: str) -> str:
    """ "2024/25 real prices", where the header says so."""
    found = re.search(r"presented in ([^)]*?prices)", header, re.IGNORECASE)
    return " ".join(found[1].split()).lower()[:60] if found else ""


def scale_in(header: str) -> str | None:
    """The scale that the header describes, in its bracket."""
    whole = normalised(header)
    if re.search(r"\b(?:five|5) ?point", whole):
        return Scale.FIVE_POINT
    return Scale.THREE_POINT if re.search(r"\b(?:three|3) ?point", whole) else None
