"""What the import commands share: all or nothing, one sentence for each bad line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gandan.figures.published.writing import LinesRefused, Written


class ImportCommand(BaseCommand):
    requires_system_checks: ClassVar[list[str]] = []  # type: ignore[misc]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--json", action="store_true", help="end with one JSON object"
        )

    def bring_in(
        self, options: dict[str, Any], read: Callable[[Path], Written]
    ) -> None:
        path: Path = options["file"]
        try:
            written = read(path)
        except LinesRefused as refusal:
            sentences = [
                f"{path.name}, line {bad.line}, {bad.field}: {bad.reason}"
                for bad in refusal.lines
            ]
            if options["json"]:
                self.stdout.write(json.dumps({"errors": sentences}))
            raise CommandError(
                "\n".join([*sentences, "nothing was imported"]), returncode=1
            ) from None
        if options["json"]:
            said = {"added": written.added, "unchanged": written.unchanged}
            self.stdout.write(json.dumps(said))
        else:
            self.stdout.write(f"{written.added} added, {written.unchanged} unchanged")
