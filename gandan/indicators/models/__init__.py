"""What the room stores, each family in its own file."""

from gandan.indicators.models.reform import (
    ReformAdjustment,
    ReformArea,
    ReformMark,
    ReformNode,
    ReformRound,
    ReformSheet,
)

__all__ = [
    "ReformAdjustment",
    "ReformArea",
    "ReformMark",
    "ReformNode",
    "ReformRound",
    "ReformSheet",
]
