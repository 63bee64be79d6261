"""Rule versions of the one-stop decrees, as dated data (domain handbook §1.1, §1.5).

A dossier keeps the version in force on the day it was received.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gandan.kernel.clock.allowance import ClockRefused

Resume = Literal["RESTART", "EXTEND_BY_WAIT"]


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """In force from `valid_from` up to, not including, `valid_to`.

    A version without `valid_from` is never chosen by date: a sector's procedure or an
    operator names it. `verified` is false where nobody has read the text itself.
    """

    id: str
    resume: Resume
    max_extensions: int
    verified: bool
    basis: str
    valid_from: date | None
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        return (
            self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_to is None or day < self.valid_to)
        )


RULES: dict[str, RuleVersion] = {
    rules.id: rules
    for rules in (
        RuleVersion(
            id="nd61-2018",
            resume="RESTART",
            max_extensions=1,
            verified=True,
            basis="Nghị định 61/2018/NĐ-CP, Điều 19",
            valid_from=date(2018, 6, 21),
            valid_to=date(2025, 7, 1),
        ),
        # Its full text was not found: the rules of its predecessor, marked so.
        RuleVersion(
            id="nd118-2025",
            resume="RESTART",
            max_extensions=1,
            verified=False,
            basis="Nghị định 118/2025/NĐ-CP",
            valid_from=date(2025, 7, 1),
            valid_to=None,
        ),
        # How one provincial system computes: old due date plus the days waited.
        RuleVersion(
            id="extend-by-wait",
            resume="EXTEND_BY_WAIT",
            max_extensions=1,
            verified=False,
            basis="cách tính của một hệ thống cấp tỉnh: hạn cũ cộng thời gian chờ",
            valid_from=None,
            valid_to=None,
        ),
    )
}


def rules_on(day: date) -> RuleVersion:
    """The version in force for a dossier received on `day`."""
    for rules in RULES.values():
        if rules.in_force(day):
            return rules
    raise ClockRefused(f"no rule version is known for {day.isoformat()}")
