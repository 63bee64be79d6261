"""How many records, acted upon, raise the total by a tenth of a point.

Each act turns one record of a component's pool from outside the numerator into it; the
denominator stays. Progress is read ahead: dossiers that are open, within their limit
and due before the period ends will be late by then unless they are decided, so the
score it starts from is the one without them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gandan.indicators.index766.components import BY_CODE, SHORTENS_A_WAIT, Act
from gandan.indicators.index766.score import Counts, exact_points

A_TENTH = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Lever:
    """`records` is the smallest number that gives `by`; none where the pool, or full
    marks, end before. `at_most` is what the whole pool gives."""

    code: str
    act: Act
    pool: int
    records: int | None
    by: Fraction
    at_most: Fraction

    @property
    def shortens_a_wait(self) -> bool:
        return self.act in SHORTENS_A_WAIT


def lever(code: str, counts: Counts, pool: int, by: Fraction = A_TENTH) -> Lever:
    """The smallest whole number of acts that raises the component by `by` points.

    `counts` is what the period will end with if nobody acts; `pool` how many records an
    act may still be done for, at most `denominator − numerator`.
    """
    component = BY_CODE[code]
    if component.act is None:
        raise ValueError(f"component {code} has no act")
    if not 0 <= pool <= counts.denominator - counts.numerator:
        raise ValueError(f"{pool} records cannot be acted upon in {counts}")
    points, full_at = Fraction(component.points), Fraction(component.full_at)
    before = exact_points(component, counts)
    if before is None or not pool:
        return Lever(code, component.act, pool, None, by, Fraction(0))
    rate_of_one = points / (full_at * counts.denominator)
    whole = Counts(counts.numerator + pool, counts.denominator)
    after = exact_points(component, whole)
    assert after is not None
    at_most = after - before
    if at_most < by:
        return Lever(code, component.act, pool, None, by, at_most)
    # The score runs straight up to its full marks, and those lie beyond `by`.
    records = -((-by) // rate_of_one)
    return Lever(code, component.act, pool, int(records), by, at_most)


def levers(counts: Mapping[str, Counts], pools: Mapping[str, int]) -> tuple[Lever, ...]:
    """Those that shorten somebody's wait first, then the fewest records."""
    found = [
        lever(code, counts[code], pool)
        for code, pool in pools.items()
        if code in counts and pool
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                not one.shortens_a_wait,
                one.records is None,
                one.records or 0,
                one.code,
            ),
        )
    )
