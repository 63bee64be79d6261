"""Where the address of an identity card lies today.

Cards name communes and districts as they were when the card was made; after 1 July 2025
most of these are part of another unit. The words themselves are kept as they stand.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from gandan.kernel.text import fold
from gandan.places import queries as places
from gandan.places.models import Place
from gandan.places.rules import Level

_TYPE = re.compile(
    r"^(tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong|dac khu|tp\.?|tx\.?) "
)


@dataclass(frozen=True, slots=True)
class Residence:
    """`was`: the unit the card names; `today`: where it lies now, several after a
    split, none for another province or a name we do not know."""

    village: str = ""
    was: Place | None = None
    today: tuple[Place, ...] = ()

    @property
    def has_moved(self) -> bool:
        return self.was is not None and self.today != (self.was,)


def read_residence(text: str, on: date) -> Residence:
    """«Xóm Nà Lũng, Hồng Trị, Bảo Lạc, Cao Bằng» → Nà Lũng's commune of today."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    province = places.province(on, settings.PROVINCE_CODE)
    if province is None or len(parts) < 2 or _bare(parts[-1]) != _bare(province.name):
        return Residence()
    *inside, above = parts[:-1]
    if inside and (unit := _commune(inside[-1], above, on)):
        return _found(inside[:-1], unit, on)
    # Two parts before the name of a former district: its commune is not known to us,
    # and today's commune of the district's name need not be the one.
    if len(inside) > 1 and _was_district(above):
        return Residence()
    if unit := _commune(above, "", on):
        return _found(inside, unit, on)
    return Residence()


def _was_district(name: str) -> bool:
    return any(
        _bare(place.name) == _bare(name)
        for place in places.directory().places.values()
        if place.level == Level.DISTRICT
    )


def _found(village: list[str], unit: Place, on: date) -> Residence:
    return Residence(", ".join(village), unit, tuple(places.successors(unit, on)))


def _commune(name: str, district: str, on: date) -> Place | None:
    """The one commune of this name in the district; without a district, today's one,
    else the only former one. Two that fit are none: the officer chooses."""
    wanted = _bare(name)
    named = [
        hit.place
        for hit in places.search_places(wanted, on)
        if hit.place.level == Level.COMMUNE and _bare(hit.place.name) == wanted
    ]
    if district:
        named = [p for p in named if _is_in(p, _bare(district))]
    else:
        named = [p for p in named if p.is_in_force(on)] or named
    return named[0] if len({p.key for p in named}) == 1 else None


def _is_in(place: Place, district: str) -> bool:
    above = place.parent
    return (
        above is not None
        and above.level == Level.DISTRICT
        and _bare(above.name) == district
    )


def _bare(name: str) -> str:
    return _TYPE.sub("", fold(name))
