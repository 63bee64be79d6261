"""Days off and days worked in exchange, decreed for the province or for one body.

Nothing is overwritten: an earlier row of the same day is withdrawn and stays on
record. Reading open clocks again is a journey, told by the event.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gandan.kernel.actors import Actor
from gandan.kernel.calendar import (
    SATURDAY,
    DayKind,
    Half,
    SpecialDay,
    WorkCalendar,
)
from gandan.kernel.text import clean
from gandan.ledger import journal
from gandan.places import events, queries
from gandan.places.actions.refusals import ChangeRefused
from gandan.places.models import CalendarDay, DataVersion, DecreedYear, Organisation

FIRST_YEAR, LAST_YEAR = 2000, 2100
PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class DayIn:
    day: date
    kind: DayKind
    name: str
    half: Half | None = None


@dataclass(frozen=True, slots=True)
class DayChange:
    """One day before and after; None is an ordinary day of the week."""

    day: date
    before: SpecialDay | None
    after: SpecialDay | None
    worked_before: bool
    worked_after: bool


@dataclass(frozen=True, slots=True)
class DecreePreview:
    changes: tuple[DayChange, ...]
    years: tuple[int, ...]  # decreed from now on, provisional until now
    after: WorkCalendar  # what clocks would read


def preview_decree(
    *,
    days: Iterable[DayIn],
    withdraw: Iterable[date] = (),
    years: Iterable[int] = (),
    basis: str,
    scope: Organisation | None = None,
) -> DecreePreview:
    """What the decree would change; journeys count the clocks. Raises ChangeRefused."""
    days = tuple(days)
    withdrawn = frozenset(withdraw)
    _check(days, withdrawn, years := tuple(years))
    before = queries.work_calendar(scope)
    special = {
        row.day: SpecialDay(row.day, row.kind, clean(row.name), basis, row.half)
        for row in days
    }
    kept = {day: row for day, row in before.days.items() if day not in withdrawn}
    if scope is not None:  # what its own row had covered shows again
        above = queries.work_calendar(scope.parent).days
        kept |= {day: above[day] for day in withdrawn if day in above}
    after = WorkCalendar(kept | special, before.decreed_years | frozenset(years))
    touched = sorted({*special, *withdrawn, *_of_new_years(before, after)})
    changes = (
        DayChange(
            day=day,
            before=before.why(day),
            after=after.why(day),
            worked_before=before.is_working_day(day),
            worked_after=after.is_working_day(day),
        )
        for day in touched
    )
    return DecreePreview(
        changes=tuple(c for c in changes if c.before != c.after),
        years=tuple(sorted(set(years) - before.decreed_years)),
        after=after,
    )


def _of_new_years(before: WorkCalendar, after: WorkCalendar) -> list[date]:
    """A newly decreed year drops the days it only had provisionally."""
    days: list[date] = []
    for year in after.decreed_years - before.decreed_years:
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        days += (
            day
            for day in map(date.fromordinal, range(first, last + 1))
            if before.why(day) != after.why(day)
        )
    return days


def _check(
    days: tuple[DayIn, ...], withdrawn: frozenset[date], years: tuple[int, ...]
) -> None:
    if not days and not withdrawn and not years:
        raise ChangeRefused("nothing_decreed", "days")
    twice = [
        day for day, times in Counter(row.day for row in days).items() if times > 1
    ]
    if twice:
        raise ChangeRefused("day_given_twice", "days", day=twice[0])
    for row in days:
        if row.day in withdrawn:
            raise ChangeRefused("day_given_twice", "days", day=row.day)
        if not FIRST_YEAR <= row.day.year <= LAST_YEAR:
            raise ChangeRefused("year_out_of_range", "days", day=row.day)
        if not clean(row.name):
            raise ChangeRefused("day_without_name", "days", day=row.day)
        is_weekend = row.day.weekday() >= SATURDAY
        if row.kind == DayKind.SWAPPED_WORK and not is_weekend:
            raise ChangeRefused("worked_day_is_no_rest_day", "days", day=row.day)
        if row.kind in {DayKind.SWAPPED_OFF, DayKind.SUBSTITUTE_OFF} and is_weekend:
            raise ChangeRefused("day_off_is_a_rest_day", "days", day=row.day)
    for year in years:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ChangeRefused("year_out_of_range", "years", year=year)


@transaction.atomic
def decree_calendar(
    *,
    days: Iterable[DayIn],
    basis: str,
    published_at: datetime,
    by: Actor,
    at: datetime,
    withdraw: Iterable[date] = (),
    years: Iterable[int] = (),
    scope: Organisation | None = None,
    verified: bool = True,
) -> DecreePreview:
    """Write the days; the province's decree also closes the years it settles.

    Raises ChangeRefused. What was promised in print never moves by this.
    """
    days, withdrawn, years = tuple(days), tuple(withdraw), tuple(years)
    basis = clean(basis)
    if not basis:
        raise ChangeRefused("basis_is_empty", "basis")
    if scope is not None and years:
        raise ChangeRefused("years_are_the_provinces", "years")
    list(DataVersion.objects.select_for_update().filter(name="calendar"))
    queries.unpin()
    preview = preview_decree(
        days=days, withdraw=withdrawn, years=years, basis=basis, scope=scope
    )
    rows = CalendarDay.objects.filter(organisation=scope, withdrawn_at__isnull=True)
    ended = rows.filter(day__in=[*withdrawn, *(row.day for row in days)])
    if missing := set(withdrawn) - set(ended.values_list("day", flat=True)):
        raise ChangeRefused("no_such_day", "days", day=min(missing))
    if not preview.changes and not preview.years:  # pressed twice
        raise ChangeRefused("nothing_changes", "days")
    ended.update(withdrawn_at=at)
    CalendarDay.objects.bulk_create(
        CalendarDay(
            day=row.day,
            kind=row.kind.value,
            half=row.half or "",
            organisation=scope,
            name=clean(row.name),
            legal_basis=basis,
            published_at=published_at,
            verified=verified,
        )
        for row in days
    )
    for year in years:
        DecreedYear.objects.get_or_create(
            year=year,
            defaults={
                "basis": basis,
                "published_at": published_at,
                "verified": verified,
            },
        )
    journal.record(
        events.CalendarDecreed(
            subject=scope.key if scope else PROVINCE,
            organisation=scope.key if scope else "",
            days=tuple(row.day for row in days),
            withdrawn=withdrawn,
            years=years,
            basis=basis,
        ),
        by=by,
        at=at,
    )
    queries.unpin()
    return preview
