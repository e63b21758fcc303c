"""Writing an agreement: from the first draft to the text that is opened for signature. Signing is next door."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.agreement_text import sha256_of_text, tidy
from governance.memorandum import TEMPLATES, ClauseTemplate, template_of
from governance.memorandum_facts import clauses_for, facts_in, facts_of, fill_in, moved_on
from governance.models import Agreement, AgreementVersion, Clause, Signature
from governance.references import next_reference
from governance.signatories import without_signatory
from programmes.models import Party, Programme
from xgov.access import rules
from xgov.access.doors import is_sensitive
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.pages.values import day
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.events import event_kind, record_event
from xgov.records.holding import hold

Status = AgreementVersion.Status
OPENED = event_kind("agreement_opened", gettext_lazy("Agreement opened for signature"))
ENDED = event_kind("agreement_ended", gettext_lazy("Agreement ended"))


@transaction.atomic
def draft_agreement(
    programme: Programme, *, by: User, kind: str = "MOU", title: str = "", marking: str = "OFFICIAL", reason: str = ""
) -> Agreement:
    """A first draft, composed from our clauses and what the record knows."""
    programme = hold(programme)
    agreement = Agreement(programme=programme, kind=kind, title=title.strip(), marking=marking)
    rules.require(by, Permission.MANAGE, agreement)
    if kind not in TEMPLATES:
        raise RuleBroken(_("There are no clauses for this kind of agreement yet."), "kind")
    agreement.title = agreement.title or str(agreement.get_kind_display())
    agreement.reference = next_reference(Agreement, programme, "A")
    with acting(by, reason):
        agreement.save()
        version = AgreementVersion.objects.create(agreement=agreement, programme=programme, number=1)
        for clause in clauses_for(agreement):
            clause.version = version
            clause.save()
    return agreement


@transaction.atomic
def change_agreement(
    agreement: Agreement, *, by: User, title: str, marking: str, review_on: date | None, reason: str = "",
    seen_version: int | None = None,
) -> Agreement:  # fmt: skip
    """Its title (part of the text: only before the first version is opened), marking and next review."""
    agreement = hold(agreement)
    rules.require(by, Permission.MANAGE, agreement)
    check_seen(agreement, seen_version)
    _refuse_ended(agreement)
    if title.strip() != agreement.title and agreement.versions.exclude(status=Status.DRAFT).exists():
        raise RuleBroken(_("The title is part of a text that has been opened for signature."), "title")
    agreement.title, agreement.marking, agreement.review_on = title.strip(), marking, review_on
    if agreement.pending and agreement.pending.is_open:
        _refuse_unseen(agreement.pending, [place.department for place in agreement.waited_for], "marking")
    with acting(by, reason):
        agreement.save()
    return agreement


@transaction.atomic
def change_clause(
    clause: Clause, *, by: User, heading: str, text: str, is_left_out: bool = False, reason: str = "",
    seen_version: int | None = None,
) -> Clause:  # fmt: skip
    clause = hold(clause, "version__agreement", "version")
    rules.require(by, Permission.MANAGE, clause)
    _refuse_unless_draft(clause.version)
    check_seen(clause, seen_version)
    clause.heading, clause.text, clause.is_left_out = tidy(heading), tidy(text), is_left_out
    if not is_left_out and not clause.text:
        raise RuleBroken(_("Write the clause, or leave it out."), "text")
    agreement = clause.version.agreement
    if template := template_of(agreement.kind, clause.key):
        clause.facts = facts_in(template, facts_of(agreement))  # who rewords it has read what the record says
    with acting(by, reason):
        clause.save()
    return clause


@transaction.atomic
def fill_in_again(version: AgreementVersion, *, by: User, keys: list[str] | None = None, reason: str = "") -> int:
    """Compose clauses anew from what the record knows today: these, or all for which the record has moved on and
    whose words nobody has changed. How many say something else now.
    """
    version = hold(version, "agreement")
    rules.require(by, Permission.MANAGE, version)
    _refuse_unless_draft(version)
    facts = facts_of(version.agreement)
    if keys is None:
        keys = [each.clause.key for each in moved_on(version) if not each.is_reworded]
    changed = 0
    with acting(by, reason or _("Filled in again from the record")):
        for clause in version.clauses.filter(key__in=keys):
            template = template_of(version.agreement.kind, clause.key)
            if template is not None:
                changed += _fill_in(clause, template, facts)
    return changed


def _fill_in(clause: Clause, template: ClauseTemplate, facts: dict[str, Any]) -> bool:
    """Whether it says something else now."""
    text, before = fill_in(template, facts), (clause.text, clause.facts)
    clause.text, clause.facts = text, facts_in(template, facts)
    if (clause.text, clause.facts) != before:
        clause.save()
    return text != before[0]


@transaction.atomic
def open_for_signature(
    version: AgreementVersion, *, by: User, change_summary: str = "", reason: str = ""
) -> AgreementVersion:
    """Fix the text and its SHA-256, and give each core party its place to sign."""
    version = hold(version, "agreement")
    rules.require(by, Permission.MANAGE, version)
    _refuse_unless_draft(version)
    version.change_summary = change_summary.strip() or version.change_summary
    parties = list(version.programme.parties.accepted().core().select_related("department"))
    _refuse_unready(version, parties)
    version.text = version.composed()
    version.sha256 = sha256_of_text(version.text)
    version.status, version.opened_at = Status.OPEN_FOR_SIGNATURE, now()
    with acting(by, reason):
        version.save()
        for party in parties:
            Signature.objects.create(
                version=version, programme=version.programme, department=party.department, part=party.role
            )
    record_event(OPENED, by, door=version.programme, subject=version, words=str(version), sha256=version.sha256)
    return version


def _refuse_unready(version: AgreementVersion, parties: list[Party]) -> None:
    unsettled = [clause.heading for clause in version.clauses_in_order if clause.is_unsettled]
    if unsettled:
        raise RuleBroken(_("Settle these clauses first: %(clauses)s.") % {"clauses": ", ".join(unsettled)})
    if not any(party.role == Party.Role.LEAD for party in parties):
        raise RuleBroken(_("The programme has no lead department yet."))
    if len(parties) < 2:
        raise RuleBroken(_("No partner department has accepted yet: there is nobody to agree with."))
    behind = [each.clause.heading for each in moved_on(version) if not each.is_reworded]
    if behind:
        words = _("The record has changed since these clauses were filled in: %(clauses)s. Fill them in again first.")
        raise RuleBroken(words % {"clauses": ", ".join(behind)})
    review_on = version.agreement.review_on
    if review_on is not None and review_on <= today():
        words = _("The next review is entered as %(day)s, which is past. Enter the next day first.")
        raise RuleBroken(words % {"day": day(review_on)})
    if version.number > 1 and not version.change_summary:
        words = _("Say what changed since version %(number)d.")
        raise RuleBroken(words % {"number": version.starting_point.number}, "change_summary")
    _refuse_unseen(version, [party.department for party in parties])


def _refuse_unseen(version: AgreementVersion, departments: list[Department], field: str | None = None) -> None:
    """Nobody is asked to sign what they may not see. An agreement that is not sensitive may wait for a signatory."""
    unseen = without_signatory(version, departments) if is_sensitive(version) else []
    if unseen:
        words = _(
            "Nobody who may see records marked OFFICIAL-SENSITIVE can sign for %(departments)s. "
            "Appoint a senior sponsor for each of them first."
        )
        raise RuleBroken(words % {"departments": ", ".join(str(department) for department in unseen)}, field)


@transaction.atomic
def withdraw_version(version: AgreementVersion, *, by: User, reason: str) -> AgreementVersion:
    """Give up a version that is being written or signed. What was signed on it stays on record and binds nobody."""
    version = hold(version, "agreement")
    rules.require(by, Permission.MANAGE, version)
    if version.status not in AgreementVersion.PENDING:
        raise RuleBroken(_("Only a version that is being written or signed can be withdrawn."))
    if not reason.strip():
        raise RuleBroken(_("Say why the version is withdrawn."), "reason")
    version.status = Status.WITHDRAWN
    with acting(by, reason):
        version.save()
    return version


@transaction.atomic
def start_version(agreement: Agreement, *, by: User, change_summary: str = "", reason: str = "") -> AgreementVersion:
    """A new draft that starts from the text in force, if there is one. It needs every signature anew; what is in force
    stays so.
    """
    agreement = hold(agreement)
    rules.require(by, Permission.MANAGE, agreement)
    _refuse_ended(agreement)
    if agreement.pending:
        raise RuleBroken(
            _("Version %(number)d is still being written or signed. Withdraw it first.")
            % {"number": agreement.pending.number}
        )
    number, start = agreement.versions_newest_first[0].number + 1, agreement.starting_point()
    with acting(by, reason or change_summary):
        version = AgreementVersion.objects.create(
            agreement=agreement, programme=agreement.programme, number=number,
            change_summary=change_summary.strip(),
        )  # fmt: skip
        for clause in start.clauses.all():
            Clause.objects.create(
                version=version, programme=agreement.programme, position=clause.position, key=clause.key,
                heading=clause.heading, text=clause.text, facts=clause.facts, is_left_out=clause.is_left_out,
            )  # fmt: skip
    return version


@transaction.atomic
def end_agreement(agreement: Agreement, *, by: User, reason: str) -> Agreement:
    agreement = hold(agreement)
    rules.require(by, Permission.MANAGE, agreement)
    _refuse_ended(agreement)
    if not reason.strip():
        raise RuleBroken(_("Say why the agreement ends."), "reason")
    agreement.ended_on, agreement.end_reason = today(), reason.strip()
    with acting(by, reason):
        agreement.save()
        for version in agreement.versions.filter(status__in=[*AgreementVersion.PENDING, Status.IN_FORCE]):
            was_in_force = version.status == Status.IN_FORCE
            version.status = Status.ENDED if was_in_force else Status.WITHDRAWN
            version.no_longer_on = today() if was_in_force else None
            version.save()
    record_event(ENDED, by, door=agreement.programme, subject=agreement, words=reason)
    return agreement


def _refuse_ended(agreement: Agreement) -> None:
    if agreement.ended_on is not None:
        raise RuleBroken(_("This agreement has ended."))


def _refuse_unless_draft(version: AgreementVersion) -> None:
    if not version.is_draft:
        raise RuleBroken(
            _("The text of version %(number)d is fixed. Start a new version to change it.") % {"number": version.number}
        )
