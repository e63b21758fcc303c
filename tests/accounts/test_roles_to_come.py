"""A role that is to begin: found, cancelled and given again before its day, and held from that day on."""

import datetime as dt

import pytest
import time_machine

from programmes.models import Programme
from tests.accounts.test_roles import end_url, give, newcomer, send
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm
from xgov.accounts import actions
from xgov.accounts.models import User
from xgov.accounts.tasks import stand_anew
from xgov.pages.values import day
from xgov.records.clock import today
from xgov.records.errors import RuleBroken

__all__ = ["newcomer"]


def test_the_administrator_finds_and_cancels_the_role_to_come_of_somebody_from_another_department(cast: Cast) -> None:
    later = today() + dt.timedelta(days=200)
    form = {"person": "", "email": cast.outsider.email, "role": "viewer", "since": later.isoformat()}
    assert send(cast.administrator, cast.mhclg, form).status_code == 302
    client, people = client_of(cast.administrator), f"/departments/{cast.mhclg.slug}/people/"
    for asked in ("", "?q=outsider", "?role=viewer"):
        page = client.get(people + asked).text
        assert "Oscar Outside" in page
        assert f"from {day(later)}" in page
    told = b"".join(client.get(f"{people}?format=csv")).decode()
    assert f"Viewer from {later:%Y-%m-%d}" in told
    page = client.get(f"{people}{cast.outsider.pk}/").text
    planned = cast.outsider.memberships.get(department=cast.mhclg)
    assert "(to come)" in page
    assert end_url(planned) in page
    assert "Cancel<" in page
    assert answer_and_confirm(client, end_url(planned), {"reason": "A slip"}).status_code == 302
    assert "Oscar Outside" not in client.get(people).text.split("What each role allows")[0].split("<table")[-1]


def test_a_role_to_come_stands_in_the_list_of_the_persons_own_department(cast: Cast, newcomer: User) -> None:
    later = today() + dt.timedelta(days=200)
    actions.give_role(cast.mhclg, newcomer, "signatory", by=cast.administrator, since=later)
    page = client_of(cast.administrator).get(f"/departments/{cast.mhclg.slug}/people/?q=newcomer").text
    assert f"Signatory, from {day(later)}" in page


def test_a_role_that_is_to_begin_later_is_not_given_twice(cast: Cast, newcomer: User) -> None:
    later = today() + dt.timedelta(days=30)
    actions.give_role(cast.mhclg, newcomer, "viewer", by=cast.administrator, since=later)
    assert not Programme.objects.visible_to(newcomer).exists()
    with pytest.raises(RuleBroken, match=f"already has this role to come, from {day(later)}"):
        actions.give_role(cast.mhclg, newcomer, "viewer", by=cast.administrator)
    short = actions.give_role(cast.mhclg, newcomer, "viewer", by=cast.administrator, until=later)
    assert Programme.objects.visible_to(newcomer).exists()
    assert short.until == later


def test_a_role_begins_and_ends_on_its_days(cast: Cast, newcomer: User) -> None:
    actions.give_role(
        cast.mhclg, newcomer, "viewer", by=cast.administrator,
        since=today() + dt.timedelta(days=2), until=today() + dt.timedelta(days=4),
    )  # fmt: skip
    seen = []
    for days in range(1, 5):
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=days)):
            stand_anew()
            seen.append(Programme.objects.visible_to(newcomer).exists())
    assert seen == [False, True, True, False]


def test_a_role_cancelled_before_it_began_is_gone_from_the_pages_and_can_be_given_again(
    cast: Cast, newcomer: User
) -> None:
    coming = (today() + dt.timedelta(days=30)).isoformat()
    assert give(cast.administrator, cast.mhclg, newcomer, since=coming).status_code == 302
    planned = newcomer.memberships.get()
    client = client_of(cast.administrator)
    answer = answer_and_confirm(client, end_url(planned), {"reason": "Not needed"}, follow=True)
    assert "Nora Newcomer will not get the role" in answer.text
    page = client.get(f"/departments/{cast.mhclg.slug}/people/{newcomer.pk}/").text
    assert "No role here, now or before." in page
    assert "already ended" in client.post(end_url(planned), {"reason": "Again"}).text
    assert give(cast.administrator, cast.mhclg, newcomer).status_code == 302
    assert Programme.objects.visible_to(newcomer).exists()
