"""The bodies and the unit of a dossier, from the directory instead of a query each."""

from gandan.dossiers.models import Dossier
from gandan.places import queries as places

_BODIES = (*("helped_at", "received_by", "competent", "first_competent", "office"),)


def with_bodies(dossier: Dossier) -> Dossier:
    """The same row; its organisations are shared ones, to be read only."""
    book = places.directory()
    for name in _BODIES:
        body = book.organisations.get(getattr(dossier, f"{name}_id") or 0)
        if body is not None:
            setattr(dossier, name, body)
    unit = book.places.get(dossier.place_id or 0)
    if unit is not None:
        dossier.place = unit
    return dossier
