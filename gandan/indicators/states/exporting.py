"""Stored facts as Parquet, a file for each month, with what every column means.

Integers stand as they are counted; beside each day stands the same day as a date, for
people and programs that read the file. A month whose rows are the same keeps its file.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from gandan.figures.facts import FactTable, Kind, first_day
from gandan.indicators.models.facts import relation
from gandan.indicators.states.tables import FOLLOWED

_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.DAY: pa.int32(),
    Kind.HALF: pa.int32(),
}
_DIGEST = b"gandan.rows"
_ROWS_A_STEP = 20_000
UNDATED = "undated"


def schema_of(table: FactTable, *, public: bool = False) -> pa.Schema:
    """`public` leaves out what never leaves the house."""
    fields = []
    for column in table.columns:
        if public and not column.public:
            continue
        meaning = {"meaning": column.meaning}
        fields.append(pa.field(column.name, _TYPES[column.kind], metadata=meaning))
        if column.kind is Kind.DAY:
            name = _date_name(column.name)
            fields.append(pa.field(name, pa.date32(), metadata=meaning))
    return pa.schema(fields, metadata={"table": table.name, "meaning": table.meaning})


def _date_name(day: str) -> str:
    return f"{day.removesuffix('_day')}_on" if day.endswith("_day") else f"{day}_on"


def month_column(table: FactTable) -> str:
    """The half by which a table is parted: the first of its halves."""
    return next(column.name for column in table.columns if column.kind is Kind.HALF)


def export(
    folder: Path, tell: Callable[[str], None] = lambda said: None
) -> dict[str, int]:
    """Write the months that changed, remove those that are gone; rows by table."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        return export_in(cursor, folder, tell)


def export_in(
    cursor: CursorWrapper,
    folder: Path,
    tell: Callable[[str], None] = lambda said: None,
) -> dict[str, int]:
    """The same in the caller's snapshot."""
    rows = {}
    for one in FOLLOWED:
        tell(one.table.name)
        rows[one.table.name] = _export_table(cursor, one.table, folder)
    return rows


def _export_table(cursor: CursorWrapper, table: FactTable, folder: Path) -> int:
    own = folder / table.name
    own.mkdir(parents=True, exist_ok=True)
    half = month_column(table)
    cursor.execute(
        f"SELECT DISTINCT {half} / 2 FROM {relation(table)} ORDER BY 1 NULLS LAST"
    )
    months = [row[0] for row in cursor.fetchall()]
    written, names = 0, set()
    for month in months:
        name = f"{UNDATED if month is None else _month_name(month)}.parquet"
        names.add(name)
        written += _write_month(cursor, table, month, own / name)
    for file in own.glob("*.parquet"):
        if file.name not in names:
            file.unlink()
    return written


def _month_name(month: int) -> str:
    return f"{first_day(month * 2):%Y-%m}"


def _write_month(
    cursor: CursorWrapper, table: FactTable, month: int | None, path: Path
) -> int:
    batches, digest = [], hashlib.sha256()
    rows = 0
    for several in _rows(cursor, table, month):
        rows += len(several)
        digest.update(repr(several).encode())
        batches.append(_batch(table, several))
    schema = schema_of(table)
    told = {**(schema.metadata or {}), _DIGEST: digest.hexdigest().encode()}
    if path.exists() and _told(path) == told[_DIGEST]:
        return rows
    coming = path.with_suffix(".coming")
    with pq.ParquetWriter(
        coming, schema.with_metadata(told), compression="zstd"
    ) as out:
        for batch in batches:
            out.write_batch(batch)
    coming.replace(path)
    return rows


def _told(path: Path) -> bytes | None:
    metadata = pq.read_schema(path).metadata or {}
    found: bytes | None = metadata.get(_DIGEST)
    return found


def _rows(
    cursor: CursorWrapper, table: FactTable, month: int | None
) -> Iterator[list[tuple[object, ...]]]:
    half = month_column(table)
    test = f"{half} IS NULL" if month is None else f"{half} / 2 = %s"
    order = ", ".join(name for name in ("record", "ordinal") if name in table.names)
    cursor.execute(
        f"SELECT {', '.join(table.names)} FROM {relation(table)} "
        f"WHERE {test} ORDER BY {order}",
        [] if month is None else [month],
    )
    while several := cursor.fetchmany(_ROWS_A_STEP):
        yield several


def _batch(table: FactTable, rows: list[tuple[object, ...]]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = []
    for column, values in zip(table.columns, columns, strict=True):
        array = pa.array(values, _TYPES[column.kind])
        arrays.append(array)
        if column.kind is Kind.DAY:
            arrays.append(array.cast(pa.date32()))  # both count days since 1970-01-01
    return pa.RecordBatch.from_arrays(arrays, schema=schema_of(table))
