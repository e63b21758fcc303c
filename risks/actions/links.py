"""Tying risks together, and letting one count in the risk above it."""

from django.db import transaction
from django.utils.translation import gettext as _

from risks.actions import possible
from risks.models import Risk, RiskLink
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.clock import now, today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.fields import Marking
from xgov.records.holding import hold, hold_all


@transaction.atomic
def link_risks(risk: Risk, other: Risk, *, by: User, kind: str, reason: str = "") -> RiskLink:
    """Whoever may change one of the two, and see the other, may say what they have to do with one another."""
    two = {each.pk: each for each in hold_all(Risk.objects.filter(pk__in={risk.pk, other.pk}))}
    risk, other = two[risk.pk], two[other.pk]
    link = RiskLink(programme=risk.programme, risk=risk, other=other, kind=kind)
    _require_one_end(by, link)
    possible.refuse_ended_programme(risk.programme)
    if risk == other:
        raise RuleBroken(_("This is the same risk. Choose another."), "other")
    if RiskLink.objects.current().filter(risk=risk, other=other, kind=kind).exists():
        raise RuleBroken(_("These two risks are already linked in this way."), "other")
    if kind == RiskLink.Kind.CHILD_OF and is_above(risk, other):
        raise RuleBroken(_("Then each would be part of the other. Choose another risk."), "other")
    link.clean_fields(exclude={"programme", "risk", "other"})
    with acting(by, reason):
        link.save()
    return link


@transaction.atomic
def unlink_risks(link: RiskLink, *, by: User, reason: str = "", seen_version: int | None = None) -> RiskLink:
    """They have nothing to do with one another any more. What was shared upwards no longer is."""
    link = _present(link, seen_version)
    _require_one_end(by, link)
    link.until = today()
    link.shared_upwards_at = link.shared_upwards_by = None
    with acting(by, reason):
        link.save()
    return link


@transaction.atomic
def share_upwards(link: RiskLink, *, by: User, reason: str = "", seen_version: int | None = None) -> RiskLink:
    """The department that keeps the part agrees that it counts in the risk above. Nobody agrees in its stead."""
    link = _present(link, seen_version)
    _require_keeper(by, link)
    if link.kind != RiskLink.Kind.CHILD_OF:
        raise RuleBroken(_("Only a risk that is part of another can be shared upwards."))
    if link.is_shared_upwards:
        raise RuleBroken(_("This risk is already shared upwards."))
    possible.refuse_ended_risk(link.risk)
    if Marking.OFFICIAL_SENSITIVE in (link.risk.marking, link.risk.programme.marking):
        raise RuleBroken(_("This risk is marked OFFICIAL-SENSITIVE, so it is not shared upwards."))
    link.shared_upwards_at, link.shared_upwards_by = now(), by
    with acting(by, reason):
        link.save()
    return link


@transaction.atomic
def keep_from_above(link: RiskLink, *, by: User, reason: str, seen_version: int | None = None) -> RiskLink:
    """The department that keeps the part takes its agreement back: it no longer counts in the risk above."""
    link = _present(link, seen_version)
    _require_keeper(by, link)
    if not link.is_shared_upwards:
        raise RuleBroken(_("This risk is not shared upwards."))
    possible.refuse_silence(reason)
    link.shared_upwards_at = link.shared_upwards_by = None
    with acting(by, reason):
        link.save()
    return link


def is_above(risk: Risk, other: Risk) -> bool:
    """Whether the risk gathers the other up, directly or through others between them."""
    seen, level = set(), {other.pk}
    while level:
        if risk.pk in level:
            return True
        seen |= level
        above = RiskLink.objects.current().filter(kind=RiskLink.Kind.CHILD_OF, risk__in=level)
        level = set(above.values_list("other", flat=True)) - seen
    return False


def may_share(person: User, link: RiskLink) -> bool:
    """Whether the person speaks for the department that keeps the part."""
    acts_for = rules.acting_for(person, Permission.CONTRIBUTE, link.risk.programme)
    return link.risk.kept_by_id in acts_for and rules.can(person, Permission.CONTRIBUTE, link)


def _require_keeper(by: User, link: RiskLink) -> None:
    rules.require(by, Permission.CONTRIBUTE, link)
    if not may_share(by, link):
        raise RuleBroken(
            _("Only somebody who acts for %(department)s, which keeps this risk, can say so.")
            % {"department": link.risk.kept_by.name}
        )


def _require_one_end(by: User, link: RiskLink) -> None:
    """Both ends may be seen, and one of them changed."""
    rules.require(by, Permission.VIEW, link)
    if not rules.can(by, Permission.CONTRIBUTE, link.risk):
        rules.require(by, Permission.CONTRIBUTE, link.other)


def _present(link: RiskLink, seen_version: int | None) -> RiskLink:
    link = hold(link)
    check_seen(link, seen_version)
    if link.until is not None:
        raise RuleBroken(_("This link has already ended."))
    return link
