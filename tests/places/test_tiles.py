"""The tile map of the communes."""

from datetime import date

import pytest

from gandan.places import queries
from gandan.places.queries.tiles import tile_places

pytestmark = pytest.mark.django_db


def test_each_of_the_56_communes_has_a_tile_of_its_own() -> None:
    on = date(2026, 1, 1)
    tiles = tile_places(on)
    assert tiles.keys() == {place.key for place in queries.communes(on)}
    assert len(set(tiles.values())) == 56


def test_before_the_merge_a_reused_code_stands_for_its_old_unit() -> None:
    on = date(2025, 6, 30)
    assert "04.01273@2025-07-01" not in tile_places(on)
