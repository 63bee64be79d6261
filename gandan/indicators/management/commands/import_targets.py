"""`gandan import targets FILE.csv`; its columns stand in docs/outside.md."""

from typing import Any

from gandan.indicators.outside.command import ImportCommand
from gandan.indicators.outside.targets import import_file


class Command(ImportCommand):
    help = "Import targets, their path and stated values; repeatable, all or nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.bring_in(options, import_file)
