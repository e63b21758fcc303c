"""What the risk register says to a board: a section, or two that belong together, in each module."""

from risks.board_sections import (
    appetite,
    departments,
    entries,
    escalations,
    gathered,
    heat_map,
    movers,
    reviews,
    settings,
)

__all__ = [
    "appetite",
    "departments",
    "entries",
    "escalations",
    "gathered",
    "heat_map",
    "movers",
    "reviews",
    "settings",
]
