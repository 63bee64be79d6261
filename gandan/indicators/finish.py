"""From whole numbers to a value: decimals, never floats. Pure Python.

A ratio is kept to six places, halves up: enough for shares of a million, and faces
round further. An empty denominator has no value unless the definition states one.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal("0.000001")


def ratio(
    numerator: int, denominator: int, at_empty: Decimal | None = None
) -> Decimal | None:
    if not denominator:
        return at_empty
    return (Decimal(numerator) / denominator).quantize(PLACES, ROUND_HALF_UP)


def percentile(histogram: Mapping[int, int], share: Decimal) -> int | None:
    """The smallest value that at least `share` of the records do not exceed.

    Discrete: always a value that some record has. None where there are no records.
    """
    if not 0 < share <= 1:
        raise ValueError("a percentile lies above 0 and at most at 1")
    records = sum(histogram.values())
    reached = 0
    for value in sorted(histogram):
        reached += histogram[value]
        if histogram[value] and reached >= share * records:
            return value
    return None


def keys_of_ages(
    on: int, ages: tuple[int, int | None] | None
) -> tuple[int | None, int]:
    """The first (none: any) and last day number since which a record may stand.

    The day since which it stands is its first: on that day its age is one.
    """
    if ages is None:
        return None, on
    youngest, oldest = ages
    first = None if oldest is None else on - oldest + 1
    return first, on - youngest + 1


def within(histogram: Mapping[int, int], first: int | None, last: int) -> int:
    """How many records have a key from `first` (none: from any) to `last`."""
    return sum(
        n
        for key, n in histogram.items()
        if key <= last and (first is None or first <= key)
    )
