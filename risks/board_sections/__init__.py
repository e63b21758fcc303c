"""What the risk register says to a board: a section, or two that belong together, in each module."""

from risks.board_sections import (
    appetite,
    escalations,
    issues,
    movers,
    settings,
)

__all__ = [
    "appetite",
    "escalations",
    "issues",
    "movers",
    "settings",
]
