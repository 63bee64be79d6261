"""Units, calendar, procedures and claims: the base every installation has."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Write the base data (units, calendar, procedures); repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        for command in ("seed_places", "seed_procedures", "seed_programmes"):
            call_command(command, verbosity=options["verbosity"])
