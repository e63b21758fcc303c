from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        autodiscover_modules("readiness_evidence", "set_up_tasks", "leaving")
