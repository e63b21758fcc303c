from pathlib import Path

from xgov.accounts.imports import import_organisations
from xgov.papers.importing import ImportCommand, ImportReport


class Command(ImportCommand):
    help = "Takes in a dump of the GOV.UK organisations API (JSON): creates, updates and closes departments."
    file_help = "the JSON file, in the shape of https://www.gov.uk/api/organisations"
    signer = "Import of GOV.UK organisations"

    def load(self, path: Path, **options: object) -> ImportReport:
        return import_organisations(path)
