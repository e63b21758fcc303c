"""Agreeing how much risk the programme carries."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import appetite_levels, escalation
from risks.actions import possible
from risks.models import Appetite
from risks.register_terms import terms_of
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def set_appetite(
    programme: Programme, category: str, *, by: User, level: str, agreed_by: str, agreed_on: date, review_due: date,
    max_residual_score: int | None = None, tolerance_score: int | None = None, reason: str = "",
) -> Appetite:  # fmt: skip
    """From today this appetite is in force for the category, and the one before it ends.

    Without `max_residual_score` the limit is the one that the level usually has. Risks that cross the new limit
    escalate, or return, at once.
    """
    programme = hold(programme)
    usual = appetite_levels.BY_CODE[level]
    limit = max_residual_score or usual.max_residual_score
    appetite = Appetite(
        programme=programme, category=category, level=level, agreed_by=agreed_by.strip(), agreed_on=agreed_on,
        review_due=review_due, since=today(),
        max_residual_score=limit, tolerance_score=tolerance_score or max(limit, usual.tolerance_score),
    )  # fmt: skip
    rules.require(by, Permission.MANAGE, appetite)
    possible.refuse_ended_programme(programme)
    possible.refuse_future(agreed_on, "agreed_on")
    possible.refuse_past(review_due, "review_due")
    highest = terms_of(programme).scale.highest
    if not 1 <= appetite.max_residual_score <= highest:
        words = _("The highest residual score goes from 1 to %(highest)d.") % {"highest": highest}
        raise RuleBroken(words, "max_residual_score")
    appetite.clean_fields(exclude={"programme"})
    with acting(by, reason or _("Appetite agreed by %(who)s") % {"who": appetite.agreed_by}):
        _end_the_present_one(appetite)
        appetite.save()
        escalation.reconsider_all(appetite)
    return appetite


def _end_the_present_one(appetite: Appetite) -> None:
    present = Appetite.objects.filter(
        programme=appetite.programme, category=appetite.category, department__isnull=True, until__isnull=True
    ).first()
    if present is not None:
        present.until = appetite.since
        present.save()
