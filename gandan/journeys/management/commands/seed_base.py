"""Units, calendar, procedures, claims and published values: the base of every house."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Write the base data (units, calendar, procedures); repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        commands = ("seed_places", "seed_procedures", "seed_programmes", "seed_outside")
        for command in commands:
            call_command(command, verbosity=options["verbosity"])
