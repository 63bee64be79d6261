"""The cells of an edition and how they add up: what hiding has to know.

A cell is a part of a figure (a count that several figures may share), a unit ("" for
the province) and a period. The province is the sum of its units, the period the sum of
its months where a figure counts what happened; and some counts are the parts of others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gandan.figures.hiding import Line, Share, hidden_cells
from gandan.indicators.definition import Definition, Part, Standing, measures_of
from gandan.indicators.queries import Figure

ALL = ""
_PartName: TypeAlias = str
Cell: TypeAlias = tuple[_PartName, str, str]  # part, unit, period

# Counts that together are another one: whoever knows all but one knows it too.
_WHOLES: Mapping[str, tuple[str, ...]] = {
    "received": ("received_counter", "received_online", "received_post"),
    "received_online": ("self_filed", "assisted"),
    "resolved": ("resolved_early", "resolved_on_the_day", "resolved_late"),
}


@dataclass(frozen=True, slots=True)
class Table:
    cells: Mapping[Cell, int]
    lines: tuple[Line, ...]
    shares: tuple[Share, ...]

    def hidden(self, threshold: int) -> frozenset[Cell]:
        return hidden_cells(self.cells, self.lines, self.shares, threshold=threshold)


def name_of(part: Part) -> str:
    """The same for two figures that count the same."""
    kind = type(part).__name__.lower()
    codes = "+".join(measure.code for measure in measures_of(part))
    if isinstance(part, Standing) and part.ages is not None:
        return f"{kind}:{codes}:{part.ages[0]}-{part.ages[1] or ''}"
    # A percentile's count is the count of its records.
    return codes if kind == "flow" else f"{kind}:{codes}"


def table_of(
    definitions: Sequence[Definition],
    figures: Iterable[Figure],
    *,
    period: str,
    months: Sequence[str],
) -> Table:
    """`figures` are of each unit and of the province ("" as place), each month and the
    whole period; a figure that is not there counted nothing."""
    by_code = {definition.code: definition for definition in definitions}
    cells: dict[Cell, int] = {}
    for figure in figures:
        definition = by_code[figure.code]
        for part, n in (
            (definition.numerator, figure.numerator),
            (definition.denominator, figure.denominator),
        ):
            if part is not None and n is not None:
                cells[name_of(part), figure.place, figure.period.label] = n
    parts = _parts(definitions)
    units = sorted({unit for _part, unit, _period in cells} - {ALL})
    whole = _Filled(cells)
    lines = [
        line
        for part, flows in parts.items()
        for line in _lines(whole, part, units, period, months if flows else ())
    ]
    for total, several in _WHOLES.items():
        if {total, *several} <= parts.keys():
            lines += _whole_lines(whole, total, several)
    return Table(cells, tuple(lines), tuple(_shares(definitions, whole)))


def _parts(definitions: Sequence[Definition]) -> dict[str, bool]:
    """Name of each part → whether it counts what happened (months add up)."""
    return {
        name_of(part): not isinstance(part, Standing)
        for definition in definitions
        for part in definition.parts
    }


class _Filled:
    """Cells, with a zero wherever a line needs one that nothing was counted for."""

    def __init__(self, cells: dict[Cell, int]) -> None:
        self.cells = cells

    def key(self, part: str, unit: str, period: str) -> Cell:
        self.cells.setdefault((part, unit, period), 0)
        return part, unit, period


def _lines(
    whole: _Filled, part: str, units: Sequence[str], period: str, months: Sequence[str]
) -> Iterable[Line]:
    for label in (*months, period) if months else (period,):
        yield Line(
            whole.key(part, ALL, label),
            tuple(whole.key(part, unit, label) for unit in units),
        )
    if len(months) > 1:
        for unit in (*units, ALL):
            yield Line(
                whole.key(part, unit, period),
                tuple(whole.key(part, unit, month) for month in months),
            )


def _whole_lines(whole: _Filled, total: str, several: Sequence[str]) -> list[Line]:
    """Where they do add up in every cell: what is resolved may lack a due day."""
    places = [key[1:] for key in list(whole.cells) if key[0] == total]
    lines = [
        Line(
            whole.key(total, unit, period),
            tuple(whole.key(part, unit, period) for part in several),
        )
        for unit, period in places
    ]
    exact = all(
        whole.cells[line.total] == sum(whole.cells[key] for key in line.parts)
        for line in lines
    )
    return lines if exact else []


def _shares(definitions: Sequence[Definition], whole: _Filled) -> Iterable[Share]:
    """Where the numerator is a part of the denominator everywhere."""
    for definition in definitions:
        if definition.denominator is None:
            continue
        part, total = name_of(definition.numerator), name_of(definition.denominator)
        if part == total:
            continue
        places = [key[1:] for key in list(whole.cells) if key[0] in (part, total)]
        found = [
            Share(whole.key(part, *where), whole.key(total, *where)) for where in places
        ]
        if all(whole.cells[one.part] <= whole.cells[one.whole] for one in found):
            yield from dict.fromkeys(found)
