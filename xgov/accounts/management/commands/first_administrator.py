"""Let the first person into a new installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from xgov.accounts.actions.beginning import in_one_line, let_first_administrator_in
from xgov.accounts.letters import password_path
from xgov.records.database import refuse_unmigrated
from xgov.records.errors import RuleBroken


class Command(BaseCommand):
    help = "Makes the first platform administrator and prints the link with which they set their password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", required=True, help="as in “Petra Example”")
        parser.add_argument("--department", required=True, help="its address on GOV.UK, such as cabinet-office")

    def handle(self, *args: Any, email: str, name: str, department: str, **options: Any) -> None:
        refuse_unmigrated()
        try:
            person = let_first_administrator_in(email, name, department)
        except RuleBroken as refusal:
            raise CommandError(str(refusal.message)) from refusal
        except ValidationError as wrong:
            raise CommandError(in_one_line(wrong)) from wrong
        self.stdout.write(f"{person.name} is the platform administrator of this installation.")
        self.stdout.write("The link to set a password works once:")
        self.stdout.write(f"{settings.XGOV_ADDRESS}{password_path(person)}")
