"""The hall: what waits for me, the programmes I have a part in, and what has changed in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from governance.models import Board, BoardAppointment
from programmes.leaving import left_to
from programmes.models import Appointment, Programme
from programmes.tags import Tag, confidence_tag, status_tag
from xgov.access.doors import is_sensitive
from xgov.access.roles import ROLES, type_of_text
from xgov.accounts.models import User
from xgov.notices.models import Notice
from xgov.pages.attention import Signal, signals_in, waiting_for
from xgov.pages.history import RECENT, recent_history

PROGRAMMES_SHOWN = 20
LEFT_SHOWN = 5
CHANGES_SHOWN = 10


@dataclass
class Summary:
    """One programme as its row on the home page says it."""

    programme: Programme
    status: Tag
    confidence: Tag
    roles: list[type_of_text] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    person = request.user
    joint = Programme.objects.visible_to(person).joint().active()
    programmes = list(joint.with_parties().with_confidence().order_by("name")[:PROGRAMMES_SHOWN])
    changed = recent_history(Programme.objects.visible_to(person).joint(), person, CHANGES_SHOWN)
    left = list(left_to(person)[:LEFT_SHOWN])
    boards = list(boards_of(person))
    context = {
        "waiting": waiting_for(person),
        "new_notices": Notice.objects.to_person(person).unread().count(),
        "programmes": summaries(person, programmes),
        "more_programmes": joint.count() - len(programmes) if len(programmes) == PROGRAMMES_SHOWN else 0,
        "left": left,
        "boards": boards,
        "changed": changed.items,
        "changed_within": RECENT.days,
        "published_returns": Programme.objects.visible_to(person).exclude(origin=Programme.Origin.HERE).count(),
    }
    if changed.has_sensitive or any(
        is_sensitive(programme) for programme in [*programmes, *(each.programme for each in [*left, *boards])]
    ):
        context["page_marking"] = "OFFICIAL_SENSITIVE"
    return render(request, "home.html", context)


def boards_of(person: User) -> QuerySet[Board]:
    """The open boards on which the person sits today, whether or not they see the programme."""
    seats = BoardAppointment.objects.current().filter(person=person)
    boards = Board.objects.visible_to(person).open().filter(pk__in=seats.values("board"))
    return boards.select_related("programme").order_by("name", "pk")


def summaries(person: User, programmes: Sequence[Programme]) -> list[Summary]:
    """The rows of the home page; those the person answers for come first."""
    by_id = {each.pk: Summary(each, status_tag(each), confidence_tag(each)) for each in programmes}
    for appointment in Appointment.objects.current().filter(person=person, programme__in=by_id):
        by_id[appointment.programme_id].roles.append(ROLES[appointment.role].label)
    for pk, found in signals_in(person, list(by_id)).items():
        by_id[pk].signals = found
    return sorted(by_id.values(), key=lambda row: (not row.roles, row.programme.name))
