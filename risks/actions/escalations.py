"""What people do about an escalation, and what the night does by itself. None of it changes who owns the risk."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from risks import escalation as escalating
from risks.actions import possible
from risks.actions.acceptances import end_expired
from risks.escalation import states, telling
from risks.escalation.states import Verb
from risks.escalation.triggers import is_kept_from
from risks.escalation_levels import LEVELS, RANK, TRIGGERS
from risks.escalation_rules import RESPONSE_DAYS
from risks.level_holders import holders_for, is_held_by
from risks.models import Escalation, Risk
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records import working_days
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def escalate(
    risk: Risk, *, by: User, to_level: str, trigger: str, reason: str, ask: str,
    response_days: int = RESPONSE_DAYS,
) -> Escalation:  # fmt: skip
    """Whoever may change the risk asks a level above for something, and says why."""
    risk = hold(risk)
    rules.require(by, Permission.CONTRIBUTE, risk)
    possible.refuse_ended_risk(risk)
    _refuse_impossible(risk, to_level, trigger, reason, ask)
    raised = Escalation(
        programme=risk.programme, risk=risk, from_level="PROJECT", to_level=to_level, trigger=trigger,
        reason=reason.strip(), ask=ask.strip(), score=risk.residual_score, raised_by=by, raised_at=now(),
        response_due=working_days.after(today(), response_days),
    )  # fmt: skip
    live = [each.to_level for each in Escalation.objects.live().filter(risk=risk)]
    if to_level in live:
        words = _("This risk already waits for that level: %(level)s.")
        raise RuleBroken(words % {"level": LEVELS[to_level].label}, "to_level")
    below = [level for level in live if RANK[level] < RANK[to_level]]
    raised.from_level = max(below, key=RANK.__getitem__, default="PROJECT")
    with acting(by, raised.reason):
        raised.save()
        escalating.save_if_changed(risk)
    telling.tell_of_raised([raised])
    return raised


@transaction.atomic
def acknowledge(escalation: Escalation, *, by: User) -> Escalation:
    """Those asked have seen it, and will answer."""
    escalation = _locked(escalation, by, Verb.ACKNOWLEDGE)
    states.go(escalation, Verb.ACKNOWLEDGE)
    escalation.acknowledged_at, escalation.acknowledged_by = now(), by
    with acting(by):
        escalation.save()
    return escalation


@transaction.atomic
def respond(escalation: Escalation, *, by: User, response: str) -> Escalation:
    """Those asked answer. It stays with them until the risk is back within what is tolerated, or they return it.

    A score above the one they answered asks them again.
    """
    escalation = _locked(escalation, by, Verb.RESPOND)
    _refuse_silence(response, "response")
    states.go(escalation, Verb.RESPOND)
    escalation.answered_at, escalation.answered_by, escalation.response = now(), by, response.strip()
    escalation.answered_score = escalation.risk.residual_score
    with acting(by, escalation.response):
        escalation.save()
        escalating.save_if_changed(escalation.risk)  # what climbed from here because nobody answered is over
    words = _("%(level)s answered about risk %(risk)s: %(response)s")
    telling.tell_those_below(escalation, "escalation_answered", _said(words, escalation), by=by)
    return escalation


@transaction.atomic
def return_escalation(escalation: Escalation, *, by: User, reason: str) -> Escalation:
    """Those below deal with it. What calls for it now asks for nothing for a while, unless the score rises."""
    words = _("Risk %(risk)s was returned by %(person)s (it waited for: %(level)s). %(outcome)s")
    return _finish(escalation, Verb.RETURN, words, by=by, reason=reason)


@transaction.atomic
def close_escalation(escalation: Escalation, *, by: User, reason: str) -> Escalation:
    """Nothing is asked any more."""
    words = _("The escalation of risk %(risk)s was closed by %(person)s (it waited for: %(level)s). %(outcome)s")
    return _finish(escalation, Verb.CLOSE, words, by=by, reason=reason)


def escalate_all() -> int:
    """What every night brings: acceptances that ran out, limits that began or ended, and what is late."""
    end_expired()
    return escalating.escalate_all()


def _finish(escalation: Escalation, verb: Verb, words: str, *, by: User, reason: str) -> Escalation:
    escalation = _locked(escalation, by, verb)
    _refuse_silence(reason, "reason")
    escalation.also_called = escalating.also_calling(escalation)
    states.go(escalation, verb)
    escalation.ended_at, escalation.ended_by = now(), by
    escalation.ended_score, escalation.outcome = escalation.risk.residual_score, reason.strip()
    with acting(by, escalation.outcome):
        escalation.save()
        telling.tell_of_finished(escalation, f"escalation_{verb}", _said(words, escalation), by=by)
        escalating.save_if_changed(escalation.risk)
    return escalation


def _locked(escalation: Escalation, by: User, verb: Verb) -> Escalation:
    """The escalation, with its risk locked first as every other change does, if the person may and it is possible."""
    escalation = hold(escalation, "risk")
    risk = escalation.risk
    if not may(by, verb, escalation):
        level = LEVELS[escalation.to_level].label
        raise PermissionDenied(_("This waits for: %(level)s. You do not hold that level.") % {"level": level})
    possible.refuse_ended_programme(risk.programme)
    if not states.can(escalation, verb):
        raise RuleBroken(_("This escalation is %(state)s.") % {"state": escalation.get_state_display().lower()})
    return escalation


def may(person: User, verb: Verb, escalation: Escalation) -> bool:
    """Only those who hold the level answer for it; whoever runs the programme can also return and close."""
    held = rules.permissions_on(person, escalation)
    if Permission.VIEW not in held:
        return False
    if verb in (Verb.RETURN, Verb.CLOSE) and Permission.MANAGE in held:
        return True
    return is_held_by(person, escalation)


def _refuse_impossible(risk: Risk, to_level: str, trigger: str, reason: str, ask: str) -> None:
    if not risk.is_open:
        raise RuleBroken(_("This risk is a draft. Open it first, then it can be escalated."))
    if to_level not in LEVELS or to_level == "PROJECT":
        raise RuleBroken(_("Choose the level that is asked."), "to_level")
    if trigger not in TRIGGERS:
        raise RuleBroken(_("Choose what makes it necessary."), "trigger")
    _refuse_silence(reason, "reason")
    if not ask.strip():
        raise RuleBroken(_("Say what is asked of them."), "ask")
    if is_kept_from(to_level, risk):
        raise RuleBroken(_("The centre of government does not see sensitive risks. Ask another level."), "to_level")
    if not holders_for(to_level, risk):
        raise RuleBroken(_("Nobody holds that level in this programme. Ask another, or appoint somebody."), "to_level")


def _refuse_silence(words: str, field: str) -> None:
    if not words.strip():
        raise RuleBroken(_("Say why.") if field == "reason" else _("Write an answer."), field)


def _said(words: str, escalation: Escalation) -> str:
    return words % {
        "risk": escalation.risk, "level": LEVELS[escalation.to_level].label, "response": escalation.response,
        "outcome": escalation.outcome, "person": escalation.ended_by,
    }  # fmt: skip
