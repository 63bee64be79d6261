"""`gandan import villages FILE`"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gandan.kernel.actors import SYSTEM
from gandan.kernel.localtime import local_day
from gandan.places.importing.tables import ImportRefused
from gandan.places.importing.villages import import_villages


class Command(BaseCommand):
    help = "Import villages and residential groups of communes; repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            help="the day whose communes are meant where a row has no starts (today)",
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            written = import_villages(
                options["file"], on=options["on"] or local_day(now), by=SYSTEM, at=now
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal), returncode=1) from None
        counts = {"villages": written.units, "unchanged": written.unchanged}
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(", ".join(f"{what} {n}" for what, n in counts.items()))
