"""Why a change of units, bodies or the calendar is not taken; pages find the words."""

from typing import Any


class ChangeRefused(Exception):
    """`reason` is a stable code; `field` is where the page shows it."""

    def __init__(self, reason: str, field: str = "", **detail: Any) -> None:
        super().__init__(f"{reason} {detail}" if detail else reason)
        self.reason, self.field, self.detail = reason, field, detail
