"""Geometry of charts, and what their markup says to whoever does not see it."""

import re
from decimal import Decimal

import pytest

from gandan.ui.charts import (
    LineChart,
    Mark,
    Point,
    Target,
    Tile,
    line_chart,
    steps_of,
    tile_map,
)
from tests.ui.test_components import rendered


def points(*values: int | None) -> list[Point]:
    return [
        Point(f"{number}/2025", None if v is None else Decimal(v), str(v))
        for number, v in enumerate(values, start=1)
    ]


def ys(chart: LineChart) -> list[float]:
    return [one.y for one in chart.drawn]


def test_a_line_breaks_where_nothing_is_known() -> None:
    chart = line_chart(points(3, 4, None, 5, 6))
    assert len(chart.runs) == 2
    assert len(chart.drawn) == 4


def test_the_largest_value_lies_within_the_plot_and_the_axis_starts_at_zero() -> None:
    chart = line_chart(points(0, 7, 93))
    assert ys(chart)[0] == chart.bottom
    assert chart.top <= ys(chart)[2] <= ys(chart)[1]
    assert chart.ticks[0][1] == 0
    assert chart.ticks[-1][1] >= 93


@pytest.mark.parametrize("high", [1, 3, 9, 10, 99, 101, 2_500, 34_530])
def test_ticks_are_round_numbers(high: int) -> None:
    ticks = [value for _y, value in line_chart(points(0, high)).ticks]
    assert len(ticks) == 5
    assert ticks[-1] >= high
    assert all(len(tick.normalize().as_tuple().digits) <= 2 for tick in ticks)


def test_values_that_are_all_none_draw_an_empty_plot() -> None:
    chart = line_chart(points(None, None))
    assert chart.runs == ()
    assert chart.last is None


def test_a_phone_shows_every_third_label_of_a_year_and_always_the_last() -> None:
    chart = line_chart(points(*range(12)), size="phone")
    assert [label for _x, label in chart.labels] == [
        "3/2025",
        "6/2025",
        "9/2025",
        "12/2025",
    ]


def test_a_period_that_has_not_ended_is_hatched_from_before_its_point() -> None:
    open_one = Point("3/2025", Decimal(2), "2", open=True)
    chart = line_chart([*points(1, 2), open_one])
    assert chart.open_from is not None
    assert chart.drawn[1].x < chart.open_from < chart.drawn[2].x


def test_the_target_is_always_inside_the_plot() -> None:
    chart = line_chart(points(1, 2), target=Target(Decimal(98), "98 %"))
    assert chart.target
    assert chart.top <= chart.target[0] <= chart.bottom


def test_a_change_of_units_stands_between_two_points() -> None:
    chart = line_chart(points(1, 2, 3), marks=[Mark(2, "56 xã")])
    ((x, _label),) = chart.marks
    assert chart.drawn[1].x < x < chart.drawn[2].x


def tile(value: int | None, name: str = "Thục Phán") -> Tile:
    return Tile(name, 1, 2, None if value is None else Decimal(value), str(value), "/x")


def test_fifths_part_the_values_and_equal_values_share_a_shade() -> None:
    assert steps_of([Decimal(v) for v in range(10)]) == tuple(
        map(Decimal, (2, 4, 6, 8))
    )
    assert steps_of([Decimal(4)] * 9) == ()
    drawn = tile_map(
        [tile(v) for v in (0, 2, 5, 9, None)], steps_of(map(Decimal, range(10)))
    )
    assert [cell.shade for cell in drawn.cells] == [0, 1, 2, 4, None]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Thục Phán", ("Thục Phán",)),
        ("Nguyễn Huệ", ("Nguyễn", "Huệ")),
        ("Trường Hà Thượng", ("Trường Hà", "Thượng")),
        ("Nguyễn Thị Minh Khai", ("Nguyễn", "Thị Minh…")),
        ("Nông Quảng Lâm Hạ Du", ("Nông", "Quảng Lâ…")),
    ],
)
def test_a_name_takes_two_lines_at_most(name: str, lines: tuple[str, ...]) -> None:
    (cell,) = tile_map([tile(1, name)], ()).cells
    assert cell.lines == lines


def test_each_tile_says_its_name_and_value_to_a_reader_of_screens() -> None:
    drawn = tile_map([tile(7), tile(None, "Hòa An")], (Decimal(5),))
    page = rendered('<c-tilemap :map="map" label="Trễ hạn" />', map=drawn)
    assert 'aria-label="Thục Phán: 7"' in page
    assert 'aria-label="Hòa An: None"' in page
    assert "gd-tiles__1" in page
    assert "gd-tiles__none" in page
    assert "style=" not in page


def test_numbers_in_geometry_have_points_in_every_language() -> None:
    chart = line_chart(points(1, 2, 3))
    page = rendered(
        '<c-chart title="T" alt="A" :desk="desk" :phone="phone">bảng</c-chart>',
        desk=chart,
        phone=line_chart(points(1, 2, 3), size="phone"),
    )
    for value in re.findall(r'(?:cx|cy|x1|x2|y1|y2)="([^"]+)"', page):
        assert re.fullmatch(r"[0-9]+(\.[0-9]+)?", value)
    assert page.count('role="img"') == 2
    assert "bảng" in page
