"""What the record knows that a memorandum says, and how it goes into the clauses."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template import engines

from governance.agreement_text import Piece, differences, unwrapped
from governance.memorandum import FIRST_REVIEW_MONTHS, PERIODS, TEMPLATES, ClauseTemplate, template_of
from governance.models import Agreement, AgreementVersion, Board, Clause
from programmes.models import Party, Programme
from xgov.pages.values import day
from xgov.records.clock import months_after, today

_REVIEW = "first_review_on"


def facts_of(agreement: Agreement) -> dict[str, Any]:
    """Plain values for the clause templates; days as 2026-12-03. What is not decided yet is left empty."""
    programme = agreement.programme
    parties = list(programme.parties.accepted().select_related("department"))
    parties.sort(key=lambda party: (party.role != Party.Role.LEAD, party.department.name))
    signing = [party for party in parties if party.role in {Party.Role.LEAD, Party.Role.CORE}]
    boards = list(programme.boards.open())
    model = programme.model_words
    return {
        **PERIODS,
        "signing": [_party(party) for party in signing],
        "others": [_party(party) for party in parties if party not in signing],
        "lead": next((party.department.name for party in signing if party.role == Party.Role.LEAD), ""),
        "outcome": programme.outcome,
        "summary": programme.summary,
        "model": str(model.label) if model else "",
        "model_fit": str(model.best_fit) if model else "",
        "model_is_lightest": bool(model) and model.order == 1,
        "model_reason": programme.delivery_model_reason,
        "sro": _holder(programme, "sro"),
        "accounting_officer": _holder(programme, "lead_accounting_officer"),
        "who_pays": programme.who_pays,
        "success_review": programme.success_review,
        _REVIEW: _iso(agreement.review_on),
        "end_on": _iso(programme.end_date),
        "who_decides": programme.who_decides,
        "data_to_move": programme.data_to_move,
        "boards": [_board(board) for board in boards],
        "deciding_board": next((board.name for board in boards if board.is_deciding), ""),
    }


def _party(party: Party) -> dict[str, str]:
    return {
        "name": party.department.name,
        "part": str(party.get_role_display()).lower(),
        "contribution": " ".join(party.contribution.split()),  # an item of a list is one paragraph
    }


def _board(board: Board) -> str:
    return f"{board.name}: {board.remit}" if board.remit else board.name


def _holder(programme: Programme, role: str) -> str:
    """“Sara Answerable, Director General”, or nothing."""
    appointment = programme.appointments.current().of_role(role).select_related("person").first()
    if appointment is None:
        return ""
    return ", ".join(
        part for part in (appointment.person.name, appointment.post or appointment.person.job_title) if part
    )


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def fill_in(clause: ClauseTemplate, facts: dict[str, Any]) -> str:
    """The clause's text with these facts in it, as plain text."""
    source = "{% autoescape off %}" + str(clause.text) + "{% endautoescape %}"
    said = {name: day(date.fromisoformat(fact)) if _is_day(name, fact) else fact for name, fact in facts.items()}
    return unwrapped(engines["django"].from_string(source).render(said))


def _is_day(name: str, fact: Any) -> bool:
    return bool(fact) and name.endswith("_on")


def facts_in(clause: ClauseTemplate, facts: dict[str, Any]) -> dict[str, Any]:
    """Those that the clause may speak of: kept with it, so that one can tell when the record has moved on."""
    return {name: value for name, value in facts.items() if name in str(clause.text)}


def clauses_for(agreement: Agreement) -> list[Clause]:
    """The clauses of a first draft, not saved yet."""
    facts = facts_of(agreement)
    return [
        Clause(
            programme=agreement.programme, position=position, key=template.key, heading=str(template.heading),
            text=fill_in(template, facts), facts=facts_in(template, facts),
        )
        for position, template in enumerate(TEMPLATES[agreement.kind], start=1)
    ]  # fmt: skip


@dataclass(frozen=True)
class MovedOn:
    """A clause for which the record says something else today than when it was filled in."""

    clause: Clause
    was: str
    now: str

    @property
    def is_reworded(self) -> bool:
        """Somebody has changed its words since it was filled in, so they are not written over unasked."""
        return self.clause.text != self.was

    @property
    def pieces(self) -> list[Piece]:
        return differences(self.was, self.now)


def _review_holds(said: str, review_on: str, is_draft: bool) -> bool:
    """Whether what a text says of the first review still holds, whatever day is next.

    Without a day it gives a number of months. And once the first is past, the reviews after it do not speak against it.
    """
    if not said:
        return not is_draft or review_on <= _iso(months_after(today(), FIRST_REVIEW_MONTHS))
    return not is_draft and said < _iso(today())


def moved_on(version: AgreementVersion) -> list[MovedOn]:
    """The clauses of a version that no longer say what the record says. Nothing in them changes by that."""
    facts, found = facts_of(version.agreement), []
    for clause in version.clauses_in_order:
        template = template_of(version.agreement.kind, clause.key)
        if template is None or not clause.facts:
            continue
        today_says = facts_in(template, facts)
        said = clause.facts.get(_REVIEW)
        if said is not None and _review_holds(said, today_says[_REVIEW], version.is_draft):
            today_says[_REVIEW] = said
        if clause.facts == today_says:
            continue
        was, now = fill_in(template, clause.facts), fill_in(template, today_says)
        if was != now:
            found.append(MovedOn(clause, was, now))
    return found
