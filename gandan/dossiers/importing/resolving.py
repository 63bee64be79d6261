"""From words to rows: agencies of that day, procedure versions, and due dates.

Everything that repeats is looked up once; a million lines name a few hundred agencies,
a few hundred procedures, and a few thousand pairs of day and limit.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from gandan.dossiers.importing.rows import Row, RowRefused
from gandan.kernel import clock
from gandan.kernel.calendar import WorkCalendar
from gandan.kernel.clock import Allowance
from gandan.kernel.localtime import at_local
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.rules import LimitUnclear

Pauses = tuple[tuple[date, date | None], ...]
# Of each kind of answer kept: a book of many years costs no more memory than one.
_MOST = 50_000


@dataclass(slots=True)
class Agency:
    pk: int
    key: str
    place: int | None
    desk: int | None
    attributes: frozenset[str]


@dataclass(slots=True)
class Version:
    row: ProcedureVersion
    pk: int
    code: str
    field: str
    confidentiality: str
    retention: str


@dataclass(frozen=True, slots=True)
class Resolved:
    row: Row
    version: Version
    competent: Agency
    received_by: int
    helped_at: int | None
    limit: Allowance | None
    limit_text: str
    limit_basis: str
    rules: str
    day_zero: date
    due_on: date | None
    provisional: bool
    mismatch: bool


@dataclass(slots=True)
class Resolver:
    """Caches of one import; the directory is held, not asked again for each row."""

    book: places.Directory = field(default_factory=places.directory)
    _agencies: dict[tuple[str, date], Agency | None] = field(default_factory=dict)
    _versions: dict[str, list[ProcedureVersion]] = field(default_factory=dict)
    _chosen: dict[tuple[str, date], Version | None] = field(default_factory=dict)
    _limits: dict[
        tuple[int, str, frozenset[str]], tuple[Allowance | None, str, str]
    ] = field(default_factory=dict)

    def resolve(self, row: Row) -> Resolved:
        """Raises RowRefused when an agency or a procedure is unknown on that day."""
        day = row.received_at.date()
        competent = self._agency("competent", row.competent, day)
        receiver = competent.desk or competent.pk
        if row.received_by:
            given = self._agency("received_by", row.received_by, day)
            receiver = given.desk or given.pk
        helper = None
        if row.helped_at:
            given = self._agency("helped_at", row.helped_at, day)
            helper = given.desk or given.pk
        version = self._version(row.procedure, day)
        limit, text, basis = row.limit, "", ""
        if not row.limit_given:
            limit, text, basis = self._limit(version, row.channel, competent.attributes)
        zero, due, provisional, rules = _read(row.received_at, limit, row.pauses)
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
            received_by=receiver,
            helped_at=helper,
            limit=limit,
            limit_text=text,
            limit_basis=basis,
            rules=rules,
            day_zero=zero,
            due_on=due,
            provisional=provisional,
            mismatch=mismatch,
        )

    def _agency(self, name: str, words: str, day: date) -> Agency:
        key = (words, day)
        if key not in self._agencies:
            _make_room(self._agencies)
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
            key=body.key,
            place=body.place_id,
            desk=desk.pk if desk else None,
            attributes=places.attributes(place, day) if place else frozenset(),
        )

    def _version(self, code: str, day: date) -> Version:
        key = (code, day)
        if key not in self._chosen:
            _make_room(self._chosen)
            self._chosen[key] = self._choose(code, day)
        found = self._chosen[key]
        if found is None:
            raise RowRefused("procedure", code, "not in the catalogue")
        return found

    def _choose(self, code: str, day: date) -> Version | None:
        """The version in force; for days before our records, the first one we have."""
        if code not in self._versions:
            rows = ProcedureVersion.objects.filter(code=code).order_by(
                "valid_from", "pk"
            )
            self._versions[code] = list(rows)
        versions = self._versions[code]
        fitting = [
            v
            for v in versions
            if v.valid_from <= day and (v.valid_to is None or day < v.valid_to)
        ]
        best = fitting[-1] if fitting else versions[0] if versions else None
        if best is None:
            return None
        return Version(
            row=best,
            pk=best.pk,
            code=best.code,
            field=best.field[:160],
            confidentiality=best.confidentiality,
            retention=best.retention_class,
        )

    def _limit(
        self, version: Version, channel: str, attributes: frozenset[str]
    ) -> tuple[Allowance | None, str, str]:
        key = (version.pk, channel, attributes)
        if key not in self._limits:
            try:
                found = version.row.limit_for("", channel, attributes)
            except LimitUnclear:
                # The law depends on a case that the book does not name.
                self._limits[key] = (None, "", "")
            else:
                self._limits[key] = (
                    found.allowance,
                    found.text[:400],
                    found.basis[:400],
                )
        return self._limits[key]


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= _MOST:
        kept.clear()


def _read(
    received: datetime, limit: Allowance | None, pauses: Pauses
) -> tuple[date, date | None, bool, str]:
    """(day zero, due, provisional, rules id); by the minute only for hours."""
    if limit is not None and limit.is_by_the_hour:
        return _reading(received, limit, pauses)
    closing = clock.DEFAULT_HOURS.spans[-1][1]
    moment = time(18) if received.time() > closing else time(8)
    return _reading(at_local(received.date(), moment), limit, pauses)


@lru_cache(maxsize=_MOST)
def _reading(
    received: datetime, limit: Allowance | None, pauses: Pauses
) -> tuple[date, date | None, bool, str]:
    rules = clock.rules_on(received.date())
    reading = clock.read_clock(
        received=received,
        allowance=limit,
        pauses=[clock.Pause(a, b, clock.SUPPLEMENT, "applicant") for a, b in pauses],
        rules=rules,
        calendar=_calendar(),
    )
    return reading.day_zero, reading.due, reading.provisional, rules.id


@lru_cache(maxsize=1)
def _calendar() -> WorkCalendar:
    return places.work_calendar()


def forget() -> None:
    """An import begins with today's calendar, not with the last one's."""
    _calendar.cache_clear()
    _reading.cache_clear()
