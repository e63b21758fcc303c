"""The risks that one risk is tied to, told from its side, as one person may see them."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from risks.actions.links import may_share
from risks.models import Risk, RiskLink
from xgov.access import rules
from xgov.access.doors import is_sensitive
from xgov.access.permissions import Permission
from xgov.access.roles import type_of_text
from xgov.accounts.models import User
from xgov.records.fields import Marking

_WORDS = {
    ("CAUSES", True): _("May cause"),
    ("CAUSES", False): _("May be caused by"),
    ("RELATED", True): _("Is related to"),
    ("RELATED", False): _("Is related to"),
    ("CHILD_OF", True): _("Is part of"),
    ("CHILD_OF", False): _("Gathers up"),
}


@dataclass(frozen=True)
class Tie:
    """`other` seen from this risk. `may_share`: the person speaks for the keeper of the part."""

    link: RiskLink
    words: type_of_text
    other: Risk
    is_part: bool
    may_end: bool
    may_share: bool


def ties_of(risk: Risk, person: User) -> list[Tie]:
    """Only those of which the person may see both ends."""
    links = RiskLink.objects.visible_to(person).current().filter(Q(risk=risk) | Q(other=risk))
    ends = [f"{end}__{of}" for end in ("risk", "other") for of in ("programme", "kept_by", "owner")]
    return [_tie(link, risk, person) for link in links.select_related("programme", *ends)]


def _tie(link: RiskLink, risk: Risk, person: User) -> Tie:
    starts_here = link.risk_id == risk.pk
    other = link.other if starts_here else link.risk
    may_change = any(rules.can(person, Permission.CONTRIBUTE, end) for end in (link.risk, link.other))
    is_child = link.kind == RiskLink.Kind.CHILD_OF
    shares = is_child and not link.risk.has_ended and may_share(person, link)
    shares = shares and (link.is_shared_upwards or not is_sensitive(link.risk))
    return Tie(link, _WORDS[link.kind, starts_here], other, is_child, may_change and not risk.programme.is_over, shares)


def marking_of(ties: list[Tie]) -> dict[str, str]:
    """For the marking bar of a page that names these risks: sensitive as soon as one of them is."""
    marked = {risk.marking for tie in ties for risk in (tie.other, tie.other.programme)}
    return {"page_marking": Marking.OFFICIAL_SENSITIVE} if Marking.OFFICIAL_SENSITIVE in marked else {}
