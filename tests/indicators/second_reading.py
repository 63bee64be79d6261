"""Figures a second way: loops over fact rows, nothing of the SQL and of states."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from gandan.figures.facts import FactTable, Row, day_number
from gandan.indicators import algebra
from gandan.indicators.definition import Definition, Part, Percentile, Standing
from gandan.indicators.periods import Period
from tests.indicators.plainly import holds

History = Mapping[FactTable, Sequence[Row]]


def numbers(
    definition: Definition, history: History, period: Period, as_of: date | None = None
) -> tuple[int, int | None, Decimal | None]:
    """Numerator, denominator, value."""
    numerator = count(definition.numerator, history, period, as_of)
    if isinstance(definition.numerator, Percentile):
        values = sorted(_values(definition.numerator, history, period, as_of))
        share = definition.numerator.share
        if not values:
            return numerator, None, None
        rank = -(-len(values) * int(share * 100) // 100)
        return numerator, None, Decimal(values[rank - 1])
    if definition.denominator is None:
        return numerator, None, Decimal(numerator)
    denominator = count(definition.denominator, history, period, as_of)
    if denominator < definition.least:
        return 0, 0, None
    if not denominator:
        return numerator, 0, None
    value = Decimal(numerator) / Decimal(denominator)
    return numerator, denominator, value.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def count(
    part: Part, history: History, period: Period, as_of: date | None = None
) -> int:
    if isinstance(part, Standing):
        on = min(period.last_day, as_of) if as_of else period.last_day
        return sum(_stood(part, row, on) for row in history[part.open.table])
    if isinstance(part, Percentile):
        return len(_values(part, history, period, as_of))
    found = 0
    for measure in part.measures:
        for row in _inside(measure, history, period, as_of):
            match measure.aggregate:
                case algebra.Sum(column):
                    found += int(row[column.name] or 0)
                case _:
                    found += 1
    return found


def _values(
    part: Percentile, history: History, period: Period, as_of: date | None
) -> list[int]:
    aggregate = part.measure.aggregate
    assert isinstance(aggregate, algebra.Histogram)
    return [
        int(value)
        for row in _inside(part.measure, history, period, as_of)
        if (value := row[aggregate.column.name]) is not None
    ]


def _inside(
    measure: algebra.Measure, history: History, period: Period, as_of: date | None
) -> Iterable[Row]:
    """Rows that count and whose day lies in the period, up to that day."""
    day = measure.half.name.replace("_half", "_day")
    last = min(period.last_day, as_of) if as_of else period.last_day
    for row in history[measure.table]:
        happened = row[day]
        if happened is None or not holds(measure.aggregate.where, row):
            continue
        if day_number(period.starts) <= int(happened) <= day_number(last):
            yield row


def _stood(part: Standing, row: Row, on: date) -> bool:
    """In words: since a day up to `on`, and not ended by then; of the right age."""
    today = day_number(on)
    since = row[part.since.name.replace("_half", "_day")]
    ended = row["ended_day"]
    if since is None or int(since) > today:
        return False
    if ended is not None and int(ended) <= today:
        return False
    youngest, oldest = part.ages or (1, None)
    age = today - int(since) + 1
    return age >= youngest and (oldest is None or age <= oldest)
