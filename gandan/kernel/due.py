"""`gandan due`: a due date and its reasons, without database or web framework."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from gandan.kernel.clock import (
    FIRST_YEAR,
    LAST_YEAR,
    RULES,
    SUPPLEMENT,
    Allowance,
    ClockRefused,
    Pause,
    Reading,
    RuleVersion,
    Unit,
    parse_limit,
    read_clock,
    rules_on,
)
from gandan.kernel.decreed import decreed_calendar
from gandan.kernel.localtime import ZONE, local_day
from gandan.kernel.messages import MESSAGES
from gandan.kernel.phrases import (
    DEFAULT_LANGUAGE,
    due_in_words,
    explain,
    rules_in_words,
)

DONE, WRONG_USE = 0, 2

_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INTERVAL = re.compile(r"([^.:]+)\.\.([^.:]*)(?::([a-z][a-z_]*))?", re.ASCII)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without repeating how the command is used."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {message}\n")


def main(argv: Sequence[str]) -> int:
    try:
        asked = _parser().parse_args(argv)
    except SystemExit as leaving:  # after --help, or after the sentence on stderr
        return leaving.code if isinstance(leaving.code, int) else WRONG_USE
    try:
        rules: RuleVersion = asked.rules or rules_on(local_day(asked.received))
        reading = read_clock(
            received=asked.received,
            allowance=asked.limit,
            pauses=asked.pause,
            left_out=asked.left_out,
            rules=rules,
            calendar=decreed_calendar(),
        )
    except ClockRefused as refusal:
        print(f"gandan due: argument --received: {refusal}", file=sys.stderr)
        return WRONG_USE
    if asked.json:
        print(json.dumps(as_json(reading), ensure_ascii=False))
    else:
        answer = due_in_words(reading, asked.lang)
        reasons = explain(reading, asked.lang)
        print(answer)
        for sentence in (*reasons, rules_in_words(rules, asked.lang)):
            if sentence != answer:  # a stopped clock says so in both
                print(f"  {sentence}")
    return DONE


def as_json(reading: Reading) -> dict[str, Any]:
    """What a program may rely on; `to` is empty while an open pause lasts."""
    return {
        "due": reading.due and reading.due.isoformat(),
        "provisional": reading.provisional,
        "reasoning": [
            {
                "from": span.starts.isoformat(),
                "to": span.ends and span.ends.isoformat(),
                "counts": _number(span.counts),
                "why": span.why,
            }
            for span in reading.reasoning
        ],
    }


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == int(amount) else float(amount)


def _parser() -> Parser:
    parser = Parser(
        prog="gandan due",
        allow_abbrev=False,
        description="The due date of a dossier, and why it is that date.",
    )
    parser.add_argument(
        "--received",
        required=True,
        type=_received,
        metavar="YYYY-MM-DDTHH:MM",
        help="moment of reception, on a clock in Viet Nam unless it names an offset",
    )
    parser.add_argument(
        "--limit",
        required=True,
        type=_limit,
        metavar='"N UNIT"',
        help=f"time allowed; UNIT is {', '.join(Unit)}; or the word text",
    )
    parser.add_argument(
        "--pause",
        action="append",
        default=[],
        type=_pause,
        metavar="A..B",
        help="wait for papers from day A; B is the day they came; empty: still open",
    )
    parser.add_argument(
        "--left-out",
        action="append",
        default=[],
        type=_left_out,
        metavar="A..B:KIND",
        help="time the law leaves out, such as 2025-05-12..2025-05-27:posting",
    )
    parser.add_argument(
        "--rules",
        type=_rules,
        metavar="ID",
        help=f"rule version: {', '.join(RULES)}; else the one in force at reception",
    )
    parser.add_argument("--lang", choices=list(MESSAGES), default=DEFAULT_LANGUAGE)
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def _received(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a moment such as 2025-04-29T09:00"
        )
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is on no calendar or clock"
        ) from error
    _check_year(at.date())
    return at if at.tzinfo else at.replace(tzinfo=ZONE)


def _limit(text: str) -> Allowance | None:
    try:
        return parse_limit(text)
    except ClockRefused as refusal:
        raise argparse.ArgumentTypeError(str(refusal)) from refusal


def _pause(text: str) -> Pause:
    return _interval(text, kind=SUPPLEMENT)


def _left_out(text: str) -> Pause:
    return _interval(text, kind="")


def _interval(text: str, *, kind: str) -> Pause:
    written = _INTERVAL.fullmatch(text)
    if written is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an interval such as 2025-05-05..2025-05-08"
        )
    first, last, named = written.groups()
    try:
        return Pause(_day(first), _day(last) if last else None, named or kind)
    except ClockRefused as refusal:
        raise argparse.ArgumentTypeError(f"{text!r}: {refusal}") from refusal


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2025-05-05")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is on no calendar") from error
    _check_year(day)
    return day


def _check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            f"{day.isoformat()} is not between {FIRST_YEAR} and {LAST_YEAR}"
        )


def _rules(text: str) -> RuleVersion:
    rules = RULES.get(text.strip().lower().replace("_", "-"))
    if rules is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(RULES)}")
    return rules
