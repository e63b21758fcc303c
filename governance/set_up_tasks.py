"""What the boardroom asks of a programme that is being set up: a board, and a memorandum that all have signed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.memorandum_standing import differs, holds_up, signed_and_left
from governance.models import AgreementVersion, Board
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
    found = {version.status: version for version in versions.select_related("programme").order_by("pk")}
    if Status.OPEN_FOR_SIGNATURE in found:
        why, who = _still_open(found[Status.OPEN_FOR_SIGNATURE], Status.IN_FORCE in found)
        return Task(label, page, State.IN_PROGRESS, why, who)
    if Status.IN_FORCE in found:
        why = differs(found[Status.IN_FORCE], is_replaced=Status.DRAFT in found)
        return Task(label, page, State.IN_PROGRESS if why else State.COMPLETED, why)
    if Status.DRAFT in found:
        return Task(label, page, State.IN_PROGRESS, why=_("It is being written."))
    if not any(party.is_in and party.role == "CORE" for party in programme.parties.all()):
        return Task(label, page, State.CANNOT_START, why=_("No partner department has accepted yet."))
    return Task(label, page, State.NOT_STARTED)


def _still_open(version: AgreementVersion, earlier_binds: bool) -> tuple[str, str]:
    """What keeps the text from coming into force, and who has to sign it."""
    why = [_("An earlier version is in force.")] if earlier_binds else []
    names = sorted(place.department.short_name for place in version.waited_for)
    who = _("Not signed yet: %(departments)s.") % {"departments": ", ".join(names)} if names else ""
    return " ".join([*why, *holds_up(version), signed_and_left(version)]).strip(), who
