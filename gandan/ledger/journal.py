"""Writing the journal: one row per verb, in the verb's own transaction."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol
from uuid import UUID

from gandan.kernel.actors import Actor
from gandan.ledger.models import Event


class Fact(Protocol):
    """A frozen dataclass in the past tense; `subject` is a public id."""

    KIND: ClassVar[str]

    @property
    def subject(self) -> str: ...


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case tuple() | list() | set() | frozenset():
            return [_plain(item) for item in value]
        case _:
            return value


def row_of(fact: Fact, *, by: Actor, at: datetime) -> Event:
    """The journal row of a fact, for writers that insert many at once."""
    payload = {f.name: _plain(getattr(fact, f.name)) for f in fields(fact)}  # type: ignore[arg-type]
    subject = str(payload.pop("subject"))
    organisation = str(payload.pop("organisation", ""))
    return Event(
        kind=fact.KIND,
        subject=subject,
        organisation=organisation,
        payload=payload,
        by_kind=by.kind,
        by_id=by.id,
        occurred_at=at,
    )


def record_rows(rows: list[Event]) -> None:
    """Write many rows of `row_of` at once, in the caller's transaction."""
    Event.objects.bulk_create(rows)


def record(event: Fact, *, by: Actor, at: datetime) -> None:
    """Write one event; the caller holds the transaction."""
    row_of(event, by=by, at=at).save(force_insert=True)
