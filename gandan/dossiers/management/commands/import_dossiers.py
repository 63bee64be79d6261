"""`gandan import dossiers FILE.csv`: history from another book, all or nothing."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from gandan.dossiers.importing.loading import import_file
from gandan.dossiers.importing.reporting import Refused, Report
from gandan.dossiers.importing.rows import FileRefused
from gandan.kernel.actors import SYSTEM


class Command(BaseCommand):
    # They judge the code, which no book can break.
    requires_system_checks = []
    help = "Import a CSV of dossiers from another book; repeatable, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument(
            "--partial",
            action="store_true",
            help="take the good lines, write the bad ones with their reason to a file",
        )
        parser.add_argument(
            "--json", action="store_true", help="end with one JSON object"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        columns = (TextColumn("{task.completed} lines"), TimeElapsedColumn())
        console = Console(file=sys.stderr)
        # Without a terminal it would still leave an empty line among the errors.
        hidden = not console.is_terminal
        with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
            task = bar.add_task("import", total=None)
            try:
                report = import_file(
                    path,
                    by=SYSTEM,
                    at=timezone.now(),
                    partial=options["partial"],
                    progress=lambda done: bar.update(task, completed=done),
                )
            except FileRefused as refusal:
                if options["json"]:
                    self.stdout.write(self._unreadable(refusal).as_json())
                raise CommandError(str(refusal), returncode=1) from None
            except Refused as refusal:
                self._tell(refusal.report, options["json"])
                first = refusal.report.errors[0]
                raise CommandError(
                    f"{path.name}, line {first['line']}, {first['field']}"
                    f" {first['value']!r}: {first['reason']};"
                    f" {refusal.report.rejected} bad lines, nothing was imported",
                    returncode=1,
                ) from None
        self._tell(report, options["json"])

    @staticmethod
    def _unreadable(refusal: FileRefused) -> Report:
        error = {
            "line": refusal.line,
            "field": "file",
            "value": "",
            "reason": refusal.reason,
        }
        return Report(errors=[error])

    def _tell(self, report: Report, as_json: bool) -> None:
        if as_json:
            self.stdout.write(report.as_json())
            return
        self.stdout.write(
            f"{report.accepted} accepted, {report.unchanged} unchanged,"
            f" {report.rejected} rejected, {report.mismatched} with another due date"
        )
        if report.rejects_file:
            self.stdout.write(f"bad lines: {report.rejects_file}")
