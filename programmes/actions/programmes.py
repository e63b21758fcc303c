"""Setting a programme up and changing what it says of itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from programmes.models import Party, Programme
from xgov.access import grants, rules
from xgov.access.permissions import Permission
from xgov.accounts.models import Department, User
from xgov.accounts.standing import groups_of
from xgov.records.acting import acting
from xgov.records.clock import today
from xgov.records.editing import check_seen
from xgov.records.errors import RuleBroken
from xgov.records.holding import hold

REFERENCE_PREFIX = "JP-"
# Words that have an address of their own under /programmes/.
RESERVED_REFERENCES = {"new"}

# What a change of the programme may touch; status, model and cost have actions of their own.
CHANGEABLE = frozenset(
    {
        "name", "outcome", "summary", "phase", "tier", "category", "marking", "handling", "start_date",
        "start_date_reason", "end_date", "end_date_reason", "first_review_on", "success_review", "who_pays",
        "who_decides", "data_moves", "data_to_move",
    }
)  # fmt: skip


@transaction.atomic
def create_programme(
    lead: Department, *, by: User, name: str, outcome: str = "", reference: str = "", reason: str = "", **said: Any
) -> Programme:
    """Set up a programme that `lead` leads, by one of its programme managers. The lead is in from the first moment."""
    lead = hold(lead)  # of two presses of one button the second is told that the programme is there
    rules.require(by, Permission.MANAGE, lead)
    if lead.is_closed:
        raise RuleBroken(_("%(department)s has closed.") % {"department": lead}, "lead")
    programme = Programme(
        name=name.strip(), outcome=outcome.strip(), reference=_free_reference(reference.strip()),
        status=Programme.Status.SETTING_UP,
    )  # fmt: skip
    _say(programme, said)
    _refuse_second_of_the_name(programme, lead)
    _refuse_impossible(programme)
    with acting(by, reason or _("Set up")):
        programme.save()
        Party.objects.create(
            programme=programme, department=lead, role=Party.Role.LEAD, status=Party.Status.ACCEPTED,
            answered_on=today(), answered_by=by,
        )  # fmt: skip
    groups_of(lead)
    grants.sync(programme)
    return programme


def _free_reference(reference: str) -> str:
    if not reference:
        return _next_reference()
    if reference.casefold() in RESERVED_REFERENCES:
        raise RuleBroken(_("Choose another reference: this one is kept for an address."), "reference")
    if Programme.objects.filter(reference__iexact=reference).exists():
        raise RuleBroken(_("There is already a programme with this reference."), "reference")
    return reference


def _next_reference() -> str:
    """JP-0001 and so on: one more than the highest. Nobody's reference says who leads, since that can change."""
    used = Programme.objects.filter(reference__regex=rf"^{REFERENCE_PREFIX}[0-9]+$").order_by(
        Length("reference").desc(), "-reference"
    )
    highest = used.values_list("reference", flat=True).first()
    number = int(highest.removeprefix(REFERENCE_PREFIX)) + 1 if highest else 1
    return f"{REFERENCE_PREFIX}{number:04}"


def _refuse_second_of_the_name(programme: Programme, lead: Department) -> None:
    same = Programme.objects.active().filter(
        name__iexact=programme.name, parties__department=lead, parties__role=Party.Role.LEAD
    )
    if found := same.first():
        words = _("%(department)s already leads a programme of this name: %(reference)s.")
        raise RuleBroken(words % {"department": lead.short_name, "reference": found.reference}, "name")


@transaction.atomic
def change_programme(
    programme: Programme, *, by: User, reason: str = "", seen_version: int | None = None, **said: Any
) -> Programme:
    """Change what the programme says of itself: any of CHANGEABLE. Saying what is there already changes nothing."""
    programme = hold(programme)
    rules.require(by, Permission.MANAGE, programme)
    before = {name: getattr(programme, name) for name in said}
    _say(programme, said)
    if all(getattr(programme, name) == value for name, value in before.items()):
        return programme
    check_seen(programme, seen_version)
    refuse_when_over(programme)
    if programme.delivery_model and not programme.outcome:
        raise RuleBroken(_("A programme with a model of joint working needs its outcome."), "outcome")
    _refuse_impossible(programme)
    with acting(by, reason):
        programme.save()
    return programme


def _say(programme: Programme, said: dict[str, Any]) -> None:
    unknown = said.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"A programme is not told {', '.join(sorted(unknown))} here.")
    for name, value in said.items():
        setattr(programme, name, value.strip() if isinstance(value, str) else value)


def refuse_when_over(programme: Programme) -> None:
    if programme.is_over:
        words = _("This programme is %(status)s: its record is kept as it was.")
        raise RuleBroken(words % {"status": programme.get_status_display().lower()})


def _refuse_impossible(programme: Programme) -> None:
    start, end = programme.start_date, programme.end_date
    if start and end and end < start:
        raise RuleBroken(_("The end date must be on or after the start date."), "end_date")
    if start and programme.first_review_on and programme.first_review_on < start:
        raise RuleBroken(_("The first review must be on or after the start date."), "first_review_on")
    try:
        programme.full_clean(validate_constraints=False)
    except ValidationError as wrong:
        field, messages = next(iter(wrong.message_dict.items()))
        raise RuleBroken(messages[0], field) from wrong
