"""What is stored of figures, each family in its own file."""

from gandan.figures.models.published import PublishedValue, RankedUnit, Source
from gandan.figures.models.states import Delta, Follower, Measure, State
from gandan.figures.models.targets import Target, TargetAim, TargetValue

__all__ = [
    "Delta",
    "Follower",
    "Measure",
    "PublishedValue",
    "RankedUnit",
    "Source",
    "State",
    "Target",
    "TargetAim",
    "TargetValue",
]
