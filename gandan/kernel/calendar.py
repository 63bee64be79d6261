"""Which days the State's offices work: weekends, decreed days off, swapped Saturdays.

Rest days are decreed year by year. A year nobody has decreed yet still gives dates, but
provisional ones: weekends, and the holidays whose date the law itself fixes. Lunar days
(Tết, Hùng Kings) and the second day of National Day wait for their decree.

Half days open or close the office for hours; they never change the count of days. A
Saturday morning at the counter does not shorten a limit, and a weekday that ends at
noon is still a working day.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

A_DAY = timedelta(days=1)
SATURDAY = 5

Half = Literal["morning", "afternoon"]
BOTH_HALVES: frozenset[Half] = frozenset({"morning", "afternoon"})
NO_HALF: frozenset[Half] = frozenset()


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    SUBSTITUTE_OFF = "substitute_off"  # nghỉ bù: the holiday fell on a rest day
    SWAPPED_OFF = "swapped_off"  # nghỉ hoán đổi: made up for elsewhere
    SWAPPED_WORK = "swapped_work"  # làm bù: the Saturday worked for it


@dataclass(frozen=True, slots=True)
class SpecialDay:
    day: date
    kind: DayKind
    name: str
    basis: str
    half: Half | None = None


# Month, day, name, basis, first year: holidays on a date of the sun calendar. Culture
# Day has no substitute day (Resolution 28/2026/QH16, art. 2).
_LABOUR_CODE = "Bộ luật Lao động 2019, Điều 112"
_FIXED_HOLIDAYS = (
    (1, 1, "Tết Dương lịch", _LABOUR_CODE, 1),
    (4, 30, "Ngày Chiến thắng", _LABOUR_CODE, 1),
    (5, 1, "Quốc tế Lao động", _LABOUR_CODE, 1),
    (9, 2, "Quốc khánh", _LABOUR_CODE, 1),
    (11, 24, "Ngày Văn hóa Việt Nam", "Nghị quyết 28/2026/QH16", 2026),
)
_SUBSTITUTED = {(1, 1), (4, 30), (5, 1), (9, 2)}
_SUBSTITUTE_BASIS = "Bộ luật Lao động 2019, Điều 111.3"


def fixed_holidays(year: int) -> dict[date, SpecialDay]:
    """What the law fixes without a decree, substitute days (art. 111.3) included."""
    days = {
        date(year, month, number): SpecialDay(
            date(year, month, number), DayKind.HOLIDAY, name, basis
        )
        for month, number, name, basis, first_year in _FIXED_HOLIDAYS
        if year >= first_year
    }
    for holiday in list(days.values()):
        month_and_day = (holiday.day.month, holiday.day.day)
        if holiday.day.weekday() >= SATURDAY and month_and_day in _SUBSTITUTED:
            day = holiday.day
            while day.weekday() >= SATURDAY or day in days:
                day += A_DAY
            days[day] = SpecialDay(
                day,
                DayKind.SUBSTITUTE_OFF,
                f"{holiday.name} (nghỉ bù)",
                _SUBSTITUTE_BASIS,
            )
    return days


@dataclass(frozen=True)
class WorkCalendar:
    """The decreed days, and for which years somebody decreed them.

    The caller has already chosen the rows of its scope: one row a day.
    """

    days: Mapping[date, SpecialDay]
    decreed_years: frozenset[int]
    # Readings ask the same years again and again; both are filled on first use.
    _fixed: dict[int, dict[date, SpecialDay]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _ordinals: dict[int, tuple[int, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def is_decreed(self, day: date) -> bool:
        return day.year in self.decreed_years

    def why(self, day: date) -> SpecialDay | None:
        """The row that makes this day special; none for an ordinary day."""
        if special := self.days.get(day):
            return special
        if self.is_decreed(day):
            return None
        if day.year not in self._fixed:
            self._fixed[day.year] = fixed_holidays(day.year)
        return self._fixed[day.year].get(day)

    def is_working_day(self, day: date) -> bool:
        special = self.why(day)
        if special is None or special.half is not None:
            return day.weekday() < SATURDAY
        return special.kind == DayKind.SWAPPED_WORK

    def open_halves(self, day: date) -> frozenset[Half]:
        """The halves of the day in which the office works: for hours, not for days."""
        special = self.why(day)
        if special is None or special.half is None:
            return BOTH_HALVES if self.is_working_day(day) else NO_HALF
        usual = BOTH_HALVES if day.weekday() < SATURDAY else NO_HALF
        half = frozenset({special.half})
        return usual | half if special.kind == DayKind.SWAPPED_WORK else usual - half

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after `day`."""
        return self.nth_working_day(day, 1)

    def nth_working_day(self, day: date, number: int) -> date:
        """The `number`-th working day after `day`, which is day zero."""
        if number < 1:
            raise ValueError("working days are counted from 1")
        year, after = day.year, day.toordinal()
        while True:
            ordinals = self._working_ordinals(year)
            position = bisect_right(ordinals, after) + number
            if position <= len(ordinals):
                return date.fromordinal(ordinals[position - 1])
            number = position - len(ordinals)
            year += 1

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` is before.

        From today to the due date this is what is left: 0 on the due date itself.
        """
        if b < a:
            return -self.working_days_between(b, a)
        if a.year == b.year:
            ordinals = self._working_ordinals(a.year)
            after = bisect_right(ordinals, a.toordinal())
            return bisect_right(ordinals, b.toordinal()) - after
        years = (date(year, 12, 31) for year in range(a.year, b.year))
        counted, start = 0, a
        for last in years:
            counted += self.working_days_between(start, last)
            start = last + A_DAY
            counted += self.is_working_day(start)
        return counted + self.working_days_between(start, b)

    def _working_ordinals(self, year: int) -> tuple[int, ...]:
        if year not in self._ordinals:
            first = date(year, 1, 1).toordinal()
            last = date(year, 12, 31).toordinal()
            self._ordinals[year] = tuple(
                ordinal
                for ordinal in range(first, last + 1)
                if self.is_working_day(date.fromordinal(ordinal))
            )
        return self._ordinals[year]
