"""Counts → points. Exact fractions inside; two decimals, halves up, when read."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gandan.indicators.index766.components import (
    COMPONENTS,
    GROUP_POINTS,
    Component,
    Group,
)

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many, of how many."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is no share")


@dataclass(frozen=True, slots=True)
class Scored:
    """A component of one unit and period; `points` is none where it has no value."""

    component: Component
    counts: Counts | None
    exact: Fraction | None

    @property
    def points(self) -> Decimal | None:
        return None if self.exact is None else cents(self.exact)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`total` is what the measured components give; `measured` what they could give.

    The total of 100 is not known while components are not measured: it lies between
    `total` and `total + 100 − measured`.
    """

    scored: tuple[Scored, ...]

    @property
    def exact_total(self) -> Fraction:
        return sum(
            (one.exact for one in self.scored if one.exact is not None), _NOTHING
        )

    @property
    def total(self) -> Decimal:
        return cents(self.exact_total)

    @property
    def measured(self) -> Decimal:
        known = (one.component.points for one in self.scored if one.exact is not None)
        return sum(known, Decimal(0))

    @property
    def at_most(self) -> Decimal:
        return self.total + Decimal(sum(GROUP_POINTS.values())) - self.measured

    def of_group(self, group: Group) -> tuple[Scored, ...]:
        return tuple(one for one in self.scored if one.component.group is group)


_NOTHING = Fraction(0)


def cents(exact: Fraction) -> Decimal:
    """Two decimals, halves up; from the fraction itself, so that no digit is lost."""
    scaled = exact * 200 + 1  # halves up: floor((2·100·x + 1) / 2)
    return (Decimal(scaled.numerator // (2 * scaled.denominator)) * _CENT).quantize(
        _CENT, ROUND_HALF_UP
    )


def exact_points(component: Component, counts: Counts) -> Fraction | None:
    """`points × min(1, rate / full_at)`; at nothing of nothing what the rule states."""
    if counts.denominator == 0:
        return None if component.at_empty is None else Fraction(component.at_empty)
    rate = Fraction(counts.numerator, counts.denominator) / Fraction(component.full_at)
    return Fraction(component.points) * min(Fraction(1), rate)


def score(counts: Mapping[str, Counts], *, province: bool) -> Scorecard:
    """The card of a unit from the counts of its measured components, by code.

    Components of the province alone have no place on the card of another unit. A
    measured component without counts has no value (nothing is guessed).
    """
    scored = []
    for component in COMPONENTS:
        if component.province_only and not province:
            continue
        known = counts.get(component.code) if component.measured else None
        exact = exact_points(component, known) if known is not None else None
        scored.append(Scored(component, known, exact))
    return Scorecard(tuple(scored))
