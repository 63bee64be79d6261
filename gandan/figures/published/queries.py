"""Questions about published values and targets."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, QuerySet

from gandan.figures.models import PublishedValue, RankedUnit, Target
from gandan.figures.published.rules import Status

OURS = "04"  # the same code in both charts of provinces


def indices() -> list[str]:
    return sorted(PublishedValue.objects.values_list("index", flat=True).distinct())


def of_index(index: str) -> QuerySet[PublishedValue]:
    return (
        PublishedValue.objects.filter(index=index)
        .select_related("unit", "source")
        .order_by("data_year", "as_of", "period", "id")
    )


def size_of(index: str) -> tuple[int, int]:
    """How many rows there are, and the last of them."""
    found = PublishedValue.objects.filter(index=index).aggregate(
        rows=Count("pk"), last=Max("pk")
    )
    return found["rows"], found["last"] or 0


def ours(index: str) -> list[PublishedValue]:
    """Totals of our province, oldest first."""
    return list(of_index(index).filter(unit__code=OURS, dimension=""))


def newest(rows: Iterable[PublishedValue]) -> PublishedValue | None:
    """The latest year, its publisher before the press, the year to date before a month
    that is still running."""
    return max(
        rows,
        key=lambda row: (
            row.data_year,
            row.status == Status.OFFICIAL,
            not row.period or row.period.endswith("-ytd"),
            row.as_of or date.min,
            row.pk,
        ),
        default=None,
    )


def latest_of_ours() -> dict[str, PublishedValue]:
    """The newest total of each index."""
    rows = PublishedValue.objects.filter(unit__code=OURS, dimension="")
    found: dict[str, list[PublishedValue]] = {}
    for row in rows.select_related("unit", "source"):
        found.setdefault(row.index, []).append(row)
    return {index: one for index, of in found.items() if (one := newest(of))}


def targets(keys: Iterable[str] | None = None) -> QuerySet[Target]:
    found = Target.objects.prefetch_related("aims__source", "values__source")
    return found if keys is None else found.filter(key__in=list(keys))


def neighbours(chart: str) -> list[RankedUnit]:
    return list(RankedUnit.objects.filter(chart=chart, neighbour=True).order_by("name"))
