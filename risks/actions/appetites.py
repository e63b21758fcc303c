"""Agreeing how much risk is sought and how much is borne: by a programme's departments together, or by one of them."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from programmes.models import Programme
from risks import appetite_levels, escalation
from risks.actions import possible
from risks.agreeing import require_to_answer_for
from risks.appetite_categories import is_to_agree_on
from risks.models import Appetite, DepartmentAppetite, Risk
from risks.models.appetites import RiskLimits
from risks.register_terms import terms_now
from risks.scales import SCALES
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def set_appetite(
    programme: Programme, category: str, *, by: User, level: str, agreed_by: str, agreed_on: date, review_due: date,
    max_residual_score: int | None = None, tolerance_score: int | None = None, department: Department | None = None,
    since: date | None = None, reason: str = "",
) -> Appetite:  # fmt: skip
    """From `since`, or today, this appetite is in force for the category, and the one before it ends.

    Of a department: for the risks that it keeps or that affect it. Of none: the joint one, for every risk. Without
    scores the limits are those that the level usually has. Risks that cross a limit escalate, or return, on that day.
    """
    programme = hold(programme)
    appetite = Appetite(programme=programme, category=category, department=department)
    _take(appetite, level, max_residual_score, tolerance_score)
    _date(appetite, agreed_by, agreed_on, review_due, since)
    terms = terms_now(programme)
    appetite.scale = terms.scale.key
    _require_right(by, appetite)
    possible.refuse_ended_programme(programme)
    if not is_to_agree_on(category, programme, by, terms):
        raise RuleBroken(_("This register does not use that category."), "category")
    if department is not None:
        possible.refuse_outside_department(programme, department, "department")
    _refuse_impossible(appetite)
    others = Appetite.objects.filter(programme=programme, category=category, department=department)
    with acting(by, reason or _("Appetite agreed by %(who)s") % {"who": appetite.agreed_by}):
        _end_those_before(appetite, others)
        appetite.save()
        escalation.reconsider_all(Risk.objects.live().filter(programme=programme, category=category))
    return appetite


@transaction.atomic
def set_department_appetite(
    department: Department, category: str, *, by: User, level: str, agreed_by: str, agreed_on: date, review_due: date,
    max_residual_score: int | None = None, tolerance_score: int | None = None, since: date | None = None,
    reason: str = "",
) -> DepartmentAppetite:  # fmt: skip
    """What the department agreed for itself, for every programme that it has joined and agreed nothing else in."""
    department = hold(department)
    appetite = DepartmentAppetite(department=department, category=category)
    _take(appetite, level, max_residual_score, tolerance_score)
    _date(appetite, agreed_by, agreed_on, review_due, since)
    rules.require(by, Permission.ADMINISTER, department)
    _refuse_impossible(appetite)
    others = DepartmentAppetite.objects.filter(department=department, category=category)
    with acting(by, reason or _("Appetite agreed by %(who)s") % {"who": appetite.agreed_by}):
        _end_those_before(appetite, others)
        appetite.save()
        escalation.reconsider_all(Risk.objects.live().touching(department).filter(category=category))
    return appetite


def _require_right(person: User, appetite: Appetite) -> None:
    """The joint one is set by who runs the programme, a department’s by who answers for that department here."""
    if appetite.department is None:
        rules.require(person, Permission.MANAGE, appetite)
    else:
        require_to_answer_for(person, appetite.programme, appetite.department)


def _take(appetite: RiskLimits, level: str, limit: int | None, tolerance: int | None) -> None:
    if level not in appetite_levels.BY_CODE:
        raise RuleBroken(_("Choose one of the five levels."), "level")
    usual = appetite_levels.BY_CODE[level]
    appetite.level = level
    appetite.max_residual_score = limit if limit is not None else usual.max_residual_score
    appetite.tolerance_score = (
        tolerance if tolerance is not None else max(appetite.max_residual_score, usual.tolerance_score)
    )


def _date(appetite: RiskLimits, agreed_by: str, agreed_on: date, review_due: date, since: date | None) -> None:
    appetite.agreed_by, appetite.agreed_on, appetite.review_due = agreed_by.strip(), agreed_on, review_due
    appetite.since = since or today()


def _refuse_impossible(appetite: RiskLimits) -> None:
    highest = SCALES[appetite.scale].highest
    possible.refuse_future(appetite.agreed_on, "agreed_on")
    possible.refuse_past(appetite.review_due, "review_due")
    possible.refuse_past(appetite.since, "since")
    if not 1 <= appetite.max_residual_score <= highest:
        words = _("The highest residual score goes from 1 to %(highest)d.") % {"highest": highest}
        raise RuleBroken(words, "max_residual_score")
    if not appetite.max_residual_score <= appetite.tolerance_score <= highest:
        words = _("What is tolerated goes from the appetite, %(limit)d, to %(highest)d.")
        raise RuleBroken(words % {"limit": appetite.max_residual_score, "highest": highest}, "tolerance_score")
    appetite.clean_fields(exclude={"programme", "department"})


def _end_those_before(appetite: RiskLimits, others: models.QuerySet) -> None:
    """The newest agreement counts: one that was to begin later never does."""
    for other in others.filter(until__isnull=True) | others.filter(until__gt=appetite.since):
        other.until = max(other.since, appetite.since)
        other.save()
