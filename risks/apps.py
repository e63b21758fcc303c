from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RisksConfig(AppConfig):
    name = "risks"

    def ready(self) -> None:
        autodiscover_modules("level_holders", "board_moments")
