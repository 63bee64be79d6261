"""What pages and other rooms ask about places named in answers."""

from collections.abc import Mapping
from datetime import date

from gandan.kernel.text import fold
from gandan.places.models import Place
from gandan.places.queries import communes


def commune_names(on: date) -> list[str]:
    """Today's communes as people write them in an address: «xã Đàm Thủy»."""
    names = (place.full_name for place in communes(on))
    return [name[:1].lower() + name[1:] for name in names]


def commune_of(address: Mapping[str, str], on: date) -> Place | None:
    """The commune an address names, if exactly one of this day has that name.

    The type may be left out: «Đàm Thủy» is found as «xã Đàm Thủy» is.
    """
    wanted = fold(address.get("commune", ""))
    found = [
        place
        for place in communes(on)
        if wanted and wanted in (fold(place.full_name), fold(place.name))
    ]
    return found[0] if len(found) == 1 else None
