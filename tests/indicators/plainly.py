"""The algebra a second way: one row at a time, in plain Python, without SQL."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from gandan.figures.facts import Row
from gandan.indicators import algebra
from gandan.indicators.algebra import Condition, Measure

_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
Key = tuple[str, str, str, int, int]  # measure, unit, procedure, half, key


def holds(condition: Condition, row: Row) -> bool:
    match condition:
        case algebra.Compare(column, test, value):
            found = row[column.name]
            return found is not None and _TESTS[test](found, value)
        case algebra.CompareColumns(left, test, right):
            one, other = row[left.name], row[right.name]
            return None not in (one, other) and _TESTS[test](one, other)
        case algebra.OneOf(column, values):
            return row[column.name] in values and row[column.name] is not None
        case algebra.IsSet(column):
            return row[column.name] is not None
        case algebra.Not(inner):
            return not holds(inner, row)
        case algebra.All(several):
            return all(holds(one, row) for one in several)
        case algebra.Any(several):
            return any(holds(one, row) for one in several)


def counts(measures: Iterable[Measure], rows: Iterable[Row]) -> dict[Key, int]:
    """What every statement of these measures must give together."""
    found: Counter[Key] = Counter()
    several = tuple(measures)
    for row in rows:
        for measure in several:
            _add(found, measure, row)
    return {key: n for key, n in found.items() if n}


def _add(found: Counter[Key], measure: Measure, row: Row) -> None:
    half, key, n = row[measure.half.name], 0, 1
    if half is None or not holds(measure.aggregate.where, row):
        return
    match measure.aggregate:
        case algebra.Sum(column):
            n = int(row[column.name] or 0)
        case algebra.Histogram(column):
            if row[column.name] is None:
                return
            key = int(row[column.name] or 0)
    unit, procedure = str(row[measure.unit.name]), str(row[measure.procedure.name])
    for grain in {procedure, ""}:
        found[measure.code, unit, grain, int(half), key] += n
