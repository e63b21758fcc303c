"""A programme's new status and a rating of confidence are read once more before everybody is told."""

from programmes.actions import rate_confidence
from programmes.models import ConfidenceRating, Programme
from tests.cast import Cast, client_of
from tests.checking import answer_and_confirm, confirm, sent_along
from tests.programmes.addresses import page

START = {"status": "DELIVERING", "override": "Winter comes", "seen_version": "0"}


def status_of(cast: Cast) -> str:
    return Programme.objects.get(pk=cast.programme.pk).status


def test_delivery_does_not_start_before_its_consequences_have_been_read(cast: Cast) -> None:
    client, before = client_of(cast.sro), status_of(cast)
    shown = client.post(page("status"), START)
    text = shown.content.decode()
    assert "Check the new status" in text
    assert "Winter comes" in text
    assert "Delivery starts although these readiness questions are not clear" in text
    assert status_of(cast) == before
    assert "The programme is now:" in confirm(client, page("status"), shown, follow=True).content.decode()


def test_a_second_press_on_change_status_changes_it_once(cast: Cast) -> None:
    client = client_of(cast.sro)
    shown = client.post(page("status"), START)
    answers = [confirm(client, page("status"), shown).url for _press in range(2)]
    assert answers == [page("programme")] * 2
    assert cast.programme.history.filter(status="DELIVERING").count() == 1


def test_going_back_from_the_new_status_keeps_the_reason(cast: Cast) -> None:
    client = client_of(cast.sro)
    shown = client.post(page("status"), {"status": "CANCELLED", "reason": "No money is left", "seen_version": "0"})
    assert "It stops before its end." in shown.content.decode()
    assert "govuk-button--warning" in shown.content.decode()
    back = client.post(page("status"), sent_along(shown) | {"check-change": ""}).content.decode()
    assert "No money is left" in back
    assert "Check the new status" not in back


def test_a_status_that_somebody_else_changed_meanwhile_is_told(cast: Cast) -> None:
    first, second = client_of(cast.sro), client_of(cast.manager)
    shown = second.post(page("status"), {"status": "PAUSED", "reason": "No money", "seen_version": "0"})
    answer_and_confirm(first, page("status"), {"status": "PAUSED", "reason": "No beds", "seen_version": "0"})
    confirm(second, page("status"), shown)
    programme = Programme.objects.get(pk=cast.programme.pk)
    assert (programme.status, programme.status_reason) == ("PAUSED", "No beds")


def test_a_rating_is_read_once_more_beside_the_last_one(cast: Cast) -> None:
    rate_confidence(cast.programme, "GREEN", by=cast.sro)
    client = client_of(cast.sro)
    shown = client.post(page("rate"), {"kind": "SRO", "rating": "RED", "narrative": "The beds are gone."})
    text = shown.content.decode()
    assert "Check the rating" in text
    assert "The beds are gone." in text
    assert "The last such rating, green on" in text
    assert "Who made the independent assessment" not in text
    assert ConfidenceRating.objects.count() == 1
    answers = [confirm(client, page("rate"), shown).url for _press in range(2)]
    assert answers == [page("confidence")] * 2
    assert ConfidenceRating.objects.count() == 2


def test_a_rating_rests_on_the_last_one(cast: Cast) -> None:
    client = client_of(cast.manager)
    said = {"kind": "INDEPENDENT", "rating": "GREEN", "rater": "NISTA"}
    shown = client.post(page("rate"), said)
    rate_confidence(cast.programme, "RED", by=cast.sro, kind="INDEPENDENT", rater="NAO", narrative="Late, replanned.")
    again = confirm(client, page("rate"), shown)
    assert "Something has changed since you opened this" in again.content.decode()
    assert ConfidenceRating.objects.count() == 1
