"""Whose figures an official may see inside the house: the own unit's, or the province.

Figures are counts; which records behind them may be opened is the dossiers' own filter.
"""

from gandan.indicators.charts_of_units import AS_IS, chart_of
from gandan.kernel.actors import Actor, Role
from gandan.places import queries as places
from gandan.places.rules import OrganisationKind

READERS = (
    Role.SIGNATORY,
    Role.UNIT_LEADER,
    Role.HEAD_ONE_STOP,
    Role.PROVINCE_STEERING,
)
_LEADING = frozenset({Role.SIGNATORY, Role.UNIT_LEADER})
_PARTS = frozenset({OrganisationKind.DIVISION, OrganisationKind.OFFICE})


def sees_every_unit(actor: Actor) -> bool:
    return Role.PROVINCE_STEERING in actor.roles


def own_units(actor: Actor) -> tuple[str, ...]:
    """Keys of the bodies that this official leads, signs for, or whose desk it heads.

    A desk or a division has no figures of its own: its body has.
    """
    book = places.directory().organisations
    found: dict[str, None] = {}
    for capacity in actor.capacities:
        body = book.get(capacity.organisation)
        if body is None:
            continue
        above = book.get(capacity.parent or 0)
        if capacity.role is Role.HEAD_ONE_STOP or (
            capacity.role in _LEADING and body.kind in _PARTS
        ):
            body = above or body
        elif capacity.role not in _LEADING:
            continue
        # Scorecards stand by the units of today: an ended one's by what continues it.
        found[chart_of(AS_IS).row(body.key)] = None
    return tuple(found)


def may_see(actor: Actor, unit: str) -> bool:
    return sees_every_unit(actor) or unit in own_units(actor)
