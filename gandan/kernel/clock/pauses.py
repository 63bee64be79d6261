"""Time that does not count: waits for papers, and intervals the law leaves out.

Both are half-open: [a, b) leaves out the days a … b−1, and b, the day the complete
papers arrived, is on the clock again. Overlapping and touching intervals count once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gandan.kernel.clock.allowance import ClockRefused
from gandan.kernel.localtime import local_day

SUPPLEMENT = "supplement"


@dataclass(frozen=True, slots=True)
class Pause:
    """From `starts` up to, but not including, `ends`; an open one has no end.

    `kind` says what is waited for, `owner` whose time it is. `resumed_at` matters only
    to limits in hours: the moment of day `ends` at which the papers arrived.
    """

    starts: date
    ends: date | None = None
    kind: str = SUPPLEMENT
    owner: str = ""
    resumed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.starts:
            raise ClockRefused("a pause cannot end before it starts")
        if self.resumed_at is not None and local_day(self.resumed_at) != self.ends:
            raise ClockRefused("a pause resumes on the day it ends")

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Gap:
    """Pauses that overlap or touch, as one."""

    starts: date
    ends: date | None
    resumed_at: datetime | None

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


def gaps_of(pauses: Iterable[Pause]) -> tuple[Gap, ...]:
    """The union of pauses, in order; one that ends where it starts leaves no gap."""
    gaps: list[Gap] = []
    for pause in sorted(pauses, key=lambda pause: pause.starts):
        if pause.starts == pause.ends:
            continue
        gap = Gap(pause.starts, pause.ends, pause.resumed_at)
        if gaps and (gaps[-1].ends is None or gap.starts <= gaps[-1].ends):
            gap = _joined(gaps.pop(), gap)
        gaps.append(gap)
    return tuple(gaps)


def _joined(a: Gap, b: Gap) -> Gap:
    if a.ends is None or b.ends is None:
        return Gap(a.starts, None, None)
    ends = max(a.ends, b.ends)
    moments = [gap.resumed_at for gap in (a, b) if gap.ends == ends]
    known = [moment for moment in moments if moment is not None]
    return Gap(a.starts, ends, max(known, default=None))
