"""A line over periods: 720 × 360 for a desk, 320 × 280 for a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_LEFT, _TOP, _BOTTOM = 48, 24, 44
SIZES = {"desk": (720, 360, 96), "phone": (320, 280, 56)}  # and room at the right
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """`value` is none where there is nothing: the line breaks, it is never a zero.

    `open` marks a period that has not ended.
    """

    label: str
    value: Decimal | None
    said: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Before the point of this number, something changed: a definition, the units."""

    before: int
    label: str


@dataclass(frozen=True, slots=True)
class Target:
    value: Decimal
    label: str


@dataclass(frozen=True, slots=True)
class Drawn:
    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class LineChart:
    width: int
    height: int
    left: int
    right: int  # where the plot ends
    top: int
    bottom: int
    runs: tuple[str, ...]  # `points` of the polylines, broken where nothing is known
    drawn: tuple[Drawn, ...]
    ticks: tuple[tuple[float, Decimal], ...]
    labels: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, str], ...]
    target: tuple[float, Target] | None
    open_from: float | None

    @property
    def last(self) -> Drawn | None:
        return self.drawn[-1] if self.drawn else None

    @property
    def open_width(self) -> float:
        return 0 if self.open_from is None else round(self.right - self.open_from, 1)

    @property
    def plot_height(self) -> int:
        return self.bottom - self.top


def line_chart(
    points: Sequence[Point],
    *,
    size: str = "desk",
    marks: Sequence[Mark] = (),
    target: Target | None = None,
    from_zero: bool = True,
) -> LineChart:
    width, height, room = SIZES[size]
    right, bottom = width - room, height - _BOTTOM
    known = [point.value for point in points if point.value is not None]
    low, high = _range([*known, *([target.value] if target else [])], from_zero)
    step = (right - _LEFT) / max(len(points) - 1, 1)

    def x_of(number: float) -> float:
        return round(_LEFT + number * step, 1)

    def y_of(value: Decimal) -> float:
        share = (value - low) / (high - low)
        return round(bottom - float(share) * (bottom - _TOP), 1)

    runs: list[list[str]] = [[]]
    drawn = []
    for number, point in enumerate(points):
        if point.value is None:
            runs.append([])
            continue
        x, y = x_of(number), y_of(point.value)
        runs[-1].append(f"{x},{y}")
        drawn.append(Drawn(x, y, point))
    first_open = next((n for n, point in enumerate(points) if point.open), None)
    every = max(1, -(-len(points) // (9 if size == "desk" else 4)))
    return LineChart(
        width,
        height,
        _LEFT,
        right,
        _TOP,
        bottom,
        tuple(" ".join(run) for run in runs if len(run) > 1),
        tuple(drawn),
        tuple(
            (y_of(value), value)
            for value in (low + (high - low) * n / _TICKS for n in range(_TICKS + 1))
        ),
        tuple(
            (x_of(number), point.label)
            for number, point in enumerate(points)
            if (len(points) - 1 - number) % every == 0
        ),
        tuple((x_of(mark.before - 0.5), mark.label) for mark in marks),
        (y_of(target.value), target) if target else None,
        None if first_open is None else x_of(max(first_open - 0.5, 0)),
    )


def _range(values: Sequence[Decimal], from_zero: bool) -> tuple[Decimal, Decimal]:
    """A range that ends on round numbers; never empty."""
    if not values:
        return Decimal(0), Decimal(1)
    low = Decimal(0) if from_zero else min(values)
    high = max(*values, low) if len(values) > 1 else max(values[0], low)
    if high == low:
        return low, low + 1
    unit = Decimal(1).scaleb((high - low).adjusted())
    for part in (Decimal("0.1"), Decimal("0.2"), Decimal("0.5"), Decimal(1)):
        tick = unit * part
        if (high - low) / tick <= _TICKS * 3:
            break
    tick *= _TICKS
    if not from_zero:
        low = (low / tick).to_integral_value(ROUND_FLOOR) * tick
    return low, low + ((high - low) / tick).to_integral_value(ROUND_CEILING) * tick
