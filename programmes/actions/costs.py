"""What a programme costs over its whole life, or why that is not given."""

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.actions.programmes import refuse_when_over
from programmes.models import Programme
from xgov.access import rules
from xgov.access.permissions import Permission
from xgov.accounts.models import User
from xgov.records.acting import acting
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.figures import Figure, FigureState
from xgov.records.holding import hold

LARGEST = 10**15  # pounds: more than this is a slip of the keyboard


@transaction.atomic
def set_whole_life_cost(
    programme: Programme, figure: Figure, *, by: User, price_base: str = "", reason: str = "",
    seen_version: int | None = None,
) -> Programme:  # fmt: skip
    """Record the whole-life cost in pounds, or the reason why there is no amount."""
    programme = hold(programme)
    rules.require(by, Permission.MANAGE, programme)
    if (programme.whole_life_cost_figure, programme.price_base) == (figure, price_base):
        return programme
    check_seen(programme, seen_version)
    refuse_when_over(programme)
    _refuse_impossible(figure)
    programme.whole_life_cost_figure = figure
    programme.price_base = price_base if figure.is_known else ""
    with acting(by, reason):
        programme.save()
    return programme


def _refuse_impossible(figure: Figure) -> None:
    if figure.state == FigureState.KNOWN:
        if figure.amount is None:
            raise RuleBroken(_("Enter the whole-life cost, or say why there is none."), "whole_life_cost")
        if figure.amount == 0:
            words = _(
                "A cost of £0 says that the programme costs nobody anything. If it is not known yet, say “Not yet”."
            )
            raise RuleBroken(words, "whole_life_cost")
        if not 0 < figure.amount < LARGEST:
            raise RuleBroken(
                _("The whole-life cost must be an amount of pounds that is above zero."), "whole_life_cost"
            )
        return
    if figure.amount is not None:
        raise RuleBroken(_("An amount is given only when the cost is known."), "whole_life_cost")
    if figure.state != FigureState.NOT_KNOWN and not figure.reason.strip():
        raise RuleBroken(_("Say why the whole-life cost is not given."), "whole_life_cost_reason")
    if figure.state == FigureState.WITHHELD and not figure.section.strip():
        raise RuleBroken(
            _("Select the section of the Freedom of Information Act it is withheld under."), "whole_life_cost_section"
        )
