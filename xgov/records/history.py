"""django-simple-history, in the one form in which every governed record carries it."""

from typing import Any

from django.db import models
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from xgov.records.acting import current_signer
from xgov.records.clock import now


class SignedHistory(models.Model):
    """What each history row says beyond the row itself: the signer's name as it was."""

    history_signer = models.CharField(_("signed by"), max_length=200, blank=True, default="")

    class Meta:
        abstract = True


class GovernedHistory(HistoricalRecords):
    """History with 64-bit ids, signed by `acting`, with an index by door."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("history_id_field", models.BigAutoField())
        kwargs.setdefault("bases", [SignedHistory])
        kwargs.setdefault("history_change_reason_field", models.TextField(null=True))
        kwargs.setdefault("inherit", True)
        super().__init__(**kwargs)

    def fields_included(self, model: type[models.Model]) -> list[models.Field]:
        left_out = getattr(model, "not_in_history", ())
        return [field for field in super().fields_included(model) if field.name not in left_out]

    def get_history_user(self, instance: models.Model) -> models.Model | None:
        return current_signer().person

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: str) -> str | None:
        return current_signer().reason or None

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        options = super().get_meta_options(model)
        door = model.door
        if door and door != "self" and "__" not in door:
            options["indexes"] = [models.Index(fields=[door, "-history_date", "-history_id"], name=_index_name(model))]
        return options


@receiver(pre_create_historical_record, dispatch_uid="xgov.records.sign")
def sign(history_instance: models.Model, **kwargs: Any) -> None:
    history_instance.history_signer = current_signer().name
    history_instance.history_date = now()


def _index_name(model: type[models.Model]) -> str:
    return f"{model._meta.model_name[:20]}_hist_door"
