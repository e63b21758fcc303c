"""A register that came in as a spreadsheet: three risks found their place, two wait for a person to score them."""

import csv
import io

from risks.actions import bringing, imports, matching
from risks.imports import guesses
from risks.imports.surroundings import Surroundings
from xgov.demo import people as p
from xgov.demo.calendar import on
from xgov.demo.story.cast import StoryCast

_NAME = "Winter shelters risk log.csv"
_ROWS = [
    ["Ref", "Risk title", "Cause", "Description", "Consequence", "Initial likelihood",
     "Initial impact", "Current likelihood", "Current impact", "Rating", "Risk owner",
     "Raised", "What we do about it"],
    ["W1", "The boiler of the north shelter fails", "It is older than its maker.", "It may stop in the first frost.",
     "Forty people sleep in a cold hall.", "H", "H", "H", "M", "A", "X", "3-Sep-26", "A plumber is on call."],
    ["W2", "Volunteers catch the winter cold together", "They share one kitchen.", "A night may have no volunteers.",
     "The doors stay shut.", "H", "H", "M", "H", "A", "X", "3-Sep-26", "Two rotas that do not meet."],
    ["W3", "The dog room is full by six", "More people bring dogs.", "Somebody may be turned away with a dog.",
     "They sleep outside with it.", "H", "M", "H", "L", "G", "X", "17/09/26", "Ask the kennels next door."],
    ["W4", "Fireworks frighten people who fled a war", "The square is beside the shelter.",
     "Somebody may run into the road.", "A person is hurt.", "H", "H", "H*", "H", "R", "X", "1 October 2026",
     "Move them out of town that night."],
    ["W5", "The key holder is on the other side of the river", "There is one bridge.", "The bridge may be shut.",
     "Nobody can open before midnight.", "H", "M", "2.5", "M", "A", "X", "1 October 2026", "A second key."],
]  # fmt: skip
_MEANT = {"H": "4", "M": "3", "L": "2"}


def bring_the_shelters_log(cast: StoryCast) -> None:
    by, department = cast["manager@mhclg"], cast.departments[p.MHCLG]
    with on(12):
        text = io.StringIO(newline="")
        csv.writer(text).writerows(_ROWS)
        brought = bringing.bring_register(
            cast.programme, by=by, name=_NAME, data=text.getvalue().encode(), kept_by=department
        )
        outline = bringing.outline_of(brought)
        columns = guesses.columns(outline)
        words = guesses.words(outline, columns, Surroundings(cast.programme))
        for field in ("inherent_likelihood", "inherent_impact", "residual_likelihood", "residual_impact"):
            words[field] = {word: _MEANT.get(word, "") for word in words[field]}
        matching.match_columns(brought, by=by, columns=columns, words=words, category="OPERATIONS", kept_by=department)
        brought.refresh_from_db()
        imports.look(brought, by=by)
        imports.apply_register(brought, by=by)
