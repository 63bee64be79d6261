"""The legal clock: a pure function of what is kept, with its reasoning day by day.

Inputs: the moment of reception, the allowance, the intervals that do not count, the
rule version, the decreed calendar, the office hours. What is stored as a due date is
only the last reading; `docs/clock.md` says how the law was read.
"""

from gandan.kernel.clock.allowance import (
    TEXT_LIMIT,
    Allowance,
    ClockRefused,
    Unit,
    parse_limit,
)
from gandan.kernel.clock.count import FIRST_YEAR, LAST_YEAR
from gandan.kernel.clock.hours import (
    AFTERNOON_CUT,
    DEFAULT_HOURS,
    OfficeHours,
    normalise,
    same_day_result_on,
    transfer_by,
)
from gandan.kernel.clock.pauses import SUPPLEMENT, Gap, Pause, gaps_of
from gandan.kernel.clock.reading import (
    Dates,
    Judgement,
    Reading,
    due_date,
    judge,
    read_clock,
    read_dates,
)
from gandan.kernel.clock.rules import RULES, Resume, RuleVersion, rules_on
from gandan.kernel.clock.spans import Span

__all__ = [
    "AFTERNOON_CUT",
    "DEFAULT_HOURS",
    "FIRST_YEAR",
    "LAST_YEAR",
    "RULES",
    "SUPPLEMENT",
    "TEXT_LIMIT",
    "Allowance",
    "ClockRefused",
    "Dates",
    "Gap",
    "Judgement",
    "OfficeHours",
    "Pause",
    "Reading",
    "Resume",
    "RuleVersion",
    "Span",
    "Unit",
    "due_date",
    "gaps_of",
    "judge",
    "normalise",
    "parse_limit",
    "read_clock",
    "read_dates",
    "rules_on",
    "same_day_result_on",
    "transfer_by",
]
