"""Writing history: chunks by COPY inside one transaction, all or nothing.

A known code with the same content changes nothing; with other content it is refused.
With `partial`, bad lines go to a file with their reason, and the rest is taken.
"""

import csv
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from gandan.dossiers import events
from gandan.dossiers.importing import resolving
from gandan.dossiers.importing.resolving import Resolved, Resolver
from gandan.dossiers.importing.rows import COLUMNS, RowRefused, parse, read_file
from gandan.dossiers.models.dossier import body_word, new_ledger_id
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import at_local
from gandan.ledger import journal
from gandan.places import queries as places

CHUNK = 5000
SHOWN_ERRORS = 200
_OTHER_NUMBER = "the number of cells is not that of the header"

Progress = Callable[[int], None]


@dataclass(slots=True)
class Report:
    """What became of a file; a file that cannot be read at all has one error."""

    accepted: int = 0
    rejected: int = 0
    unchanged: int = 0
    mismatched: int = 0
    rejects_file: str | None = None
    errors: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> str:
        return json.dumps(
            {
                "accepted": self.accepted,
                "rejected": self.rejected,
                "unchanged": self.unchanged,
                "mismatched": self.mismatched,
                "rejects_file": self.rejects_file,
                "errors": self.errors,
            },
            ensure_ascii=False,
        )


class Refused(Exception):
    """All or nothing: at least one line is bad, and nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.rejected} bad lines")
        self.report = report


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
        try:
            for done in load.run():
                if progress:
                    progress(done)
            if load.report.rejected and not partial:
                report = load.report
                report.accepted = report.unchanged = report.mismatched = 0
                raise Refused(report)
        except BaseException:
            load.forget_rejects()
            raise
    load.close()
    return load.report


@dataclass(slots=True)
class _Load:
    path: Path
    by: Actor
    at: datetime
    partial: bool
    demo: bool
    report: Report = field(default_factory=Report)
    resolver: Resolver = field(default_factory=Resolver)
    _rejects: Any = None

    def run(self) -> Iterator[int]:
        chunk: list[tuple[int, list[str], Resolved]] = []
        done = 0
        for line, cells, fits in read_file(self.path):
            done += 1
            try:
                if not fits:
                    raise RowRefused("line", "", _OTHER_NUMBER)
                resolved = self.resolver.resolve(parse(cells))
            except RowRefused as refusal:
                self._refuse(line, cells, refusal)
            else:
                chunk.append((line, cells, resolved))
            if len(chunk) >= CHUNK:
                self._write(chunk)
                chunk = []
                yield done
        if chunk:
            self._write(chunk)
        yield done

    def close(self) -> None:
        if self._rejects is not None:
            self._rejects.close()

    def forget_rejects(self) -> None:
        """Nothing was taken, so no line was left over from it either."""
        self.close()
        if self.report.rejects_file is not None:
            Path(self.report.rejects_file).unlink(missing_ok=True)

    def _refuse(self, line: int, cells: list[str], refusal: RowRefused) -> None:
        self.report.rejected += 1
        if len(self.report.errors) < SHOWN_ERRORS:
            self.report.errors.append(
                {
                    "line": line,
                    "field": refusal.field,
                    "value": refusal.value,
                    "reason": refusal.reason,
                }
            )
        if self.partial:
            if self._rejects is None:
                target = self.path.with_name(f"{self.path.stem}.rejects.csv")
                self._rejects = target.open("w", encoding="utf-8", newline="")
                self.report.rejects_file = str(target)
                csv.writer(self._rejects).writerow(("line", *COLUMNS, "reason"))
            writer = csv.writer(self._rejects)
            writer.writerow((line, *cells, f"{refusal.field}: {refusal.reason}"))

    def _write(self, chunk: list[tuple[int, list[str], Resolved]]) -> None:
        fresh = self._unknown(chunk)
        if self.report.rejected and not self.partial:
            return  # it will be rolled back: only the errors still matter
        self.report.accepted += len(fresh)
        self.report.mismatched += sum(item.mismatch for item in fresh)
        if fresh:
            self._copy(fresh)

    def _unknown(self, chunk: list[tuple[int, list[str], Resolved]]) -> list[Resolved]:
        """The rows whose code is new; a known one must say the same as before."""
        codes = [item.row.code for _line, _cells, item in chunk]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code, imported_digest FROM dossiers_dossier"
                " WHERE code = ANY(%s)",
                [codes],
            )
            known = {code: bytes(digest or b"") for code, digest in cursor}
        fresh = []
        for line, cells, item in chunk:
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
                self._refuse(line, cells, refusal)
        return fresh

    def _copy(self, fresh: list[Resolved]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('dossiers_dossier', 'id'))"
                " FROM generate_series(1, %s)",
                [len(fresh)],
            )
            ids = [row[0] for row in cursor]
            batch = uuid.uuid4()
            lines = [
                dossier_line(pk, item, at=self.at, batch=batch, demo=self.demo)
                for pk, item in zip(ids, fresh, strict=True)
            ]
            _copy_in(cursor, "dossiers_dossier", DOSSIER_COLUMNS, lines)
            pauses = [
                line
                for pk, item in zip(ids, fresh, strict=True)
                for line in pause_lines(pk, item)
            ]
            if pauses:
                _copy_in(cursor, "dossiers_pause", PAUSE_COLUMNS, pauses)
            ratings = [
                f"{pk}\t{item.row.rating}\timport\t{_stamp(self.at)}\n"
                for pk, item in zip(ids, fresh, strict=True)
                if item.row.rating is not None
            ]
            if ratings:
                columns = ("dossier_id", "score", "means", "at")
                _copy_in(cursor, "dossiers_rating", columns, ratings)
        fact = events.HistoryImported(
            subject=str(batch), organisation="", rows=len(fresh), file=self.path.name
        )
        journal.record(fact, by=self.by, at=self.at)


def _copy_in(
    cursor: Any, table: str, columns: tuple[str, ...], lines: list[str]
) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write("".join(lines))


DOSSIER_COLUMNS = (
    "id",
    "public_id",
    "ledger_id",
    "code",
    "state",
    "procedure_id",
    "procedure_code",
    "field",
    "confidentiality",
    "retention_class",
    "channel",
    "helped_at_id",
    "received_by_id",
    "competent_id",
    "first_competent_id",
    "office_id",
    "place_id",
    "received_at",
    "day_zero",
    "limit_quantity",
    "limit_unit",
    "limit_text",
    "limit_basis",
    "rules_id",
    "due_on",
    "promised_on",
    "provisional",
    "extended_to",
    "extensions",
    "supplements",
    "ended_at",
    "ended_on",
    "outcome",
    "returned_at",
    "returned_on",
    "fee_vnd",
    "paid",
    "result_electronic",
    "digitised",
    "words",
    "created_at",
    "imported_digest",
    "import_batch",
    "imported",
    "demo",
    # Without a default in the database.
    "ledger_seq",
    "version",
    "state_before",
    "case",
    "village",
    "set_by_hand_why",
    "left_out_days",
    "reroutings",
    "outcome_reason",
    "form_key",
    "answers",
    "owner_name",
    "language",
    "paper_slip_no",
    "withdrawal_token",
)
_CONSTANT = "0\t1\t\t\t\t\t0\t0\t\t\t{}\t\tvi\t\t\n"
PAUSE_COLUMNS = (
    "dossier_id",
    "kind",
    "owner",
    "starts_on",
    "ends_on",
    "opening_paper",
    "closing_paper",
    "stops",
    "opened_at",
    "opened_by",
    "closed_by",
)
_NONE = "\\N"
_CLOSING = time(17)


def _text(value: str) -> str:
    return (
        value.replace("\\", "\\\\")
        .replace("\t", " ")
        .replace("\n", " ")
        .replace("\r", " ")
    )


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _or_none(value: object) -> str:
    return _NONE if value is None else str(value)


def _truth(value: bool) -> str:
    return "t" if value else "f"


def state_of(item: Resolved) -> str:
    """Ended and handed over, ended, waiting for papers, or in process."""
    row = item.row
    if row.outcome in {"withdrawn", "stopped"}:
        return "stopped"
    if row.returned_on:
        return "returned"
    if row.outcome:
        return "done" if row.outcome == "result" else "refused"
    waiting = any(ends is None for _starts, ends in row.pauses)
    return "supplement" if waiting else "processing"


def dossier_line(
    pk: int, item: Resolved, *, at: datetime, batch: uuid.UUID, demo: bool
) -> str:
    """One line of COPY's text form; the days of endings stand at closing time."""
    row, version = item.row, item.version
    limit = item.limit
    bodies = {item.received_by, item.competent.pk, item.helped_at}
    words = ",".join(f'"{body_word(body)}"' for body in sorted(b for b in bodies if b))
    ended, returned = row.ended_on, row.returned_on
    cells = (
        str(pk),
        str(uuid.uuid4()),
        new_ledger_id(),
        row.code,
        state_of(item),
        str(version.pk),
        version.code,
        _text(version.field),
        version.confidentiality,
        version.retention,
        row.channel,
        _or_none(item.helped_at),
        str(item.received_by),
        str(item.competent.pk),
        str(item.competent.pk),
        str(item.competent.pk),
        _or_none(item.competent.place),
        row.received_at.isoformat(),
        item.day_zero.isoformat(),
        str(limit.quantity) if limit else _NONE,
        limit.unit.value if limit else "",
        _text(item.limit_text),
        _text(item.limit_basis),
        item.rules,
        _or_none(item.due_on),
        _or_none(row.due_on or item.due_on),
        _truth(item.provisional),
        _or_none(row.extended_to),
        "1" if row.extended_to else "0",
        str(len(row.pauses)),
        at_local(ended, _CLOSING).isoformat() if ended else _NONE,
        _or_none(ended),
        row.outcome,
        at_local(returned, _CLOSING).isoformat() if returned else _NONE,
        _or_none(returned),
        _or_none(row.fee_vnd),
        row.paid,
        _truth(row.result_electronic),
        _truth(row.digitised),
        "{" + words + "}",
        _stamp(at),
        "\\\\x" + row.digest.hex(),
        str(batch),
        "t",
        _truth(demo),
    )
    return "\t".join(cells) + "\t" + _CONSTANT


def pause_lines(pk: int, item: Resolved) -> Iterator[str]:
    for starts, ends in item.row.pauses:
        opened = at_local(starts, time(8)).isoformat()
        stops = item.due_on is None or starts <= item.due_on
        cells = (
            str(pk),
            "supplement",
            "applicant",
            starts.isoformat(),
            _or_none(ends),
            "import",
            "",
            _truth(stops),
            opened,
            "import",
            "",
        )
        yield "\t".join(cells) + "\n"
