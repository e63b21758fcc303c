from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PagesConfig(AppConfig):
    name = "xgov.pages"
    label = "pages"

    def ready(self) -> None:
        autodiscover_modules("navigation", "attention", "search")
