"""The tile map: one equal cell for each commune, shaded in five steps."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 72, 60
_LONGEST = 9  # characters of 12 px in a cell
SHADES = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """`value` is none where there is nothing to show; `said` is what stands there."""

    name: str
    column: int
    row: int
    value: Decimal | None
    said: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    tile: Tile
    x: int
    y: int
    lines: tuple[str, ...]
    shade: int | None  # 0 is the lightest

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def baselines(self) -> tuple[tuple[int, str], ...]:
        return tuple((self.y + 16 + 13 * n, line) for n, line in enumerate(self.lines))

    @property
    def value_line(self) -> int:
        return self.y + 50


@dataclass(frozen=True, slots=True)
class TileMap:
    cells: tuple[Cell, ...]
    width: int
    height: int
    steps: tuple[Decimal, ...]


def steps_of(values: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """Four bounds between five shades: the fifths of the values, each bound once."""
    ordered = sorted(values)
    if not ordered:
        return ()
    at = (len(ordered) * fifth // SHADES for fifth in range(1, SHADES))
    found = sorted({ordered[min(n, len(ordered) - 1)] for n in at})
    return tuple(bound for bound in found if bound > ordered[0])


def tile_map(tiles: Sequence[Tile], steps: Sequence[Decimal]) -> TileMap:
    """`steps` are ascending bounds; a value at a bound belongs to the darker shade."""
    cells = tuple(
        Cell(
            tile,
            tile.column * WIDTH,
            tile.row * HEIGHT,
            _broken(tile.name),
            None if tile.value is None else bisect_right(steps, tile.value),
        )
        for tile in tiles
    )
    return TileMap(
        cells,
        max((cell.x + WIDTH for cell in cells), default=0),
        max((cell.y + HEIGHT for cell in cells), default=0),
        tuple(steps),
    )


def _broken(name: str) -> tuple[str, ...]:
    """The name in at most two lines; what is longer still ends in an ellipsis."""
    if len(name) <= _LONGEST:
        return (name,)
    words = name.split()
    first = words.pop(0)
    while words and len(f"{first} {words[0]}") <= _LONGEST:
        first = f"{first} {words.pop(0)}"
    rest = " ".join(words)
    if len(rest) > _LONGEST:
        rest = rest[: _LONGEST - 1].rstrip() + "…"
    return (first, rest) if rest else (first,)
