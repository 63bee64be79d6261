"""`gandan demo`: build the demo province, or with --reset make it anew."""

import contextlib
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from gandan.indicators.states.counting_anew import know_measures
from gandan.indicators.states.following import Busy, Waiting, catch_up
from gandan.site.demo import province
from gandan.site.demo.state import DemoRefused


class Command(BaseCommand):
    help = "Build the demo province of invented records; --reset makes it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="empty a demo database first"
        )
        parser.add_argument(
            "--mark",
            action="store_true",
            help="only mark an empty database as the demo's, before pages are served",
        )
        parser.add_argument(
            "--no-history",
            action="store_true",
            help="leave out the quarter of imported records",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.BEHIND_TLS:
            raise CommandError("an installation behind TLS is no demo", returncode=1)
        if options["mark"]:
            try:
                province.claim()
            except DemoRefused as refusal:
                raise CommandError(str(refusal), returncode=1) from None
            return
        columns = (
            TextColumn("{task.description} {task.completed}"),
            TimeElapsedColumn(),
        )
        console = Console(file=sys.stderr)
        with Progress(*columns, console=console, transient=True) as bar:
            tasks: dict[str, Any] = {}

            def progress(what: str, count: int) -> None:
                if what not in tasks:
                    tasks[what] = bar.add_task(what, total=None)
                bar.update(tasks[what], completed=count)

            try:
                if options["reset"]:
                    province.reset()
                built = province.build(
                    history=not options["no_history"], progress=progress
                )
            except province.AlreadyBuilt:
                self.stdout.write("the demo province is there already")
                return
            except DemoRefused as refusal:
                raise CommandError(str(refusal), returncode=1) from None
        # Its figures; a house that is running follows its journal itself.
        with contextlib.suppress(Busy, Waiting):
            know_measures()
            catch_up()
        self.stdout.write(
            f"demo province: {built.history} imported, {built.live} made by the actions"
        )
