"""What the record knows that a memorandum says, and how it goes into the clauses."""

from dataclasses import dataclass
from typing import Any

from django.template import engines
from django.utils.formats import date_format

from governance.agreement_text import Piece, differences, unwrapped
from governance.memorandum import PERIODS, TEMPLATES, ClauseTemplate, template_of
from governance.models import AgreementVersion, Board, Clause
from programmes.models import Party, Programme


def facts_of(programme: Programme) -> dict[str, Any]:
    """Plain values for the clause templates. What is not decided yet is left empty."""
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
        "first_review": _day(programme.first_review_on),
        "end": _day(programme.end_date),
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


def _day(value: Any) -> str:
    return date_format(value, "j F Y") if value else ""


def fill_in(clause: ClauseTemplate, facts: dict[str, Any]) -> str:
    """The clause's text with these facts in it, as plain text."""
    source = "{% autoescape off %}" + str(clause.text) + "{% endautoescape %}"
    return unwrapped(engines["django"].from_string(source).render(facts))


def facts_in(clause: ClauseTemplate, facts: dict[str, Any]) -> dict[str, Any]:
    """Those that the clause may speak of: kept with it, so that one can tell when the record has moved on."""
    return {name: value for name, value in facts.items() if name in str(clause.text)}


def clauses_for(kind: str, programme: Programme) -> list[Clause]:
    """The clauses of a first draft, not saved yet."""
    facts = facts_of(programme)
    return [
        Clause(
            programme=programme, position=position, key=template.key, heading=str(template.heading),
            text=fill_in(template, facts), facts=facts_in(template, facts),
        )
        for position, template in enumerate(TEMPLATES[kind], start=1)
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


def moved_on(version: AgreementVersion) -> list[MovedOn]:
    """The clauses of a version that no longer say what the record says. Nothing in them changes by that."""
    facts, found = facts_of(version.programme), []
    for clause in version.clauses_in_order:
        template = template_of(version.agreement.kind, clause.key)
        if template is None or not clause.facts or clause.facts == facts_in(template, facts):
            continue
        was, now = fill_in(template, clause.facts), fill_in(template, facts)
        if was != now:
            found.append(MovedOn(clause, was, now))
    return found
