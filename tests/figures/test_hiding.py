"""Hidden cells, and somebody who knows everything published and tries to tell them."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gandan.figures.hiding import Key, Line, Share, Span, hidden_cells, spans

THRESHOLD = 5
Cells = dict[Key, int]


def table(rows: list[list[int]]) -> tuple[Cells, list[Line]]:
    """Units × months with the sums of both, and the sum of all."""
    units, months = range(len(rows)), range(len(rows[0]))
    cells: Cells = {(u, m): rows[u][m] for u in units for m in months}
    lines = []
    for unit in units:
        parts = tuple((unit, month) for month in months)
        cells[unit, "all"] = sum(cells[key] for key in parts)
        lines.append(Line((unit, "all"), parts))
    for month in (*months, "all"):
        parts = tuple((unit, month) for unit in units)
        cells["all", month] = sum(cells[key] for key in parts)
        lines.append(Line(("all", month), parts))
    lines.append(Line(("all", "all"), tuple(("all", month) for month in months)))
    return cells, lines


def shown(cells: Cells, hidden: frozenset[Key]) -> dict[Key, int | None]:
    return {key: None if key in hidden else value for key, value in cells.items()}


# --- the attacker: tries every table --------------------------------------------------


def by_trying(
    published: dict[Key, int | None], lines: list[Line], most: int
) -> dict[Key, Span]:
    """Bounds of each hidden cell from all whole tables that agree with what is shown.

    Cells beyond `most` are not tried; a span that reaches it may be open above.
    """
    totals = {line.total for line in lines}
    inner = [key for key, value in published.items() if value is None]
    inner = [key for key in inner if key not in totals]
    seen: dict[Key, set[int]] = {}
    for whole in _tables(dict(published), inner, lines, most):
        for key, value in published.items():
            if value is None:
                seen.setdefault(key, set()).add(whole[key])
    return {key: Span(min(values), max(values)) for key, values in seen.items()}


def _tables(
    whole: dict[Key, int | None], left: list[Key], lines: list[Line], most: int
) -> Iterator[Cells]:
    if not left:
        complete: Cells = {
            key: value for key, value in whole.items() if value is not None
        }
        for line in lines:
            amount = sum(complete[key] for key in line.parts)
            if complete.setdefault(line.total, amount) != amount:
                return
        yield complete
        return
    key, rest = left[0], left[1:]
    for value in range(most + 1):
        tried = whole | {key: value}
        if not any(_is_broken(line, tried) for line in lines if key in line.parts):
            yield from _tables(tried, rest, lines, most)


def _is_broken(line: Line, cells: dict[Key, int | None]) -> bool:
    total = cells[line.total]
    parts = [cells[key] for key in line.parts]
    known = sum(part for part in parts if part is not None)
    if total is None:
        return False
    return known > total or (None not in parts and known != total)


def test_a_small_count_takes_three_others_with_it() -> None:
    cells, lines = table([[40, 3], [50, 60], [70, 80]])
    hidden = hidden_cells(cells, lines, threshold=THRESHOLD)
    assert hidden == {(0, 1), (0, 0), (1, 0), (1, 1)}


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    cells, lines = table([[40, 30], [0, 60]])
    assert hidden_cells(cells, lines, threshold=THRESHOLD) == frozenset()


def test_a_table_that_does_not_add_up_is_refused() -> None:
    cells, lines = table([[40, 30], [10, 60]])
    cells["all", "all"] = 1
    with pytest.raises(ValueError, match="add up"):
        hidden_cells(cells, lines, threshold=THRESHOLD)


def test_hiding_the_small_ones_alone_would_give_them_away() -> None:
    cells, lines = table([[40, 3], [50, 60]])
    assert spans(shown(cells, frozenset({(0, 1)})), lines) == {(0, 1): Span(3, 3)}


def test_what_is_left_of_a_whole_is_a_count_too() -> None:
    # 98 of 100 in time says that two were late.
    cells: Cells = {"in time": 98, "resolved": 100}
    hidden = hidden_cells(
        cells, [], [Share("in time", "resolved")], threshold=THRESHOLD
    )
    assert hidden == {"in time"}
    found = spans(shown(cells, hidden), [], [Share("in time", "resolved")])
    assert found == {"in time": Span(0, 100)}


def test_a_hidden_whole_hides_its_part() -> None:
    cells: Cells = {"in time": 0, "resolved": 4}
    hidden = hidden_cells(
        cells, [], [Share("in time", "resolved")], threshold=THRESHOLD
    )
    assert hidden == {"in time", "resolved"}


def test_no_help_is_sought_from_a_part_that_its_whole_tells() -> None:
    """Nothing was resolved in January, so that nothing was late is known anyway."""
    late, lines = table([[0, 3], [0, 7], [0, 9]])
    cells: Cells = {("late", key): value for key, value in late.items()}
    resolved, more = table([[0, 30], [0, 40], [0, 50]])
    cells |= {("resolved", key): value for key, value in resolved.items()}
    adding = [
        Line((name, line.total), tuple((name, key) for key in line.parts))
        for name, several in (("late", lines), ("resolved", more))
        for line in several
    ]
    shares = [Share(("late", key), ("resolved", key)) for key in late]
    hidden = hidden_cells(cells, adding, shares, threshold=THRESHOLD)
    assert ("late", (0, 1)) in hidden
    assert all(cells[key] > 0 for key in hidden)
    found = spans(shown(cells, hidden), adding, shares)
    assert all(span.is_wide(THRESHOLD) for span in found.values())


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=3
    )
)
def test_whoever_tries_every_table_tells_no_hidden_cell(rows: list[list[int]]) -> None:
    cells, lines = table(rows)
    hidden = hidden_cells(cells, lines, threshold=THRESHOLD)
    for key, value in cells.items():
        assert key in hidden or not 0 < value < THRESHOLD
    most = 12
    for key, span in by_trying(shown(cells, hidden), lines, most).items():
        assert span.high is not None
        assert span.low <= cells[key] <= span.high
        assert span.is_wide(THRESHOLD) or span.high >= most, (rows, key, span)


def test_the_bounds_of_the_programmes_are_those_of_trying() -> None:
    chance = random.Random(5)
    for _turn in range(20):
        rows = [[chance.randint(0, 9) for _ in range(2)] for _ in range(3)]
        cells, lines = table(rows)
        inner = [(unit, month) for unit in range(3) for month in range(2)]
        published = shown(cells, frozenset(chance.sample(inner, 4)))
        assert spans(published, lines) == by_trying(published, lines, most=30)


def test_fifty_six_communes_by_three_months_stay_hidden() -> None:
    """Late of resolved, by unit and month, with every sum: the shape of an edition."""
    chance = random.Random(56)
    resolved = [[chance.randint(80, 300) for _ in range(3)] for _ in range(56)]
    late = [
        [chance.choice((0, 0, 1, 2, 4, 9, 30)) for _ in range(3)] for _ in range(56)
    ]
    cells: Cells = {}
    lines: list[Line] = []
    for name, rows in (("late", late), ("resolved", resolved)):
        found, adding = table(rows)
        cells |= {(name, key): value for key, value in found.items()}
        lines += [
            Line((name, line.total), tuple((name, key) for key in line.parts))
            for line in adding
        ]
    keys = list(table(late)[0])
    shares = [Share(("late", key), ("resolved", key)) for key in keys]
    hidden = hidden_cells(cells, lines, shares, threshold=THRESHOLD)
    found_spans = spans(shown(cells, hidden), lines, shares)
    assert found_spans.keys() == hidden
    assert all(span.is_wide(THRESHOLD) for span in found_spans.values())
    assert all(span.low <= cells[key] for key, span in found_spans.items())
    # And it is still a table: few are hidden that were not small.
    small = sum(0 < value < THRESHOLD for value in cells.values())
    assert len(hidden) < 1.5 * small
