"""What is stored of figures, each family in its own file."""

from gandan.figures.models.published import PublishedValue, RankedUnit, Source
from gandan.figures.models.targets import Target, TargetAim, TargetValue

__all__ = [
    "PublishedValue",
    "RankedUnit",
    "Source",
    "Target",
    "TargetAim",
    "TargetValue",
]
