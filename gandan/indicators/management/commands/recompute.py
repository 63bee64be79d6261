"""`gandan recompute [--check]`: states from the facts anew, or proven against them."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from gandan.indicators.states.counting_anew import count_everything
from gandan.indicators.states.following import Busy
from gandan.indicators.states.proving import prove


class Command(BaseCommand):
    requires_system_checks = []
    help = "Count all states anew from the facts (--check: compare, change nothing)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="recompute in DuckDB from Parquet and compare bit by bit",
        )
        parser.add_argument(
            "--json", action="store_true", help="end with one JSON object"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=sys.stderr)
        if not options["check"]:
            try:
                with console.status("counting"):
                    cells = count_everything()
            except Busy:
                raise CommandError(
                    "the follower is at work; try again in a moment", returncode=1
                ) from None
            said = json.dumps({"cells": cells}) if options["json"] else f"{cells} cells"
            self.stdout.write(said)
            return
        with console.status("facts") as status:
            proof = prove(status.update)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(proof), ensure_ascii=False))
        else:
            for difference in proof.differences:
                self.stderr.write(difference)
            if proof.more:
                self.stderr.write(f"and {proof.more} more")
            self.stdout.write(f"{proof.cells} cells and {proof.records} records read")
        if not proof.holds:
            raise CommandError("the states are not what the records say", returncode=1)
