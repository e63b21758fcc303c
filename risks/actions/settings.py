"""Agreeing how the register works: proposed by those who run the programme, in force once every department agrees."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import terms_data
from risks.actions import possible
from risks.actions.revaluing import start_using
from risks.agreeing import all_have_agreed, require_to_answer_for
from risks.models import RegisterSettings, SettingsAgreement
from risks.register_terms import Terms, terms_of
from risks.terms_changes import differences
from risks.terms_rules import faults_of
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import now
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

S = RegisterSettings.Status


@transaction.atomic
def propose_settings(programme: Programme, terms: Terms, *, by: User, why: str) -> RegisterSettings:
    """Put a new version to the departments of the programme. One at a time."""
    programme = hold(programme)
    settings = RegisterSettings(
        programme=programme, scale=terms.scale.key, terms=terms_data.as_data(terms), why=why.strip(), proposed_by=by,
        proposed_at=now(),
    )  # fmt: skip
    rules.require(by, Permission.MANAGE, settings)
    possible.refuse_ended_programme(programme)
    refuse_second_proposal(programme)
    _refuse_impossible(settings, terms)
    newest = RegisterSettings.objects.filter(programme=programme).aggregate(newest=Max("version"))["newest"]
    settings.version = (newest or 0) + 1
    with acting(by, settings.why):
        settings.save()
    return settings


@transaction.atomic
def answer_settings(
    settings: RegisterSettings, department: Department, *, by: User, answer: str, said: str = ""
) -> RegisterSettings:
    """A department agrees or objects. With the last agreement the version is in force."""
    settings = hold(settings, "programme")
    require_to_answer_for(by, settings.programme, department)
    possible.refuse_ended_programme(settings.programme)
    given = SettingsAgreement.objects.filter(settings=settings, department=department).first()
    _refuse_impossible_answer(settings, given, answer, said)
    given = given or SettingsAgreement(programme=settings.programme, settings=settings, department=department)
    given.person, given.answer, given.said, given.given_at = by, answer, said.strip(), now()
    with acting(by, given.said):
        given.save()
    if settings.is_proposed and all_have_agreed(settings):
        return _bring_into_force(settings, by)
    return settings


@transaction.atomic
def withdraw_settings(settings: RegisterSettings, *, by: User, reason: str) -> RegisterSettings:
    """The proposal is taken back, and another can be made."""
    settings = hold(settings, "programme")
    rules.require(by, Permission.MANAGE, settings)
    if not settings.is_proposed:
        raise RuleBroken(_("This version is no longer proposed: it has been agreed or withdrawn."))
    possible.refuse_silence(reason)
    settings.status, settings.ended_at, settings.ended_because = S.WITHDRAWN, now(), reason.strip()
    with acting(by, reason):
        settings.save()
    return settings


@transaction.atomic
def bring_settings_into_force(settings: RegisterSettings, *, by: User, reason: str = "") -> RegisterSettings:
    """For when the department that had not agreed has left the programme: those who remain all agree."""
    settings = hold(settings, "programme")
    rules.require(by, Permission.MANAGE, settings)
    possible.refuse_ended_programme(settings.programme)
    if not settings.is_proposed or not all_have_agreed(settings):
        raise RuleBroken(_("Not every department of the programme has agreed to this version."))
    return _bring_into_force(settings, by, reason)


def refuse_second_proposal(programme: Programme) -> None:
    open_one = RegisterSettings.objects.proposed().filter(programme=programme).first()
    if open_one is not None:
        words = _("Version %(number)d waits for the departments. Withdraw it before you propose another.")
        raise RuleBroken(words % {"number": open_one.version})


def _refuse_impossible(settings: RegisterSettings, terms: Terms) -> None:
    if not settings.why:
        raise RuleBroken(_("Say what changes, and why."), "why")
    for fault in faults_of(terms):
        raise RuleBroken(fault.sentence, fault.place)
    present = terms_of(settings.programme)
    if not present.is_default and not differences(present, terms):
        raise RuleBroken(_("Nothing differs from the version that is in force."))


def _refuse_impossible_answer(
    settings: RegisterSettings, given: SettingsAgreement | None, answer: str, said: str
) -> None:
    if settings.status in {S.SUPERSEDED, S.WITHDRAWN}:
        raise RuleBroken(_("This version is no longer open for an answer."))
    if settings.is_in_force and given is not None:
        raise RuleBroken(_("This version is in force. To change it, ask for another version to be proposed."))
    if answer not in SettingsAgreement.Answer.values:
        raise RuleBroken(_("Select whether the department agrees."), "answer")
    if answer == SettingsAgreement.Answer.OBJECTED and not said.strip():
        raise RuleBroken(_("Say what the department objects to."), "said")


def _bring_into_force(settings: RegisterSettings, by: User, reason: str = "") -> RegisterSettings:
    """The version before it is kept as it was; the risks are valued by the new one."""
    moment = now()
    was = terms_of(settings.programme)
    before = RegisterSettings.objects.in_force().filter(programme=settings.programme).first()
    words = _("Every department has agreed to version %(number)d.") % {"number": settings.version}
    with acting(by, reason or words):
        if before is not None:
            before.status, before.ended_at = S.SUPERSEDED, moment
            before.save()
        settings.status, settings.since = S.IN_FORCE, moment
        settings.save()
    start_using(settings, was)
    return settings
