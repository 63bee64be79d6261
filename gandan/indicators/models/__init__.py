"""What the room stores, each family in its own file."""

from gandan.indicators.models.facts import DossierFact, LeftOutFact, VisitFact
from gandan.indicators.models.reform import (
    ReformAdjustment,
    ReformArea,
    ReformMark,
    ReformNode,
    ReformRound,
    ReformSheet,
)

__all__ = [
    "DossierFact",
    "LeftOutFact",
    "ReformAdjustment",
    "ReformArea",
    "ReformMark",
    "ReformNode",
    "ReformRound",
    "ReformSheet",
    "VisitFact",
]
