"""The base data of the room; `seed_base` calls it."""

from typing import Any

from django.core.management.base import BaseCommand

from gandan.places.importing.seeding import seed_places


class Command(BaseCommand):
    help = "Write Cao Bằng's units, bodies, calendar and opening hours; repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        seeded = seed_places()
        if options["verbosity"] > 0:
            written = seeded.written
            self.stdout.write(
                f"units {written.units}, organisations {written.bodies}, "
                f"successions {written.successions}, unchanged {written.unchanged}, "
                f"calendar days {seeded.calendar_days}, "
                f"opening hours {seeded.opening_hours}"
            )
