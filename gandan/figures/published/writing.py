"""The only code that writes published values: all lines of a set, or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db import transaction

from gandan.figures.models import PublishedValue, RankedUnit, Source
from gandan.figures.published.rules import Row

Key: TypeAlias = tuple[Any, ...]
_SAID = (
    *("as_of", "value", "scale_low", "scale_high", "rank", "rank_of"),
    *("rank_derived", "published_on", "status", "note"),
)


@dataclass(frozen=True, slots=True)
class BadLine:
    line: int
    field: str
    reason: str


class LinesRefused(Exception):
    """Nothing was written; one sentence for each bad line."""

    def __init__(self, lines: Sequence[BadLine]) -> None:
        first = lines[0]
        super().__init__(f"line {first.line}, {first.field}: {first.reason}")
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class Written:
    added: int
    unchanged: int


@transaction.atomic
def write_units(rows: Iterable[tuple[str, str, str, bool]]) -> int:
    """(chart, code, name, is a neighbour of ours); repeatable."""
    units = [RankedUnit(chart=c, code=k, name=n, neighbour=b) for c, k, n, b in rows]
    RankedUnit.objects.bulk_create(
        units,
        update_conflicts=True,
        unique_fields=["chart", "code"],
        update_fields=["name", "neighbour"],
    )
    return len(units)


def source_named(
    title: str,
    address: str,
    *,
    publisher: str = "",
    terms: str = "",
    read_on: date | None = None,
) -> Source:
    """The source of this title and address; what is given more is kept."""
    source, is_new = Source.objects.get_or_create(
        title=title,
        address=address,
        defaults={"publisher": publisher, "terms": terms, "read_on": read_on},
    )
    if not is_new and publisher and source.publisher != publisher:
        source.publisher, source.terms, source.read_on = publisher, terms, read_on
        source.save(update_fields=["publisher", "terms", "read_on"])
    return source


@transaction.atomic
def write_values(lines: Iterable[tuple[int, Row]]) -> Written:
    """Add what is new; a line that contradicts its own source is refused.

    A publisher's correction is a new edition: the old value stays as it was read.
    """
    told = list(lines)
    units = {(unit.chart, unit.code): unit.pk for unit in RankedUnit.objects.all()}
    sources = {
        (row.source_title, row.source_address): None for _line, row in told
    }  # in the order of the file
    ids = {key: source_named(*key).pk for key in sources}
    known = {
        _key_of(value): value
        for value in PublishedValue.objects.filter(
            index__in={row.index for _line, row in told}
        )
    }
    bad: list[BadLine] = []
    new: list[PublishedValue] = []
    unchanged = 0
    for line, row in told:
        unit = units.get((row.chart, row.unit))
        if unit is None:
            reason = f"no unit {row.unit!r} among the {row.chart or 'unnamed'} units"
            bad.append(BadLine(line, "unit_code", reason))
            continue
        made = _made(row, unit, ids[row.source_title, row.source_address])
        key = _key_of(made)
        before = known.setdefault(key, made)
        if before is made:
            new.append(made)
        elif differing := [f for f in _SAID if getattr(before, f) != getattr(made, f)]:
            bad.append(
                BadLine(
                    line,
                    differing[0],
                    f"this edition already says {getattr(before, differing[0])!s},"
                    " a correction needs an edition of its own",
                )
            )
        else:
            unchanged += 1
    if bad:
        raise LinesRefused(bad)
    PublishedValue.objects.bulk_create(new, batch_size=2000)
    return Written(len(new), unchanged)


def _made(row: Row, unit: int, source: int) -> PublishedValue:
    said = {field: getattr(row, field) for field in _SAID}
    return PublishedValue(
        **said | {"status": row.status.value},
        index=row.index,
        edition=row.edition,
        data_year=row.data_year,
        period=row.period,
        unit_id=unit,
        dimension=row.dimension,
        source_id=source,
    )


def _key_of(value: PublishedValue) -> Key:
    return (
        *(value.index, value.edition, value.period, value.data_year),
        *(value.unit_id, value.dimension, value.source_id),
    )
