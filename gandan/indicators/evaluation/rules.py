"""Marks of 0, 1 or 2 for each dossier, their means, and the words of the circular.

Source: TT 01/2018/TT-VPCP art. 13, in force to 14/9/2025, as condensed in a secondary
copy; the form that follows it was not found, so later quarters are marked unverified.
Indicators 1, 2, 3, 4 and 7 are marked for each dossier and averaged; an official is
judged by these five, an agency by all nine. Pure Python.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

LAST_DAY = date(2025, 9, 14)  # of the circular; what follows it is not known
_TENTH = Decimal("0.1")


class Indicator(StrEnum):
    TOTAL_TIME = "1"
    OWN_TIME = "2"
    EXTRA_CONTACTS = "3"
    OTHER_AGENCIES = "4"
    AT_ONE_STOP = "5"
    PUBLICITY = "6"
    ATTITUDE = "7"
    FEEDBACK = "8"
    ONLINE = "9"


OFFICER = (
    Indicator.TOTAL_TIME,
    Indicator.OWN_TIME,
    Indicator.EXTRA_CONTACTS,
    Indicator.OTHER_AGENCIES,
    Indicator.ATTITUDE,
)
# What no record here can answer: whom else an applicant had to see; complaints and
# feedback, which are not kept yet; what is handled at the desk itself; what is posted.
NOT_MEASURED = frozenset(
    {
        Indicator.OTHER_AGENCIES,
        Indicator.AT_ONE_STOP,
        Indicator.PUBLICITY,
        Indicator.ATTITUDE,
        Indicator.FEEDBACK,
    }
)


@dataclass(frozen=True, slots=True)
class Handled:
    """One dossier that ended, as far as one official is concerned.

    `judged` compares the end with the due day; `own` are the official's own steps, the
    same way: time that belongs to others (the applicant, the tax office, a colleague)
    is in neither.
    """

    judged: str  # early, on_time, late; empty without a due day
    own: tuple[str, ...]
    extra_contacts: int


_OF_TIME = {"early": 2, "on_time": 1, "late": 0}


def _total_time(handled: Handled) -> int | None:
    return _OF_TIME.get(handled.judged)


def _own_time(handled: Handled) -> int | None:
    """The worst of the official's own steps."""
    marks = [_OF_TIME[judged] for judged in handled.own if judged in _OF_TIME]
    return min(marks, default=None)


def _extra_contacts(handled: Handled) -> int:
    return max(0, 2 - handled.extra_contacts)


_MARKS: Mapping[Indicator, Callable[[Handled], int | None]] = {
    Indicator.TOTAL_TIME: _total_time,
    Indicator.OWN_TIME: _own_time,
    Indicator.EXTRA_CONTACTS: _extra_contacts,
}


@dataclass(frozen=True, slots=True)
class Mean:
    """`value` has one decimal, halves up; none where nothing was marked."""

    indicator: Indicator
    dossiers: int
    marks: int

    @property
    def value(self) -> Decimal | None:
        if not self.dossiers:
            return None
        return (Decimal(self.marks) / self.dossiers).quantize(_TENTH, ROUND_HALF_UP)


def officer_means(handled: Iterable[Handled]) -> tuple[Mean, ...]:
    """The five of an official; those that are not measured have no dossiers."""
    several = tuple(handled)
    means = []
    for indicator in OFFICER:
        mark = _MARKS.get(indicator)
        marks = [mark(one) for one in several] if mark else []
        known = [value for value in marks if value is not None]
        means.append(Mean(indicator, len(known), sum(known)))
    return tuple(means)


class Task(StrEnum):
    """How far an official's task is done."""

    WHOLE = "whole"  # 100 %
    MOST = "most"  # from 70 to under 100 %
    LESS = "less"  # under 70 %


def task_of(means: Iterable[Mean]) -> Task | None:
    """From the sum of all five; none while one of them is not measured."""
    values = [mean.value for mean in means]
    if len(values) != len(OFFICER) or None in values:
        return None
    total = sum(value for value in values if value is not None)
    if total >= 5:
        return Task.WHOLE
    return Task.MOST if total >= Decimal("3.5") else Task.LESS


class Grade(StrEnum):
    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"


_GRADES = (
    (Decimal(15), Grade.EXCELLENT),
    (Decimal(12), Grade.GOOD),
    (Decimal(9), Grade.FAIR),
    (Decimal(6), Grade.AVERAGE),
)


def grade_of(total: Decimal) -> Grade:
    """Of an agency, from the sum of the nine."""
    return next((grade for least, grade in _GRADES if total >= least), Grade.WEAK)


def online_mark(*, procedures: tuple[int, int], dossiers: tuple[int, int]) -> int:
    """Indicator 9 from (online, all) procedures and dossiers; the copy condenses it.

    Two for a fifth of the procedures and 30 % of the dossiers, one for 15 %; that none
    of them be late is asked for the two, which the caller says by other means.
    """
    some, all_of_them = procedures
    online, received = dossiers
    if not all_of_them or not received:
        return 0
    if some * 5 >= all_of_them and online * 10 >= received * 3:
        return 2
    return int(online * 100 >= received * 15)


def is_verified(last_day: date) -> bool:
    """Whether the circular was in force to the period's last day."""
    return last_day <= LAST_DAY


def readable_from(
    last_day: date, next_working_day: Callable[[date], date]
) -> tuple[date, date]:
    """The first days on which the official and the direct leader may read a period."""
    own = next_working_day(last_day)
    return own, next_working_day(own)
