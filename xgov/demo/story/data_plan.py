"""What data moves in the programme, on what law, and which refresh is late."""

from decimal import Decimal

from datasharing.actions.assessments import change_assessment, start_assessment
from datasharing.actions.controllers import add_part
from datasharing.actions.datasets import add_dataset
from datasharing.actions.flows import add_flow, go_live, make_ready
from datasharing.actions.plans import agree_plan, start_plan
from datasharing.actions.quality import record_quality_check
from datasharing.actions.refreshes import record_refresh
from datasharing.models import Assessment, DataFlow, Dataset
from xgov.demo import people as p
from xgov.demo.calendar import day, on
from xgov.demo.story.cast import StoryCast

_MEASURED = [("COMPLETENESS", 98, "96.5"), ("TIMELINESS", 95, "71"), ("UNIQUENESS", 99, "99.4")]
_TASK = {"role": "CONTROLLER", "regime": "UK_GDPR_PART2", "lawful_basis": "6_1_E", "basis_from": None}


def share_data(cast: StoryCast) -> None:
    with on(330):
        start_plan(
            cast.programme, by=cast.manager, owner=cast["data@dwp"],
            purpose="To know in time who is about to lose a place to sleep, and whether help reached them.",
            outcome_served="Fewer first nights on the street, and no second one.",
            minimum_dataset="Name, date of birth, local area, date of release or end of support, nights in shelter.",
        )  # fmt: skip
    claims, releases, shelter = _datasets(cast)
    assessment = _assessed(cast)
    with on(238):
        live = _flow(cast, claims, p.DWP, p.MHCLG, assessment, "To see within two days whether a claim is in payment.")
    _say_on_what_law(cast, live, p.DWP, "contributor@dwp", "Welfare Reform Act 2012, section 131")
    _say_on_what_law(cast, live, p.MHCLG, "manager@mhclg", "Housing Act 1996, Part 7")
    with on(225):
        make_ready(live, by=cast.manager)
        go_live(live, by=cast.sro, reason="The DPIA is approved and both departments have named their powers.")
        agree_plan(cast.programme.data_sharing_plan, by=cast.manager, review_on=day(-140))
    with on(190):
        _flow(cast, releases, p.MOJ, p.MHCLG, None, "To offer a bed before the day of release.")
    _refresh(cast, claims, shelter)


def _datasets(cast: StoryCast) -> tuple[Dataset, Dataset, Dataset]:
    with on(325):
        claims = add_dataset(
            cast.programme, by=cast["contributor@dwp"], kept_by=cast.departments[p.DWP],
            name="Benefit claims in shelter",
            description="Whether a claim by a person in a shelter is open, in payment or held.",
            personal_data="PERSONAL", information_asset_owner="Director, Universal Credit operations",
            refresh_cycle="MONTHLY", first_due_on=day(220), grace_days=3,
        )  # fmt: skip
        releases = add_dataset(
            cast.programme, by=cast["manager@moj"], kept_by=cast.departments[p.MOJ],
            name="Prison releases without an address",
            description="People due for release within 12 weeks who have no address to go to.",
            personal_data="CRIMINAL", information_asset_owner="Director, Prison operations",
            refresh_cycle="WEEKLY", first_due_on=day(-30),
        )  # fmt: skip
        shelter = add_dataset(
            cast.programme, by=cast.manager, kept_by=cast.departments[p.MHCLG], name="Nights in shelter, by city",
            description="Counts for each night and city. No person can be identified.", personal_data="NONE",
            information_asset_owner="Deputy Director, Homelessness data", refresh_cycle="QUARTERLY",
            first_due_on=day(250),
        )  # fmt: skip
    return claims, releases, shelter


def _assessed(cast: StoryCast) -> Assessment:
    mhclg = cast.departments[p.MHCLG]
    with on(310):
        assessment = start_assessment(
            cast.programme, by=cast.manager, kept_by=mhclg, title="Matching of claims, releases and nights in shelter"
        )
    with on(240):
        return change_assessment(
            assessment, by=cast.manager, state=Assessment.State.APPROVED, reviewer="Data protection officer, MHCLG",
            decided_on=day(240), decision_reason="Matching is limited to people who agreed to be helped.",
            kept_at="Records system of the lead department", review_on=day(-120), reason="Approved after two rounds",
        )  # fmt: skip


def _flow(
    cast: StoryCast, dataset: Dataset, giver: str, taker: str, assessment: Assessment | None, purpose: str
) -> DataFlow:
    return add_flow(
        cast.programme, by=cast.manager, dataset=dataset, from_department=cast.departments[giver],
        to_department=cast.departments[taker], purpose=purpose, assessment=assessment,
        use_limits="Not for enforcement of any kind.", retention_months=24, retention_trigger="LAST_USE",
        retention_action="DELETE",
    )  # fmt: skip


def _say_on_what_law(cast: StoryCast, flow: DataFlow, department: str, who: str, provision: str) -> None:
    with on(235):
        add_part(
            flow, by=cast[who], department=cast.departments[department], **_TASK, basis_provision=provision,
            power="EXPRESS_STATUTE", power_provision=provision,
        )  # fmt: skip


def _refresh(cast: StoryCast, claims: Dataset, shelter: Dataset) -> None:
    for days_ago in (219, 188, 158, 127, 96):
        with on(days_ago):
            record_refresh(claims, day(days_ago), by=cast["contributor@dwp"])
    for days_ago in (249, 158, 80):
        with on(days_ago):
            record_refresh(shelter, day(days_ago), by=cast.manager)
    with on(90):
        for dimension, target, measured in _MEASURED:
            record_quality_check(
                claims, by=cast["contributor@dwp"], dimension=dimension, target_percent=target,
                measured_percent=Decimal(measured), checked_on=day(90), method="Sample of 400 records",
            )  # fmt: skip
