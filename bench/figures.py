"""What a benchmark found, and whether it is good enough: arithmetic only."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    AIM = "aim"  # as good as we want it
    FLOOR = "floor"  # good enough to land
    MISSED = "missed"  # the bench fails


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its baseline. `floor` and `aim` are limits on `value`: lower
    bounds where more is better, upper bounds where less is."""

    name: str
    value: float
    unit: str
    floor: float
    aim: float
    more_is_better: bool
    baseline: float | None = None
    baseline_name: str = ""
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        if self._reaches(self.aim):
            return Verdict.AIM
        return Verdict.FLOOR if self._reaches(self.floor) else Verdict.MISSED

    def _reaches(self, limit: float) -> bool:
        return self.value >= limit if self.more_is_better else self.value <= limit

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"verdict": self.verdict.value}


def at_least(
    name: str, value: float, unit: str, *, floor: float, aim: float, **more: Any
) -> Figure:
    return Figure(name, value, unit, floor, aim, more_is_better=True, **more)


def at_most(
    name: str,
    value: float,
    unit: str,
    *,
    floor: float,
    aim: float | None = None,
    **more: Any,
) -> Figure:
    """`floor` is the worst that passes; without an aim of its own it is the aim too."""
    goal = floor if aim is None else aim
    return Figure(name, value, unit, floor, goal, more_is_better=False, **more)


def median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    if not ordered:
        raise ValueError("the median of nothing")
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    if not ordered or not 0 < share <= 1:
        raise ValueError("a percentile needs values and a share between 0 and 1")
    return ordered[math.ceil(share * len(ordered)) - 1]


def paired_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of second/first over alternating pairs: what drifts on the machine
    from one pair to the next is in both halves of each."""
    return median(second / first for first, second in pairs)


def failed(figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.verdict is Verdict.MISSED]
