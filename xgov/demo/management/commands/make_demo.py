"""Demonstration data: real organisations and projects as facts, one joint programme of our own, invented people."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from xgov.accounts.models import User
from xgov.demo import making
from xgov.demo.people import FOR_A_PARTNER, PASSWORD, READERS


class Command(BaseCommand):
    help = "Makes the demonstration: departments, major projects, one joint programme full to the brim, ten people."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is data already")
        parser.add_argument(
            "--scale", type=int, default=0, metavar="N", help="beside it, N times 10 programmes and 1,000 risks"
        )

    def handle(self, *args: Any, if_empty: bool, scale: int, **options: Any) -> None:
        if not settings.XGOV_DEMO:
            raise CommandError("The demonstration is made only where XGOV_DEMO=1.")
        if scale < 0:
            raise CommandError("--scale takes a whole number from 0 up.")
        if not User.objects.exists():
            with transaction.atomic():
                making.make(self.stdout.write)
        elif not if_empty and not scale:
            raise CommandError("There are people here already. The demonstration is made in an empty database only.")
        if scale:
            with transaction.atomic():
                making.make_more(scale, self.stdout.write)
        self.introduce()

    def introduce(self) -> None:
        self.stdout.write(f"\nDemonstration people (all invented), password: {PASSWORD}")
        for person in READERS:
            self.stdout.write(f"  {person.email:32} {person.name}, {person.job_title}")
        self.stdout.write("For a partner, with the same password:")
        for person in FOR_A_PARTNER:
            self.stdout.write(f"  {person.email:32} {person.name}, {person.job_title}")
