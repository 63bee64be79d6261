"""Series of a figure as charts: a line for a page, twelve small bars for a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gandan.indicators.definition import Definition, Unit
from gandan.indicators.periods import Period
from gandan.indicators.queries import Figure
from gandan.indicators.web.boards import wording
from gandan.ui.charts import LineChart, Mark, Point, line_chart
from gandan.ui.charts.lines import SIZES

# On this day districts ended and communes were merged.
UNITS_CHANGED = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Charts:
    desk: LineChart
    phone: LineChart
    alt: str


def months(
    definition: Definition,
    found: Sequence[Figure],
    runs: Callable[[Period], bool] = lambda month: False,
) -> Charts | None:
    """None where nothing is known in any month."""
    points = [_point(definition, figure, runs(figure.period)) for figure in found]
    known = [point for point in points if point.value is not None]
    if not known:
        return None
    marks = [
        Mark(number, _("units changed"))
        for number, figure in enumerate(found)
        if number and figure.period.starts == UNITS_CHANGED
    ]
    desk, phone = (line_chart(points, size=size, marks=marks) for size in SIZES)
    told = dict.fromkeys((known[0], max(known, key=_height), known[-1]))
    numbers = "; ".join(f"{point.label}: {point.said}" for point in told)
    return Charts(desk, phone, f"{definition.title}. {numbers}")


def _height(point: Point) -> Decimal:
    assert point.value is not None
    return point.value


def _point(definition: Definition, figure: Figure, is_open: bool) -> Point:
    value = figure.value
    if value is not None and definition.unit is Unit.SHARE:
        value *= 100
    return Point(
        wording.short_month(figure.period),
        value,
        wording.value(definition, figure),
        open=is_open,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: int
    height: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """Twelve months, each as high as its share of the highest; `told` says them all."""

    bars: tuple[Bar, ...]
    told: str
    width: int = 0
    height: int = 24


_STEP, _HIGH = 8, 22


def small_bars(
    definition: Definition, found: Sequence[Figure], runs: Callable[[Period], bool]
) -> Bars | None:
    known = [figure.value for figure in found if figure.value is not None]
    if not known:
        return None
    most = max(*known, Decimal(0)) if len(known) > 1 else max(known[0], Decimal(0))
    bars = []
    for number, figure in enumerate(found):
        if figure.value is None:
            continue
        share = figure.value / most if most else Decimal(0)
        # A zero is a line of one pixel: it differs from a month without a value.
        height = max(1, int(share * _HIGH))
        bars.append(
            Bar(
                number * _STEP,
                _HIGH + 1 - height,
                height,
                is_open=runs(figure.period),
            )
        )
    told = "; ".join(
        f"{wording.short_month(figure.period)}: {wording.value(definition, figure)}"
        for figure in found
    )
    return Bars(tuple(bars), told, len(found) * _STEP)
