"""The pages of what hangs on a risk, as each person meets them."""

from datetime import timedelta

from risks.models import Acceptance, AffectedDepartment, AffectedThing, Control, Risk, RiskLink
from tests.cast import Cast, client_of
from tests.factories import (
    make_acceptance,
    make_affected,
    make_appetite,
    make_control,
    make_programme,
    make_risk,
    make_risk_link,
)
from tests.factories.people import SETTING_THE_SCENE
from tests.risks.answers import RISKS, text_of
from xgov.records.acting import acting
from xgov.records.clock import today


def test_the_sro_accepts_a_risk_and_everybody_reads_how_long_it_holds(cast: Cast, leads_risk: Risk) -> None:
    day = today() + timedelta(days=10)
    answers = {"why": "Nothing helps before March.", "up_to_score": "9", "expires_on": f"{day}"}
    said = text_of(client_of(cast.sro).post(f"{RISKS}R-0001/accept/", answers, follow=True))
    assert "Risk R-0001 is accepted until" in said
    seen = text_of(client_of(cast.viewer).get(f"{RISKS}R-0001/"))
    for words in ("Sara Answerable", "10 days left", "Nothing helps before March.", "Its acceptance runs out on"):
        assert words in seen
    assert "Withdraw acceptance" not in seen, "a viewer decides nothing"
    held = Acceptance.objects.get()
    address = f"{RISKS}R-0001/acceptances/{held.pk}/withdraw/"
    assert "is withdrawn" in text_of(client_of(cast.ao).post(address, {"reason": "The bid was refused."}, follow=True))


def test_a_risk_above_its_appetite_warns_until_it_is_treated_or_accepted(cast: Cast, leads_risk: Risk) -> None:
    make_appetite(cast.programme, limit=4)
    client = client_of(cast.manager)
    client.post(
        f"{RISKS}R-0001/score/",
        {"inherent_likelihood": "4", "inherent_impact": "4", "residual_likelihood": "3", "residual_impact": "3",
         "reason": "Looked at.", "seen_version": "0"},
    )  # fmt: skip
    assert "nobody has accepted it" in text_of(client.get(f"{RISKS}R-0001/"))
    make_acceptance(Risk.objects.get(pk=leads_risk.pk), cast.sro)
    assert "nobody has accepted it" not in text_of(client.get(f"{RISKS}R-0001/"))


def test_a_control_is_added_checked_changed_and_ended(cast: Cast, partners_risk: Risk) -> None:
    client, address = client_of(cast.contributor), f"{RISKS}R-0002/controls/"
    answers = {"text": "Claims are checked.", "type": "DETECTIVE", "line": "SECOND", "owner": cast.contributor.pk,
               "department": cast.dwp.pk}  # fmt: skip
    assert "The control is recorded" in text_of(client.post(f"{address}add/", answers, follow=True))
    control = Control.objects.get()
    check = {"effectiveness": "WEAK", "checked_by": "Internal audit", "checked_on": f"{today()}"}
    checked = text_of(client.post(f"{address}{control.pk}/check/", check, follow=True))
    assert "Does not work" in checked
    assert "A control does not work." in text_of(client.get(f"{RISKS}R-0002/"))
    answers |= {"text": "Claims are checked twice.", "seen_version": "1"}
    assert "Claims are checked twice." in text_of(client.post(f"{address}{control.pk}/", answers, follow=True))
    assert "has ended" in text_of(client.post(f"{address}{control.pk}/end/", {"reason": "No longer."}, follow=True))


def test_what_a_risk_bears_on_is_typed_one_to_a_line(cast: Cast, leads_risk: Risk) -> None:
    answers = {"departments": [cast.dwp.pk], "objectives": "Homes\n\nWork", "projects": "RS-001\nHostels"}
    said = text_of(client_of(cast.manager).post(f"{RISKS}R-0001/affects/", answers, follow=True))
    for words in ("Department for Work and Pensions", "Homes", "Work", "Fewer people sleeping rough", "Hostels"):
        assert words in said
    form = text_of(client_of(cast.manager).get(f"{RISKS}R-0001/affects/"))
    assert "Homes Work</textarea>" in form
    assert "RS-001" in form
    assert AffectedDepartment.objects.count() == 1


def test_a_project_out_of_sight_is_named_to_nobody_who_may_not_see_it(cast: Cast, leads_risk: Risk) -> None:
    hidden = make_programme(cast.dft, name="Night buses")
    make_affected(leads_risk, cast.dwp)
    with acting(SETTING_THE_SCENE):
        AffectedThing.objects.create(programme=cast.programme, risk=leads_risk, kind="PROJECT", project=hidden)
    assert "Night buses" not in text_of(client_of(cast.manager).get(f"{RISKS}R-0001/"))
    exported = b"".join(client_of(cast.manager).get(f"{RISKS}?format=csv").streaming_content).decode()
    assert "Move-on within 56 days" in exported
    assert hidden.reference not in exported
    assert "Night buses" in text_of(client_of(cast.centre).get(f"{RISKS}R-0001/"))


def test_risks_are_linked_by_reference_and_the_keeper_shares(cast: Cast, leads_risk: Risk, partners_risk: Risk) -> None:
    client = client_of(cast.manager)
    wrong = text_of(client.post(f"{RISKS}R-0001/links/add/", {"kind": "PARENT_OF", "other": "R-0099"}))
    assert "There is no risk R-0099 that you may see" in wrong
    linked = text_of(
        client.post(f"{RISKS}R-0001/links/add/", {"kind": "PARENT_OF", "other": "RS-001 r-0002"}, follow=True)
    )
    assert "Gathers up" in linked
    assert "DWP must agree" in linked
    assert "Share upwards<" not in linked
    link = RiskLink.objects.get()
    partner, address = client_of(cast.contributor), f"{RISKS}R-0002/links/{link.pk}/"
    assert "now counts in R-0001" in text_of(partner.post(f"{address}share/", {"reason": "We agree."}, follow=True))
    assert "no longer counts" in text_of(partner.post(f"{address}share/", {"reason": "Not now."}, follow=True))
    assert "no longer linked" in text_of(partner.post(f"{address}end/", {"reason": "It stands alone."}, follow=True))


def test_a_link_to_a_risk_out_of_sight_is_not_shown(cast: Cast, leads_risk: Risk, sensitive_risk: Risk) -> None:
    make_risk_link(leads_risk, sensitive_risk, "CAUSES")
    assert "close to collapse" not in text_of(client_of(cast.contributor).get(f"{RISKS}R-0001/links/"))
    seen = text_of(client_of(cast.manager).get(f"{RISKS}R-0001/links/"))
    assert "close to collapse" in seen
    assert "OFFICIAL-SENSITIVE" in seen, "the page is marked as what it names"


def test_the_assurance_map_shows_who_looks_after_the_highest_risks(cast: Cast, leads_risk: Risk) -> None:
    make_risk(cast.programme, cast.mhclg, cast.manager, title="Nobody looks")
    make_control(leads_risk, line="THIRD", effectiveness="PARTLY", checked_on=today(), checked_by="Internal audit")
    seen = text_of(client_of(cast.auditor).get(f"{RISKS}assurance/"))
    for words in ("Works in part", "Third line", "Nothing recorded", "1 of the principal risks has no control"):
        assert words in seen


def test_the_list_is_narrowed_by_when_how_fast_and_what_it_bears_on(cast: Cast, leads_risk: Risk) -> None:
    make_risk(cast.programme, cast.mhclg, cast.manager, title="Any day now", proximity="IMMINENT", velocity="AT_ONCE")
    make_affected(leads_risk, cast.moj)
    client = client_of(cast.viewer)
    for query, found, other in (
        ("proximity=IMMINENT", "Any day now", "Places run out"),
        ("velocity=AT_ONCE", "Any day now", "Places run out"),
        (f"affects={cast.moj.pk}", "Places run out", "Any day now"),
    ):
        listed = text_of(client.get(f"{RISKS}?{query}"))
        assert found in listed
        assert other not in listed
