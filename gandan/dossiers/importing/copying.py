"""History in COPY's text form: one line a dossier, a pause, a rating."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, time
from functools import lru_cache

from gandan.dossiers.importing.cells import NONE, or_none, truth
from gandan.dossiers.importing.resolving import Resolved
from gandan.dossiers.models.dossier import body_word, new_ledger_id
from gandan.kernel.localtime import at_local

# Those of an import alone stand last: they are the same for a whole chunk.
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
RATING_COLUMNS = ("dossier_id", "score", "means", "at")
_OPENING, _CLOSING = time(8), time(17)
_DAYS_KEPT, _BODIES_KEPT = 8192, 4096


def batch_cells(batch: uuid.UUID, *, demo: bool) -> str:
    """What all lines of a chunk end with."""
    return f"{batch}\tt\t{truth(demo)}\t{_CONSTANT}"


@lru_cache(maxsize=_DAYS_KEPT)
def _at(day: date, clock: time) -> str:
    return at_local(day, clock).isoformat()


@lru_cache(maxsize=_BODIES_KEPT)
def _words(*bodies: int | None) -> str:
    found = sorted({body for body in bodies if body})
    return "{" + ",".join(f'"{body_word(body)}"' for body in found) + "}"


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


def dossier_line(pk: int, item: Resolved, *, created: str, ending: str) -> str:
    """One line of COPY's text form; the days of endings stand at closing time."""
    row = item.row
    competent = str(item.competent.pk)
    ended, returned = row.ended_on, row.returned_on
    cells = (
        str(pk),
        str(uuid.uuid4()),
        new_ledger_id(),
        row.code,
        state_of(item),
        item.version.cells,
        row.channel,
        or_none(item.helped_at),
        str(item.received_by),
        competent,
        competent,
        competent,
        or_none(item.competent.place),
        row.received_at.isoformat(),
        item.day_zero.isoformat(),
        item.term.cells,
        item.rules,
        or_none(item.due_on),
        or_none(row.due_on or item.due_on),
        truth(item.provisional),
        or_none(row.extended_to),
        "1" if row.extended_to else "0",
        str(len(row.pauses)),
        _at(ended, _CLOSING) if ended else NONE,
        or_none(ended),
        row.outcome,
        _at(returned, _CLOSING) if returned else NONE,
        or_none(returned),
        or_none(row.fee_vnd),
        row.paid,
        truth(row.result_electronic),
        truth(row.digitised),
        _words(item.received_by, item.competent.pk, item.helped_at),
        created,
        "\\\\x" + row.digest.hex(),
        ending,
    )
    return "\t".join(cells)


def pause_lines(pk: int, item: Resolved) -> Iterator[str]:
    for starts, ends in item.row.pauses:
        cells = (
            str(pk),
            "supplement",
            "applicant",
            starts.isoformat(),
            or_none(ends),
            "import",
            "",
            truth(item.due_on is None or starts <= item.due_on),
            _at(starts, _OPENING),
            "import",
            "",
        )
        yield "\t".join(cells) + "\n"


def rating_lines(
    rows: Iterable[tuple[int, Resolved]], *, created: str
) -> Iterator[str]:
    for pk, item in rows:
        if item.row.rating is not None:
            yield f"{pk}\t{item.row.rating}\timport\t{created}\n"
