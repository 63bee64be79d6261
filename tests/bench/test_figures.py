"""The arithmetic of the benchmarks: what a figure is, and when the bench fails."""

import pytest

from bench.figures import (
    Verdict,
    at_least,
    at_most,
    failed,
    median,
    paired_ratio,
    percentile,
)


@pytest.mark.parametrize(
    ("values", "middle"),
    [([3.0], 3.0), ([1.0, 9.0], 5.0), ([9.0, 1.0, 2.0], 2.0), ([4, 1, 3, 2], 2.5)],
)
def test_the_median_is_the_middle_or_between_the_two(
    values: list[float], middle: float
) -> None:
    assert median(values) == middle


@pytest.mark.parametrize(
    ("share", "found"),
    [
        (0.95, 95),  # 95 of 100 are 95 or less
        (0.951, 96),
        (1.0, 100),
        (0.01, 1),
        (0.005, 1),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(share: float, found: int) -> None:
    assert percentile(range(100, 0, -1), share) == found


def test_one_slow_answer_of_twenty_is_within_p95_and_two_are_not() -> None:
    assert percentile([10.0] * 19 + [500.0], 0.95) == 10.0
    assert percentile([10.0] * 18 + [500.0] * 2, 0.95) == 500.0


def test_nothing_has_no_median_and_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing"):
        median([])
    with pytest.raises(ValueError, match="values"):
        percentile([], 0.95)
    with pytest.raises(ValueError, match="share"):
        percentile([1.0], 0.0)


def test_a_machine_that_slows_down_moves_no_ratio_of_pairs() -> None:
    # The second half of each pair has nine tenths of the first, whatever the hour.
    assert paired_ratio([(100, 90), (50, 45), (10, 9)]) == pytest.approx(0.9)


def test_one_disturbed_pair_of_five_changes_nothing() -> None:
    pairs = [(60, 57), (60, 57), (60, 12), (60, 57), (12, 57)]
    assert paired_ratio(pairs) == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (29.9, Verdict.MISSED),
        (30.0, Verdict.FLOOR),
        (59.9, Verdict.FLOOR),
        (60.0, Verdict.AIM),
    ],
)
def test_of_a_rate_more_is_better(value: float, verdict: Verdict) -> None:
    assert at_least("r", value, "/s", floor=30, aim=60).verdict is verdict


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (0.9, Verdict.AIM),
        (1.0, Verdict.AIM),
        (1.1, Verdict.FLOOR),
        (1.3, Verdict.FLOOR),
        (1.31, Verdict.MISSED),
    ],
)
def test_of_a_time_less_is_better(value: float, verdict: Verdict) -> None:
    assert at_most("t", value, "×", floor=1.3, aim=1.0).verdict is verdict


def test_a_limit_without_an_aim_of_its_own_is_the_aim() -> None:
    assert at_most("p95", 150, "ms", floor=150).verdict is Verdict.AIM
    assert at_most("p95", 150.1, "ms", floor=150).verdict is Verdict.MISSED


def test_only_what_missed_its_floor_fails_the_bench() -> None:
    good = at_least("good", 61, "/s", floor=30, aim=60)
    enough = at_least("enough", 31, "/s", floor=30, aim=60)
    bad = at_least("bad", 29, "/s", floor=30, aim=60)
    assert failed([good, enough, bad]) == [bad]
    assert failed([good, enough]) == []


def test_a_figure_is_written_with_its_baseline_and_verdict() -> None:
    figure = at_least(
        "r", 31, "/s", floor=30, aim=60, baseline=37, baseline_name="a peer"
    )
    written = figure.as_json()
    assert (written["baseline"], written["verdict"]) == (37, "floor")
