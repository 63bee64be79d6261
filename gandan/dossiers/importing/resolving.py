"""From words to rows: agencies of that day, procedure versions, and due dates.

Everything that repeats is looked up once; a million lines name a few hundred agencies,
a few hundred procedures, and a few thousand pairs of day and limit.
"""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from gandan.dossiers.importing import cells
from gandan.dossiers.importing.rows import Row, RowRefused
from gandan.kernel import clock
from gandan.kernel.calendar import WorkCalendar
from gandan.kernel.clock import Allowance
from gandan.kernel.localtime import at_local
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.rules import Limit, LimitUnclear, choose_limit

Pauses = tuple[tuple[date, date | None], ...]
# How many readings and agencies stay in memory: a long book needs no more of it.
_READINGS_KEPT, _AGENCIES_KEPT = 16_384, 20_000


@dataclass(slots=True)
class Agency:
    pk: int
    place: int | None
    desk: int | None
    attributes: frozenset[str]

    @property
    def receiver(self) -> int:
        return self.desk or self.pk


@dataclass(slots=True)
class Version:
    """What history needs of a procedure's version, without its long texts."""

    pk: int
    starts: date
    ends: date | None
    limits: tuple[Limit, ...]
    cells: str  # as the dossier's columns hold it, for COPY

    def is_in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


class Term(NamedTuple):
    """A limit, and how the dossier's columns hold it."""

    allowance: Allowance | None
    cells: str


class Resolved(NamedTuple):
    row: Row
    version: Version
    competent: Agency
    received_by: int
    helped_at: int | None
    term: Term
    rules: str
    day_zero: date
    due_on: date | None
    provisional: bool
    mismatch: bool


@dataclass(slots=True)
class Resolver:
    """Caches of one import; the directory is held, not asked again for each row."""

    book: places.Directory = field(default_factory=places.directory)
    _agencies: dict[tuple[str, int], Agency | None] = field(default_factory=dict)
    _eras: dict[date, int] = field(default_factory=dict)
    _versions: dict[str, tuple[Version, ...]] = field(default_factory=dict)
    _terms: dict[tuple[int, str, frozenset[str]], Term] = field(default_factory=dict)

    def unknown(self, codes: Collection[str]) -> set[str]:
        """Those procedures that still have to be learnt from the database."""
        return {code for code in codes if code not in self._versions}

    def learn(self, codes: Collection[str]) -> None:
        """Look up procedures; one that the catalogue does not have has no version."""
        rows: dict[str, list[Version]] = {code: [] for code in codes}
        asked = ProcedureVersion.objects.filter(code__in=list(codes)).only(
            *("code", "valid_from", "valid_to", "content"),
            *("field", "confidentiality", "retention_class"),
        )
        for row in asked.order_by("valid_from", "pk").iterator(chunk_size=100):
            rows[row.code].append(_version(row))
        self._versions |= {code: tuple(found) for code, found in rows.items()}

    def resolve(self, row: Row) -> Resolved:
        """Raises RowRefused when an agency or a procedure is unknown on that day."""
        day = row.received_at.date()
        competent = self._agency("competent", row.competent, day)
        received_by, helped_at = competent.receiver, None
        if row.received_by:
            received_by = self._agency("received_by", row.received_by, day).receiver
        if row.helped_at:
            helped_at = self._agency("helped_at", row.helped_at, day).receiver
        version = self._version(row.procedure, day)
        if row.limit_given:
            term = _given(row.limit)
        else:
            term = self._term(version, row.channel, competent.attributes)
        zero, due, provisional, rules = _read(
            row.received_at, term.allowance, row.pauses
        )
        mismatch = False
        if row.due_on is not None:
            mismatch = due is not None and due != row.due_on
            due = row.due_on
        if due is not None and row.extended_to is not None and row.extended_to > due:
            due = row.extended_to
        return Resolved(
            row=row,
            version=version,
            competent=competent,
            received_by=received_by,
            helped_at=helped_at,
            term=term,
            rules=rules,
            day_zero=zero,
            due_on=due,
            provisional=provisional,
            mismatch=mismatch,
        )

    def _agency(self, name: str, words: str, day: date) -> Agency:
        era = self._eras.get(day)
        if era is None:
            era = self._eras[day] = bisect_right(self.book.turning_days, day)
        key = (words, era)
        if key not in self._agencies:
            if len(self._agencies) >= _AGENCIES_KEPT:
                self._agencies.clear()
            body = places.agency_by(words, day, self.book)
            self._agencies[key] = self._known(body, day) if body else None
        found = self._agencies[key]
        if found is None:
            raise RowRefused(name, words, f"no agency of {day:%d/%m/%Y}")
        return found

    def _known(self, body: Organisation, day: date) -> Agency:
        desk = places.desk_of(body, day)
        place = self.book.places.get(body.place_id)
        return Agency(
            pk=body.pk,
            place=body.place_id,
            desk=desk.pk if desk else None,
            attributes=places.attributes(place, day) if place else frozenset(),
        )

    def _version(self, code: str, day: date) -> Version:
        """The version in force; for days before our records, the first one we have."""
        versions = self._versions[code]
        if not versions:
            raise RowRefused("procedure", code, "not in the catalogue")
        for version in reversed(versions):
            if version.is_in_force(day):
                return version
        return versions[0]

    def _term(self, version: Version, channel: str, attributes: frozenset[str]) -> Term:
        key = (version.pk, channel, attributes)
        if key not in self._terms:
            try:
                found = choose_limit(
                    version.limits, channel=channel, attributes=attributes
                )
            except LimitUnclear:
                # The law depends on a case that the book does not name.
                self._terms[key] = Term(None, cells.limit_cells(None, "", ""))
            else:
                written = cells.limit_cells(found.allowance, found.text, found.basis)
                self._terms[key] = Term(found.allowance, written)
        return self._terms[key]


def _version(row: ProcedureVersion) -> Version:
    facts = (row.code, row.field[:160], row.confidentiality, row.retention_class)
    return Version(
        pk=row.pk,
        starts=row.valid_from,
        ends=row.valid_to,
        limits=row.limits(),
        cells="\t".join((str(row.pk), *map(cells.text, facts))),
    )


@lru_cache(maxsize=512)
def _given(limit: Allowance | None) -> Term:
    return Term(limit, cells.limit_cells(limit, "", ""))


_CLOSING = clock.DEFAULT_HOURS.spans[-1][1]
_BY_DAY, _AFTER_CLOSING = time(8), time(18)


def _read(
    received: datetime, limit: Allowance | None, pauses: Pauses
) -> tuple[date, date | None, bool, str]:
    """(day zero, due, provisional, rules id); by the minute only for hours."""
    moment = received.time()
    if limit is None or not limit.is_by_the_hour:
        moment = _AFTER_CLOSING if moment > _CLOSING else _BY_DAY
    return _reading(received.date(), moment, limit, pauses)


@lru_cache(maxsize=_READINGS_KEPT)
def _reading(
    day: date, moment: time, limit: Allowance | None, pauses: Pauses
) -> tuple[date, date | None, bool, str]:
    rules = clock.rules_on(day)
    dates = clock.read_dates(
        received=at_local(day, moment),
        allowance=limit,
        pauses=[clock.Pause(a, b, clock.SUPPLEMENT, "applicant") for a, b in pauses],
        rules=rules,
        calendar=_calendar(),
    )
    return dates.day_zero, dates.due, dates.provisional, rules.id


@lru_cache(maxsize=1)
def _calendar() -> WorkCalendar:
    return places.work_calendar()


def forget() -> None:
    """An import begins with today's calendar, not with the last one's."""
    _calendar.cache_clear()
    _reading.cache_clear()
