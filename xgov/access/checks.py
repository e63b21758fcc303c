"""System checks: a record without a door is an error before it is a leak."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist

from xgov.access.doors import model_at


@register()
def every_governed_model_has_a_door(**_: Any) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    for model in apps.get_models():
        if not getattr(model, "governed", False):
            continue
        if not getattr(model, "door", None):
            faults.append(
                Error("A governed model names no door.", hint='Add `door = "programme"`.', obj=model, id="xgov.E001")
            )
            continue
        further = (*getattr(model, "windows", ()), *getattr(model, "ends", ()))
        paths = [p for p in (model.door, getattr(model, "keeper", None), *further) if p and p != "self"]
        for path in paths:
            try:
                model_at(model, path)
            except (FieldDoesNotExist, AttributeError):
                faults.append(Error(f"“{path}” is no way to a door, window, end or keeper.", obj=model, id="xgov.E002"))
        condition = getattr(model, "windows_open_while", None)
        if condition and condition[0] not in {field.name for field in model._meta.concrete_fields}:
            faults.append(Error(f"“{condition[0]}”, which opens its windows, is no field.", obj=model, id="xgov.E005"))
    return faults
