from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PapersConfig(AppConfig):
    """What leaves as paper or file: the shelf of board sections, exports, the importer's frame, HTML to tagged PDF."""

    name = "xgov.papers"

    def ready(self) -> None:
        autodiscover_modules("board_sections")
