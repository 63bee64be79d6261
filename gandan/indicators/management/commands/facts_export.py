"""`gandan facts export DIR`: the facts as Parquet, a file for each month."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from gandan.indicators.states.exporting import export


class Command(BaseCommand):
    requires_system_checks = []
    help = "Write the facts as Parquet by month; months that are the same are kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        console = Console(file=sys.stderr)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with console.status("facts") as status:
                rows = export(folder, status.update)
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}", returncode=1) from None
        for table, number in rows.items():
            self.stdout.write(f"{table}: {number} rows")
