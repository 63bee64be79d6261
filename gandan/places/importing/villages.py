"""Villages and residential groups of communes, from a province's own list.

They change later than communes and on their own (Decree 185/2026), so none is seeded.
"""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gandan.kernel.actors import Actor
from gandan.kernel.text import syllables
from gandan.ledger import journal
from gandan.places import events, queries
from gandan.places.actions.batch import Batch, Contradiction, UnitIn, Written, write
from gandan.places.importing.tables import ImportRefused, Line, read
from gandan.places.rules import KIND_OF_TYPE, Level

FIELDS = ("commune_code", "type", "name", "source")
_KINDS = {
    words: kind
    for (level, words), kind in KIND_OF_TYPE.items()
    if level == Level.VILLAGE
}


@transaction.atomic
def import_villages(path: Path, *, on: date, by: Actor, at: datetime) -> Written:
    """Columns: commune_code, type (Xóm, Thôn, Bản, Tổ dân phố), name, source; also
    code, starts, ends, legal_basis. Without `starts` a village lies in the commune of
    `on`, since that commune began. Raises ImportRefused."""
    units: dict[str, UnitIn] = {}
    for line in read(path, FIELDS):
        unit = _village(line, on)
        if unit.key in units:
            raise line.refuse("name", f"{unit.full_name} stands twice")
        units[unit.key] = unit
    try:
        written = write(Batch(units=list(units.values())))
    except Contradiction as contradiction:
        unit = contradiction.unit
        cause = str(contradiction)
        raise ImportRefused(path.name, unit.line, "name", cause) from None
    if written.units:
        event = events.PlacesImported(
            subject="villages", rows=len(units), units=written.units, bodies=0
        )
        journal.record(event, by=by, at=at)
    return written


def _village(line: Line, on: date) -> UnitIn:
    commune_code = line.code("commune_code", 5)
    starts, ends = line.day("starts"), line.day("ends")
    commune = queries.place_by_code(commune_code, starts or on)
    if commune is None or commune.level != Level.COMMUNE:
        cause = f"no commune {commune_code} on {starts or on}"
        raise line.refuse("commune_code", cause)
    begins = starts or commune.starts
    if ends is not None and ends <= begins:
        raise line.refuse("ends", f"{ends} is not after {begins}")
    words, name = line.one_of("type", _KINDS), line.needed("name", 80)
    full_name = f"{words} {name}"
    code = line.short("code", 32) or "-".join([commune_code, *syllables(full_name)])
    if len(code) > 32:
        raise line.refuse("name", "is too long for a code of its own: give one")
    return UnitIn(
        code=code,
        kind=_KINDS[words],
        name=name,
        full_name=full_name,
        parent_key=commune.key,
        starts=begins,
        ends=ends,
        starts_known=starts is not None,
        legal_basis=line.short("legal_basis"),
        source=line.needed("source"),
        line=line.number,
    )
