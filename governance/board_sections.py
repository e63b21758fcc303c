"""What the decision log and the agreements say to a board."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Agreement, AgreementVersion, Decision, DecisionPosition, Signature
from programmes.marked import and_marked, marked
from programmes.models import Programme
from programmes.summary_lines import SummaryLine, summary_line
from xgov.accounts.models import Department
from xgov.pages.values import day, figure_words
from xgov.papers.sections import Brief, section
from xgov.records.clock import today
from xgov.records.fields import Marking
from xgov.records.figures import FigureState

_MOST = 200  # rows that a pack shows; the log itself goes with it as a file


@section(
    "governance.decisions_required",
    title=gettext_lazy("Decisions required"),
    template="papers/sections/decisions_required.html",
    order=20,
    new_page=True,
)
def decisions_required(brief: Brief) -> dict[str, Any]:
    """What this board is asked to decide, each with its options, the earliest needed first."""
    return {"decisions": [_asked(decision, brief) for decision in _required(brief)]}


def _required(brief: Brief) -> list[Decision]:
    proposed = Decision.objects.visible_to(brief.reader).filter(programme__in=brief.programmes).proposed()
    if brief.board is not None:
        proposed = proposed.filter(board=brief.board)
    return brief.once("governance.decisions_required", lambda: _by_day(proposed.with_parts()))


@summary_line(order=10)
def asked_of_the_board(programme: Programme, brief: Brief) -> SummaryLine:
    """Each decision required, in a sentence. The options follow in their own section."""
    asked = [decision for decision in _required(brief) if decision.programme_id == programme.pk]
    return SummaryLine(
        gettext_lazy("What we ask"),
        tuple(_ask(decision) for decision in asked),
        gettext_lazy("No decision is asked of the board."),
    )


def _ask(decision: Decision) -> str:
    words = _("Decide %(reference)s: %(question)s") % {
        "reference": decision.reference,
        "question": decision.question,
    }
    by = f" ({_('by %(day)s') % {'day': day(decision.needed_by)}})" if decision.needed_by else ""
    return and_marked(f"{words}{by}", decision)


def _by_day(decisions: Any) -> list[Decision]:
    return sorted(decisions, key=lambda each: (each.needed_by is None, each.needed_by, each.reference))[:_MOST]


def _asked(decision: Decision, brief: Brief) -> dict[str, Any]:
    recommended = next((option for option in decision.options_offered if option.is_recommended), None)
    return {
        "reference": decision.reference,
        "marking": marked(decision),
        "question": decision.question,
        "why_now": decision.background,
        "recommendation": recommended.name if recommended else _("No option is recommended yet."),
        "by": decision.needed_by,
        "is_late": decision.needed_by is not None and decision.needed_by < today(),
        "options": [
            {
                "name": option.name,
                "gains": option.gains,
                "costs": option.costs,
                "recommended": option.is_recommended,
            }
            for option in decision.options_offered
        ],
        "positions": [_stance(position) for position in _positions(decision, brief)],
        "silent": _silent(decision, brief),
    }


def _departments(decision: Decision, brief: Brief) -> list[Department]:
    """Those in the programme, the lead first."""
    by_programme = brief.once(
        "programmes.departments", lambda: {each.pk: each.departments() for each in brief.programmes}
    )
    return by_programme.get(decision.programme_id, [])


def _positions(decision: Decision, brief: Brief) -> list[DecisionPosition]:
    """In the order in which the pack names departments everywhere; who has left the programme comes last."""
    order = {department: place for place, department in enumerate(_departments(decision, brief))}
    return sorted(decision.positions_in_order, key=lambda position: order.get(position.department, len(order)))


def _silent(decision: Decision, brief: Brief) -> list[str]:
    spoken = {position.department_id for position in decision.positions_in_order}
    return [each.short_name for each in _departments(decision, brief) if each.pk not in spoken]


def _stance(position: DecisionPosition) -> dict[str, Any]:
    return {
        "department": position.department.short_name,
        "stance": str(position.get_stance_display()),
        "words": position.words,
        "noted_by": position.noted_by,
        "left_on": position.left_on,
    }


@section(
    "governance.decisions_since",
    title=gettext_lazy("Decisions since the last pack"),
    template="papers/sections/decisions_since.html",
    order=60,
)
def decisions_since(brief: Brief) -> dict[str, Any]:
    """Made since then, and what they took the place of; newest first."""
    visible = Decision.objects.visible_to(brief.reader).filter(programme__in=brief.programmes)
    changed = visible.changed_since(brief.since, brief.since_for(Marking.OFFICIAL_SENSITIVE))
    made = list(changed.with_parts().order_by("-decided_on", "-pk")[: _MOST + 1])
    others = {pk for decision in made for pk in _beside(decision)}
    seen = set(visible.filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    rows = [_made(decision, seen, brief) for decision in made[:_MOST]]
    more = _("There are more than %(number)d: the decision log has them all.") % {"number": _MOST}
    return {"since": brief.since, "rows": rows, "left_out": more if len(made) > _MOST else ""}


def _beside(decision: Decision) -> Iterator[int]:
    """The decision whose place it took, and those that took its own."""
    if decision.supersedes_id:
        yield decision.supersedes_id
    yield from (successor.pk for successor in decision.successors.all())


def _made(decision: Decision, seen: set[int], brief: Brief) -> dict[str, Any]:
    old = decision.supersedes if decision.supersedes_id in seen else None
    new = next((each for each in decision.successors.all() if each.was_made and each.pk in seen), None)
    dissents = [each for each in _positions(decision, brief) if each.stance == "DISSENTS"]
    has_effect = decision.financial_effect_state != FigureState.NOT_KNOWN
    return {
        "reference": decision.reference,
        "marking": marked(decision),
        "made_on": decision.decided_on,
        "forum": decision.forum,
        "question": decision.question,
        "decision": decision.decision,
        "rationale": decision.rationale,
        "financial_effect": figure_words(decision.financial_effect_figure) if has_effect else "",
        "supersedes": old.reference if old else "",
        "superseded_by": new.reference if new else "",
        "is_superseded": decision.status == Decision.Status.SUPERSEDED,
        "dissents": [_stance(position) for position in dissents],
        "stale": "",
    }


@section(
    "governance.agreements",
    title=gettext_lazy("Agreements"),
    template="papers/sections/agreements.html",
    order=65,
)
def agreements(brief: Brief) -> dict[str, Any]:
    """Each live agreement: in force or not, who has signed, who is waited for."""
    visible = Agreement.objects.visible_to(brief.reader).filter(programme__in=brief.programmes)
    live = [
        agreement for agreement in visible.with_versions().order_by("programme", "reference") if _is_live(agreement)
    ]
    return {"rows": [_agreement(agreement) for agreement in live[:_MOST]]}


def _is_live(agreement: Agreement) -> bool:
    return agreement.ended_on is None and bool(agreement.in_force or agreement.pending)


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "reference": agreement.reference,
        "marking": marked(agreement),
        "title": agreement.title,
        "review_on": agreement.review_on,
        "review_is_late": agreement.review_is_late,
        "versions": [_version(version) for version in (agreement.in_force, agreement.pending) if version],
    }


def _version(version: AgreementVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "status": str(version.get_status_display()),
        "in_force_on": version.in_force_on,
        "fingerprint": version.short_hash,
        "signed": [_signature(signature) for signature in version.signed],
        "waited_for": _waited_for(version),
    }


def _waited_for(version: AgreementVersion) -> list[str]:
    """And whom the text names as partners though they are none any more. Nobody, of a draft."""
    waited_for = [place.department.short_name for place in version.waited_for]
    return waited_for + [_no_partner(place) for place in version.misnamed]


def _no_partner(place: Signature) -> str:
    words = _("%(department)s has left, and the text names it")
    if not place.has_left:
        words = _("%(department)s is now %(part)s, and the text names it as a partner")
    return words % {"department": place.department.short_name, "part": place.other_part}


def _signature(signature: Signature) -> str:
    return _("%(department)s (%(person)s, %(day)s)") % {
        "department": signature.department.short_name,
        "person": signature.person_name,
        "day": day(signature.signed_at),
    }
