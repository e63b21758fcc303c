"""How the programme was set up: outcome, departments, people, model, money, and into delivery."""

from decimal import Decimal

from programmes.actions.appointments import appoint
from programmes.actions.confidence import rate_confidence
from programmes.actions.costs import set_whole_life_cost
from programmes.actions.delivery_models import choose_delivery_model
from programmes.actions.parties import accept_invitation, change_contribution, invite_department
from programmes.actions.programmes import change_programme, create_programme
from programmes.actions.statuses import change_status
from programmes.models import Party, Programme
from xgov.demo import people as p
from xgov.demo.calendar import day, on
from xgov.demo.story.cast import StoryCast
from xgov.records.figures import Figure, FigureState

REFERENCE = "RS-001"
NAME = "Fewer people sleeping rough"
OUTCOME = "Nobody has to sleep rough more than once, and fewer people ever do."

PARTNERS = [
    (p.DWP, "manager@dwp", "Work coaches in hostels; benefit checks within two days of a first night in shelter."),
    (p.MOJ, "manager@moj", "Nobody leaves prison without somewhere to sleep that night."),
    (p.DHSC, "manager@dhsc", "Outreach by mental health and addiction teams, with beds kept free for the programme."),
    (p.HOME_OFFICE, "manager@homeoffice", "Move-on accommodation for people who leave asylum support."),
]
THE_LEADS_PART = "Accommodation in twelve cities, the joint team, and one report a month to the joint board."


def set_up(cast: StoryCast) -> Programme:
    with on(410):
        cast.programme = create_programme(
            cast.departments[p.MHCLG], by=cast.manager, name=NAME, outcome=OUTCOME, reference=REFERENCE,
            summary="Brings housing, work, health, justice and asylum services together around each person who sleeps "
            "rough, from the first night on the street to a settled home.",
            tier=Programme.Tier.DMP, phase=Programme.Phase.DEFINE,
            start_date=day(400), end_date=day(-900), first_review_on=day(280),
        )  # fmt: skip
    _appoint_the_leaders(cast)
    _bring_in_the_partners(cast)
    _say_how(cast)
    return cast.programme


def _appoint_the_leaders(cast: StoryCast) -> None:
    mhclg, give = cast.departments[p.MHCLG], {"programme": cast.programme, "by": cast.manager}
    with on(409):
        appoint(person=cast.sro, role="sro", time_percent=40, post="Director General, Regeneration", **give)
        appoint(
            person=cast["ao@mhclg"],
            role="lead_accounting_officer",
            department=mhclg,
            post="Permanent Secretary",
            **give,
        )
        appoint(person=cast["director@mhclg"], role="programme_director", time_percent=100, **give)


def _bring_in_the_partners(cast: StoryCast) -> None:
    for number, (slug, acceptor, contribution) in enumerate(PARTNERS):
        with on(405):
            party = invite_department(
                cast.programme, cast.departments[slug], by=cast.manager, contribution=contribution
            )
        with on(398 - 3 * number):
            accept_invitation(party, by=cast[acceptor])
    with on(385):
        lead = cast.programme.parties.get(role=Party.Role.LEAD)
        change_contribution(lead, by=cast.manager, contribution=THE_LEADS_PART, reason="Agreed between the five")
    with on(380):
        for slug, who in [(p.DWP, "signatory@dwp"), (p.MOJ, "signatory@moj"), (p.DHSC, "signatory@dhsc")]:
            appoint(cast.programme, cast[who], "senior_sponsor", by=cast.manager, department=cast.departments[slug])
        appoint(cast.programme, cast["data@dwp"], "data_lead", by=cast.manager, department=cast.departments[p.DWP])


def _say_how(cast: StoryCast) -> None:
    with on(370):
        choose_delivery_model(
            cast.programme, "PROGRAMME_LEAD", by=cast.sro,
            lighter_not_enough="With separate funding alone, nobody could move a bed or a worker from one city to "
            "another when the street counts change: that needs one person who looks across all five departments.",
            reason="Agreed with the directors general on the day of the first joint meeting.",
        )  # fmt: skip
        set_whole_life_cost(
            cast.programme, Figure(Decimal("412600000"), FigureState.KNOWN), by=cast.manager,
            price_base="2025-26 prices", reason="Outline business case",
        )  # fmt: skip
    with on(350):
        change_programme(
            cast.programme, by=cast.manager, reason="Agreed at the first joint board",
            who_decides="Each department decides on its own staff and grants up to £2m. The SRO decides on changes "
            "between cities up to £5m. Everything else goes to the joint board.",
            who_pays="MHCLG pays for accommodation (settlement letter of 2025), DHSC for health outreach, DWP for work "
            "coaches, MOJ for release support. The Home Office's move-on beds have no funding after March 2027.",
            success_review="The joint board looks at the five joint measures each quarter. An independent evaluation "
            "reports two years after launch and is published.",
            data_moves=Programme.DataMoves.YES,
            data_to_move="Dates of release from prison, benefit claims and nights in shelter, for people who agreed to "
            "be helped, matched once a month.",
        )  # fmt: skip


def let_the_auditor_in(cast: StoryCast) -> None:
    with on(300):
        appoint(
            cast.programme, cast["auditor@nao"], "auditor", by=cast.manager,
            reason="The study of joint programmes begins.",
        )  # fmt: skip


def go_into_delivery(cast: StoryCast) -> None:
    with on(215):
        change_programme(cast.programme, by=cast.manager, phase=Programme.Phase.DELIVER, first_review_on=day(120))
        change_status(
            cast.programme, Programme.Status.DELIVERING, by=cast.sro,
            override="The winter beds could not wait for the last of the six answers; it follows within a month.",
            reason="Outline business case approved",
        )  # fmt: skip


RATINGS = [
    (300, "AMBER", "Partners are in and the memorandum is signed. Prison release dates are not yet shared."),
    (205, "GREEN", "All city teams are in place and the first data refresh came on time."),
    (115, "AMBER", "Move-on beds are filling more slowly than planned; the Home Office has set out a plan."),
]
NEWEST_RATING = (
    20,
    "AMBER",
    "Refreshes come late and move-on beds are unfunded after March. The board is asked to act.",
)


def rate(cast: StoryCast, *ratings: tuple[int, str, str]) -> None:
    for days_ago, rating, narrative in ratings:
        with on(days_ago):
            rate_confidence(cast.programme, rating, by=cast.sro, narrative=narrative)
