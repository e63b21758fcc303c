from django.db.models import Model

from xgov.notices.models import DigestChoice
from xgov.records.clock import now


def wants_digest(person: Model) -> bool:
    return not DigestChoice.objects.filter(person=person, wanted=False).exists()


def choose_digest(person: Model, *, wanted: bool) -> None:
    DigestChoice.objects.update_or_create(person=person, defaults={"wanted": wanted, "chosen_at": now()})
