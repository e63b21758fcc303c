"""Carrying a risk as it is: by somebody with the authority, up to a score, until a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.models import Appointment
from risks import escalation
from risks.actions import possible
from risks.escalation_levels import LEVELS, RANK
from risks.level_holders import level_of_role
from risks.models import Acceptance, Risk
from risks.register_terms import terms_of
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.access.roles import ROLES
from xgov.accounts.models import User
from xgov.records.acting import acting, system_signer
from xgov.records.clock import now, today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold, hold_all

# How long an acceptance can hold before somebody must look again: a local default.
LONGEST = timedelta(days=366)

# What a risk keeps of the acceptance that has not ended.
ACCEPTED = ("accepted_up_to", "accepted_until", "accepted_level")


@dataclass(frozen=True)
class Authority:
    words: str
    level: str


@transaction.atomic
def accept_risk(
    risk: Risk, *, by: User, expires_on: date, why: str, up_to_score: int | None = None, conditions: str = ""
) -> Acceptance:
    """From today to its last day the person carries the risk, up to the score it has now or the one that is named.

    One that is still in force is replaced. While it holds, the risk does not escalate for its score, up to the level
    of whoever accepts; to the levels above it does.
    """
    risk = hold(risk)
    rules.require(by, Permission.DECIDE, risk)
    _refuse_impossible(risk, expires_on, up_to_score or risk.residual_score)
    authority = _authority(by, risk)
    _refuse_lower(authority, risk)
    acceptance = Acceptance(
        programme=risk.programme, risk=risk, accepted_by=by, accepted_as=authority.words, accepted_on=today(),
        expires_on=expires_on, up_to_score=up_to_score or risk.residual_score, why=why.strip(),
        conditions=conditions.strip(),
    )  # fmt: skip
    acceptance.clean_fields(exclude={"programme", "risk", "accepted_by"})
    with acting(by, acceptance.why):
        end_with([risk], Acceptance.Ended.RENEWED)
        acceptance.save()
        risk.accepted_up_to, risk.accepted_until = acceptance.up_to_score, acceptance.expires_on
        risk.accepted_level = authority.level
        escalation.save(risk)
    return acceptance


@transaction.atomic
def withdraw_acceptance(acceptance: Acceptance, *, by: User, reason: str) -> Acceptance:
    """The risk is no longer carried as it is: what was decided here may be taken back by whoever may decide here."""
    acceptance = hold(acceptance, "risk")
    rules.require(by, Permission.DECIDE, acceptance)
    risk = acceptance.risk
    if acceptance.ended_at is not None:
        raise RuleBroken(_("This acceptance has already ended."))
    possible.refuse_silence(reason)
    with acting(by, reason):
        end_with([risk], Acceptance.Ended.WITHDRAWN)
        escalation.save(risk)
    acceptance.refresh_from_db()
    return acceptance


@transaction.atomic
def end_expired(day: date | None = None) -> int:
    """End what has run out, and say so on the risks: as many statements for many as for one. Gives their number.

    Whoever calls it reconsiders escalation afterwards: what was accepted no longer is.
    """
    day = day or today()
    risks = hold_all(Risk.objects.filter(accepted_until__lt=day))
    run_out = hold_all(Acceptance.objects.run_out(day))
    for risk in risks:
        _forget(risk)
    with acting(system_signer("Nightly check of acceptances"), _("The acceptance ran out")):
        _end(run_out, Acceptance.Ended.EXPIRED)
        if risks:
            Risk.objects.save_many(risks, ACCEPTED)
    return len(run_out)


def end_overtaken(risks: Sequence[Risk]) -> None:
    """End the acceptances above whose score these risks have risen. The caller saves the risks and signs."""
    overtaken = [r for r in risks if r.accepted_up_to is not None and r.residual_score > r.accepted_up_to]
    end_with(overtaken, Acceptance.Ended.SCORE_ROSE)


def end_with(risks: Sequence[Risk], because: Acceptance.Ended) -> None:
    """End the acceptances of these risks, if there are any. The caller has locked the risks, saves them and signs."""
    accepted = [risk for risk in risks if risk.accepted_until is not None]
    if not accepted:
        return
    _end(list(Acceptance.objects.filter(risk__in=accepted, ended_at__isnull=True)), because)
    for risk in accepted:
        _forget(risk)


def _forget(risk: Risk) -> None:
    risk.accepted_up_to, risk.accepted_until, risk.accepted_level = None, None, ""


def _end(acceptances: list[Acceptance], because: Acceptance.Ended) -> None:
    moment = now()
    for acceptance in acceptances:
        acceptance.ended_at = moment
        has_run_out = acceptance.expires_on < today()
        acceptance.ended_because = Acceptance.Ended.EXPIRED if has_run_out else because
    if acceptances:
        Acceptance.objects.save_many(acceptances, ["ended_at", "ended_because"])


def _refuse_impossible(risk: Risk, expires_on: date, up_to_score: int) -> None:
    possible.refuse_ended_risk(risk)
    if not risk.is_open:
        raise RuleBroken(_("This risk is a draft. Open it first, then it can be accepted."))
    possible.refuse_past(expires_on, "expires_on")
    if expires_on > today() + LONGEST:
        raise RuleBroken(_("An acceptance holds for a year at most. Choose an earlier day."), "expires_on")
    if up_to_score < risk.residual_score:
        raise RuleBroken(
            _("The risk scores %(score)d now: accept it up to that or more.") % {"score": risk.residual_score},
            "up_to_score",
        )
    highest = terms_of(risk.programme).scale.highest
    if up_to_score > max(highest, risk.residual_score):
        words = _("The scale ends at %(highest)d: accept it up to that at most.")
        raise RuleBroken(words % {"highest": highest}, "up_to_score")


def _refuse_lower(authority: Authority, risk: Risk) -> None:
    """What somebody above carries is not replaced from below unseen: it would be asked of them again."""
    if risk.is_accepted and RANK.get(authority.level, -1) < RANK.get(risk.accepted_level, -1):
        words = _("It is accepted on a higher level: %(level)s. Leave it to them, or withdraw that first and say why.")
        raise RuleBroken(words % {"level": LEVELS[risk.accepted_level].label})


def _authority(person: User, risk: Risk) -> Authority:
    """As what the person decides here, in the words of the day, and on which level: the highest of theirs."""
    held = Appointment.objects.current().filter(person=person, programme=risk.programme).order_by("pk")
    deciding = [role for role in held.values_list("role", flat=True) if Permission.DECIDE in ROLES[role].permissions]
    highest = max(deciding, key=lambda role: RANK[level_of_role(role)], default=None)
    return Authority(str(ROLES[highest].label), level_of_role(highest)) if highest else Authority("", "PROJECT")
