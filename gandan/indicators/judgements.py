"""The four meanings of «on time» for one dossier, and those on which they differ."""

from collections.abc import Mapping
from datetime import date

from django.db import connection

from gandan.dossiers.facts import DOSSIER
from gandan.indicators import measures
from gandan.indicators.algebra import All, Any, Condition, Count, Measure, OneOf
from gandan.indicators.charts_of_units import AS_WAS, PROVINCE, chart_of
from gandan.indicators.counting import Asked, relation
from gandan.indicators.definition import flow
from gandan.indicators.periods import Period
from gandan.indicators.records import Behind, records_behind

# Code of the figure → column of the fact.
MEANINGS: Mapping[str, str] = {
    "ontime.promise": "judged_promise",
    "ontime.extended": "judged_extended",
    "ontime.d766": "judged_766",
    "ontime.ledger": "judged_ledger",
}
_NOT_IN_TIME = ("late", "void")


def _any(values: tuple[str, ...]) -> Condition:
    return Any(tuple(OneOf(DOSSIER[column], values) for column in MEANINGS.values()))


# In time by one of the four and not by another.
_DIFFERENTLY = Measure(
    "judged_differently",
    DOSSIER,
    Count(All((_any(measures.IN_TIME), _any(_NOT_IN_TIME)))),
    DOSSIER["ended_half"],
    DOSSIER["unit"],
    DOSSIER["procedure"],
)


def judgements_of(dossier: str) -> Mapping[str, str]:
    """By code: early, on_time, late, void; empty where that meaning does not judge it.

    None at all for a dossier that no figure counts. By its public id.
    """
    columns = ", ".join(MEANINGS.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {relation(DOSSIER)} WHERE record = %s", [dossier]
        )
        row = cursor.fetchone()
    return dict(zip(MEANINGS, row, strict=True)) if row else {}


def judged_differently(
    *,
    unit: str | None = None,
    period: Period,
    chart: str | date = AS_WAS,
    as_of: date | None = None,
    after: str | None = None,
    limit: int = 50,
    protected: bool = False,
) -> Behind:
    """Dossiers that ended in the period and are in time by one meaning, not by another.

    Parameters as of `queries.record_ids`.
    """
    units = chart_of(chart)
    whole = unit is None or unit == PROVINCE
    asked = Asked(None if whole else units.units_of(units.row(unit or "")))
    return records_behind(
        flow(_DIFFERENTLY),
        period,
        as_of=as_of,
        asked=asked,
        after=after,
        limit=limit,
        protected=protected,
    )
