"""Units in three bands, by interval: which differ from the whole, and which do not.

A share of few records says little. Each unit's share has Wilson's interval of 95 in
100; a unit stands below or above only where its whole interval lies below or above the
share of all units together. The others are equal as far as the records tell. Inside a
band the order is the alphabet's: there are no ranks. Pure Python, whole numbers and
decimals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

Z = Decimal("1.959964")  # 95 in 100
_PLACES = Decimal("0.000001")


class Band(StrEnum):
    ABOVE = "above"
    LIKE = "like"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Interval:
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """`key` names the unit, `order` sorts it by the alphabet."""

    key: str
    order: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Placed:
    share: Share
    interval: Interval
    band: Band


def interval(numerator: int, denominator: int) -> Interval:
    """Wilson's score interval; it never leaves 0 to 1, also for few records."""
    if not 0 <= numerator <= denominator or denominator == 0:
        raise ValueError(f"{numerator} of {denominator} is no share")
    with localcontext() as context:
        context.prec = 28
        n, share, square = Decimal(denominator), Decimal(numerator), Z * Z
        share /= n
        middle = share + square / (2 * n)
        root = (share * (1 - share) / n + square / (4 * n * n)).sqrt()
        scale = 1 + square / n
        low = max(Decimal(0), (middle - Z * root) / scale)
        high = min(Decimal(1), (middle + Z * root) / scale)
        return Interval(low.quantize(_PLACES), high.quantize(_PLACES))


def bands(shares: Iterable[Share]) -> dict[Band, list[Placed]]:
    """Every unit that has records, in one of three bands; always all three of them."""
    known = [share for share in shares if share.denominator]
    found: dict[Band, list[Placed]] = {band: [] for band in Band}
    whole = sum(share.denominator for share in known)
    part = sum(share.numerator for share in known)
    for share in sorted(known, key=lambda one: (one.order, one.key)):
        reach = interval(share.numerator, share.denominator)
        overall = Decimal(part) / whole
        band = Band.LIKE
        if reach.low > overall:
            band = Band.ABOVE
        elif reach.high < overall:
            band = Band.BELOW
        found[band].append(Placed(share, reach, band))
    return found
