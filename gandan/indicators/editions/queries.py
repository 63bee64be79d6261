"""What is published, and how a value moved from edition to edition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gandan.figures.models import Edition, EditionValue, Series
from gandan.indicators.editions.tables import ALL


@dataclass(frozen=True, slots=True)
class Row:
    """A period of a figure across the editions, oldest first; none where the edition
    had no such cell, or hid it."""

    period: str
    values: tuple[EditionValue | None, ...]

    @property
    def is_revised(self) -> bool:
        known = [
            (value.numerator, value.denominator, value.value)
            for value in self.values
            if value is not None
        ]
        return len(set(known)) > 1


def approved() -> Iterator[Edition]:
    """The newest first: what a feed of corrections lists."""
    return (
        Edition.objects.filter(approved_at__isnull=False)
        .select_related("series")
        .order_by("-approved_at", "-id")
        .iterator()
    )


def approved_of(series: Series) -> Sequence[Edition]:
    return list(series.editions.filter(approved_at__isnull=False).order_by("number"))


def latest(slug: str) -> Edition | None:
    found = Edition.objects.filter(series__slug=slug, approved_at__isnull=False)
    return found.select_related("series").order_by("-number").first()


def edition(slug: str, number: int) -> Edition | None:
    found = Edition.objects.filter(
        series__slug=slug, number=number, approved_at__isnull=False
    )
    return found.select_related("series").first()


def triangle(series: Series, code: str, place: str = ALL) -> list[Row]:
    """Periods down, approved editions across."""
    editions = approved_of(series)
    values = EditionValue.objects.filter(
        edition__in=editions, code=code, place=place
    ).order_by("id")
    by_cell = {(value.period, value.edition_id): value for value in values}
    periods = dict.fromkeys(value.period for value in values)
    return [
        Row(period, tuple(by_cell.get((period, one.pk)) for one in editions))
        for period in periods
    ]
