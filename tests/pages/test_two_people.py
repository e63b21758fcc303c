"""Two people at one record: on different topics both changes remain, on the same the second is told."""

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.urls import reverse

from governance.models import Board
from programmes.actions import change_programme
from programmes.models import Programme
from tests.cast import Cast, client_of
from tests.factories import make_board, make_risk
from tests.factories.decisions import make_proposal
from xgov.accounts.models import User
from xgov.pages.forms import RecordForm
from xgov.records.editing import SeenVersion, check_seen
from xgov.records.errors import ChangedMeanwhile

DATES = {"start_date": "2027-04-01", "end_date": "2029-03-31"}


def page(name: str) -> str:
    return reverse(f"programmes:{name}", args=["RS-001"])


def opened(person: User, address: str) -> dict[str, str]:
    """What the form holds of the version that the person has before them."""
    found = re.search(r'name="seen_version" value="(\d+)"', client_of(person).get(address).content.decode())
    return {"seen_version": found[1]}


def test_one_changes_the_dates_another_the_outcome_and_both_remain(cast: Cast) -> None:
    of_manager, of_sro = opened(cast.manager, page("dates")), opened(cast.sro, page("outcome"))
    changed = client_of(cast.sro).post(page("outcome"), of_sro | {"outcome": "Everybody has a bed."})
    assert changed.status_code == 302
    assert client_of(cast.manager).post(page("dates"), of_manager | DATES).status_code == 302
    programme = Programme.objects.get(pk=cast.programme.pk)
    assert (programme.outcome, programme.start_date) == ("Everybody has a bed.", date(2027, 4, 1))
    assert [row.history_signer for row in programme.history.order_by("history_id")[1:]] == [
        "Sara Answerable", "Maya Managewell",
    ]  # fmt: skip


def test_on_the_same_answer_the_second_is_told_who_when_and_what(cast: Cast) -> None:
    seen = opened(cast.manager, page("outcome"))
    change_programme(cast.programme, by=cast.sro, outcome="Everybody has a bed.")
    change_programme(cast.programme, by=cast.manager, summary="Beds and advice.")  # newer, and beside the point
    text = client_of(cast.manager).post(page("outcome"), seen | {"outcome": "Nobody is cold."}).content.decode()
    assert "Sara Answerable changed this on" in text
    for words in ("Nobody has to sleep rough more than once.", "Everybody has a bed.", "Nobody is cold."):
        assert words in text
    assert "Beds and advice." not in text, "what is not asked here is nobody's clash"
    assert Programme.objects.get(pk=cast.programme.pk).outcome == "Everybody has a bed."
    again = re.search(r'name="seen_version" value="(\d+)"', text)[1]
    saved = client_of(cast.manager).post(page("outcome"), {"seen_version": again, "outcome": "Nobody is cold."})
    assert saved.status_code == 302
    programme = Programme.objects.get(pk=cast.programme.pk)
    assert (programme.outcome, programme.summary) == ("Nobody is cold.", "Beds and advice.")


def test_one_of_two_answers_on_the_form_is_enough(cast: Cast) -> None:
    seen = opened(cast.manager, page("dates"))
    change_programme(cast.programme, by=cast.sro, end_date=date(2030, 3, 31))
    text = client_of(cast.manager).post(page("dates"), seen | DATES).content.decode()
    assert "Sara Answerable changed this on" in text
    assert Programme.objects.get(pk=cast.programme.pk).start_date is None


def test_what_was_changed_and_changed_back_stops_nobody(cast: Cast) -> None:
    seen = opened(cast.manager, page("outcome"))
    before = cast.programme.outcome
    change_programme(cast.programme, by=cast.sro, outcome="Everybody has a bed.")
    change_programme(cast.programme, by=cast.sro, outcome=before)
    saved = client_of(cast.manager).post(page("outcome"), seen | {"outcome": "Nobody is cold."})
    assert saved.status_code == 302


def test_the_model_of_joint_working_is_asked_under_other_names_and_clashes_all_the_same(cast: Cast) -> None:
    seen = opened(cast.manager, page("choose-model"))
    first = opened(cast.sro, page("choose-model"))
    client_of(cast.sro).post(page("choose-model"), first | {"model": "COLLABORATION"})
    said = {"model": "SEPARATE_FUNDING", "lighter_not_enough": "Money moves."}
    text = client_of(cast.manager).post(page("choose-model"), seen | said).content.decode()
    assert "Sara Answerable changed this on" in text
    assert 'href="#id_model_0"' in text
    assert Programme.objects.get(pk=cast.programme.pk).delivery_model == "COLLABORATION"


def test_a_running_order_clashes_with_another_and_not_with_a_new_name(cast: Cast) -> None:
    board = make_board(cast.programme, slug="own", running_order=["risks.above_appetite"])
    order = reverse("governance:running-order", args=["own"])
    seen = opened(cast.manager, order)
    name = reverse("governance:change-board", args=["own"])
    renamed = opened(cast.sro, name) | {"name": "New name", "forum": board.forum, "short_name": "NN"}
    assert client_of(cast.sro).post(name, renamed).status_code == 302
    assert client_of(cast.manager).post(order, seen | {"place_0": "1"}).status_code == 302
    assert Board.objects.get(pk=board.pk).name == "New name"
    text = client_of(cast.sro).post(order, seen | {"place_1": "1"}).content.decode()
    assert "Maya Managewell changed this on" in text
    assert "In the form below" in text


def shown(person: User, address: str) -> dict[str, object]:
    """Every answer that the form holds, as it would be sent back."""
    form = client_of(person).get(address).context["form"]
    return {name: value for name in form.fields if (value := form[name].value()) is not None}


@pytest.mark.parametrize("moves_the_review", [False, True])
def test_what_is_said_of_a_risk_and_its_scores_clash_only_where_both_ask(cast: Cast, moves_the_review: bool) -> None:
    risk = make_risk(cast.programme, cast.dwp, cast.contributor)
    change, rescore = (reverse(f"risks:{name}", args=["RS-001", risk.reference]) for name in ("change", "rescore"))
    said = shown(cast.manager, change) | {"cause": "The grant ends."}
    worse = shown(cast.contributor, rescore) | {"residual_likelihood": "5", "residual_impact": "5", "reason": "Worse"}
    if not moves_the_review:
        worse["review_due"] = risk.review_due.isoformat()
    assert client_of(cast.contributor).post(rescore, worse).status_code == 302
    answer = client_of(cast.manager).post(change, said)
    risk.refresh_from_db()
    assert risk.residual_likelihood == 5
    if moves_the_review:
        rows = answer.context["form"].changed_meanwhile.rows
        assert [row.label for row in rows] == ["next review due"]
        assert risk.cause != "The grant ends."
    else:
        assert answer.status_code == 302
        assert risk.cause == "The grant ends."


def test_a_proposal_is_one_page_with_its_options(cast: Cast) -> None:
    make_proposal(cast.programme, cast.manager)
    address = reverse("governance:change-decision", args=["RS-001", "D-001"])
    form = client_of(cast.manager).get(address).context["form"]
    assert form.decides is None


@pytest.mark.parametrize(
    ("seen", "stops"),
    [
        (SeenVersion(0, {"end_date"}), False), (SeenVersion(0, {"outcome"}), True),
        (SeenVersion(0, {"outcome", "end_date"}), True), (0, True), (SeenVersion(-1, {"end_date"}), True),
        (SeenVersion(0, {"no_such_field"}), True), (SeenVersion(7, {"outcome"}), True), (1, False), (None, False),
    ],
)  # fmt: skip
def test_what_stops_somebody(cast: Cast, seen: int | None, stops: bool) -> None:
    programme = change_programme(cast.programme, by=cast.sro, outcome="Everybody has a bed.")
    if stops:
        with pytest.raises(ChangedMeanwhile):
            check_seen(programme, seen)
    else:
        check_seen(programme, seen)


def forms_of_records() -> Iterator[type[RecordForm]]:
    for config in apps.get_app_configs():
        for module in iter_modules([config.path]):
            if module.name == "forms":
                _import_with_parts(f"{config.name}.forms")
    yield from _below(RecordForm)


def _import_with_parts(name: str) -> None:
    package = import_module(name)
    for part in iter_modules(getattr(package, "__path__", ())):
        import_module(f"{name}.{part.name}")


def _below(kind: type[RecordForm]) -> Iterator[type[RecordForm]]:
    for form in kind.__subclasses__():
        if form._meta.model is not None and not form.__module__.startswith("tests."):
            yield form
        yield from _below(form)


def test_every_form_of_a_record_says_what_it_decides() -> None:
    """Asked under the record's own names, in `decides`, or beside the record as here."""
    beside = {"reason", "override", "since"}
    for form in forms_of_records():
        fields = {field.name for field in form._meta.model._meta.concrete_fields}
        own = set(form.base_fields)
        if form.decides is None:
            continue
        assert set(form.decides) <= fields, form
        assert own - fields - beside <= set(form.decides.values()), form
        assert own & fields or form.decides, form
