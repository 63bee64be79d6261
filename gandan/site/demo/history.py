"""The first quarter of 2025 at the province's real size, invented record by record.

Published: 34,530 dossiers received, 24,558 online, 94.6 % resolved, 98.4 % of these on
time or early, 994 overdue, mostly land. Our reading, which the published figures leave
open: 32,665 resolved, 523 of them late; 1,865 open on 31 March 2025, 471 of them past
due (523 + 471 = 994). Everything is closed by 30 June 2025, when the districts ended.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

from gandan.kernel import clock
from gandan.kernel.calendar import WorkCalendar
from gandan.kernel.clock import Allowance, Unit
from gandan.kernel.localtime import at_local
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import Level, OrganisationKind
from gandan.procedures.models import ProcedureVersion

AS_OF = date(2025, 3, 31)
FIRST, LAST = date(2025, 1, 2), AS_OF
RECEIVED, ONLINE = 34_530, 24_558
RESOLVED, RESOLVED_LATE = 32_665, 523
OPEN, OPEN_LATE = 1_865, 471
CLOSED_BY = date(2025, 6, 30)

# Kind of outcome on 31 March: how many, and the share of land among them. That the late
# ones are mostly land is published; the other shares are ours.
GROUPS = (
    ("on_time", RESOLVED - RESOLVED_LATE, 25),
    ("late", RESOLVED_LATE, 85),
    ("open", OPEN - OPEN_LATE, 60),
    ("open_late", OPEN_LATE, 90),
)
COLUMNS = (
    "code",
    "procedure",
    "competent",
    "received_by",
    "helped_at",
    "channel",
    "received_at",
    "limit",
    "due_on",
    "ended_on",
    "outcome",
    "returned_on",
    "fee_vnd",
    "paid",
    "result_electronic",
    "digitised",
    "rating",
)
LAND_FIELD = "Đất đai"


@dataclass(slots=True)
class Desk:
    committee: Organisation
    agency_code: str
    helpers: list[Organisation]


@dataclass(slots=True)
class Line:
    version: ProcedureVersion
    limit: Allowance
    received_on: date
    due: date
    ended_on: date
    desk: Desk


def _desks(on: date) -> tuple[list[Desk], list[Desk]]:
    """(districts, communes) of that time."""
    districts, communes = [], []
    for committee in places.of_kind(OrganisationKind.PEOPLE_COMMITTEE, on):
        unit = places.directory().places[committee.place_id]
        code = places.agency_code(committee)
        if unit.level == Level.COMMUNE:
            communes.append(Desk(committee, code, []))
        elif unit.level == Level.DISTRICT:
            districts.append(Desk(committee, code, []))
    of_district = {d.committee.place_id: d for d in districts}
    for desk in communes:
        parent = places.directory().places[desk.committee.place_id].parent_id
        if parent in of_district:
            of_district[parent].helpers.append(desk.committee)
    return districts, communes


@dataclass(slots=True)
class _Mix:
    land: list[tuple[ProcedureVersion, Allowance]]
    other: list[tuple[ProcedureVersion, Allowance]]


def _mix() -> _Mix:
    """Procedures of communes with a limit in working days, land apart."""
    mix = _Mix([], [])
    rows = ProcedureVersion.objects.filter(
        valid_to__isnull=True, kind="national", handled_by="local_government"
    ).order_by("code")
    for version in rows:
        if "commune" not in version.levels:
            continue
        for limit in version.limits():
            if limit.quantity is None or limit.unit != Unit.WORKING_DAY or limit.adds:
                continue
            if 1 <= limit.quantity <= 30:
                where = mix.land if LAND_FIELD in version.field else mix.other
                where.append((version, Allowance(limit.quantity, limit.unit)))
            break
    return mix


class _Days:
    """Working days of the quarter and after, and due dates by them."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        span = (CLOSED_BY - FIRST).days + 1
        every = (FIRST + timedelta(days=n) for n in range(span))
        self.all = [day for day in every if calendar.is_working_day(day)]
        self.in_quarter = [day for day in self.all if day <= LAST]

    def due(self, received_on: date, limit: Allowance) -> date:
        due = clock.due_date(
            received=at_local(received_on, time(9)),
            allowance=limit,
            pauses=(),
            rules=clock.rules_on(received_on),
            calendar=self.calendar,
        )
        assert due is not None
        return due

    def between(self, first: date, last: date) -> list[date]:
        return [day for day in self.all if first <= day <= last]


def _place(
    group: str, received_on: date, due: date, days: _Days, draw: Random
) -> date | None:
    """When it ended, so that it stands in its group on 31 March; None if it cannot."""
    match group:
        case "on_time":
            choice = days.between(received_on, min(due, AS_OF))
        case "late":
            choice = days.between(due + timedelta(days=1), AS_OF)[:25]
        case "open":
            if due < AS_OF:
                return None
            choice = days.between(AS_OF + timedelta(days=1), min(due, CLOSED_BY))
            # Due on the last day itself: it was handed out late, after the quarter.
            choice = choice or days.between(AS_OF + timedelta(days=1), CLOSED_BY)[:10]
        case _:
            if due >= AS_OF:
                return None
            choice = days.between(AS_OF + timedelta(days=1), CLOSED_BY)
    return draw.choice(choice) if choice else None


def lines(seed: int = 2025) -> Iterator[Line]:
    """34,530 records; the same ones for the same seed and base data."""
    draw = Random(seed)
    days = _Days(places.work_calendar())
    mix = _mix()
    districts, communes = _desks(AS_OF)
    for group, count, land_share in GROUPS:
        made = 0
        while made < count:
            land = draw.randrange(100) < land_share
            version, limit = draw.choice(mix.land if land else mix.other)
            received_on = draw.choice(days.in_quarter)
            due = days.due(received_on, limit)
            ended_on = _place(group, received_on, due, days, draw)
            if ended_on is None:
                continue
            desk = draw.choice(districts if land else communes)
            yield Line(version, limit, received_on, due, ended_on, desk)
            made += 1


def write(path: Path, seed: int = 2025) -> int:
    """Write the quarter as the importer's CSV; how many rows."""
    draw = Random(seed + 1)
    rows = list(lines(seed))
    draw.shuffle(rows)
    numbers: dict[tuple[str, date], int] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for index, line in enumerate(rows):
            code = line.desk.agency_code
            number = numbers.get((code, line.received_on), 0) + 1
            numbers[code, line.received_on] = number
            online = index < ONLINE
            writer.writerow(_cells(line, number, online, draw))
    return len(rows)


def _cells(line: Line, number: int, online: bool, draw: Random) -> list[str]:
    code, day = line.desk.agency_code, line.received_on
    refused = draw.randrange(100) < 2
    returned = min(line.ended_on + timedelta(days=draw.randrange(4)), CLOSED_BY)
    helper = draw.choice(line.desk.helpers).key if line.desk.helpers else ""
    channel = "online" if online else "post" if draw.randrange(25) == 0 else "counter"
    return [
        f"{code}-{day:%y%m%d}-{number:04}",
        line.version.code,
        line.desk.committee.key,
        "",
        helper if online and draw.randrange(2) else "",
        channel,
        f"{day}T{draw.choice((7, 8, 9, 10, 14, 15)):02}:{draw.randrange(60):02}",
        f"{line.limit.quantity} {line.limit.unit}",
        line.due.isoformat(),
        line.ended_on.isoformat(),
        "refused" if refused else "result",
        returned.isoformat(),
        "",
        "",
        "true" if draw.randrange(100) < 60 else "false",
        "true" if draw.randrange(100) < 55 else "false",
        str(draw.choice((3, 4, 4, 5, 5))) if draw.randrange(12) == 0 else "",
    ]
