"""Writing history: chunks by COPY inside one transaction, all or nothing.

A known code with the same content changes nothing; with other content it is refused.
With `partial`, bad lines go to a file with their reason, and the rest is taken.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction

from gandan.dossiers import events
from gandan.dossiers.importing import copying, resolving
from gandan.dossiers.importing.cells import stamp
from gandan.dossiers.importing.reporting import Refused, Rejects, Report
from gandan.dossiers.importing.resolving import Resolved, Resolver
from gandan.dossiers.importing.rows import Row, RowRefused, parse, read_file
from gandan.kernel.actors import Actor
from gandan.ledger import journal
from gandan.places import queries as places

CHUNK = 5000
_OTHER_NUMBER = "the number of cells is not that of the header"

Progress = Callable[[int], None]


def import_file(
    path: Path,
    *,
    by: Actor,
    at: datetime,
    partial: bool = False,
    demo: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Import one file. Raises FileRefused, or Refused when a line is bad."""
    resolving.forget()
    load = _Load(path=path, by=by, at=at, partial=partial, demo=demo)
    # Units and calendar are read once: an import sees one state of them.
    with places.pinned(), transaction.atomic(), connection.cursor() as cursor:
        # Long by nature: the limits of a page's statement do not fit a bulk load.
        cursor.execute("SET LOCAL statement_timeout = 0")
        # What a line points to is checked with its chunk, while the next one is read,
        # and not for all of them at the very end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        try:
            with ThreadPoolExecutor(1, "copying") as thread:
                for done in load.run(_Copying(thread)):
                    if progress:
                        progress(done)
            if load.report.rejected and not partial:
                report = load.report
                report.accepted = report.unchanged = report.mismatched = 0
                raise Refused(report)
        except BaseException:
            load.rejects.forget()
            raise
    load.rejects.close()
    return load.report


class _Line(NamedTuple):
    number: int
    cells: list[str]
    row: Row | RowRefused


class _Known(NamedTuple):
    """A line whose words are all known, still to be held against the book here."""

    number: int
    cells: list[str]
    item: Resolved


@dataclass(slots=True)
class _Copying:
    """Sends one chunk while the next is being read: COPY is the server's work.

    Whoever asks the database anything waits first: a connection does one thing.
    """

    thread: ThreadPoolExecutor
    _going: Future[None] | None = None

    def start(self, tables: list[tuple[str, tuple[str, ...], list[str]]]) -> None:
        self.wait()
        self._going = self.thread.submit(_copy_in, connection.connection, tables)

    def wait(self) -> None:
        going, self._going = self._going, None
        if going is not None:
            going.result()


def _copy_in(login: Any, tables: list[tuple[str, tuple[str, ...], list[str]]]) -> None:
    with login.cursor() as cursor:
        for table, columns, lines in tables:
            names = ", ".join(f'"{name}"' for name in columns)
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                copy.write("".join(lines))


@dataclass(slots=True)
class _Load:
    path: Path
    by: Actor
    at: datetime
    partial: bool
    demo: bool
    report: Report = field(default_factory=Report)
    resolver: Resolver = field(default_factory=Resolver)
    rejects: Rejects = field(init=False)

    def __post_init__(self) -> None:
        self.rejects = Rejects.of(self.path)

    def run(self, sending: _Copying) -> Iterator[int]:
        done = 0
        lines = self._lines()
        while chunk := list(islice(lines, CHUNK)):
            self._learn(chunk, sending)
            found = list(self._resolved(chunk))
            sending.wait()
            fresh = self._unknown(found)
            if self.partial or not self.report.rejected:
                self._write(fresh, sending)
            # Else it will be rolled back: only the errors still matter.
            done += len(chunk)
            yield done
        sending.wait()
        if not done:
            yield done

    def _lines(self) -> Iterator[_Line]:
        for number, cells, fits in read_file(self.path):
            try:
                if not fits:
                    raise RowRefused("line", "", _OTHER_NUMBER)
                yield _Line(number, cells, parse(cells))
            except RowRefused as refusal:
                yield _Line(number, cells, refusal)

    def _learn(self, chunk: Iterable[_Line], sending: _Copying) -> None:
        rows = (line.row for line in chunk)
        asked = {row.procedure for row in rows if isinstance(row, Row)}
        if unknown := self.resolver.unknown(asked):
            sending.wait()
            self.resolver.learn(unknown)

    def _resolved(self, chunk: Iterable[_Line]) -> Iterator[_Known]:
        for number, cells, row in chunk:
            try:
                if isinstance(row, RowRefused):
                    raise row
                yield _Known(number, cells, self.resolver.resolve(row))
            except RowRefused as refusal:
                self._refuse(number, cells, refusal)

    def _refuse(self, number: int, cells: list[str], refusal: RowRefused) -> None:
        self.report.refuse(number, refusal)
        if self.partial:
            self.rejects.keep(number, cells, refusal)
            self.report.rejects_file = str(self.rejects.target)

    def _unknown(self, chunk: Iterable[_Known]) -> list[Resolved]:
        """The rows whose code is new; a known one must say the same as before."""
        codes = [line.item.row.code for line in chunk]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code, imported_digest FROM dossiers_dossier"
                " WHERE code = ANY(%s)",
                [codes],
            )
            known = {code: bytes(digest or b"") for code, digest in cursor}
        fresh = []
        for number, cells, item in chunk:
            digest = known.get(item.row.code)
            if digest is None:
                known[item.row.code] = item.row.digest
                fresh.append(item)
            elif digest == item.row.digest:
                self.report.unchanged += 1
            else:
                refusal = RowRefused(
                    "code", item.row.code, "known already, with other content"
                )
                self._refuse(number, cells, refusal)
        return fresh

    def _write(self, fresh: list[Resolved], sending: _Copying) -> None:
        self.report.accepted += len(fresh)
        self.report.mismatched += sum(item.mismatch for item in fresh)
        if not fresh:
            return
        batch = uuid.uuid4()
        fact = events.HistoryImported(
            subject=str(batch), organisation="", rows=len(fresh), file=self.path.name
        )
        journal.record(fact, by=self.by, at=self.at)
        created = stamp(self.at)
        ending = copying.batch_cells(batch, demo=self.demo)
        rows = list(zip(_new_ids(len(fresh)), fresh, strict=True))
        dossiers = [
            copying.dossier_line(pk, item, created=created, ending=ending)
            for pk, item in rows
        ]
        pauses = [line for pk, item in rows for line in copying.pause_lines(pk, item)]
        ratings = list(copying.rating_lines(rows, created=created))
        sending.start(
            [
                ("dossiers_dossier", copying.DOSSIER_COLUMNS, dossiers),
                ("dossiers_pause", copying.PAUSE_COLUMNS, pauses),
                ("dossiers_rating", copying.RATING_COLUMNS, ratings),
            ]
        )


def _new_ids(many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('dossiers_dossier', 'id'))"
            " FROM generate_series(1, %s)",
            [many],
        )
        return [row[0] for row in cursor]
