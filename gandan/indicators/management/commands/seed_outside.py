"""The published facts and targets that come with the house."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gandan.figures.published.writing import LinesRefused
from gandan.indicators.outside.seeding import seed
from gandan.indicators.reform.trees import seed_areas


class Command(BaseCommand):
    help = "Write published values, targets and areas of reform; repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = seed()
            seed_areas()
        except LinesRefused as refusal:
            raise CommandError(f"the seed of outside values: {refusal}") from None
        if options["verbosity"]:
            self.stdout.write(f"{written.added} added, {written.unchanged} unchanged")
