from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "xgov.records"
    label = "records"

    def ready(self) -> None:
        from xgov.records import checks, fixed, protection  # noqa: F401

        post_migrate.connect(protection.protect_after_migrating, dispatch_uid="xgov.records.protection")
        post_migrate.connect(fixed.protect_after_migrating, dispatch_uid="xgov.records.fixed")
