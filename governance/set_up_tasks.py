"""What the boardroom asks of a programme that is being set up: a board, and a memorandum that all have signed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import AgreementVersion, Board, Signature
from programmes.models import Programme
from programmes.set_up import State, Task, set_up_section
from xgov.records.fields import Marking

Status = AgreementVersion.Status


@set_up_section("governance", gettext_lazy("Agree and decide"), order=50)
def agree_and_decide(programme: Programme) -> Iterator[Task]:
    board = Board.objects.open().filter(programme=programme).order_by("-is_deciding", "pk").first()
    yield Task(
        _("Found the joint board"),
        board.get_absolute_url() if board else reverse("governance:add-board", args=[programme.reference]),
        State.COMPLETED if board else State.NOT_STARTED,
        why=str(board) if board else "",
    )
    yield _memorandum(programme)


def _memorandum(programme: Programme) -> Task:
    label, page = _("Sign the memorandum"), reverse("governance:agreement-list", args=[programme.reference])
    # Everybody who sees the programme reads this, so a marked agreement is not told of.
    versions = AgreementVersion.objects.filter(programme=programme, agreement__kind="MOU").exclude(
        agreement__marking=Marking.OFFICIAL_SENSITIVE
    )
    statuses = set(versions.values_list("status", flat=True))
    if Status.OPEN_FOR_SIGNATURE in statuses:
        waiting = Signature.objects.filter(version__in=versions.filter(status=Status.OPEN_FOR_SIGNATURE))
        names = waiting.filter(signed_at__isnull=True).select_related("department").order_by("department__name")
        names = names.filter(department__in=[party.department_id for party in programme.parties.all() if party.is_in])
        missing = {"departments": ", ".join(signature.department.short_name for signature in names)}
        why = _("An earlier version is in force.") if Status.IN_FORCE in statuses else ""
        return Task(label, page, State.IN_PROGRESS, why, _("Not signed yet: %(departments)s.") % missing)
    if Status.IN_FORCE in statuses:
        return Task(label, page, State.COMPLETED)
    if Status.DRAFT in statuses:
        return Task(label, page, State.IN_PROGRESS, why=_("It is being written."))
    if not any(party.is_in and party.role == "CORE" for party in programme.parties.all()):
        return Task(label, page, State.CANNOT_START, why=_("No partner department has accepted yet."))
    return Task(label, page, State.NOT_STARTED)
