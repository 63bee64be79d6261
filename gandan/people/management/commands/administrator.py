"""The first account of an installation; further ones are opened on the pages."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gandan.kernel.actors import SYSTEM, Role
from gandan.kernel.localtime import local_day
from gandan.kernel.text import TextRefused
from gandan.people import actions
from gandan.people.rules import MandateRefused
from gandan.places import queries as places


class Command(BaseCommand):
    help = "Open an administrator's account at an office and print its first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="family, middle, given name")
        parser.add_argument(
            "--office",
            required=True,
            help="key, agency code or place code of the office",
        )
        parser.add_argument("--decision", required=True, help="number of the decision")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        today = local_day(at)
        office = places.agency_by(options["office"], today)
        if office is None:
            raise CommandError(f"no office {options['office']!r} is in force today")
        try:
            _user, password = actions.open_account(
                username=options["username"],
                full_name=options["name"],
                role=Role.ADMINISTRATOR,
                organisation_id=office.pk,
                starts=today,
                decision=options["decision"],
                by=SYSTEM,
                at=at,
            )
        except (MandateRefused, TextRefused) as refusal:
            raise CommandError(f"the account is not opened: {refusal}") from None
        self.stdout.write(password)
