"""Every model has been decided on: governed, or not and why."""

import pytest
from django.apps import apps
from django.db.models import Model

from xgov.access.doors import door_model
from xgov.records.protection import is_append_only

OURS = (
    "access",
    "accounts",
    "records",
    "jobs",
    "notices",
    "pages",
    "programmes",
    "risks",
    "datasharing",
    "governance",
    "demo",
)

UNGOVERNED = {
    "records.Event": "It is itself the record of what happened, and only grows.",
    "jobs.Job": "A heartbeat every few seconds is no history; how it ended is kept on what it made.",
    "notices.Notice": "It is itself what somebody was told; only that it was read and mailed is added.",
    "notices.Digest": "It is itself the mail that went out.",
    "notices.DigestChoice": "A person's own wish about mail, of no concern to anybody else.",
    "pages.SavedFilter": "A bookmark of one person's, of no concern to anybody else.",
    "pages.MadeByForm": "For eight days, to what record a form has led; who made that is in the record's own history.",
    "jobs.WorkerPresence": "A sign of life, overwritten every few seconds.",
}


def our_models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and not is_append_only(model) and not _is_grant(model)
    ]


def _is_grant(model: type[Model]) -> bool:
    return model.__name__.endswith("Grant")


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_model_is_governed_or_it_says_why_not(model: type[Model]) -> None:
    if model._meta.label in UNGOVERNED:
        assert not getattr(model, "governed", False)
        return
    assert getattr(model, "governed", False), "decide: govern this model or say in UNGOVERNED why not"
    assert door_model(model)._meta.label in {"programmes.Programme", "accounts.Department", "governance.Board"}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_nobody_can_delete_what_hangs_on_a_governed_record(model: type[Model]) -> None:
    cascading = [
        field.name
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None)
        and getattr(field.remote_field, "on_delete", None)
        and field.remote_field.on_delete.__name__ == "CASCADE"
    ]
    assert cascading == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_models_name_reads_well_on_the_history_page(model: type[Model]) -> None:
    if getattr(model, "governed", False):
        assert model._meta.verbose_name != model._meta.model_name or model._meta.verbose_name == model.__name__.lower()
        assert model._meta.default_permissions == ()
