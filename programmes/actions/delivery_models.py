"""Choosing the lightest model of joint working that will do."""

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.actions.programmes import refuse_when_over
from programmes.delivery_models import BY_CODE, lighter_than
from programmes.models import ModelChoice, Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold


@transaction.atomic
def choose_delivery_model(
    programme: Programme, model: str, *, by: User, lighter_not_enough: str = "", reason: str = "",
    seen_version: int | None = None,
) -> Programme:  # fmt: skip
    """Choose or change the model. Whatever is not the lightest needs the reason why the next lighter is not enough."""
    programme = hold(programme)
    rules.require(by, Permission.MANAGE, programme)
    lighter_not_enough, reason = lighter_not_enough.strip(), reason.strip()
    if (programme.delivery_model, programme.delivery_model_reason) == (model, lighter_not_enough):
        return programme
    check_seen(programme, seen_version)
    refuse_when_over(programme)
    _refuse_impossible(programme, model, lighter_not_enough, reason)
    before, programme.delivery_model = programme.delivery_model, model
    programme.delivery_model_reason = lighter_not_enough if lighter_than(model) else ""
    with acting(by, reason):
        programme.save()
        ModelChoice.objects.create(
            programme=programme, model=model, previous=before, reason=reason, chosen_by=by,
            lighter_not_enough=programme.delivery_model_reason,
        )  # fmt: skip
    return programme


def _refuse_impossible(programme: Programme, model: str, lighter_not_enough: str, reason: str) -> None:
    if not programme.outcome:
        raise RuleBroken(_("Write the shared outcome before choosing a model."))
    if model not in BY_CODE:
        raise RuleBroken(_("Select one of the six models."), "model")
    lighter = lighter_than(model)
    if lighter and not lighter_not_enough:
        words = _("Say why “%(model)s” is not enough.")
        raise RuleBroken(words % {"model": lighter.label}, "lighter_not_enough")
    if programme.delivery_model and programme.delivery_model != model and not reason:
        raise RuleBroken(_("Say why the model changes."), "reason")
