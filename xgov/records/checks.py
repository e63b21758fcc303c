"""System checks: a governed model whose base manager is not its guarded one could be written past its history."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from xgov.records.querysets import GovernedQuerySet


@register()
def every_governed_model_is_guarded(**_: Any) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    for model in apps.get_models():
        if not getattr(model, "governed", False):
            continue
        if not isinstance(model._base_manager.all(), GovernedQuerySet):
            faults.append(
                Error(
                    "The base manager of a governed model is not guarded.",
                    hint="Let its Meta inherit from GovernedModel.Meta.",
                    obj=model,
                    id="xgov.E003",
                )
            )
        faults.extend(
            Error(f"“{field.name}” is a bare many-to-many.", hint="Use a through-model.", obj=model, id="xgov.E004")
            for field in model._meta.local_many_to_many
            if field.remote_field.through._meta.auto_created and field.name != "groups"
        )
    return faults
