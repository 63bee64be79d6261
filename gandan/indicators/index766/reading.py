"""The counts of Decision 766 from the house's own figures, and what can still be done.

2.1 as the portal counts: of all dossiers of the period, those ended and those open at
its end; in time are those that ended so, and those open within their limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from gandan.dossiers.facts import DOSSIER
from gandan.figures.facts import day_number
from gandan.indicators import measures
from gandan.indicators.algebra import All, Compare, Condition, IsSet, Not, Test
from gandan.indicators.charts_of_units import PROVINCE, chart_of
from gandan.indicators.emission import condition_sql
from gandan.indicators.index766.score import Counts, Scorecard, score
from gandan.indicators.models.facts import relation
from gandan.indicators.periods import Period
from gandan.indicators.queries import AS_IS, Figure, figures

_CODES = {
    "ended": "ontime.d766",
    "open": "dossiers.open",
    "past_due": "dossiers.past_due",
    "4.1": "digital.results",
    "4.2": "digital.intake",
    "5.A": "digital.payment",
    "6.3": "care.late_or_disliked",
}


@dataclass(frozen=True, slots=True)
class Card:
    """`scorecard` as things stand; `counts` and `pools` as the levers take them."""

    scorecard: Scorecard
    counts: Mapping[str, Counts]
    pools: Mapping[str, int]


def read(
    place: str = PROVINCE,
    *,
    period: Period,
    today: date,
    chart: str | date = AS_IS,
) -> Card:
    """The card of a unit; without a pool a component has nothing left to be done."""
    as_of = min(today, period.last_day)
    found = {
        figure.code: figure
        for figure in figures(
            list(_CODES.values()),
            places=[place],
            period=period,
            chart=chart,
            as_of=as_of,
        )
    }
    counts = _counts({key: found.get(code) for key, code in _CODES.items()})
    units = _units(place, chart)
    pools = {
        code: _pool(condition, units)
        for code, condition in pool_conditions(period, today).items()
    }
    kept = {
        code: min(pool, counts[code].denominator - counts[code].numerator)
        for code, pool in pools.items()
        if code in counts
    }
    now = dict(counts)
    if "2.1" in counts:
        # Read ahead: what is not decided in time will have been late.
        here = counts["2.1"]
        kept["2.1"] = min(pools["2.1"], here.numerator)
        counts["2.1"] = Counts(here.numerator - kept["2.1"], here.denominator)
    return Card(score(now, province=place == PROVINCE), counts, kept)


def _counts(found: Mapping[str, Figure | None]) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    ended, still_open, past_due = found["ended"], found["open"], found["past_due"]
    if ended is not None and still_open is not None and past_due is not None:
        within = still_open.numerator - past_due.numerator
        whole = (ended.denominator or 0) + still_open.numerator
        counts["2.1"] = Counts(ended.numerator + within, whole)
    for code in ("4.1", "4.2", "5.A"):
        figure = found[code]
        if figure is not None and not figure.hidden:
            counts[code] = Counts(figure.numerator, figure.denominator or 0)
    disliked = found["6.3"]
    if disliked is not None and not disliked.hidden:
        whole = disliked.denominator or 0
        counts["6.3"] = Counts(whole - disliked.numerator, whole)
    return counts


def pool_conditions(period: Period, today: date) -> dict[str, Condition]:
    """Records of which an act still raises the component, by its code."""
    first, last = day_number(period.starts), day_number(period.last_day)
    still_open = Not(IsSet(DOSSIER["ended_day"]))

    def within(name: str) -> tuple[Condition, ...]:
        column = DOSSIER[name]
        return (
            Compare(column, Test.AT_LEAST, first),
            Compare(column, Test.AT_MOST, last),
        )

    due = DOSSIER["due_day"]
    return {
        "2.1": All(
            (
                still_open,
                Compare(due, Test.AT_LEAST, day_number(today)),
                Compare(due, Test.LESS, last),
                Compare(DOSSIER["received_day"], Test.AT_MOST, last),
            )
        ),
        "4.1": All(
            (
                *within("ended_day"),
                measures.WITH_RESULT,
                measures.is_(DOSSIER["result_electronic"], False),
            )
        ),
        "4.2": All(
            (
                *within("received_day"),
                still_open,
                measures.is_(DOSSIER["digitised"], False),
            )
        ),
        "5.A": All(
            (
                *within("received_day"),
                still_open,
                measures.PAYS,
                Not(measures.is_(DOSSIER["paid"], "online")),
                Not(measures.is_(DOSSIER["paid"], "cash")),
            )
        ),
    }


def pool_records(
    code: str, place: str, *, period: Period, today: date, limit: int
) -> list[str]:
    """Public ids behind a lever, by due day; the sensitive class is never listed."""
    condition = pool_conditions(period, today)[code]
    filters, values = _filters(condition, _units(place, AS_IS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record FROM {relation(DOSSIER)} WHERE {filters} AND NOT protected "
            "ORDER BY due_day NULLS LAST, record LIMIT %s",
            [*values, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _units(place: str, chart: str | date) -> frozenset[str] | None:
    if place == PROVINCE:
        return None
    units = chart_of(chart)
    return units.units_of(units.row(place))


def _filters(
    condition: Condition, units: frozenset[str] | None
) -> tuple[str, list[list[str]]]:
    filters = [f"({condition_sql(condition)})"]
    values: list[list[str]] = []
    if units is not None:
        filters.append("unit = ANY(%s)")
        values.append(sorted(units))
    return " AND ".join(filters), values


def _pool(condition: Condition, units: frozenset[str] | None) -> int:
    filters, values = _filters(condition, units)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {relation(DOSSIER)} WHERE {filters}", values
        )
        number: int = cursor.fetchone()[0]
        return number
