"""History to fill a database with: the importer's CSV over real units and dates, and
names as frequent as they are here."""

import csv
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from gandan.dossiers.importing.rows import COLUMNS
from gandan.kernel.text import sort_key, syllables
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import Level, OrganisationKind
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.rules import LimitUnclear
from gandan.site.demo.names import invented

FIRST, LAST = date(2021, 1, 4), date(2026, 11, 20)
MERGED = date(2025, 7, 1)
# One commune whose officials look at their lists: its open work is equally large in
# every database, so that a page shows the same number of rows.
FOCUS_CODE = "01273"
FOCUS_OPEN, FOCUS_LEAST, FOCUS_SHARE = 600, 3000, 50
OPEN_DAYS = 60
OPEN_SHARE = 70  # one in so many of the other rows is open


def _agencies(on: date) -> list[tuple[Organisation, str]]:
    """Committees of communes and districts, and the departments, of that day."""
    found = []
    for kind in (OrganisationKind.PEOPLE_COMMITTEE, OrganisationKind.DEPARTMENT):
        for body in places.of_kind(kind, on):
            unit = places.directory().places[body.place_id]
            above = kind == OrganisationKind.DEPARTMENT
            if above or unit.level != Level.PROVINCE:
                found.append((body, places.agency_code(body)))
    return [pair for pair in found if pair[1]]


def _codes() -> list[str]:
    """Procedures whose limit needs no case, so that the importer computes the date."""
    found = set()
    for version in ProcedureVersion.objects.order_by("code"):
        try:
            limit = version.limit_for("", "counter", frozenset())
        except LimitUnclear:
            continue
        if limit.allowance is not None:
            found.add(version.code)
    return sorted(found)


def focus_body() -> Organisation:
    place = places.place_by_code(FOCUS_CODE, LAST)
    body = places.committee_of(place, LAST) if place else None
    assert body is not None
    return body


def focus() -> int:
    return focus_body().pk


def write(path: str, rows: int, seed: int = 1, open_rows: bool = True) -> int:
    """`rows` lines; the numbers of another seed never meet those of this one."""
    draw = Random(seed)
    with places.pinned(), Path(path).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        lines = _Lines(draw, seed)
        focus = max(FOCUS_LEAST, rows // FOCUS_SHARE)
        for n in range(rows):
            in_focus = n < focus
            other_open = draw.randrange(OPEN_SHARE) == 0
            is_open = n < FOCUS_OPEN if in_focus else other_open
            out.writerow(lines.line(is_open and open_rows, in_focus=in_focus))
    return rows


class _Lines:
    def __init__(self, draw: Random, seed: int) -> None:
        calendar = places.work_calendar()
        span = (LAST - FIRST).days + 1
        every = (FIRST + timedelta(days=n) for n in range(span))
        self.draw = draw
        self.days = [day for day in every if calendar.is_working_day(day)]
        self.after = [day for day in self.days if day >= MERGED]
        self.lately = self.days[-OPEN_DAYS:]
        self.codes = _codes()
        self.agencies = lru_cache(maxsize=None)(_agencies)
        body = focus_body()
        self.focus = (body, places.agency_code(body))
        self.numbers: dict[tuple[str, date], int] = {}
        self.seed = seed

    def line(self, is_open: bool, *, in_focus: bool) -> list[Any]:
        draw = self.draw
        if is_open:
            day = draw.choice(self.lately)
        else:
            day = draw.choice(self.after if in_focus else self.days)
        if in_focus:
            body, code = self.focus
        else:
            body, code = draw.choice(self.agencies(day))
        number = self.numbers.get((code, day), 0) + 1
        self.numbers[code, day] = number
        ended = day + timedelta(days=draw.randrange(1, 25))
        pause = ""
        if not is_open and draw.randrange(30) == 0:
            pause = f"{day + timedelta(days=1)}..{day + timedelta(days=4)}"
            ended += timedelta(days=5)
        returned = ended + timedelta(days=draw.randrange(4))
        return [
            # Five figures: every seed has a thousand numbers a day of its own.
            f"{code}-{day:%y%m%d}-{self.seed * 1000 + number:05}",
            draw.choice(self.codes),
            body.key,
            "",
            "",
            draw.choice(("online", "online", "counter", "post")),
            f"{day}T{draw.choice((7, 8, 9, 10, 14, 15)):02}:{draw.randrange(60):02}",
            "",
            "",
            pause,
            "",
            "" if is_open else ended.isoformat(),
            "" if is_open else draw.choice(("result",) * 24 + ("refused",)),
            "" if is_open else returned.isoformat(),
            draw.choice(("", "8000", "50000", "125000")),
            draw.choice(("", "none", "cash", "online")),
            draw.choice(("true", "false")),
            draw.choice(("true", "false")),
            str(draw.choice((3, 4, 4, 5, 5))) if draw.randrange(15) == 0 else "",
        ]


def invented_names(path: str, many: int, seed: int = 7) -> int:
    """Names with their keys, tab-separated for COPY; drawn as often as they occur."""
    draw = Random(seed)
    with Path(path).open("w", encoding="utf-8") as file:
        for n in range(many):
            name, sex = invented(draw)
            words = ",".join(sorted(set(syllables(name))))
            file.write(f"{n}\t{name}\t{sort_key(name)}\t{sex}\t{{{words}}}\n")
    return many
