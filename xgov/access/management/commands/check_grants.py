from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from xgov.access import grants


class Command(BaseCommand):
    help = "Proves that the grants at every door equal the roles held; --mend makes them so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="derive the grants anew where they differ")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        looked_at = differing = 0
        for door in grants.all_doors():
            looked_at += 1
            drift = grants.drift_at(door)
            if not drift:
                continue
            differing += 1
            self.stdout.write(f"{door._meta.label} {door}: {len(drift.missing)} missing, {len(drift.surplus)} too many")
            if mend:
                grants.sync(door)
        if differing and not mend:
            raise CommandError(f"{differing} of {looked_at} doors differ from the roles held. Run with --mend.")
        self.stdout.write(f"{looked_at} doors looked at, {differing} mended." if mend else f"{looked_at} doors agree.")
