from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from programmes.imports import import_gmpp
from xgov.papers.importing import ImportCommand, ImportReport


class Command(ImportCommand):
    help = "Takes in Government Major Projects Portfolio data (CSV or XLSX) of any year: creates or updates programmes."
    file_help = "the publication, one project on each row"
    signer = "Import of the Government Major Projects Portfolio"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--as-at",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the position that the file gives, when its name and contents do not tell",
        )

    def load(self, path: Path, *, as_at: date | None = None, **options: object) -> ImportReport:
        return import_gmpp(path, as_at=as_at)
