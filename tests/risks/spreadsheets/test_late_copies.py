"""A copy of the register that comes back after the register has moved on."""

import pytest

from risks.actions import change_risk, close_risk, rescore_risk
from risks.models import Risk
from tests.cast import Cast, client_of
from tests.factories import make_mitigation
from tests.risks.spreadsheets.files import Copy, apply, bring, counts, exported, look, nothing_but

REASON = "Reason for the change"


@pytest.fixture
def register(cast: Cast, leads_risk: Risk, partners_risk: Risk, sensitive_risk: Risk) -> Cast:
    make_mitigation(leads_risk, text="=Sign the lease", department=cast.mhclg)
    return cast


def test_a_late_copy_says_what_changed_meanwhile_and_touches_only_what_it_changed(register: Cast) -> None:
    copy = Copy(exported(register))
    risk = Risk.objects.get(reference="R-0001")
    change_risk(risk, by=register.sro, event="Every bed may be gone by ten.")
    copy["R-0001", "Title"] = "Beds run out"
    copy["R-0002", "Title"] = "Claims lapse"
    brought = look(bring(register, copy.data))
    assert counts(brought) == nothing_but(changed=1, held_back=1, left=1)
    late = brought.plan["changed"][0]
    assert late["meanwhile"]["by"] == register.sro.name
    assert late["meanwhile"]["differences"] == [["Event", "The event.", "Every bed may be gone by ten."]]
    assert late["differences"] == [["Title", "Places run out", "Beds run out"]]
    brought = apply(brought)
    risk.refresh_from_db()
    assert risk.title == "Places run out"
    page = client_of(register.manager).get(brought.get_absolute_url()).text
    assert [each["reference"] for each in brought.plan["changed"]] == ["R-0002"]
    assert "so these were left as they were" in page
    assert brought.plan["left_alone"] == ["R-0001 Places run out"]
    brought = look(bring(register, copy.data))
    apply(brought, over_changes=True)
    risk.refresh_from_db()
    assert (risk.title, risk.event) == ("Beds run out", "Every bed may be gone by ten.")


def test_a_late_copy_that_was_not_edited_undoes_nothing(register: Cast) -> None:
    data = exported(register)
    rescore_risk(Risk.objects.get(reference="R-0001"), by=register.manager, reason="Worse.", residual=(5, 5))
    assert counts(look(bring(register, data))) == nothing_but(left=3)


def test_nothing_is_applied_when_the_register_changed_after_the_preview(register: Cast) -> None:
    from risks.actions import imports
    from xgov.jobs.running import do_here

    copy = Copy(exported(register))
    copy["R-0001", "Title"] = "Beds run out"
    copy["R-0002", "Title"] = "Claims lapse"
    brought = look(bring(register, copy.data))
    job = imports.ask_to_apply(brought, by=register.manager)
    change_risk(Risk.objects.get(reference="R-0001"), by=register.sro, event="Another event.")
    do_here(job)
    job.refresh_from_db()
    brought.refresh_from_db()
    assert (job.state, brought.state) == ("FAILED", "BROUGHT")
    assert "has changed since you looked" in brought.failure
    assert Risk.objects.get(reference="R-0002").title == "Claims lapse at a move"
    assert apply(look(brought)).updated_count == 1


def test_a_risk_that_was_closed_here_after_the_copy_was_made_does_not_hold_up_the_rest(register: Cast) -> None:
    copy = Copy(exported(register))
    close_risk(Risk.objects.get(reference="R-0001"), by=register.sro, reason="It is over.")
    copy["R-0001", "Title"] = "Beds run out"
    copy["R-0002", "Title"] = "Claims lapse"
    brought = look(bring(register, copy.data))
    assert counts(brought) == nothing_but(changed=1, left=2)
    (note,) = brought.plan["notes"]
    assert note == "R-0001 was closed here after the copy was made: what the file says of it is left out."
    apply(brought)
    assert Risk.objects.get(reference="R-0001").status == "CLOSED"
    assert Risk.objects.get(reference="R-0002").title == "Claims lapse"
