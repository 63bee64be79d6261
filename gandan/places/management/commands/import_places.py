"""`gandan import places DIR --province 08`"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gandan.kernel.actors import SYSTEM
from gandan.places.importing.provinces import REFORM, import_province
from gandan.places.importing.tables import ImportRefused


class Command(BaseCommand):
    help = "Import another province from the national lists of units; repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--province", required=True, help="its code: 08")
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            default=REFORM,
            help="the first day of the new units (2025-07-01)",
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = import_province(
                options["folder"],
                options["province"],
                on=options["on"],
                by=SYSTEM,
                at=timezone.now(),
            )
        except ImportRefused as refusal:
            raise CommandError(str(refusal), returncode=1) from None
        counts = {
            "units": written.units,
            "organisations": written.bodies,
            "successions": written.successions,
            "unchanged": written.unchanged,
        }
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(", ".join(f"{what} {n}" for what, n in counts.items()))
