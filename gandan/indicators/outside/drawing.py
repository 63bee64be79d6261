"""Where the parts of a quartile chart and of neighbours' bars stand: numbers only.

Each is drawn twice, 720 wide for a desk and 320 for a phone; words and colours are in
the templates.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from gandan.indicators.outside.series import Neighbours, Run

SIZES = {"desk": (720, 360, 84), "phone": (320, 280, 76)}
_LEFT, _TOP, _BOTTOM = 44, 20, 36


@dataclass(frozen=True, slots=True)
class Column:
    """One reading: the whole range, the middle half, the middle, and ours."""

    x: Decimal
    left: Decimal
    width: Decimal
    label: str
    shows_label: bool
    top: Decimal
    height: Decimal
    half_top: Decimal
    half_height: Decimal
    middle: Decimal
    ours: Decimal | None

    @property
    def right(self) -> Decimal:
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class Tick:
    y: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class QuartileChart:
    size: str
    width: int
    height: int
    left: int
    right: int
    baseline: int
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[str, ...]  # broken where our province has no value
    last: Column | None


def _tenth(value: Decimal) -> Decimal:
    return round(value, 1)


def quartile_chart(run: Run, size: str) -> QuartileChart:
    width, height, room = SIZES[size]
    right, bottom = width - room, height - _BOTTOM
    low = min(reading.quarters.lowest for reading in run.readings)
    high = max(reading.quarters.highest for reading in run.readings)
    step = _step(high - low)
    low = (low / step).to_integral_value(ROUND_FLOOR) * step
    high = max((high / step).to_integral_value(ROUND_CEILING) * step, low + step)

    def y_of(value: Decimal) -> Decimal:
        return _tenth(bottom - (value - low) / (high - low) * (bottom - _TOP))

    room_each = Decimal(right - _LEFT) / len(run.readings)
    wide = min(room_each * 3 / 5, Decimal(36))
    every = -(-len(run.readings) // (14 if size == "desk" else 4))
    columns = []
    for number, reading in enumerate(run.readings):
        x = _LEFT + room_each * number + room_each / 2
        quarters = reading.quarters
        top, third = y_of(quarters.highest), y_of(quarters.third)
        columns.append(
            Column(
                x=_tenth(x),
                left=_tenth(x - wide / 2),
                width=_tenth(wide),
                label=reading.label,
                shows_label=(len(run.readings) - 1 - number) % every == 0,
                top=top,
                height=y_of(quarters.lowest) - top,
                half_top=third,
                half_height=y_of(quarters.first) - third,
                middle=y_of(quarters.middle),
                ours=None if reading.ours is None else y_of(reading.ours),
            )
        )
    ticks = []
    value = low
    while value <= high:
        ticks.append(Tick(y_of(value), value))
        value += step
    known = [column for column in columns if column.ours is not None]
    return QuartileChart(
        size=size,
        width=width,
        height=height,
        left=_LEFT,
        right=right,
        baseline=bottom,
        columns=tuple(columns),
        ticks=tuple(ticks),
        lines=_lines(columns),
        last=known[-1] if known else None,
    )


def _step(span: Decimal) -> Decimal:
    """Some four to eight round steps over the span."""
    unit = Decimal(1).scaleb(max(span, Decimal("0.01")).adjusted())
    for part in ("0.1", "0.2", "0.5", "1"):
        if span / (unit * Decimal(part)) <= 7:
            return unit * Decimal(part)
    return unit * 2


def _lines(columns: list[Column]) -> tuple[str, ...]:
    runs: list[list[str]] = [[]]
    for column in columns:
        if column.ours is None:
            runs.append([])
        else:
            runs[-1].append(f"{column.x},{column.ours}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    is_ours: bool
    name_y: int
    top: int
    width: Decimal | None
    end: Decimal
    value: Decimal | None
    value_y: int


@dataclass(frozen=True, slots=True)
class BarChart:
    size: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    middle_x: Decimal | None
    middle: Decimal | None
    foot: int


def bar_chart(beside: Neighbours, size: str) -> BarChart:
    """Bars start at 0; a name stands above its bar, so that long ones fit a phone."""
    width, _height, room = SIZES[size]
    values = [row.value for row in beside.rows if row.value is not None]
    most = max([*values, beside.middle or Decimal(0), Decimal(1)])
    span = width - room

    def long(value: Decimal) -> Decimal:
        return _tenth(value / most * span)

    bars = tuple(
        Bar(
            name=row.name,
            is_ours=row.is_ours,
            name_y=16 + 46 * number,
            top=22 + 46 * number,
            width=None if row.value is None else long(row.value),
            end=Decimal(0) if row.value is None else long(row.value) - 6,
            value=row.value,
            value_y=37 + 46 * number,
        )
        for number, row in enumerate(beside.rows)
    )
    foot = 46 * len(bars) + 6
    return BarChart(
        size=size,
        width=width,
        height=foot + 24,
        bars=bars,
        middle_x=None if beside.middle is None else long(beside.middle),
        middle=beside.middle,
        foot=foot,
    )
