"""How the departments agreed on the way their register works: twice with one voice, and a third time not yet."""

from dataclasses import replace

from risks.actions.settings import answer_settings, propose_settings
from risks.escalation_rules import EscalationRule
from risks.models import RegisterSettings
from risks.register_terms import DEFAULT_TERMS, LocalCategory, Terms, terms_of
from risks.scoring import Scale
from xgov.demo import people as p
from xgov.demo.calendar import on
from xgov.demo.story.cast import StoryCast

MANAGERS = [
    (p.MHCLG, "manager@mhclg"), (p.DWP, "manager@dwp"), (p.MOJ, "manager@moj"), (p.DHSC, "manager@dhsc"),
    (p.HOME_OFFICE, "manager@homeoffice"),
]  # fmt: skip


def agree_at_the_start(cast: StoryCast) -> None:
    with on(349):
        settings = propose_settings(
            cast.programme, DEFAULT_TERMS, by=cast.manager,
            why="Five departments score risks in five ways. We begin with the service’s scale and look again soon.",
        )  # fmt: skip
    _all_agree(cast, settings, days_ago=347)


def agree_on_a_second_version(cast: StoryCast) -> None:
    """After the first summer: the gravest consequences weigh more, and winter has a name of its own."""
    with on(151):
        settings = propose_settings(
            cast.programme, _with_weight_on_the_gravest(terms_of(cast.programme)), by=cast.manager,
            why="A death on the street counts as much when it is unlikely. So the gravest impact weighs more, and what "
            "is very high is looked at every ten days.",
        )  # fmt: skip
    _all_agree(cast, settings, days_ago=146)


def propose_a_third(cast: StoryCast) -> None:
    with on(9):
        settings = propose_settings(
            cast.programme, _stricter(terms_of(cast.programme)), by=cast.manager,
            why="Before the winter: very high risks are looked at every week, and what is at the door goes to the SRO "
            "at a lower score.",
        )  # fmt: skip
    with on(8):
        _agree(cast, settings, p.MHCLG, "manager@mhclg")
    with on(7):
        _agree(cast, settings, p.DHSC, "manager@dhsc", "As long as one review may cover several risks.")
    with on(5):
        answer_settings(
            settings, cast.departments[p.HOME_OFFICE], by=cast["manager@homeoffice"], answer="OBJECTED",
            said="A review every week would take our two analysts away from finding beds. Ten days, and we agree.",
        )  # fmt: skip


def _all_agree(cast: StoryCast, settings: RegisterSettings, *, days_ago: int) -> None:
    for number, (department, manager) in enumerate(MANAGERS):
        with on(days_ago, hour=10 + number):
            _agree(cast, settings, department, manager)


def _agree(cast: StoryCast, settings: RegisterSettings, department: str, manager: str, said: str = "") -> None:
    answer_settings(settings, cast.departments[department], by=cast[manager], answer="AGREED", said=said)


def _with_weight_on_the_gravest(terms: Terms) -> Terms:
    scale = terms.scale
    last = replace(scale.likelihoods[-1], label="Almost certain")
    matrix = (scale.matrix[0], _ending_in(scale, 1, 12), _ending_in(scale, 2, 16), *scale.matrix[3:])
    weighted = replace(scale, likelihoods=(*scale.likelihoods[:-1], last), matrix=matrix)
    return replace(
        terms,
        scale=_reviewed_every(weighted, 10),
        categories=tuple(code for code in terms.categories if code != "COMMERCIAL"),
        local_categories=(LocalCategory("Winter pressures", "OPERATIONS"),),
    )


def _stricter(terms: Terms) -> Terms:
    rules = [rule for rule in terms.escalation_rules if rule.trigger != "TIME_CRITICAL"]
    sooner = EscalationRule("SRO", "TIME_CRITICAL", 8, "Decide what is done at once, and by whom.", 3)
    return replace(terms, scale=_reviewed_every(terms.scale, 7), escalation_rules=(*rules, sooner))


def _ending_in(scale: Scale, row: int, score: int) -> tuple[int, ...]:
    return (*scale.matrix[row][:-1], score)


def _reviewed_every(scale: Scale, days: int) -> Scale:
    return replace(scale, bands=(*scale.bands[:-1], replace(scale.bands[-1], review_days=days)))
