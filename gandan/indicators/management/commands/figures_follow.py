"""`gandan figures follow`: the journal into states, until it is told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gandan.indicators.states import running
from gandan.indicators.states.counting_anew import know_measures
from gandan.indicators.states.following import Busy, Waiting, catch_up


class Command(BaseCommand):
    requires_system_checks = []
    help = "Follow the journal into states (gandan run does it; --once: and end)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="read what is there, fold, and end"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["once"]:
            over = threading.Event()
            for by in (signal.SIGTERM, signal.SIGINT):
                signal.signal(by, lambda *_given: over.set())
            running.run(over.is_set)
            return
        try:
            know_measures()
            changed = catch_up()
        except Busy:
            raise CommandError(
                "another process follows the journal", returncode=1
            ) from None
        except Waiting:
            raise CommandError(
                "a transaction stays open below committed events; try again later",
                returncode=1,
            ) from None
        self.stdout.write(f"{changed} changes of records")
