"""Figures, each with its two whole numbers, and the records behind any of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from gandan.indicators import counting, finish
from gandan.indicators.charts_of_units import (
    AS_IS,
    AS_WAS,
    PROVINCE,
    Chart,
    ChartRefused,
    chart_of,
)
from gandan.indicators.counting import Asked, Counted, Group
from gandan.indicators.definition import Definition, Percentile
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.periods import Period, PeriodRefused, parse_period
from gandan.indicators.records import Behind, Record, records_behind
from gandan.kernel.text import fold
from gandan.procedures.models import ProcedureVersion

__all__ = [
    "AS_IS",
    "AS_WAS",
    "DIMENSIONS",
    "PROVINCE",
    "Behind",
    "ChartRefused",
    "Figure",
    "IndicatorUnknown",
    "Period",
    "PeriodRefused",
    "Record",
    "field_of_procedures",
    "figures",
    "parse_period",
    "record_ids",
]

COMPUTED = "computed"
PLACE, AGENCY, FIELD, PROCEDURE, MONTH = DIMENSIONS = (
    "place",
    "agency",
    "field",
    "procedure",
    "month",
)
# place, procedure, field: "" where it is not kept apart
_Row: TypeAlias = tuple[str, str, str]


class IndicatorUnknown(ValueError):
    """No definition has this code."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is none where there is nothing to divide by, or too little to show.

    Too little: then `hidden` is true, and numerator and denominator are zero.
    """

    code: str
    version: int
    place: str
    name: str
    period: Period
    procedure: str
    field: str
    numerator: int
    denominator: int | None
    value: Decimal | None
    kind: str = COMPUTED
    hidden: bool = False


def figures(
    codes: Sequence[str],
    *,
    places: Sequence[str] | None = None,
    period: Period,
    by: str | Sequence[str] | None = None,
    chart: str | date = AS_WAS,
    as_of: date | None = None,
    procedure: str | None = None,
) -> list[Figure]:
    """In the order of `codes`, then of months, then of names.

    `places` are keys of units: territories, agencies or the province; on a later chart
    the unit that continues one stands for it. Without `by` each of them has a row; with
    it they are the only ones counted. `by` may name several dimensions. A field is that
    of a procedure's newest version. A standing figure is read at the earlier of the
    period's last day and `as_of`; what happens in a period is counted up to that day.
    """
    definitions = [definition_of(code) for code in codes]
    kept_apart = _dimensions(by)
    units = chart_of(chart)
    rows = tuple(dict.fromkeys(units.row(key) for key in places or ()))
    fields = _fields_if(FIELD in kept_apart)
    question = _Question(units, rows, kept_apart, procedure, fields)
    slices = period.months() if MONTH in kept_apart else [period]
    found = [
        figure for one in slices for figure in question.answer(definitions, one, as_of)
    ]
    if MONTH in kept_apart:
        order = {code: number for number, code in enumerate(codes)}
        found.sort(key=lambda figure: order[figure.code])
    return found


def record_ids(
    code: str,
    *,
    part: str = "numerator",
    unit: str | None = None,
    procedure: str | None = None,
    field: str | None = None,
    period: Period,
    chart: str | date = AS_WAS,
    as_of: date | None = None,
    after: str | None = None,
    limit: int = 50,
    protected: bool = False,
) -> Behind:
    """Exactly the records behind a figure, by table and public id, a page of them.

    `unit` is the row the figure stood in. `after` is the `next` of the page before.
    Records of the sensitive class are counted and not listed, unless the caller asks
    for them to show to whoever may see each of them.
    """
    definition = definition_of(code)
    wanted = definition.denominator if part == "denominator" else definition.numerator
    if wanted is None or not definition.opens:
        return Behind((), None, 0, 0)
    units_chart = chart_of(chart)
    asked = Asked(
        None
        if unit is None or unit == PROVINCE
        else units_chart.units_of(units_chart.row(unit)),
        procedures=_procedures(procedure, field),
    )
    return records_behind(
        wanted,
        period,
        as_of=as_of,
        asked=asked,
        after=after,
        limit=limit,
        protected=protected,
    )


def definition_of(code: str) -> Definition:
    if code not in DEFINITIONS:
        raise IndicatorUnknown(f"«{code}» is no indicator: see gandan figures --list")
    return DEFINITIONS[code]


def field_of_procedures() -> dict[str, str]:
    """By the code of a procedure, the field of its newest version."""
    rows = ProcedureVersion.objects.order_by("code", "valid_from")
    return dict(rows.values_list("code", "field"))


def _dimensions(by: str | Sequence[str] | None) -> frozenset[str]:
    """One or several; a row cannot stand for a place and an agency at once."""
    several = frozenset((by,) if isinstance(by, str) else by or ())
    if unknown := sorted(several - set(DIMENSIONS)):
        raise ValueError(f"«{unknown[0]}» is no dimension: {', '.join(DIMENSIONS)}")
    if {PLACE, AGENCY} <= several:
        raise ValueError("rows are by place or by agency, not by both")
    return several


def _fields_if(asked: bool) -> dict[str, str]:
    return field_of_procedures() if asked else {}


def _procedures(procedure: str | None, field: str | None) -> frozenset[str] | None:
    if procedure:
        return frozenset({procedure})
    if field is None:
        return None
    return frozenset(
        code for code, named in field_of_procedures().items() if named == field
    )


def _units_of(chart: Chart, rows: Sequence[str]) -> frozenset[str]:
    """The keys in facts that stand in one of these rows."""
    return frozenset().union(*(chart.units_of(row) for row in rows))


@dataclass(frozen=True, slots=True)
class _Question:
    chart: Chart
    places: tuple[str, ...]
    by: frozenset[str]
    procedure: str | None
    fields: dict[str, str]

    def answer(
        self, definitions: Sequence[Definition], period: Period, as_of: date | None
    ) -> Iterator[Figure]:
        parts = [part for definition in definitions for part in definition.parts]
        counted = counting.count(parts, period, as_of, self._asked())
        rows = self._rows(counted)
        day = counting.standing_on(period, as_of)
        names = {row[0]: self.chart.name(row[0], day) for row in rows}
        ordered = sorted(rows, key=lambda row: (fold(names[row[0]]), *row))
        for definition in definitions:
            for row in ordered:
                yield _figure(
                    definition, row, names[row[0]], period, counted, rows[row]
                )

    def _asked(self) -> Asked:
        everywhere = not self.places or PROVINCE in self.places
        return Asked(
            None if everywhere else _units_of(self.chart, self.places),
            by_unit=bool(self.by & {PLACE, AGENCY}) or len(self.places) > 1,
            by_procedure=bool(self.by & {FIELD, PROCEDURE}),
            procedures=frozenset({self.procedure}) if self.procedure else None,
        )

    def _rows(self, counted: Counted) -> dict[_Row, list[Group]]:
        """The groups that are added up in each row."""
        rows: dict[_Row, list[Group]] = {}
        own = self.places or (PROVINCE,)
        if self.by <= {MONTH}:
            for place in own:
                rows[place, self.procedure or "", ""] = []
        for group in sorted(counted.groups()):
            for row in self._rows_of(group, own):
                rows.setdefault(row, []).append(group)
        return rows

    def _rows_of(self, group: Group, own: Sequence[str]) -> Iterator[_Row]:
        unit, procedure = group
        field = self.fields.get(procedure, "") if FIELD in self.by else ""
        if PROCEDURE not in self.by:
            procedure = self.procedure or ""
        if PLACE in self.by:
            yield self.chart.place(unit), procedure, field
        elif AGENCY in self.by:
            yield self.chart.agency(unit), procedure, field
        elif self.by <= {MONTH}:
            for place in own:
                if len(own) == 1 or self.chart.stands_in(unit, place):
                    yield place, procedure, field
        else:
            yield _only(own), procedure, field


def _only(own: Sequence[str]) -> str:
    """Several units asked for together have no name of their own."""
    return own[0] if len(own) == 1 else "+".join(own)


def _figure(
    definition: Definition,
    row: _Row,
    name: str,
    period: Period,
    counted: Counted,
    groups: Sequence[Group],
) -> Figure:
    place, procedure, field = row
    numerator = counted.number(definition.numerator, groups)
    figure = Figure(
        code=definition.code,
        version=definition.version,
        place=place,
        name=name,
        period=period,
        procedure=procedure,
        field=field,
        numerator=numerator,
        denominator=None,
        value=Decimal(numerator),
    )
    if isinstance(definition.numerator, Percentile):
        days = counted.percentile(definition.numerator, groups)
        return replace(figure, value=None if days is None else Decimal(days))
    if definition.denominator is None:
        return figure
    denominator = counted.number(definition.denominator, groups)
    if denominator < definition.least:
        return replace(figure, numerator=0, denominator=0, value=None, hidden=True)
    value = finish.ratio(numerator, denominator, definition.at_empty)
    return replace(figure, denominator=denominator, value=value)
