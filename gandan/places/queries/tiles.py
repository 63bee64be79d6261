"""Where each commune of today stands on the tile map.

Equal cells compare fairly; the places are fixed, so that people learn them. They were
laid from the communes' points: 120 of 128 pairs of neighbours touch. A province without
such a grid has its table alone.
"""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from gandan.places.queries.directory import directory

_GRID = Path(__file__).parent.parent / "seed" / "tile_grid.csv"
_NOBODY = "."


@cache
def _grid() -> Mapping[str, tuple[int, int]]:
    """Code → column, row."""
    with _GRID.open(encoding="utf-8", newline="") as file:
        return {
            code: (column, int(line["row"]))
            for line in csv.DictReader(file)
            for column, code in enumerate(line["codes"].split())
            if code != _NOBODY
        }


def tile_places(on: date) -> Mapping[str, tuple[int, int]]:
    """Key of the unit in force on the day → column and row; empty without a grid."""
    found = {}
    for code, place in _grid().items():
        for unit in directory().places_of_code.get(code, ()):
            if unit.starts <= on and (unit.ends is None or on < unit.ends):
                found[unit.key] = place
    return found
