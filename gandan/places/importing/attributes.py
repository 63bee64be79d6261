"""Mountain, remote, border… communes: imported with their decision, never assumed."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gandan.kernel.actors import Actor
from gandan.ledger import journal
from gandan.places import events, queries
from gandan.places.importing.tables import Line, read
from gandan.places.models import PlaceAttribute
from gandan.places.rules import AttributeKind

FIELDS = ("code", "kind", "starts", "legal_basis", "source")


@dataclass(frozen=True, slots=True)
class Attributed:
    added: int
    unchanged: int


@transaction.atomic
def import_attributes(path: Path, *, by: Actor, at: datetime) -> Attributed:
    """Columns: code, kind, starts, legal_basis, source; also value, ends. The code is
    that of the unit on `starts`. Raises ImportRefused."""
    there: dict[tuple[int, str], list[PlaceAttribute]] = {}
    for row in PlaceAttribute.objects.select_for_update():
        there.setdefault((row.place_id, row.kind), []).append(row)
    new, unchanged = [], 0
    for line in read(path, FIELDS):
        wanted = _attribute(line)
        rows = there.setdefault((wanted.place_id, wanted.kind), [])
        same = next((row for row in rows if row.starts == wanted.starts), None)
        if same is not None:
            if (same.value, same.ends) != (wanted.value, wanted.ends):
                cause = f"{wanted.kind} from {wanted.starts} is known otherwise"
                raise line.refuse("starts", cause)
            unchanged += 1
            continue
        if any(_overlap(row, wanted) for row in rows):
            cause = f"{wanted.kind} holds already on some of these days"
            raise line.refuse("starts", cause)
        rows.append(wanted)
        new.append(wanted)
    PlaceAttribute.objects.bulk_create(new)
    if new:
        event = events.PlacesImported(
            subject="attributes", rows=len(new), units=0, bodies=0
        )
        journal.record(event, by=by, at=at)
    queries.unpin()
    return Attributed(len(new), unchanged)


def _attribute(line: Line) -> PlaceAttribute:
    starts, ends = line.day("starts"), line.day("ends")
    if starts is None:
        raise line.refuse("starts", "is empty")
    if ends is not None and ends <= starts:
        raise line.refuse("ends", f"{ends} is not after {starts}")
    code = line.needed("code", 32)
    place = queries.place_by_code(code, starts)
    if place is None:
        raise line.refuse("code", f"no unit {code} on {starts}")
    return PlaceAttribute(
        place=place,
        kind=line.one_of("kind", list(AttributeKind)),
        value=line.short("value", 40),
        starts=starts,
        ends=ends,
        legal_basis=line.needed("legal_basis"),
        source=line.needed("source"),
    )


def _overlap(a: PlaceAttribute, b: PlaceAttribute) -> bool:
    last = date.max
    return a.starts < (b.ends or last) and b.starts < (a.ends or last)
