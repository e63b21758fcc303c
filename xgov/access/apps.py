from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    name = "xgov.access"
    label = "access"

    def ready(self) -> None:
        from xgov.access import checks  # noqa: F401

        autodiscover_modules("standing_grants")
