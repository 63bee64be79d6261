"""Half-open periods of days: calendar months, quarters, years, and reporting periods.

An administrative report closes its month on the 14th (Decree 09/2019): «2025» in a
report is 15/12/2024–14/12/2025, not the calendar year. A figure says which it means.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

A_DAY = timedelta(days=1)
CUT_OFF_DAY = 15  # first day of the next reporting month; the 14th is the last day in


@dataclass(frozen=True, slots=True)
class Period:
    """From `starts` up to, but not including, `ends`; without an end still open."""

    starts: date
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.starts:
            raise ValueError("a period cannot end before it starts")

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)

    def overlaps(self, other: "Period") -> bool:
        """At least one day is in both; periods that touch have none."""
        if self.is_empty or other.is_empty:
            return False
        return (other.ends is None or self.starts < other.ends) and (
            self.ends is None or other.starts < self.ends
        )

    @property
    def is_empty(self) -> bool:
        return self.ends == self.starts

    @property
    def last_day(self) -> date | None:
        """The last day inside, for people's eyes; none while open or empty."""
        return None if self.ends is None or self.is_empty else self.ends - A_DAY

    def days(self) -> Iterator[date]:
        if self.ends is None:
            raise ValueError("an open period has no end to count to")
        day = self.starts
        while day < self.ends:
            yield day
            day += A_DAY


def add_months(day: date, months: int) -> date:
    """The same date `months` later, clipped to the month's end (31/1 + 1 = 28/2)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - A_DAY)


def _months(first: date, count: int) -> Period:
    return Period(first, add_months(first, count))


def month(year: int, number: int) -> Period:
    return _months(date(year, number, 1), 1)


def quarter(year: int, number: int) -> Period:
    if number not in {1, 2, 3, 4}:
        raise ValueError("a year has quarters 1 to 4")
    return _months(date(year, 3 * number - 2, 1), 3)


def year(number: int) -> Period:
    return _months(date(number, 1, 1), 12)


def _reported(calendar_period: Period, months: int) -> Period:
    """The reporting period that bears the same name: it began on the 15th before."""
    first = add_months(calendar_period.starts, -1).replace(day=CUT_OFF_DAY)
    return _months(first, months)


def reporting_month(year: int, number: int) -> Period:
    """From the 15th of the month before to the 14th of this month."""
    return _reported(month(year, number), 1)


def reporting_quarter(year: int, number: int) -> Period:
    return _reported(quarter(year, number), 3)


def reporting_first_half(number: int) -> Period:
    return _reported(year(number), 6)


def reporting_nine_months(number: int) -> Period:
    return _reported(year(number), 9)


def reporting_second_half(number: int) -> Period:
    return _months(date(number, 6, CUT_OFF_DAY), 6)


def reporting_year(number: int) -> Period:
    """15/12 of the year before to 14/12."""
    return _reported(year(number), 12)


def reporting_month_of(day: date) -> Period:
    """The reporting month that a day falls into: the 15th already is the next one's."""
    first = add_months(day.replace(day=1), 1 if day.day >= CUT_OFF_DAY else 0)
    return reporting_month(first.year, first.month)
