"""The programme's risks: appetite, a register, one risk that escalated and one that was closed."""

from dataclasses import dataclass

from risks.actions.appetites import set_appetite
from risks.actions.endings import close_risk
from risks.actions.mitigations import add_mitigation, finish_mitigation
from risks.actions.risks import add_risk
from risks.actions.scores import rescore_risk
from risks.models import Risk
from xgov.demo import people as p
from xgov.demo.calendar import day, on
from xgov.demo.story.cast import StoryCast

Pair = tuple[int, int]


@dataclass(frozen=True)
class DemoRisk:
    title: str
    cause: str
    event: str
    consequence: str
    category: str
    department: str
    owner: str
    inherent: Pair
    residual: Pair
    target: Pair
    mitigation: str
    marking: str = "OFFICIAL"


APPETITES = [
    ("FINANCIAL", "CAUTIOUS"), ("OPERATIONS", "OPEN"), ("INFORMATION", "MINIMAL"), ("PEOPLE", "OPEN"),
    ("PARTNERSHIP", "CAUTIOUS"), ("REPUTATIONAL", "CAUTIOUS"), ("PROPERTY", "OPEN"), ("LEGAL", "MINIMAL"),
    ("STRATEGY", "OPEN"),
]  # fmt: skip

RISKS = [
    DemoRisk(
        "Move-on beds run out of funding",
        "The Home Office's share is funded to March 2027 only.",
        "The move-on beds may close before the spending review settles what follows.",
        "About 900 people a month would have nowhere to move on to, and shelters would fill.",
        "FINANCIAL", p.HOME_OFFICE, "manager@homeoffice", (5, 4), (3, 3), (2, 3),
        "Put a joint bid to the Treasury with the lead department",
    ),
    DemoRisk(
        "Release dates arrive too late to act on",
        "Prisons confirm release dates in four different systems.",
        "Dates may reach local teams after the person has left.",
        "People leave prison with nowhere to sleep that night.",
        "INFORMATION", p.MOJ, "manager@moj", (4, 4), (3, 2), (2, 2),
        "Send one daily file of confirmed dates",
    ),
    DemoRisk(
        "A department leaves the programme",
        "Priorities change after a spending review or a change of ministers.",
        "A partner may withdraw its people and money.",
        "The joint outcome is no longer within reach and the others pay for the gap.",
        "PARTNERSHIP", p.MHCLG, "director@mhclg", (3, 5), (2, 4), (1, 4),
        "Agree a notice period and wind-down plan in the memorandum",
    ),
    DemoRisk(
        "Too few outreach workers in the north-west",
        "Local pay is lower than in neighbouring services.",
        "Posts may stay empty through the winter.",
        "People wait weeks for a first conversation.",
        "PEOPLE", p.DHSC, "manager@dhsc", (4, 3), (3, 3), (2, 3),
        "Offer shared posts with the local health trust",
    ),
    DemoRisk(
        "Benefit checks take longer than two days",
        "Identity papers are often lost on the street.",
        "Claims may be held until papers are replaced.",
        "People lose a hostel place that depends on housing benefit.",
        "OPERATIONS", p.DWP, "contributor@dwp", (4, 3), (3, 2), (2, 2),
        "Accept the outreach worker's statement of identity",
    ),
    DemoRisk(
        "Street counts do not show who is new",
        "Cities count on one night a year and by different rules.",
        "The programme may not be able to show whether fewer people come to sleep rough.",
        "Parliament and the public cannot judge whether the money helped.",
        "STRATEGY", p.MHCLG, "manager@mhclg", (4, 4), (3, 4), (2, 3),
        "Agree one monthly measure with the twelve cities",
    ),
    DemoRisk(
        "Matched data shows where a person in danger sleeps",
        "Records of shelters that take people who flee violence are matched too.",
        "An address may be seen by somebody who means harm.",
        "A person is found and hurt.",
        "INFORMATION", p.MHCLG, "director@mhclg", (3, 5), (1, 5), (1, 5),
        "Leave those shelters out of the match", "OFFICIAL_SENSITIVE",
    ),
    DemoRisk(
        "Winter shelters fail their fire inspection",
        "Buildings are taken on for one season.",
        "An inspection may close a shelter in mid-winter.",
        "Sixty people a night would need another place at once.",
        "PROPERTY", p.MHCLG, "manager@mhclg", (3, 4), (2, 4), (1, 4),
        "Inspect every building before October",
    ),
    DemoRisk(
        "People do not trust that their data stays with the programme",
        "Some fear that immigration enforcement will see it.",
        "People may refuse to give their names.",
        "Those most at risk get no help beyond the night.",
        "REPUTATIONAL", p.HOME_OFFICE, "manager@homeoffice", (4, 4), (3, 3), (2, 3),
        "Publish in plain words who sees what, in twelve languages",
    ),
    DemoRisk(
        "Contracts for hostels end in the same month",
        "All were let for three years on the same day.",
        "Renewal may take longer than the notice period.",
        "Places are lost while new contracts are agreed.",
        "LEGAL", p.MHCLG, "director@mhclg", (3, 3), (2, 3), (1, 3),
        "Extend a third of the contracts by six months",
    ),
]  # fmt: skip


# How soon each may happen, and how fast it would be felt, in the order above.
TIMES = [
    ("6M", "MONTHS"), ("IMMINENT", "AT_ONCE"), ("12M", "MONTHS"), ("3M", "WEEKS"), ("IMMINENT", "DAYS"),
    ("6M", "MONTHS"), ("LATER", "AT_ONCE"), ("3M", "AT_ONCE"), ("12M", "WEEKS"), ("12M", ""),
]  # fmt: skip


def keep_register(cast: StoryCast) -> None:
    with on(345):
        for category, level in APPETITES:
            set_appetite(
                cast.programme, category, by=cast.manager, level=level, agreed_by="Rough Sleeping Joint Board",
                agreed_on=day(345), review_due=day(-20),
            )  # fmt: skip
    risks = [_add(cast, described, 340 - 9 * number) for number, described in enumerate(RISKS)]
    _let_some_time_pass(cast, risks)


def _add(cast: StoryCast, described: DemoRisk, days_ago: int) -> Risk:
    department, owner = cast.departments[described.department], cast[described.owner]
    proximity, velocity = TIMES[RISKS.index(described)]
    by = owner if described.owner != "director@mhclg" else cast.manager
    with on(days_ago):
        risk = add_risk(
            cast.programme, by=by, title=described.title, cause=described.cause, event=described.event,
            consequence=described.consequence, category=described.category, kept_by=department, owner=owner,
            response="TREAT", inherent=described.inherent, residual=described.residual, target=described.target,
            marking=described.marking, review_due=day(-25), target_by=day(-150), proximity=proximity,
            velocity=velocity, needs_funding=described is RISKS[0],
        )  # fmt: skip
        add_mitigation(risk, by=by, text=described.mitigation, owner=owner, department=department, due=day(-40))
    return risk


def _let_some_time_pass(cast: StoryCast, risks: list[Risk]) -> None:
    _unfunded, releases, *_rest, hostels = risks
    with on(160):
        rescore_risk(
            releases, by=cast["manager@moj"], residual=(3, 3), review_due=day(8),
            reason="The daily file missed three prisons in August.",
        )  # fmt: skip
        mitigation = releases.mitigations.get()
        finish_mitigation(mitigation, by=cast["manager@moj"], done_on=day(160), reason="The file is sent each morning")
        add_mitigation(
            releases, by=cast["manager@moj"], text="Add the three prisons that were missed", owner=cast["manager@moj"],
            department=cast.departments[p.MOJ], due=day(12),
        )  # fmt: skip
    with on(130):
        close_risk(hostels, by=cast.manager, reason="A third of the contracts were extended; the rest end in turn.")


def one_risk_rises(cast: StoryCast) -> None:
    """What puts move-on beds above the appetite that the board agreed."""
    unfunded = Risk.objects.get(programme=cast.programme, title=RISKS[0].title)
    with on(24):
        rescore_risk(
            unfunded, by=cast["manager@homeoffice"], residual=(5, 4), review_due=day(-6),
            reason="The spending review settled nothing for move-on beds.",
        )  # fmt: skip
