"""The period of a figure: which days, in which calendar, under which label.

«2025», «2025-H1», «2025-Q1», «2025-03» are calendar periods; with «bc:» before them
the reporting ones, which begin on the 15th of the month before (Decree 09/2019);
«2025-01-15..2025-02-14» are days, the last one in. Pure Python.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gandan.figures import facts
from gandan.kernel import periods as days

CALENDAR, REPORTING = "calendar", "reporting"
_REPORTING_MARK = "bc:"
_NAMED = re.compile(r"([12][0-9]{3})(?:-(?:(Q[1-4])|(H[12])|(9M)|([0-9]{2})))?")
_A_DAY = timedelta(days=1)


class PeriodRefused(ValueError):
    """The text names no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """[starts, ends): `label` is the text that names it, the same one always."""

    label: str
    starts: date
    ends: date
    calendar: str = CALENDAR

    @property
    def last_day(self) -> date:
        return self.ends - _A_DAY

    @property
    def halves(self) -> range | None:
        """Halves of months that fill it; none where it begins or ends inside one."""
        return facts.halves(self.starts, self.ends)

    def until(self, as_of: date | None) -> "Period":
        """Cut after `as_of`; empty where that lies before it."""
        if as_of is None or as_of >= self.last_day:
            return self
        return replace(self, ends=max(self.starts, as_of + _A_DAY))

    def months(self) -> list["Period"]:
        """The months in it, of its own calendar; first and last are cut to its days."""
        found = []
        first = self.starts
        while first < self.ends:
            month = _month_of(first, self.calendar)
            following = min(month.ends, self.ends)
            whole = first == month.starts and following == month.ends
            label = month.label if whole else _range_label(first, following)
            found.append(replace(month, label=label, starts=first, ends=following))
            first = following
        return found


def parse_period(text: str) -> Period:
    """Raises `PeriodRefused` with one sentence."""
    bare = text.removeprefix(_REPORTING_MARK)
    reporting = bare != text
    if ".." in bare and not reporting:
        return _range(text)
    match = _NAMED.fullmatch(bare)
    if match is None:
        raise PeriodRefused(
            f"«{text}» is no period: write 2025, 2025-Q1, 2025-H1, 2025-03, "
            "2025-01-15..2025-02-14, or bc: before one for a reporting period"
        )
    year, quarter, half, nine, month = match.groups()
    if reporting:
        found = _reporting(int(year), quarter, half, nine, month, text)
    else:
        found = _calendar(int(year), quarter, half, nine, month, text)
    assert found.ends is not None
    kind = REPORTING if reporting else CALENDAR
    return Period(text, found.starts, found.ends, kind)


def _calendar(
    year: int,
    quarter: str | None,
    half: str | None,
    nine: str | None,
    month: str | None,
    text: str,
) -> days.Period:
    if quarter:
        return days.quarter(year, int(quarter[1]))
    if month:
        return days.month(year, _month_number(month, text))
    if nine:
        return days.Period(date(year, 1, 1), date(year, 10, 1))
    if half == "H1":
        return days.Period(date(year, 1, 1), date(year, 7, 1))
    if half:
        return days.Period(date(year, 7, 1), date(year + 1, 1, 1))
    return days.year(year)


def _reporting(
    year: int,
    quarter: str | None,
    half: str | None,
    nine: str | None,
    month: str | None,
    text: str,
) -> days.Period:
    if quarter:
        return days.reporting_quarter(year, int(quarter[1]))
    if month:
        return days.reporting_month(year, _month_number(month, text))
    if nine:
        return days.reporting_nine_months(year)
    if half:
        return _REPORTING_HALVES[half](year)
    return days.reporting_year(year)


_REPORTING_HALVES: Mapping[str, Callable[[int], days.Period]] = {
    "H1": days.reporting_first_half,
    "H2": days.reporting_second_half,
}


def _month_number(text: str, whole: str) -> int:
    if not 1 <= int(text) <= 12:
        raise PeriodRefused(f"«{whole}» is no period: a year has months 01 to 12")
    return int(text)


def _range(text: str) -> Period:
    first, _dots, last = text.partition("..")
    try:
        starts, last_day = date.fromisoformat(first), date.fromisoformat(last)
        ends = last_day + _A_DAY
    except (ValueError, OverflowError):
        raise PeriodRefused(
            f"«{text}» is no period: write two days as 2025-01-15..2025-02-14"
        ) from None
    if last_day < starts:
        raise PeriodRefused(f"«{text}» is no period: it ends before it begins")
    return Period(text, starts, ends)


def _range_label(starts: date, ends: date) -> str:
    return f"{starts}..{ends - _A_DAY}"


def _month_of(day: date, calendar: str) -> Period:
    if calendar == REPORTING:
        found = days.reporting_month_of(day)
        named = found.last_day
        assert named is not None
        mark = _REPORTING_MARK
    else:
        found, named, mark = days.month(day.year, day.month), day, ""
    assert found.ends is not None
    return Period(f"{mark}{named:%Y-%m}", found.starts, found.ends, calendar)
