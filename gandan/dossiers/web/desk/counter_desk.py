"""Which desk a session works at."""

from django.http import Http404

from gandan.kernel.actors import Role
from gandan.people.guards import StaffRequest
from gandan.people.web import desk
from gandan.places import queries as places
from gandan.places.models import Organisation

DESK = (Role.COUNTER, Role.HEAD_ONE_STOP)


def desk_of(request: StaffRequest) -> Organisation:
    """The one chosen for this session, if it is a desk; else the first one held."""
    held = [c for c in request.actor.capacities if c.role in DESK]
    current = desk.current(request)
    if current is not None and current.role in DESK:
        held.insert(0, current)
    if not held:
        raise Http404
    return places.directory().organisations[held[0].organisation]
