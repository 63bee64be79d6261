"""Three bands by interval: equal is what the records cannot tell apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.indicators.bands import Band, Share, bands, interval


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Computed by hand from Wilson's formula with z = 1.959964.
        (0, 10, "0.000000", "0.277533"),
        (10, 10, "0.722467", "1.000000"),
        (5, 10, "0.236593", "0.763407"),
        (50, 100, "0.403832", "0.596168"),
        (1, 1, "0.206549", "1.000000"),
    ],
)
def test_the_interval_is_wilsons(
    numerator: int, denominator: int, low: str, high: str
) -> None:
    found = interval(numerator, denominator)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_has_no_interval(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        interval(numerator, denominator)


@given(st.integers(1, 5_000), st.data())
def test_the_interval_holds_the_share_and_stays_between_none_and_all(
    denominator: int, data: st.DataObject
) -> None:
    numerator = data.draw(st.integers(0, denominator))
    found = interval(numerator, denominator)
    share = Decimal(numerator) / denominator
    step = Decimal("0.000001")
    assert 0 <= found.low <= share + step
    assert share - step <= found.high <= 1


def keys(shares: list[Share]) -> dict[Band, list[str]]:
    found = bands(shares)
    return {band: [one.share.key for one in placed] for band, placed in found.items()}


def test_units_stand_in_bands_by_the_alphabet_and_few_records_say_nothing() -> None:
    shares = [
        Share("x", "x", 90, 100),
        Share("b", "b", 80, 100),
        Share("c", "c", 1, 1),  # all of one: too little to say
        Share("a", "a", 10, 100),
        Share("none", "none", 0, 0),  # nothing to say at all
    ]
    assert keys(shares) == {
        Band.ABOVE: ["b", "x"],
        Band.LIKE: ["c"],
        Band.BELOW: ["a"],
    }


def test_equal_units_share_the_middle_band() -> None:
    assert keys([Share("a", "a", 5, 10), Share("b", "b", 6, 10)])[Band.LIKE] == [
        "a",
        "b",
    ]
    assert keys([]) == {band: [] for band in Band}
