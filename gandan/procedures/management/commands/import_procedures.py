"""gandan import procedures FILE…: the national catalogue, all or nothing."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, TaskID

from gandan.kernel.actors import SYSTEM
from gandan.procedures.importing.catalogue import Report, import_files
from gandan.procedures.importing.source import FileRefused, Problem

SHOWN = 20


class Command(BaseCommand):
    help = "Import the national catalogue of procedures (catalogue.csv, details.jsonl)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DAY",
            help="the day of the source, where its rows name none (default: today)",
        )
        parser.add_argument(
            "--complete",
            action="store_true",
            help="the files are the whole catalogue: what they do not name has ended",
        )
        parser.add_argument("--json", action="store_true", help="end with one object")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(stderr=True, quiet=options["json"])
        try:
            with Progress(console=console, transient=True) as bars:
                report = import_files(
                    options["files"],
                    by=SYSTEM,
                    at=timezone.now(),
                    as_of=options["as_of"],
                    complete=options["complete"],
                    progress=_Bars(bars),
                )
        except FileRefused as refused:
            self._refuse(refused, as_json=options["json"])
        else:
            self._tell(report, as_json=options["json"])

    def _refuse(self, refused: FileRefused, *, as_json: bool) -> None:
        if as_json:
            nothing = Report(refused=refused.problems)
            self.stdout.write(json.dumps(_object(nothing), ensure_ascii=False))
        for problem in refused.problems[:SHOWN]:
            self.stderr.write(str(problem))
        if (more := len(refused.problems) - SHOWN) > 0:
            self.stderr.write(f"and {more} more")
        raise CommandError("Nothing was imported.", returncode=1)

    def _tell(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(_object(report), ensure_ascii=False))
            return
        for changed in report.changed[:SHOWN]:
            self.stdout.write(f"changed {changed.code}: {', '.join(changed.sections)}")
        if (more := len(report.changed) - SHOWN) > 0:
            self.stdout.write(f"and {more} more changed")
        for problem in report.refused[:SHOWN]:
            self.stderr.write(str(problem))
        if (more := len(report.refused) - SHOWN) > 0:
            self.stderr.write(f"and {more} more refused")
        counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
        self.stdout.write(f"{counts}, {len(report.refused)} refused")


class _Bars:
    """One bar for comparing, one for writing."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, of: int) -> None:
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=of)
        self._bars.update(self._tasks[what], completed=done)


def _object(report: Report) -> dict[str, Any]:
    return {
        **report.counts,
        "refused": len(report.refused),
        "changes": [
            {"code": changed.code, "sections": changed.sections}
            for changed in report.changed
        ],
        "errors": [_error(problem) for problem in report.refused],
    }


def _error(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "field": problem.field,
        "value": problem.value,
        "reason": problem.reason,
    }
