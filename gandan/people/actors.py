"""From an account to an actor: what this person may do on this day."""

from datetime import date

from gandan.kernel.actors import Actor, Capacity, Role
from gandan.people.models import Mandate, User

ANONYMOUS = Actor(kind="citizen", id="", user_id=None)


def actor_of(user: User, on: date) -> Actor:
    """The mandates in force on `on`; without one, an account is a resident's."""
    capacities = tuple(
        Capacity(
            role=Role(mandate.role),
            organisation=mandate.organisation_id,
            key=mandate.organisation.key,
            parent=mandate.organisation.parent_id,
            deputy_for=mandate.deputy_for_id,
        )
        for mandate in Mandate.objects.on(on)
        .filter(user=user)
        .select_related("organisation")
        .order_by("id")
    )
    return Actor(
        kind="official" if capacities else "citizen",
        id=str(user.public_id),
        user_id=user.pk,
        capacities=capacities,
    )
