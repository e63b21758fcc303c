"""What has to be so for a change to be possible: asked by several verbs, answered with a sentence."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Programme
from risks import categories
from risks.models import Risk
from risks.register_terms import terms_now
from risks.standing import departments_in, possible_owners
from xgov.accounts.models import Department, User
from xgov.records.clock import today
from xgov.records.errors import RuleBroken
from xgov.records.fields import Marking


def refuse_ended_programme(programme: Programme) -> None:
    if programme.is_over:
        raise RuleBroken(_("This programme has ended: its risk register can no longer be changed."))


def refuse_ended_risk(risk: Risk) -> None:
    refuse_ended_programme(risk.programme)
    if risk.has_ended:
        raise RuleBroken(_("This risk is closed. Open it again before you change it."))


def refuse_stranger(programme: Programme, owner: User | None, marking: str = Marking.OFFICIAL) -> None:
    """Rule RSK-2: the owner is a person of a department that has joined, and sees what they own."""
    if owner is None or possible_owners(programme, marking).filter(pk=owner.pk).exists():
        return
    if marking == Marking.OFFICIAL_SENSITIVE and possible_owners(programme).filter(pk=owner.pk).exists():
        sentence = _("%(person)s may not see sensitive records, so cannot own one.")
    else:
        sentence = _("%(person)s has no role in a department of this programme with which they could own it.")
    raise RuleBroken(sentence % {"person": owner.name}, "owner")


def refuse_outside_department(programme: Programme, department: Department, field: str) -> None:
    if not departments_in(programme).filter(pk=department.pk).exists():
        raise RuleBroken(_("%(department)s has not joined this programme.") % {"department": department.name}, field)


def refuse_wrong_category(risk: Risk) -> None:
    """The categories that the departments agreed to use, and their own names under those."""
    terms = terms_now(risk.programme)
    if risk.category not in terms.categories:
        raise RuleBroken(_("This register does not use that category."), "category")
    under = {local.label: local.category for local in terms.local_categories}
    if risk.local_category and risk.local_category not in under:
        raise RuleBroken(_("This register has no local category of that name."), "local_category")
    if risk.local_category and under[risk.local_category] != risk.category:
        said = {"name": risk.local_category, "category": categories.BY_CODE[under[risk.local_category]].label}
        raise RuleBroken(_("“%(name)s” is counted under %(category)s: select that category.") % said, "local_category")


def refuse_past(day: date | None, field: str) -> None:
    if day is not None and day < today():
        raise RuleBroken(_("The date must be today or later."), field)


def refuse_future(day: date | None, field: str) -> None:
    if day is not None and day > today():
        raise RuleBroken(_("The date must be today or earlier."), field)


def refuse_silence(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Say why."), "reason")


def missing_from(risk: Risk) -> dict[str, str]:
    """What an open risk must say and a draft need not, by field, each with a sentence. The database holds to it too."""
    said = {
        "cause": risk.cause.strip(),
        "event": risk.event.strip(),
        "consequence": risk.consequence.strip(),
        "owner": risk.owner_id,
        "inherent_likelihood": risk.inherent_score,
        "residual_likelihood": risk.residual_score,
        "response": risk.response,
    }
    return {field: str(_NEEDED[field]) for field, answer in said.items() if not answer}


_NEEDED = {
    "cause": gettext_lazy("An open risk needs its cause."),
    "event": gettext_lazy("An open risk needs the event that may happen."),
    "consequence": gettext_lazy("An open risk needs its consequence."),
    "owner": gettext_lazy("An open risk needs an owner."),
    "inherent_likelihood": gettext_lazy("An open risk needs an inherent score."),
    "residual_likelihood": gettext_lazy("An open risk needs a residual score."),
    "response": gettext_lazy("An open risk needs a response."),
}


def refuse_unfinished(risk: Risk) -> None:
    for field, sentence in missing_from(risk).items():
        raise RuleBroken(sentence, field)
