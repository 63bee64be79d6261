"""Who sits on a steering committee, by office."""

from datetime import date

from gandan.places.models import Organisation, Seat
from gandan.places.rules import SeatRole

_ORDER = [role.value for role in SeatRole]


def seats(committee: Organisation, on: date) -> list[Seat]:
    """Chair first, then as the deciding document orders its roles."""
    rows = (
        Seat.objects.on(on)
        .filter(committee=committee)
        .select_related("holder")
        .prefetch_related("follows")
    )
    return sorted(rows, key=lambda seat: (_ORDER.index(seat.role), seat.pk))
