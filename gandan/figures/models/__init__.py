"""What is stored of figures, each family in its own file."""

from gandan.figures.models.editions import Edition, EditionValue, Series
from gandan.figures.models.published import PublishedValue, RankedUnit, Source
from gandan.figures.models.states import Delta, Follower, Measure, State
from gandan.figures.models.targets import Target, TargetAim, TargetValue

__all__ = [
    "Delta",
    "Edition",
    "EditionValue",
    "Follower",
    "Measure",
    "PublishedValue",
    "RankedUnit",
    "Series",
    "Source",
    "State",
    "Target",
    "TargetAim",
    "TargetValue",
]
