"""Tags for status and confidence: always words, a colour as a second signal."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from programmes.models import ConfidenceRating, Party, Programme
from xgov.access.roles import type_of_text
from xgov.records.figures import Figure, FigureState

STATUS_COLOURS = {
    "IDEA": "grey",
    "SCREENING": "grey",
    "SETTING_UP": "blue",
    "DELIVERING": "green",
    "PAUSED": "yellow",
    "CLOSING": "purple",
    "CLOSED": "grey",
    "CANCELLED": "grey",
}

RATING_COLOURS = {
    "GREEN": "green",
    "AMBER_GREEN": "teal",
    "AMBER": "yellow",
    "AMBER_RED": "orange",
    "RED": "red",
    "WITHHELD": "grey",
    "NOT_SET": "grey",
}


PARTY_COLOURS = {
    "IDENTIFIED": "grey",
    "INVITED": "blue",
    "ACCEPTED": "green",
    "DECLINED": "red",
    "WITHDRAWN": "grey",
}


@dataclass(frozen=True)
class Tag:
    words: type_of_text
    colour: str
    since: date | None = None


def party_tag(party: Party) -> Tag:
    since = {"INVITED": party.invited_on, "WITHDRAWN": party.withdrawn_on}.get(party.status, party.answered_on)
    return Tag(party.get_status_display(), PARTY_COLOURS[party.status], since)


def status_tag(programme: Programme) -> Tag:
    return Tag(programme.get_status_display(), STATUS_COLOURS.get(programme.status, "grey"))


def rating_tag(rating: str, section: str = "") -> Tag:
    """Red, amber or green with the word; a withheld rating with its exemption."""
    words = ConfidenceRating.Rating(rating).label
    if rating == ConfidenceRating.Rating.WITHHELD and section:
        words = _("Withheld, section %(section)s") % {"section": section.removeprefix("section ")}
    return Tag(words, RATING_COLOURS[rating])


def confidence_tag(programme: Programme) -> Tag:
    """The newest rating of a programme that was asked for `with_confidence()`."""
    if not programme.confidence:
        return Tag(_("Confidence not rated"), "grey")
    tag = rating_tag(programme.confidence, programme.confidence_section)
    return Tag(_("Confidence: %(rating)s") % {"rating": tag.words}, tag.colour)


def figure_tag(figure: Figure) -> Tag:
    """Why a figure has no amount, as short as a cell of a list."""
    words = FigureState(figure.state).label
    if figure.section:
        words = _("%(state)s, section %(section)s") % {"state": words, "section": figure.section}
    return Tag(words, "grey")
