"""Counting anew from the stored facts: new measures, changed ones, or everything."""

import hashlib
from collections.abc import Collection, Mapping

from django.db.backends.utils import CursorWrapper

from gandan.figures.models import Measure as Kept
from gandan.indicators.algebra import Measure
from gandan.indicators.definitions import MEASURES
from gandan.indicators.emission import Dialect, groups, statement
from gandan.indicators.models.facts import relation
from gandan.indicators.states.following import alone


def digest_of(measure: Measure) -> str:
    """Of the SQL that counts it."""
    (group,) = groups([measure])
    text = statement(group, relation=measure.table.name, dialect=Dialect.POSTGRES)
    return hashlib.sha256(text.encode()).hexdigest()


def know_measures() -> tuple[str, ...]:
    """Count what is new or means something else now; the codes. Raises `Busy`.

    A measure that no definition names any more is forgotten with its states.
    """
    wanted = {code: digest_of(measure) for code, measure in MEASURES.items()}
    if dict(Kept.objects.values_list("code", "digest")) == wanted:
        return ()
    with alone() as cursor:
        kept = dict(Kept.objects.values_list("code", "digest"))
        _forget(cursor, [code for code in kept if kept[code] != wanted.get(code)])
        changed = {
            code: wanted[code] for code in wanted if kept.get(code) != wanted[code]
        }
        Kept.objects.bulk_create(
            Kept(code=code, digest=digest) for code, digest in changed.items()
        )
        count_from_facts(cursor, {code: MEASURES[code] for code in changed})
    return tuple(changed)


def count_everything() -> int:
    """States from the stored facts alone; how many cells. Raises `Busy`."""
    know_measures()
    with alone() as cursor:
        cursor.execute("DELETE FROM figures_delta")
        cursor.execute("DELETE FROM figures_state")
        return count_from_facts(cursor, MEASURES)


def count_from_facts(cursor: CursorWrapper, measures: Mapping[str, Measure]) -> int:
    """Add the states of measures that have none; at a million facts a minute's work."""
    cursor.execute("SET LOCAL statement_timeout = 0")
    cells = 0
    for group in groups(measures.values()):
        counted = statement(
            group, relation=relation(group.table), dialect=Dialect.POSTGRES
        )
        cursor.execute(
            "INSERT INTO figures_state (measure_id, unit, procedure, half, key, n) "
            "SELECT m.id, c.unit, c.procedure, c.half, c.key, c.n "
            f"FROM ({counted}) AS c JOIN figures_measure m ON m.code = c.measure"
        )
        cells += cursor.rowcount
    return cells


def _forget(cursor: CursorWrapper, codes: Collection[str]) -> None:
    for table in ("figures_delta", "figures_state"):
        cursor.execute(
            f"DELETE FROM {table} WHERE measure_id IN "
            "(SELECT id FROM figures_measure WHERE code = ANY(%s))",
            [list(codes)],
        )
    Kept.objects.filter(code__in=codes).delete()
