"""Who acts: a resident, an official with capacities of this day, a system, an agency.

A role is always held *at an organisation*; a role alone opens nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Role(StrEnum):
    COUNTER = "counter"
    SPECIALIST = "specialist"
    SIGNATORY = "signatory"
    HEAD_ONE_STOP = "head_one_stop"
    UNIT_LEADER = "unit_leader"
    PROVINCE_STEERING = "province_steering"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Capacity:
    """One mandate in force: a role at an organisation (its row and its own key)."""

    role: Role
    organisation: int
    key: str
    # The body the organisation belongs to: a desk's or a division's committee.
    parent: int | None = None
    # The account on leave whose work a deputy does.
    deputy_for: int | None = None


ActorKind = Literal["citizen", "official", "system", "api"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is a public id, never a name; systems and agencies have no `user_id`."""

    kind: ActorKind
    id: str
    user_id: int | None
    capacities: tuple[Capacity, ...] = ()
    scopes: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(capacity.role for capacity in self.capacities)

    def organisations(self, role: Role | None = None) -> frozenset[int]:
        """Where the actor holds this role; without a role, where it holds any."""
        return frozenset(
            capacity.organisation
            for capacity in self.capacities
            if role is None or capacity.role == role
        )

    def has(self, role: Role, organisation: int) -> bool:
        """Both axes at once: the role, and at this organisation."""
        return organisation in self.organisations(role)


# What time alone makes true, and what an import writes.
SYSTEM = Actor(kind="system", id="system", user_id=None)
