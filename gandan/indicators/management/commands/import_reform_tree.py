"""`gandan import reform-tree FILE.csv --year 2026 --group departments`."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from gandan.indicators.outside.command import ImportCommand
from gandan.indicators.reform.rules import Group
from gandan.indicators.reform.trees import import_tree


class Command(ImportCommand):
    help = "Import a year's tree of the reform index of units, as a draft; repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument(
            "--group", choices=[group.value for group in Group], required=True
        )
        parser.add_argument(
            "--invented", action="store_true", help="label the tree as made up"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        def read(path: Path) -> Any:
            return import_tree(
                path,
                year=options["year"],
                group=Group(options["group"]),
                invented=options["invented"],
            )

        self.bring_in(options, read)
