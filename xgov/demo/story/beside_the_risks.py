"""What stands beside the risks: something that happened, what is taken as true, what is needed from others."""

from risks.actions.endings import close_risk
from risks.actions.entries import add_entry, change_entry, close_entry
from risks.actions.risks import add_risk
from risks.models import Assumption, Dependency, Issue, Risk
from xgov.demo import people as p
from xgov.demo.calendar import day, on
from xgov.demo.story.cast import StoryCast
from xgov.demo.story.risk_register import RISKS


def write_down(cast: StoryCast) -> None:
    _a_risk_that_happened(cast)
    _assumptions(cast)
    _dependencies(cast)


def _a_risk_that_happened(cast: StoryCast) -> None:
    owner = cast["manager@dwp"]
    with on(120):
        risk = add_risk(
            cast.programme, by=owner, title="Benefit advisers leave the shelters",
            cause="The contract for advisers in shelters was let for one winter.",
            event="The advisers may be withdrawn before a new contract is let.",
            consequence="Claims would start weeks later, and move-on beds stay empty.",
            category="PEOPLE", kept_by=cast.departments[p.DWP], owner=owner, response="TREAT",
            inherent=(4, 4), residual=(3, 4), target=(2, 3), review_due=day(20),
        )  # fmt: skip
    with on(30):
        close_risk(
            risk, by=owner, has_happened=True, reason="The contract ended on 23 October and the new one is not let.",
        )  # fmt: skip
        issue = Issue.objects.get(risk=risk)
        change_entry(
            issue, by=owner, plan="Jobcentre staff visit the eight largest shelters twice a week until January.",
            due=day(-15), reason="A stopgap was found.",
        )  # fmt: skip
    with on(200):
        solved = add_entry(
            Issue, cast.programme, by=cast.manager, title="Counts of one city arrived twice",
            what_happened="The September count was loaded under two names of the same city.",
            effect="The joint measure read 4% too high for a month.", severity=2, arose_on=day(205),
            owner=cast.manager, kept_by=cast.departments[p.MHCLG],
        )  # fmt: skip
    with on(190):
        close_entry(
            solved, by=cast.manager, outcome="RESOLVED", reason="One name is kept; the measure was issued anew."
        )


def _assumptions(cast: StoryCast) -> None:
    unfunded = Risk.objects.get(programme=cast.programme, title=RISKS[0].title)
    with on(210):
        add_entry(
            Assumption, cast.programme, by=cast.manager, title="Councils renew their winter contracts in spring",
            basis="Nine in ten did in each of the last three years.", certainty="MEDIUM",
            if_wrong="A third of the beds close in April.", owner=cast.manager, risk=unfunded,
            kept_by=cast.departments[p.MHCLG], due=day(-60),
        )  # fmt: skip
        add_entry(
            Assumption, cast.programme, by=cast["manager@moj"], title="Prisons know the day of release a week before",
            basis="The four systems show it for most sentences.", certainty="LOW",
            if_wrong="The daily file helps fewer people than planned.", owner=cast["manager@moj"],
            kept_by=cast.departments[p.MOJ], due=day(5),
        )  # fmt: skip


def _dependencies(cast: StoryCast) -> None:
    with on(180):
        add_entry(
            Dependency, cast.programme, by=cast["manager@moj"], title="Release dates from prisons", direction="IN",
            what="One file a day with confirmed dates, from every prison.", other_side="Prison service systems team",
            if_late="Local teams meet people after they have left.", agreed_on=day(185), owner=cast["manager@moj"],
            kept_by=cast.departments[p.MOJ], due=day(-40),
        )  # fmt: skip
        add_entry(
            Dependency, cast.programme, by=cast.manager, title="Counts for the winter pressures plan",
            direction="OUT", what="The monthly count by city, ten days after the month ends.",
            other_department=cast.departments[p.DHSC], if_late="Hospitals plan beds on the figures of last winter.",
            owner=cast.manager, kept_by=cast.departments[p.MHCLG], due=day(-18),
        )  # fmt: skip
