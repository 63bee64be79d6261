"""The desks' walls: what should hang there, what does, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import OrganisationKind
from gandan.procedures import queries
from gandan.procedures.models import Posting, ProcedureVersion


@dataclass(frozen=True, slots=True)
class Wall:
    body: Organisation
    name: str
    to_post: int
    posted_on: date | None
    # Procedures that changed or came after the confirmed list.
    behind: int
    posting: Posting | None

    @property
    def is_up_to_date(self) -> bool:
        return self.posted_on is not None and self.behind == 0


def posted_desks(*, on: date) -> list[Wall]:
    """Every desk and every department, in Vietnamese order."""
    departments = places.of_kind(OrganisationKind.DEPARTMENT, on)
    return walls([*places.desks(on), *departments], on=on)


def walls(bodies: Sequence[Organisation], *, on: date) -> list[Wall]:
    lists = queries.lists_of(bodies, on=on)
    latest = queries.latest_postings(bodies)
    return [
        _wall(body, lists[queries.scope_of(body, on=on)], latest.get(body.pk), on)
        for body in sorted(bodies, key=lambda b: b.sort_key)
    ]


def _wall(
    body: Organisation,
    listed: list[ProcedureVersion],
    posting: Posting | None,
    on: date,
) -> Wall:
    return Wall(
        body=body,
        name=places.name_on(body, on),
        to_post=len(listed),
        posted_on=posting.posted_on if posting else None,
        behind=len(queries.changed_since(listed, posting.confirmed_at))
        if posting
        else len(listed),
        posting=posting,
    )
