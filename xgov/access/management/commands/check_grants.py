from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from xgov.access import grants, groups


class Command(BaseCommand):
    help = (
        "Proves that the grants at every door, and the groups of every person, equal the roles held; --mend makes them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="derive anew what differs")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        people = self._people(mend)
        looked_at, differing = self._doors(mend)
        if (differing or people) and not mend:
            raise CommandError(
                f"{differing} of {looked_at} doors and {people} people differ from the roles held. Run with --mend."
            )
        if mend:
            self.stdout.write(f"{looked_at} doors looked at, {differing} mended; {people} people moved.")
        else:
            self.stdout.write(f"{looked_at} doors and all people agree.")

    def _people(self, mend: bool) -> int:
        """First, since grants are given to groups."""
        drift = groups.drift()
        for words, places in (("is not in", drift.missing), ("should not be in", drift.surplus)):
            for person, group in sorted(places):
                self.stdout.write(f"Person {person} {words} the group {group}")
        return groups.sync() if mend else len(drift.people)

    def _doors(self, mend: bool) -> tuple[int, int]:
        looked_at = differing = 0
        for door in grants.all_doors():
            looked_at += 1
            drift = grants.drift_at(door)
            if drift:
                differing += 1
                self.stdout.write(f"{door._meta.label} {door}: {', '.join(_counts(drift))}")
                if mend:
                    grants.sync(door)
        return looked_at, differing


def _counts(drift: grants.Drift) -> Iterator[str]:
    counts = {"missing": len(drift.missing), "too many": len(drift.surplus)}
    yield from (f"{count} {words}" for words, count in counts.items() if count)
