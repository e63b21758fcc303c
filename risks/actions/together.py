"""One thing done to many risks, for one reason: to all of them or, if one is in the way, to none.

Each risk is changed by the verb for one, so each keeps its own history row, and each is asked whether it may be.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from risks.actions.endings import close_risk
from risks.actions.risks import change_risk
from risks.actions.scores import Pair, rescore_risk
from risks.models import Risk
from xgov.accounts.models import Department, User
from xgov.records.errors import ChangedMeanwhile, RuleBroken

Seen = Mapping[int, int]  # the version in which each risk was chosen, by its primary key


def reassign_risks(
    seen: Seen, *, by: User, reason: str, owner: User | None = None, kept_by: Department | None = None
) -> list[Risk]:
    """Another owner, another keeping department, or both."""
    answers = {name: value for name, value in (("owner", owner), ("kept_by", kept_by)) if value is not None}
    if not answers:
        raise RuleBroken(_("Choose another owner, another department, or both."), "owner")
    return _each(
        seen, reason, lambda risk, version: change_risk(risk, by=by, reason=reason, seen_version=version, **answers)
    )


def review_risks(seen: Seen, *, by: User, reason: str, review_due: date | None = None) -> list[Risk]:
    """They were looked at and score as before. The next review falls due on the day, or by each one's band."""
    return _each(
        seen, reason,
        lambda risk, version: rescore_risk(risk, by=by, reason=reason, review_due=review_due, seen_version=version),
    )  # fmt: skip


def rescore_risks(seen: Seen, *, by: User, reason: str, residual: Pair) -> list[Risk]:
    """The same residual score for all of them."""
    return _each(
        seen, reason,
        lambda risk, version: rescore_risk(risk, by=by, reason=reason, residual=residual, seen_version=version),
    )  # fmt: skip


def close_risks(seen: Seen, *, by: User, reason: str) -> list[Risk]:
    """None of them can happen any more, or matters."""
    return _each(seen, reason, lambda risk, version: close_risk(risk, by=by, reason=reason, seen_version=version))


@transaction.atomic
def _each(seen: Seen, reason: str, do: Callable[[Risk, int], Risk]) -> list[Risk]:
    if not seen:
        raise RuleBroken(_("Choose at least one risk."))
    if not reason.strip():
        raise RuleBroken(_("Say why."), "reason")
    # In one order, so that two people working on overlapping choices wait for each other and never in a circle.
    return [_named(risk, do, seen[risk.pk]) for risk in Risk.objects.filter(pk__in=seen).order_by("pk")]


def _named(risk: Risk, do: Callable[[Risk, int], Risk], version: int) -> Risk:
    """Whatever stands in the way says which risk it is about."""
    said: dict[str, Any] = {"reference": risk.reference}
    try:
        return do(risk, version)
    except RuleBroken as broken:
        words = _("%(reference)s: %(why)s None of them has been changed.")
        raise RuleBroken(words % {**said, "why": broken.message}, broken.field) from broken
    except ChangedMeanwhile as changed:
        words = _(
            "%(reference)s was changed by %(who)s after you chose it. None of them has been changed. Choose again."
        )
        raise RuleBroken(words % {**said, "who": changed.by or _("somebody")}) from changed
    except PermissionDenied as denied:
        words = _("You may no longer change %(reference)s. None of them has been changed.")
        raise RuleBroken(words % said) from denied
