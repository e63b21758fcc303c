from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "xgov.jobs"
    label = "jobs"

    def ready(self) -> None:
        from xgov.jobs import presence  # noqa: F401

        autodiscover_modules("tasks")
