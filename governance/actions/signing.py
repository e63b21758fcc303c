"""Signing an agreement: one signature for each core party, each bound to the exact text."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.memorandum import FIRST_REVIEW_MONTHS
from governance.models import Agreement, AgreementVersion, Signature
from programmes.models import Party
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import months_after, now, today
from xgov.records.errors import RuleBroken
from xgov.records.events import event_kind, record_event
from xgov.records.holding import hold

Status = AgreementVersion.Status
_REVIEW_MONTHS = 12  # between reviews after the first; a local default
SIGNED = event_kind("agreement_signed", gettext_lazy("Agreement signed"))
IN_FORCE = event_kind("agreement_in_force", gettext_lazy("Agreement came into force"))


class TextChanged(RuleBroken):
    """The text is no longer the one the person had before them."""


class AlreadySigned(RuleBroken):
    """The department's signature is there."""


@transaction.atomic
def sign(
    version: AgreementVersion, department: Department, *, by: User, sha256: str, post: str, confirmed: bool,
    reason: str = "",
) -> Signature:  # fmt: skip
    """Sign for a department; `sha256` is that of the text the person was shown. The last one brings it into force."""
    version = hold(version, "agreement")
    agreement, signature = version.agreement, _place_of(version, department)
    rules.require(by, Permission.SIGN, signature)
    _refuse_impossible(agreement, signature, sha256)
    if not post.strip():
        raise RuleBroken(_("Enter the post you hold."), "post")
    if not confirmed:
        raise RuleBroken(_("Confirm that you have read the text and may sign for your department."), "confirmed")
    signature.person, signature.person_name, signature.post = by, by.name, post.strip()
    signature.method, signature.signed_at, signature.sha256 = Signature.Method.HERE, now(), sha256
    with acting(by, reason):
        signature.save()
    record_event(SIGNED, by, door=signature.programme, subject=signature, words=str(signature), sha256=sha256)
    if is_complete(version):
        _bring_into_force(agreement, version, by)
    return signature


@transaction.atomic
def come_into_force_if_complete(version: AgreementVersion, *, by: User) -> AgreementVersion:
    """After a change of the departments, by whoever made it: no signature is missing any more. Nobody decides it."""
    version = hold(version, "agreement")
    if version.is_open and version.agreement.ended_on is None and is_complete(version):
        _bring_into_force(version.agreement, version, by)
    return version


def _place_of(version: AgreementVersion, department: Department) -> Signature:
    place = version.signatures.filter(department=department).first()
    if place is None:
        raise RuleBroken(
            _("%(department)s is not one of the departments that sign this text.") % {"department": department}
        )
    place = hold(place)
    place.version = version
    return place


def _refuse_impossible(agreement: Agreement, signature: Signature, sha256: str) -> None:
    version = signature.version
    if signature.is_signed:
        raise AlreadySigned(
            _("%(person)s has already signed this text for %(department)s.")
            % {"person": signature.person_name, "department": signature.department}
        )
    if agreement.ended_on is not None:
        raise RuleBroken(_("This agreement has ended."))
    if not version.is_open or sha256 != version.sha256:
        raise TextChanged(
            _("The text has changed since you opened it. Nothing has been signed: read it again before you sign.")
        )
    if not Signature.objects.waited_for().filter(pk=signature.pk).exists():
        raise RuleBroken(does_not_sign(signature))
    if not version.verify().holds:
        raise RuleBroken(_("The stored text no longer matches its SHA-256, so it cannot be signed."))


def does_not_sign(signature: Signature) -> str:
    return _("%(department)s is no longer a partner in the programme, so it does not sign this text.") % {
        "department": signature.department
    }


def newcomers(version: AgreementVersion) -> list[Party]:
    """Core parties that joined after the text was opened: it does not name them, so it cannot come into force."""
    named = {signature.department_id for signature in version.signatures.all()}
    programme = version.programme
    is_read = "parties" in getattr(programme, "_prefetched_objects_cache", {})
    parties = programme.parties.all() if is_read else programme.parties.select_related("department")
    core = (each for each in parties if each.is_in and each.role in {Party.Role.LEAD, Party.Role.CORE})
    return [party for party in core if party.department_id not in named]


def is_complete(version: AgreementVersion) -> bool:
    return not version.signatures.filter(signed_at__isnull=True).exists() and not newcomers(version)


def _bring_into_force(agreement: Agreement, version: AgreementVersion, by: User) -> None:
    day = today()
    with acting(by, _("Every department has signed")):
        for older in agreement.versions.in_force():
            older.status, older.no_longer_on = Status.SUPERSEDED, day
            older.save()
        version.status, version.in_force_on = Status.IN_FORCE, day
        version.save()
        if agreement.review_on is None or agreement.review_on <= day:
            months = FIRST_REVIEW_MONTHS if agreement.review_on is None else _REVIEW_MONTHS
            agreement.review_on = months_after(day, months)
            agreement.save()
    record_event(IN_FORCE, by, door=version.programme, subject=version, words=str(version), sha256=version.sha256)
