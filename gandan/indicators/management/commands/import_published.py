"""`gandan import published FILE.csv`; its columns stand in docs/outside.md."""

from typing import Any

from gandan.figures.published.writing import write_values
from gandan.indicators.outside import reading
from gandan.indicators.outside.command import ImportCommand


class Command(ImportCommand):
    help = "Import published values of outside indices; repeatable, all or nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.bring_in(
            options,
            lambda path: write_values(
                reading.read_all(path, reading.COLUMNS, reading.published_row)
            ),
        )
