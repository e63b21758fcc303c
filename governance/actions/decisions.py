"""The decision log: prepared for a board or a person, made by those who may decide, never edited afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Board, Decision, DecisionOption
from governance.preparing import require_preparing
from governance.references import next_reference
from programmes.models import Programme
from xgov.access import rules
from xgov.access.doors import is_sensitive
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.pages.values import day
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.events import event_kind, record_event
from xgov.records.figures import Figure, FigureState
from xgov.records.holding import hold

Status = Decision.Status
MADE = event_kind("decision_made", gettext_lazy("Decision made"))
AUTHORITY_MISSING = gettext_lazy(
    "Enter the authority used. One person decides this within their limits, and it costs or saves money."
)
SUPERSEDED = event_kind("decision_superseded", gettext_lazy("Decision superseded"))


@dataclass(frozen=True)
class OfferedOption:
    """An option as typed in. `pk` is that of the row it changes; without one it is new."""

    name: str
    gains: str = ""
    costs: str = ""
    is_recommended: bool = False
    pk: int | None = None


@transaction.atomic
def propose_decision(
    programme: Programme, *, by: User, question: str, options: Sequence[OfferedOption] = (), background: str = "",
    board: Board | None = None, needed_by: date | None = None, marking: str = "OFFICIAL",
    supersedes: Decision | None = None, reason: str = "",
) -> Decision:  # fmt: skip
    programme = hold(programme)
    decision = Decision(
        programme=programme, question=question.strip(), background=background.strip(), board=board,
        needed_by=needed_by, marking=marking, supersedes=supersedes,
    )  # fmt: skip
    require_preparing(by, decision)
    if supersedes is not None:
        require_preparing(by, supersedes)
        _refuse_superseding(programme, supersedes, by)
    _refuse_impossible(decision, options)
    decision.reference = next_reference(Decision, programme, "D")
    with acting(by, reason):
        decision.save()
        _write_options(decision, options)
    return decision


def _refuse_superseding(programme: Programme, old: Decision, by: User) -> None:
    if old.programme_id != programme.pk or not rules.can(by, Permission.VIEW, old):
        raise RuleBroken(_("There is no such decision in this programme."), "supersedes")
    if old.status != Status.MADE:
        raise RuleBroken(_("Only a decision that stands can be superseded."))
    successor = old.successors.exclude(status=Status.WITHDRAWN).first()
    if successor is not None:
        raise RuleBroken(_("%(reference)s is already proposed in its place.") % {"reference": successor.reference})


def _refuse_impossible(decision: Decision, options: Sequence[OfferedOption]) -> None:
    if not decision.question:
        raise RuleBroken(_("Say what has to be decided."), "question")
    board = decision.board
    if board is not None and (board.programme_id != decision.programme_id or board.is_closed):
        raise RuleBroken(_("Choose a board of this programme that is still open."), "board")
    if sum(option.is_recommended for option in options) > 1:
        raise RuleBroken(_("Recommend one option at most."))
    names = [option.name.strip().casefold() for option in options]
    if len(set(names)) < len(names):
        raise RuleBroken(_("Two options have the same name."))


def _write_options(decision: Decision, options: Sequence[OfferedOption]) -> None:
    """Change the rows there are, add the new ones, and stop offering those that are no longer named."""
    present = {option.pk: option for option in decision.options.all()}
    kept = {offered.pk for offered in options}
    for option in present.values():  # first, so that one row at a time is the recommended one
        if option.pk not in kept or option.is_recommended:
            option.is_recommended, option.is_dropped = False, option.pk not in kept
            option.save()
    for position, offered in enumerate(options, start=1):
        option = present.get(offered.pk) or DecisionOption(decision=decision, programme=decision.programme)
        option.position, option.name = position, offered.name.strip()
        option.gains, option.costs = offered.gains.strip(), offered.costs.strip()
        option.is_recommended, option.is_dropped = offered.is_recommended, False
        option.save()


@transaction.atomic
def change_proposal(
    decision: Decision, *, by: User, options: Sequence[OfferedOption] | None = None, reason: str = "",
    seen_version: int | None = None, **answers: Any,
) -> Decision:  # fmt: skip
    """`answers`: question, background, board, needed_by, marking."""
    decision = hold(decision)
    require_preparing(by, decision)
    check_seen(decision, seen_version)
    _refuse_unless_proposed(decision)
    for name in ("question", "background", "board", "needed_by", "marking"):
        if name in answers:
            setattr(decision, name, answers[name])
    _refuse_impossible(decision, options or ())
    require_preparing(by, decision)  # where it has been moved to as well
    with acting(by, reason):
        decision.save()
        if options is not None:
            _write_options(decision, options)
    return decision


@transaction.atomic
def make_decision(
    decision: Decision, *, by: User, rationale: str, decision_words: str = "", chosen: DecisionOption | None = None,
    decided_on: date | None = None, authority: str = "", conditions: str = "", review_on: date | None = None,
    financial_effect: Figure | None = None, seen_version: int | None = None, reason: str = "",
) -> Decision:  # fmt: skip
    """Take the decision. From now on nothing in it changes; what it takes the place of is superseded."""
    decision = hold(decision)
    rules.require(by, Permission.DECIDE, decision)
    check_seen(decision, seen_version)
    _refuse_unless_proposed(decision)
    words = decision_words.strip() or (chosen.name if chosen else "")
    _refuse_unfounded(decision, words, rationale, chosen, decided_on)
    if needs_authority(decision, financial_effect) and not authority.strip():
        raise RuleBroken(AUTHORITY_MISSING, "authority")
    decision.chosen, decision.decision, decision.rationale = chosen, words, rationale.strip()
    decision.authority, decision.conditions, decision.review_on = authority.strip(), conditions.strip(), review_on
    decision.financial_effect_figure = financial_effect or Figure(state=FigureState.NOT_KNOWN)
    decision.decided_on, decision.decided_by, decision.made_at = decided_on or today(), by, now()
    decision.status = Status.MADE
    with acting(by, reason or rationale):
        decision.save()
        if decision.supersedes is not None:
            _supersede(decision.supersedes, decision, by)
    record_event(MADE, by, door=decision.programme, subject=decision)
    return decision


def _refuse_unfounded(
    decision: Decision, words: str, rationale: str, chosen: DecisionOption | None, decided_on: date | None
) -> None:
    if not words:
        raise RuleBroken(_("Choose an option, or say in words what is decided."), "decision_words")
    if not rationale.strip():
        raise RuleBroken(_("Say why. A decision is not recorded without its reason."), "rationale")
    if chosen is not None and (chosen.decision_id != decision.pk or chosen.is_dropped):
        raise RuleBroken(_("Choose one of the options of this decision."), "chosen")
    if decided_on is not None and decided_on > today():
        raise RuleBroken(_("The day of the decision cannot be in the future."), "decided_on")
    proposed_on = localdate(decision.created_at)
    if decided_on is not None and decided_on < proposed_on:
        words = _(
            "The day of the decision cannot be before %(day)s, on which it was proposed here. If it "
            "was taken earlier, say when in its words."
        )
        raise RuleBroken(words % {"day": day(proposed_on)}, "decided_on")


def needs_authority(decision: Decision, effect: Figure | None) -> bool:
    """One person decides within their limits: where it costs or saves something, the limit is named."""
    return decision.board_id is None and effect is not None and effect.is_known and effect.amount != 0


def _supersede(old: Decision, new: Decision, by: User) -> None:
    old = hold(old)
    if old.status != Status.MADE:
        raise RuleBroken(_("%(reference)s no longer stands: it cannot be superseded.") % {"reference": old.reference})
    old.status = Status.SUPERSEDED
    hides = is_sensitive(new) and not is_sensitive(old)  # whoever sees the old one need not see the new
    reason = _("Superseded") if hides else _("Superseded by %(reference)s") % {"reference": new.reference}
    with acting(by, reason):
        old.save()
    record_event(SUPERSEDED, by, door=old.programme, subject=old)


@transaction.atomic
def withdraw_proposal(decision: Decision, *, by: User, reason: str) -> Decision:
    decision = hold(decision)
    require_preparing(by, decision)
    _refuse_unless_proposed(decision)
    if not reason.strip():
        raise RuleBroken(_("Say why it need no longer be decided."), "reason")
    decision.status = Status.WITHDRAWN
    with acting(by, reason):
        decision.save()
    return decision


def _refuse_unless_proposed(decision: Decision) -> None:
    if decision.status == Status.WITHDRAWN:
        raise RuleBroken(_("This proposal has been withdrawn."))
    if not decision.is_proposed:
        raise RuleBroken(_("This decision has been made and is never edited. Supersede it by a new one."))
