"""Makes the demonstration, chapter by chapter."""

from collections.abc import Callable
from pathlib import Path

from programmes.imports import import_gmpp
from xgov.access import grants
from xgov.accounts.imports import import_organisations
from xgov.demo import scale
from xgov.demo.people import SIGNER, make_people
from xgov.demo.story import (
    beside_the_risks,
    boardroom,
    data_plan,
    escalations,
    register_settings,
    risk_register,
    risk_treatment,
    setting_up,
    spreadsheets,
)
from xgov.demo.story import cast as story_cast
from xgov.records.acting import acting

Say = Callable[[str], object]

DATA = Path(__file__).parent / "data"
ORGANISATIONS = DATA / "govuk_organisations_2026-06-01.json"
MAJOR_PROJECTS = DATA / "gmpp_2023-03.csv"


def make(say: Say) -> None:
    """Everything, in the order in which it happened."""
    with acting(SIGNER, "Published by GOV.UK, June 2026"):
        say(f"Organisations: {import_organisations(ORGANISATIONS).line()}")
    with acting(SIGNER, "Published by the Infrastructure and Projects Authority, March 2023"):
        say(f"Major projects: {import_gmpp(MAJOR_PROJECTS).line()}")
    tell_the_story()
    say("The joint programme “Fewer people sleeping rough” is there.")


def tell_the_story() -> None:
    cast = story_cast.gather(make_people())
    setting_up.set_up(cast)
    board = boardroom.found_board(cast)
    register_settings.agree_at_the_start(cast)
    risk_register.keep_register(cast)
    escalations.agree_by_department(cast)
    register_settings.agree_on_a_second_version(cast)
    risk_treatment.treat(cast)
    data_plan.share_data(cast)
    boardroom.sign_memorandum(cast)
    setting_up.let_the_auditor_in(cast)
    boardroom.decide(cast, board)
    setting_up.go_into_delivery(cast)
    setting_up.rate(cast, *setting_up.RATINGS)
    boardroom.issue_pack(cast, board)
    escalations.ask_for_outreach_workers(cast)
    risk_register.one_risk_rises(cast)
    beside_the_risks.write_down(cast)
    escalations.answer_about_the_beds(cast)
    setting_up.rate(cast, setting_up.NEWEST_RATING)
    register_settings.propose_a_third(cast)
    spreadsheets.bring_the_shelters_log(cast)
    boardroom.what_waits(cast, board)
    grants.sync(cast.programme)  # as of the real today


def make_more(size: int, say: Say) -> None:
    """Many programmes and risks, fast."""
    programmes, risks = scale.make_more(size)
    say(f"{programmes:,} programmes and {risks:,} risks added.")
