"""`gandan figures`: any figure, for any unit, period and chart of units."""

import csv
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gandan.indicators import queries
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.queries import Figure, Period
from gandan.kernel.localtime import local_day
from gandan.places import queries as places

COLUMNS = (
    "code",
    "version",
    "place",
    "name",
    "procedure",
    "field",
    "period",
    "starts",
    "last_day",
    "calendar",
    "numerator",
    "denominator",
    "value",
    "kind",
)
# For eyes: the rest stands in --json and --csv.
_SHOWN = ("code", "name", "procedure", "field", "period", "numerator", "denominator")
_WRONG_USE = 2


class Command(BaseCommand):
    help = "Print figures with their two counts; --list names every definition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--indicator",
            action="append",
            metavar="CODE",
            help="a code of --list; may be repeated; all of them without it",
        )
        parser.add_argument(
            "--place", metavar="KEY", help="key of a unit or agency, or a place code"
        )
        parser.add_argument(
            "--period",
            metavar="PERIOD",
            help="2025-Q1, 2025-03, 2025, 2025-01-15..2025-02-14; bc: before it for a "
            "reporting period; this year without it",
        )
        parser.add_argument("--by", choices=queries.DIMENSIONS)
        parser.add_argument(
            "--chart", choices=(queries.AS_WAS, queries.AS_IS), default=queries.AS_WAS
        )
        parser.add_argument("--as-of", metavar="DATE", help="2025-03-31, else today")
        parser.add_argument("--list", action="store_true", help="names and questions")
        output = parser.add_mutually_exclusive_group()
        output.add_argument("--json", action="store_true")
        output.add_argument("--csv", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._answer(options)
            self.stdout.flush()
        except BrokenPipeError:
            # Whoever read has read enough (`| head`); nothing is left to be said.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _answer(self, options: dict[str, Any]) -> None:
        if options["list"]:
            self._write_list(options["json"], options["csv"])
            return
        today = local_day(timezone.now())
        try:
            period = queries.parse_period(options["period"] or f"{today.year}")
            as_of = _as_of(options["as_of"], today)
            found = queries.figures(
                options["indicator"] or list(DEFINITIONS),
                places=_places(options["place"], period),
                period=period,
                by=options["by"],
                chart=options["chart"],
                as_of=as_of,
            )
        except ValueError as refusal:
            raise CommandError(str(refusal), returncode=_WRONG_USE) from None
        self._write([_row(figure) for figure in found], options["json"], options["csv"])

    def _write(
        self, rows: Sequence[dict[str, Any]], as_json: bool, as_csv: bool
    ) -> None:
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        elif as_csv:
            writer = csv.DictWriter(self.stdout, list(rows[0]) if rows else COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        else:
            shown = [
                name
                for name in _SHOWN
                if any(row[name] not in {None, ""} for row in rows)
            ]
            self._write_table([*shown, "value"], rows)

    def _write_table(
        self, columns: Sequence[str], rows: Sequence[dict[str, Any]]
    ) -> None:
        cells = [[_cell(name, row[name]) for name in columns] for row in rows]
        widths = [
            max(len(line[index]) for line in [list(columns), *cells])
            for index in range(len(columns))
        ]
        for line in [list(columns), *cells]:
            text = "  ".join(
                cell.ljust(width) for cell, width in zip(line, widths, strict=True)
            )
            self.stdout.write(text.rstrip())

    def _write_list(self, as_json: bool, as_csv: bool) -> None:
        rows = [
            {
                "code": one.code,
                "version": one.version,
                "title": str(one.title),
                "question": str(one.question),
                "unit": one.unit.value,
                "direction": one.direction.value,
                "legal_basis": one.legal_basis,
                "owner": one.owner,
                "leaves_out": str(one.leaves_out),
                "verified": one.verified,
                "reviewed_on": one.reviewed_on.isoformat(),
                "review_on": one.review_on.isoformat(),
            }
            for one in DEFINITIONS.values()
        ]
        if as_json or as_csv:
            self._write(rows, as_json, as_csv)
            return
        for row in rows:
            self.stdout.write(f"{row['code']} v{row['version']}: {row['question']}")


def _cell(name: str, value: object) -> str:
    if value is None:
        return "n/a" if name == "value" else ""
    return str(value)


def _as_of(text: str | None, today: date) -> date:
    if text is None:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"«{text}» is no day: write 2025-03-31") from None


def _places(text: str | None, period: Period) -> list[str] | None:
    """A key, or the code that a unit bore on the period's last day."""
    if text is None or text == queries.PROVINCE:
        return None
    if places.place_by_key(text) or places.organisation_by_key(text):
        return [text]
    if place := places.place_by_code(text, period.last_day):
        return [place.key]
    raise ValueError(f"«{text}» is the key of no unit, and no code on that day")


def _row(figure: Figure) -> dict[str, Any]:
    """Counts as whole numbers, the value as a decimal text; none where n/a."""
    return {
        "code": figure.code,
        "version": figure.version,
        "place": figure.place,
        "name": figure.name,
        "procedure": figure.procedure,
        "field": figure.field,
        "period": figure.period.label,
        "starts": figure.period.starts.isoformat(),
        "last_day": figure.period.last_day.isoformat(),
        "calendar": figure.period.calendar,
        "numerator": None if figure.hidden else figure.numerator,
        "denominator": None if figure.hidden else figure.denominator,
        "value": None if figure.value is None else str(figure.value),
        "kind": figure.kind,
    }
