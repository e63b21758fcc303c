"""Two people have the same risk open: the second is told, and nothing that either said is lost."""

import re

from django.urls import reverse

from risks.actions import change_risk, say_what_is_affected
from risks.models import AffectedDepartment, Risk
from tests.cast import Cast, client_of


def page_of(client, risk: Risk, name: str) -> tuple[str, str]:
    """The address, and what the page shows of the state that it was made of."""
    address = reverse(f"risks:{name}", args=[risk.programme.reference, risk.reference])
    return address, re.search(r'name="check-seen" value="([^"]*)"', client.get(address).content.decode())[1]


def test_a_risk_that_somebody_changed_meanwhile_is_not_closed_unread(cast: Cast, partners_risk: Risk) -> None:
    client = client_of(cast.manager)
    address, seen = page_of(client, partners_risk, "close")
    change_risk(partners_risk, by=cast.contributor, title="Keep this one open")
    answers = {"has_happened": "no", "reason": "It cannot happen any more.", "check-seen": seen}
    page = client.post(address, answers).content.decode()
    assert "Something has changed since you opened this. Nothing has been done" in page
    assert "It cannot happen any more." in page
    assert Risk.objects.get(pk=partners_risk.pk).is_open
    again = re.search(r'name="check-seen" value="([^"]*)"', page)[1]
    client.post(address, {**answers, "check-seen": again})
    assert Risk.objects.get(pk=partners_risk.pk).status == Risk.Status.CLOSED


def test_a_risk_that_rose_meanwhile_is_not_accepted_unread(cast: Cast, partners_risk: Risk) -> None:
    client = client_of(cast.sro)
    address, seen = page_of(client, partners_risk, "accept")
    change_risk(partners_risk, by=cast.contributor, title="It is worse than we thought")
    page = client.post(address, {
        "why": "Fine as it is.", "up_to_score": "20", "expires_on_day": "1", "expires_on_month": "3",
        "expires_on_year": "2027", "check-seen": seen,
    }).content.decode()  # fmt: skip
    assert "Something has changed since you opened this" in page
    assert not partners_risk.acceptances.exists()


def test_what_a_risk_bears_on_is_not_taken_away_by_an_older_page(cast: Cast, leads_risk: Risk) -> None:
    client = client_of(cast.sro)
    address, seen = page_of(client, leads_risk, "affects")
    say_what_is_affected(leads_risk, by=cast.manager, departments=[cast.dwp], objectives=["From the manager"])
    answers = {"departments": [cast.moj.pk], "objectives": "From the SRO", "projects": "", "check-seen": seen}
    page = client.post(address, answers).content.decode()
    assert "What the risk bears on has changed." in page
    assert "From the SRO" in page
    assert AffectedDepartment.objects.current().get(risk=leads_risk).department == cast.dwp
    again = re.search(r'name="check-seen" value="([^"]*)"', page)[1]
    assert client.post(address, {**answers, "check-seen": again}).status_code == 302
    assert AffectedDepartment.objects.current().get(risk=leads_risk).department == cast.moj
