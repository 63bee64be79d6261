"""`gandan import attributes FILE`"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gandan.kernel.actors import SYSTEM
from gandan.places.importing.attributes import import_attributes
from gandan.places.importing.tables import ImportRefused


class Command(BaseCommand):
    help = "Import dated attributes of units (mountain, remote, border); repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = import_attributes(options["file"], by=SYSTEM, at=timezone.now())
        except ImportRefused as refusal:
            raise CommandError(str(refusal), returncode=1) from None
        if options["json"]:
            counts = {"added": done.added, "unchanged": done.unchanged}
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(f"added {done.added}, unchanged {done.unchanged}")
