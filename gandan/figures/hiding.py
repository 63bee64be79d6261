"""Which cells of a published table stay hidden, so that no total gives them away.

A small count (more than none, fewer than the threshold) is hidden; and then as many
others as it takes until whoever knows every published cell, every total and that counts
are whole and not negative cannot bound a hidden cell more narrowly than the threshold.
Pure: it knows cells and how they add up, no indicator and no database.

Source of the method: cell suppression as in the handbooks of statistical offices
(primary and complementary cells, audited by linear programmes), here chosen greedily.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Key: TypeAlias = Any  # whatever names a cell and can be a key of a mapping


class CannotHide(Exception):
    """Even the table with everything hidden gives a cell away."""


@dataclass(frozen=True, slots=True)
class Line:
    """`total` is the sum of `parts`; both are keys of cells."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True)
class Share:
    """`part` is at most `whole`: the two numbers of a published ratio."""

    part: Key
    whole: Key


@dataclass(frozen=True, slots=True)
class Span:
    """What can be known of a hidden cell: it is at least `low`, at most `high`.

    `high` is none where nothing published bounds it.
    """

    low: int
    high: int | None

    def is_wide(self, threshold: int) -> bool:
        return self.high is None or self.high - self.low >= threshold


def hidden_cells(
    cells: Mapping[Key, int],
    lines: Collection[Line],
    shares: Collection[Share] = (),
    *,
    threshold: int,
) -> frozenset[Key]:
    """The keys to hide. Raises `ValueError` where the table contradicts itself.

    The part of a share is hidden too where what is left of the whole is a small count,
    and where the whole is hidden.
    """
    _check(cells, lines, shares)
    table = _Table(lines, shares)
    hidden = {key for key, value in cells.items() if 0 < value < threshold}
    for share in shares:
        if 0 < cells[share.whole] - cells[share.part] < threshold:
            hidden.add(share.part)
    safe: set[Key] = set()
    while True:
        hidden |= {share.part for share in shares if share.whole in hidden}
        unsafe = _first_unsafe(cells, table, hidden, safe, threshold)
        if unsafe is None:
            return frozenset(hidden)
        hidden.add(_companion(unsafe, cells, table, hidden, threshold))


def spans(
    published: Mapping[Key, int | None],
    lines: Collection[Line],
    shares: Collection[Share] = (),
) -> dict[Key, Span]:
    """What an attacker learns of each cell that is not shown (value none)."""
    known = {key: value for key, value in published.items() if value is not None}
    system = _System(known, _Table(lines, shares))
    return {key: system.span(key) for key, value in published.items() if value is None}


def _check(
    cells: Mapping[Key, int], lines: Iterable[Line], shares: Iterable[Share]
) -> None:
    for line in lines:
        if cells[line.total] != sum(cells[key] for key in line.parts):
            raise ValueError(f"the line of {line.total} does not add up")
    for share in shares:
        if cells[share.part] > cells[share.whole]:
            raise ValueError(f"{share.part} is more than its whole")


@dataclass(frozen=True, slots=True)
class _Relation:
    """The signed sum of the cells is zero, or (a share) not negative."""

    terms: tuple[tuple[Key, int], ...]
    equal: bool = True


class _Table:
    """Lines and relations, each at hand by its cells."""

    def __init__(self, lines: Iterable[Line], shares: Iterable[Share]) -> None:
        self.totals = frozenset(line.total for line in lines)
        self.lines: dict[Key, list[Line]] = {}
        self.wholes: dict[Key, list[Key]] = {}
        self.relations: dict[Key, list[_Relation]] = {}
        for line in lines:
            terms = ((line.total, -1), *((key, 1) for key in line.parts))
            self._add(_Relation(terms))
            for key in line.keys:
                self.lines.setdefault(key, []).append(line)
        for share in shares:
            self.wholes.setdefault(share.part, []).append(share.whole)
            self._add(_Relation(((share.whole, 1), (share.part, -1)), equal=False))

    def _add(self, relation: _Relation) -> None:
        for key, _sign in relation.terms:
            self.relations.setdefault(key, []).append(relation)


def _first_unsafe(
    cells: Mapping[Key, int],
    table: _Table,
    hidden: set[Key],
    safe: set[Key],
    threshold: int,
) -> Key | None:
    """`safe` remembers: a further unknown only widens what was wide before."""
    known = {key: value for key, value in cells.items() if key not in hidden}
    system = _System(known, table)
    for key in sorted(hidden - safe, key=repr):
        if not system.span(key).is_wide(threshold):
            return key
        safe.add(key)
    return None


def _companion(
    unsafe: Key,
    cells: Mapping[Key, int],
    table: _Table,
    hidden: set[Key],
    threshold: int,
) -> Key:
    """The next cell to hide, so that `unsafe` can be told less well.

    Lines are looked at outwards from it, through what is hidden already. One with a
    single unknown gives that one away, so it comes first; and of its cells one whose
    other lines have unknowns too, which opens no new line to mend. Where no cell of any
    line is of use, a whole is hidden whose part stands among the unknowns.
    """
    reached: dict[Line, None] = {}
    near, seen = {unsafe}, {unsafe}
    while near:
        found = [line for key in near for line in table.lines.get(key, ())]
        reached |= dict.fromkeys(found)
        near = {key for line in found for key in line.keys if key in hidden} - seen
        seen |= near

    def unknowns(line: Line) -> int:
        return sum(key in hidden for key in line.keys)

    def is_of_use(key: Key) -> bool:
        """A part of a small whole that is shown is told by it, hidden or not."""
        return key not in hidden and all(
            whole in hidden or cells[whole] >= threshold
            for whole in table.wholes.get(key, ())
        )

    for line in sorted(reached, key=unknowns):
        if useful := [key for key in line.keys if is_of_use(key)]:
            return min(
                useful,
                key=lambda key: (
                    key in table.totals,
                    sum(not unknowns(other) for other in table.lines[key]),
                    cells[key] == 0,
                    cells[key],
                    repr(key),
                ),
            )
    wholes = {whole for key in seen for whole in table.wholes.get(key, ())} - hidden
    if wholes:
        return min(wholes, key=lambda key: (key in table.totals, cells[key], repr(key)))
    raise CannotHide(f"everything around {unsafe} is hidden and it can still be told")


class _System:
    """The relations as rows over the unknown cells."""

    def __init__(self, known: Mapping[Key, int], table: _Table) -> None:
        self._known, self._table = known, table

    def span(self, key: Key) -> Span:
        """From the part of the table that hangs together with this cell."""
        columns, rows = self._around(key)
        low = _extreme(1, len(columns), rows)
        assert low is not None  # counts are not negative
        return Span(low, _extreme(-1, len(columns), rows))

    def _around(self, key: Key) -> tuple[dict[Key, int], list["_Row"]]:
        """The columns of the unknowns that matter, this one first, and the rows."""
        columns = {key: 0}
        rows: dict[_Relation, _Row] = {}
        waiting = [key]
        while waiting:
            for relation in self._table.relations.get(waiting.pop(), ()):
                if relation in rows:
                    continue
                row: dict[int, int] = {}
                amount = 0
                for other, sign in relation.terms:
                    if other in self._known:
                        amount -= sign * self._known[other]
                        continue
                    if other not in columns:
                        columns[other] = len(columns)
                        waiting.append(other)
                    row[columns[other]] = sign
                rows[relation] = _Row(row, amount, relation.equal)
        return columns, list(rows.values())


@dataclass(frozen=True, slots=True)
class _Row:
    coefficients: Mapping[int, int]
    least: int
    equal: bool


def _extreme(sign: int, width: int, rows: Collection[_Row]) -> int | None:
    """The smallest (1) or largest (−1) whole value of the first column, if bounded."""
    aim = np.zeros(width)
    aim[0] = sign
    matrix = np.zeros((len(rows), width))
    for number, row in enumerate(rows):
        for column, coefficient in row.coefficients.items():
            matrix[number, column] = coefficient
    least = np.array([row.least for row in rows], dtype=float)
    most = np.array([row.least if row.equal else inf for row in rows], dtype=float)
    found = milp(
        aim,
        constraints=LinearConstraint(matrix, least, most) if rows else (),
        bounds=Bounds(0, inf),
        integrality=np.ones(width),
    )
    if found.x is None and sign > 0:
        raise ValueError("the published cells contradict each other")
    if found.x is None:  # there is a smallest, so it is the largest that has no bound
        return None
    return round(float(found.x[0]))
