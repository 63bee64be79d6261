"""Late by agency, field and procedure: one count, from the same states as the figure.

Procedures of the sensitive class stand together with what has no field: «one adoption,
late» would say too much of a small commune.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from gandan.indicators import counting
from gandan.indicators.charts_of_units import Chart
from gandan.indicators.counting import Asked
from gandan.indicators.definition import Definition
from gandan.indicators.periods import Period
from gandan.procedures.models import ProcedureVersion

CLOSED = ""  # protected, or without a field
_SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Of each procedure's newest version: its field, and whether it is sensitive."""

    fields: Mapping[str, str]
    sensitive: frozenset[str]

    def field_of(self, procedure: str) -> str:
        if procedure in self.sensitive:
            return CLOSED
        return self.fields.get(procedure, CLOSED)

    def may_part(self, field: str | None, procedure: str | None) -> bool:
        """Whether a number may be asked for it alone: never of a sensitive one."""
        if procedure is not None:
            return procedure in self.fields and procedure not in self.sensitive
        if field is None:
            return True
        codes = self.codes_of(field)
        return bool(codes) and not codes & self.sensitive

    def codes_of(self, name: str) -> frozenset[str]:
        return frozenset(code for code, of in self.fields.items() if of == name)


def catalogue() -> Catalogue:
    rows = ProcedureVersion.objects.order_by("code", "valid_from")
    fields: dict[str, str] = {}
    kept: dict[str, str] = {}
    for code, name, confidentiality in rows.values_list(
        "code", "field", "confidentiality"
    ):
        fields[code], kept[code] = name, confidentiality
    sensitive = (code for code, kind in kept.items() if kind == _SENSITIVE)
    return Catalogue(fields, frozenset(sensitive))


@dataclass(frozen=True, slots=True)
class Cell:
    numerator: int = 0
    denominator: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(
            self.numerator + other.numerator, self.denominator + other.denominator
        )


@dataclass(slots=True)
class Crossing:
    """By agency, field and procedure; procedures of closed fields are "" too."""

    cells: dict[tuple[str, str, str], Cell] = field(default_factory=dict)

    def by_agency_and_field(self) -> dict[tuple[str, str], Cell]:
        found: dict[tuple[str, str], Cell] = {}
        for (agency, name, _procedure), cell in self.cells.items():
            key = agency, name
            found[key] = found.get(key, Cell()) + cell
        return found

    @property
    def total(self) -> Cell:
        return sum(self.cells.values(), Cell())


def cross(
    definition: Definition,
    *,
    period: Period,
    as_of: date,
    chart: Chart,
    known: Catalogue,
    units: Collection[str] | None = None,
) -> Crossing:
    """Rows without a procedure stand in the closed field, so that the sum is whole."""
    assert definition.denominator is not None
    within = None if units is None else frozenset(units)
    apart = counting.count(
        definition.parts, period, as_of, Asked(within, by_procedure=True)
    )
    whole = counting.count(definition.parts, period, as_of, Asked(within))
    crossing = Crossing()
    left: dict[str, Cell] = {}

    def number(counted: counting.Counted, group: tuple[str, str]) -> Cell:
        assert definition.denominator is not None
        return Cell(
            counted.number(definition.numerator, [group]),
            counted.number(definition.denominator, [group]),
        )

    def put(unit: str, name: str, procedure: str, cell: Cell) -> None:
        key = chart.agency(unit), name, procedure
        crossing.cells[key] = crossing.cells.get(key, Cell()) + cell

    for group in whole.groups():
        left[group[0]] = number(whole, group)
    for group in apart.groups():
        unit, procedure = group
        name, cell = known.field_of(procedure), number(apart, group)
        put(unit, name, procedure if name != CLOSED else "", cell)
        left[unit] = left.get(unit, Cell()) + Cell(-cell.numerator, -cell.denominator)
    for unit, cell in left.items():
        if cell != Cell():
            put(unit, CLOSED, "", cell)
    return crossing
