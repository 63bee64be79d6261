"""Draft, approve, discard. What was approved stays; a correction is the next number."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import connection, transaction

from gandan.figures.models import Edition, EditionValue, Series
from gandan.indicators import events
from gandan.indicators.definition import Definition
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.editions.tables import ALL, Cell, name_of, table_of
from gandan.indicators.periods import Period, parse_period
from gandan.indicators.queries import PLACE, PROVINCE, Figure, figures
from gandan.indicators.states.following import reached
from gandan.kernel.actors import Actor, Role
from gandan.ledger import journal

THRESHOLD = 5  # ours: fewer dossiers than this in a cell are not shown
DEFAULT_CODES = (
    "dossiers.received",
    "dossiers.received_online",
    "dossiers.resolved",
    "dossiers.late",
    "dossiers.open",
    "dossiers.past_due",
)


class EditionRefused(Exception):
    """One sentence: why it cannot be drafted or approved."""


def _check_may(by: Actor) -> None:
    if Role.PROVINCE_STEERING not in by.roles:
        raise EditionRefused("only the province's steering office publishes")


@transaction.atomic
def draft(
    *,
    slug: str,
    period: str,
    by: Actor,
    at: datetime,
    as_of: date,
    codes: Sequence[str] = DEFAULT_CODES,
    chart: str = "as-was",
    threshold: int = THRESHOLD,
    reason: str = "",
) -> Edition:
    """Compute the next edition of a series; the first one fixes what the series is."""
    _check_may(by)
    days = parse_period(period)
    if days.last_day > as_of:
        raise EditionRefused("the period has not ended on the as-of day")
    series, _new = Series.objects.get_or_create(
        slug=slug,
        defaults={
            "codes": list(codes),
            "chart": chart,
            "threshold": threshold,
            "starts": days.starts,
            "ends": days.ends,
            "period": period,
        },
    )
    series = Series.objects.select_for_update().get(pk=series.pk)
    if series.period != period:
        raise EditionRefused(f"«{slug}» is about {series.period}, not {period}")
    number = series.editions.count() + 1
    if series.editions.filter(approved_at__isnull=True).exists():
        raise EditionRefused("a draft of this series waits already")
    if number > 1 and not reason:
        raise EditionRefused("a correction says why")
    definitions = [DEFINITIONS[code] for code in series.codes]
    xid, event = reached()
    edition = Edition.objects.create(
        series=series,
        number=number,
        as_of=as_of,
        xid=xid,
        event=event,
        definitions={one.code: one.version for one in definitions},
        reason=reason if number > 1 else "",
        drafted_at=at,
        drafted_by=by.id,
    )
    _write_values(edition, definitions, days, as_of)
    fact = events.EditionDrafted(str(edition.public_id), slug=slug, number=number)
    journal.record(fact, by=by, at=at)
    return edition


@transaction.atomic
def approve(*, edition_id: int, by: Actor, at: datetime) -> Edition:
    """By another person than the one who drafted it; from now on it is public."""
    _check_may(by)
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    if edition.approved_at is not None:
        raise EditionRefused("this edition is approved already")
    if edition.drafted_by == by.id:
        raise EditionRefused("another person approves what you have drafted")
    edition.approved_at, edition.approved_by = at, by.id
    edition.save(update_fields=["approved_at", "approved_by"])
    fact = events.EditionApproved(
        str(edition.public_id), slug=edition.series.slug, number=edition.number
    )
    journal.record(fact, by=by, at=at)
    return edition


@transaction.atomic
def discard(*, edition_id: int, by: Actor, at: datetime) -> None:
    """A draft that will not be published leaves no number behind."""
    _check_may(by)
    edition = Edition.objects.select_for_update().get(pk=edition_id)
    if edition.approved_at is not None:
        raise EditionRefused("an approved edition stays")
    fact = events.EditionDiscarded(
        str(edition.public_id), slug=edition.series.slug, number=edition.number
    )
    edition.values.all().delete()
    edition.delete()
    journal.record(fact, by=by, at=at)


def computed(
    definitions: Sequence[Definition], period: Period, *, as_of: date, chart: str
) -> list[Figure]:
    """Each unit and the province (place ""), each month and the whole period."""
    codes = [one.code for one in definitions]
    found: list[Figure] = []
    months = period.months()
    for days in (*months, period) if len(months) > 1 else (period,):
        found += figures(codes, period=days, by=PLACE, chart=chart, as_of=as_of)
        found += [
            replace(figure, place=ALL)
            for figure in figures(
                codes, places=[PROVINCE], period=days, chart=chart, as_of=as_of
            )
        ]
    return found


def _write_values(
    edition: Edition, definitions: Sequence[Definition], period: Period, as_of: date
) -> None:
    with connection.cursor() as cursor:  # longer than a page may take
        cursor.execute("SET LOCAL statement_timeout = '10min'")
    found = computed(definitions, period, as_of=as_of, chart=edition.series.chart)
    months = [month.label for month in period.months()]
    table = table_of(
        definitions,
        found,
        period=period.label,
        months=months if len(months) > 1 else (),
    )
    hidden = table.hidden(edition.series.threshold)
    by_code = {one.code: one for one in definitions}
    EditionValue.objects.bulk_create(
        _value(edition, by_code[figure.code], figure, hidden) for figure in found
    )


def _value(
    edition: Edition, definition: Definition, figure: Figure, hidden: frozenset[Cell]
) -> EditionValue:
    where = (figure.place, figure.period.label)
    top = (name_of(definition.numerator), *where) in hidden
    below = (
        definition.denominator is not None
        and (name_of(definition.denominator), *where) in hidden
    )
    return EditionValue(
        edition=edition,
        code=figure.code,
        place=figure.place,
        name=figure.name,
        period=figure.period.label,
        numerator=None if top else figure.numerator,
        denominator=None if below else figure.denominator,
        value=None if top or below else figure.value,
        numerator_hidden=top,
        denominator_hidden=below,
    )
