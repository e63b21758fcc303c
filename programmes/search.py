"""What of programmes may be found: programmes, and the people appointed to them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.models import Appointment, Programme
from programmes.tags import status_tag
from xgov.accounts.models import User
from xgov.pages.search import Kind, ListOfAll, findable


def programmes(person: User) -> QuerySet[Programme]:
    return Programme.objects.visible_to(person)


def appointments(person: User) -> QuerySet[Appointment]:
    return Appointment.objects.visible_to(person).current().select_related("programme", "person")


findable(
    Kind(
        "programmes", _("Programmes"), order=10, seen_by=programmes, programme="", reference="reference", name="name",
        texts=("outcome", "summary"), state=lambda programme: status_tag(programme).words,
        lists=ListOfAll(everywhere="programmes:list"),
    )
)  # fmt: skip
findable(
    Kind(
        "appointments", _("People in programmes"), order=80, seen_by=appointments, name="person__name", texts=("post",),
        state=lambda appointment: appointment.role_words.label,
    )
)  # fmt: skip
