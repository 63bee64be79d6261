"""The working calendar of the province or of one body, and the hours of its desk."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from gandan.kernel.calendar import BOTH_HALVES, DayKind, SpecialDay, WorkCalendar
from gandan.kernel.clock import OfficeHours
from gandan.kernel.localtime import local
from gandan.places.models import CalendarDay, DecreedYear, OpeningHours, Organisation
from gandan.places.queries.directory import directory
from gandan.places.queries.kept import Kept

MONDAY = 0


@dataclass(frozen=True)
class _Hours:
    rows: Mapping[tuple[int | None, int], tuple[OpeningHours, ...]]

    def spans(
        self, chain: tuple[int | None, ...], weekday: int, on: date
    ) -> tuple[OpeningHours, ...]:
        """Those of the nearest body of the chain that says anything for the day."""
        for organisation in chain:
            rows = self.rows.get((organisation, weekday), ())
            if chosen := tuple(row for row in rows if row.is_in_force(on)):
                return chosen
        return ()


@dataclass(frozen=True)
class _Calendars:
    days: Mapping[int | None, Mapping[date, SpecialDay]]
    decreed_years: frozenset[int]
    hours: _Hours
    _made: dict[tuple[int, ...], WorkCalendar] = field(default_factory=dict)

    def of(self, chain: tuple[int, ...]) -> WorkCalendar:
        """Nearer bodies speak before farther ones; most have no days of their own."""
        speaking = tuple(pk for pk in chain if pk in self.days)
        if speaking not in self._made:
            days = dict(self.days.get(None, {}))
            for pk in reversed(speaking):
                days |= self.days[pk]
            self._made[speaking] = WorkCalendar(days, self.decreed_years)
        return self._made[speaking]


def _read() -> _Calendars:
    days: dict[int | None, dict[date, SpecialDay]] = defaultdict(dict)
    for row in CalendarDay.objects.filter(withdrawn_at__isnull=True):
        days[row.organisation_id][row.day] = special_day(row)
    spans: dict[tuple[int | None, int], list[OpeningHours]] = defaultdict(list)
    for hours in OpeningHours.objects.order_by("opens"):
        spans[hours.organisation_id, hours.weekday].append(hours)
    return _Calendars(
        days=dict(days),
        decreed_years=frozenset(DecreedYear.objects.values_list("year", flat=True)),
        hours=_Hours({key: tuple(rows) for key, rows in spans.items()}),
    )


_calendars = Kept("calendar", _read)


def special_day(row: CalendarDay) -> SpecialDay:
    half = row.half if row.half in BOTH_HALVES else None
    return SpecialDay(row.day, DayKind(row.kind), row.name, row.legal_basis, half)


def work_calendar(scope: Organisation | None = None) -> WorkCalendar:
    """The province's calendar, or the one of a body with days of its own."""
    return _calendars.now().of(_chain(scope))


def office_hours(organisation: Organisation | None, on: date) -> OfficeHours:
    """The hours of a full working day around `on`, for clocks: never empty.

    A Saturday worked in exchange has the hours of a Monday unless it has its own.
    """
    hours, chain = _calendars.now().hours, (*_chain(organisation), None)
    rows = hours.spans(chain, on.weekday(), on) or hours.spans(chain, MONDAY, on)
    spans = tuple((row.opens, row.closes) for row in rows)
    return OfficeHours(spans) if spans else OfficeHours()


def hours_verified(organisation: Organisation | None, on: date) -> bool:
    """False also where no hours are on record and the default of the clock stands."""
    hours, chain = _calendars.now().hours, (*_chain(organisation), None)
    rows = hours.spans(chain, on.weekday(), on) or hours.spans(chain, MONDAY, on)
    return bool(rows) and all(row.verified for row in rows)


def reception_spans(
    organisation: Organisation, day: date
) -> tuple[tuple[time, time], ...]:
    """When people find the desk open on this day; empty when it is closed.

    A Saturday morning is open where the desk has hours for it, or a day of its own
    in the calendar; a decreed day off closes what it covers.
    """
    read = _calendars.now()
    chain = _chain(organisation)
    calendar = read.of(chain)
    rows = read.hours.spans((*chain, None), day.weekday(), day)
    spans = tuple((row.opens, row.closes) for row in rows)
    if calendar.why(day) is None and (spans or not calendar.is_working_day(day)):
        return spans
    hours = OfficeHours(spans) if spans else office_hours(organisation, day)
    return hours.on(day, calendar)


def is_open(organisation: Organisation, at: datetime) -> bool:
    here = local(at)
    return any(
        opens <= here.time() < closes
        for opens, closes in reception_spans(organisation, here.date())
    )


def _chain(organisation: Organisation | None) -> tuple[int, ...]:
    if organisation is None:
        return ()
    return tuple(body.pk for body in directory().chain(organisation))
