"""Charts as SVG from templates: geometry here, colours and words in the templates.

Every chart stands beside its table; nothing here decides what a number means.
"""

from gandan.ui.charts.lines import LineChart, Mark, Point, Target, line_chart
from gandan.ui.charts.tiles import Tile, TileMap, steps_of, tile_map

__all__ = [
    "LineChart",
    "Mark",
    "Point",
    "Target",
    "Tile",
    "TileMap",
    "line_chart",
    "steps_of",
    "tile_map",
]
