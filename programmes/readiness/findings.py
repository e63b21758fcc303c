"""What a programme's own record says to each of the six questions. What counts as clear is a local default."""

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.delivery_models import lighter_than
from programmes.models import Party, Programme
from programmes.readiness.questions import Answer, Finding
from programmes.readiness.shelf import from_shelf
from xgov.access.roles import type_of_text
from xgov.pages.values import day
from xgov.records.clock import months_after, today
from xgov.records.figures import FigureState

CLEAR, VAGUE, UNANSWERED = Answer.CLEAR, Answer.VAGUE, Answer.UNANSWERED

# The first review comes after the first few months; the number is a local default.
FIRST_REVIEW_WITHIN_MONTHS = 6
# Models with several bodies that pay: each element needs somebody who pays for it.
SEVERAL_PAYERS = ("SEPARATE_FUNDING", "PROGRAMME_LEAD")


def _page(name: str, programme: Programme) -> str:
    return reverse(f"programmes:{name}", args=[programme.reference])


def shared_outcome(programme: Programme) -> Iterator[Finding]:
    outcome = _page("outcome", programme)
    if not programme.outcome:
        yield Finding(UNANSWERED, _("The shared outcome has not been written."), outcome)
        return
    yield Finding(CLEAR, _("The outcome is written in one sentence."), outcome)
    yield from _parties_agree(programme)


def _parties_agree(programme: Programme) -> Iterator[Finding]:
    people = _page("people", programme)
    parties = [party for party in programme.parties.all() if party.status in {"INVITED", "ACCEPTED", "DECLINED"}]
    if len([party for party in parties if party.is_in]) < 2:
        yield Finding(VAGUE, _("No other department has accepted it yet."), people)
    else:
        names = ", ".join(party.department.short_name for party in parties if party.is_in)
        yield Finding(CLEAR, _("Accepted by %(departments)s.") % {"departments": names}, people)
    for party in parties:
        if party.role in {Party.Role.LEAD, Party.Role.CORE} and not party.is_in:
            declined = party.status == Party.Status.DECLINED
            words = (
                _("%(department)s has declined.") if declined else _("%(department)s has not answered its invitation.")
            )
            yield Finding(VAGUE, words % {"department": party.department.short_name}, people)


def who_decides(programme: Programme) -> Iterator[Finding]:
    people, page = _page("people", programme), _page("who-decides", programme)
    held = {each.role: each for each in programme.in_post()}
    for role, (named, missing) in _DECIDERS.items():
        holder = held.get(role)
        if holder is None:
            yield Finding(UNANSWERED, missing, people)
        else:
            yield Finding(CLEAR, named % {"person": holder.person}, people)
    found = from_shelf("R2", programme)
    if not any(finding.answer == CLEAR for finding in found):
        yield _statement(
            programme.who_decides,
            _("What each decides alone, and what goes to the joint board, is written down."),
            _("What each decides alone, and what goes to the joint board, is not written down."),
            page,
        )
    yield from found


_DECIDERS: dict[str, tuple[type_of_text, type_of_text]] = {
    "sro": (_("%(person)s is the senior responsible owner."), _("There is no senior responsible owner (SRO).")),
    "lead_accounting_officer": (
        _("%(person)s is the lead accounting officer."),
        _("There is no lead accounting officer."),
    ),
}


def _statement(text: str, written: str, missing: str, url: str) -> Finding:
    return Finding(CLEAR, written, url) if text.strip() else Finding(UNANSWERED, missing, url)


def fitting_model(programme: Programme) -> Iterator[Finding]:
    page, model = _page("delivery-model", programme), programme.model_words
    if model is None:
        yield Finding(UNANSWERED, _("No model of joint working has been chosen."), page)
        return
    yield Finding(CLEAR, _("The model is “%(model)s”.") % {"model": model.label}, page)
    if lighter_than(model.code) and not programme.delivery_model_reason.strip():
        yield Finding(VAGUE, _("Nothing says why a lighter model is not enough."), page)
    if model.code in SEVERAL_PAYERS and len(_payers(programme)) < 2:
        words = _("This model needs at least two departments that pay; fewer have accepted.")
        yield Finding(VAGUE, words, _page("people", programme))
    yield from from_shelf("R3", programme)


def _payers(programme: Programme) -> list[Party]:
    paying = {Party.Role.LEAD, Party.Role.CORE, Party.Role.FUNDER}
    return [party for party in programme.parties.all() if party.is_in and party.role in paying]


def data_that_moves(programme: Programme) -> Iterator[Finding]:
    page, found = _page("data-needs", programme), from_shelf("R4", programme)
    moves = programme.data_moves
    if moves == Programme.DataMoves.NOT_SAID:
        yield Finding(UNANSWERED, _("Nobody has said whether data must move between departments."), page)
    elif moves == Programme.DataMoves.NO:
        yield Finding(CLEAR, _("No data need to move."), page)
        if found:
            yield Finding(VAGUE, _("There is a data-sharing plan, although the record says no data move."), page)
            return
    else:
        yield _statement(programme.data_to_move, _("What must move is named."), _("What must move is not named."), page)
        if not found:
            yield Finding(VAGUE, _("There is no data-sharing plan yet."), page)
    yield from found


def who_pays(programme: Programme) -> Iterator[Finding]:
    pays, cost = _page("who-pays", programme), _page("cost", programme)
    yield _statement(
        programme.who_pays,
        _("Who pays for what, and under which authority, is written down."),
        _("Nothing says who pays for what, under which authority."),
        pays,
    )
    figure = programme.whole_life_cost_figure
    if figure.is_known:
        yield Finding(CLEAR, _("The whole-life cost is recorded."), cost)
    elif figure.state == FigureState.WITHHELD and figure.reason.strip():
        yield Finding(CLEAR, _("The whole-life cost is withheld, with the reason."), cost)
    elif figure.reason.strip():
        yield Finding(VAGUE, _("The whole-life cost is not known; the record says why."), cost)
    else:
        yield Finding(UNANSWERED, _("The whole-life cost is not recorded."), cost)
    yield from from_shelf("R5", programme)


def review_after_launch(programme: Programme) -> Iterator[Finding]:
    page = _page("review", programme)
    yield _statement(
        programme.success_review,
        _("How success is reviewed is written down."),
        _("Nothing says how success is reviewed after launch."),
        page,
    )
    yield Finding(*_first_review(programme, today()), page)
    yield from from_shelf("R6", programme)


def review_doubts(programme: Programme) -> list[str]:
    """What keeps the first review from being clear although it has a date."""
    answer, words = _first_review(programme, today())
    return [words] if answer == VAGUE else []


def _first_review(programme: Programme, on: date) -> tuple[Answer, str]:
    first, began = programme.first_review_on, _delivery_began(programme)
    if first is None:
        return UNANSWERED, _("There is no date for the first review.")
    if began and first < began:
        words = _("The first review is entered as %(first)s, before delivery began on %(began)s.")
        return VAGUE, words % {"first": day(first), "began": day(began)}
    if began and first > months_after(began, FIRST_REVIEW_WITHIN_MONTHS):
        words = _("The first review comes more than %(months)s months after the start.")
        return VAGUE, words % {"months": FIRST_REVIEW_WITHIN_MONTHS}
    return _past_review(programme, first) if first < on else (CLEAR, _("The first review has a date."))


def _past_review(programme: Programme, first: date) -> tuple[Answer, str]:
    """Once its day has passed a review counts if what it found is on record: a rating of delivery confidence."""
    rated = programme.confidence_ratings.filter(rated_on__gte=first).exclude(rating="NOT_SET")
    found = rated.order_by("rated_on").first()
    if found is None:
        words = _("The day of the first review, %(first)s, has passed, and no rating has been recorded since.")
        return VAGUE, words % {"first": day(first)}
    words = _("The first review was due on %(first)s; delivery confidence was rated on %(rated)s.")
    return CLEAR, words % {"first": day(first), "rated": day(found.rated_on)}


def _delivery_began(programme: Programme) -> date | None:
    """The first day in delivery, or the planned start while it has not begun."""
    planned, since = programme.start_date, programme.status_since
    if programme.status not in {"DELIVERING", "PAUSED", "CLOSING"} or (planned and since <= planned):
        return planned
    began = (
        programme.history.filter(status="DELIVERING").order_by("status_since").values_list("status_since", flat=True)
    )
    return max(filter(None, [planned, began.first()]), default=None)


OWN: dict[str, Callable[[Programme], Iterator[Finding]]] = {
    "R1": shared_outcome,
    "R2": who_decides,
    "R3": fitting_model,
    "R4": data_that_moves,
    "R5": who_pays,
    "R6": review_after_launch,
}
