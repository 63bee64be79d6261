"""How long people really wait: the usual date beside the legal one (DESIGN rule 12).

All elapsed days count, pauses and other bodies' time included, imported history too:
an integer histogram over the dossiers that got their answer in the last year. Withdrawn
and stopped dossiers got none and are left out; fewer than ten say nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from django.core.cache import cache
from django.db.models import Count, F, Func, IntegerField
from django.db.models.functions import TruncDate

from gandan.dossiers.models import Dossier
from gandan.kernel.localtime import ZONE

A_YEAR = timedelta(days=365)
FEWEST = 10
_KEPT = 36 * 3600  # seconds: the next day asks anew
# A day less a day is a whole number in PostgreSQL.
_ELAPSED = Func(
    F("ended_on"),
    TruncDate("received_at", tzinfo=ZONE),
    template="(%(expressions)s)",
    arg_joiner=" - ",
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Usual:
    """Half of the people waited `median` days or fewer, nine in ten `nine_in_ten`."""

    median: int
    nine_in_ten: int
    count: int


_Read: TypeAlias = dict[str, tuple[int, int, int]]


def usual_days(procedure: str, on: date) -> Usual | None:
    """As read at the day's beginning: what ends today changes nothing yet."""
    kept: _Read | None = cache.get(_key(on))
    if kept is None:
        kept = keep(on)
    found = kept.get(procedure)
    return Usual(*found) if found else None


def keep(on: date) -> _Read:
    """Read all procedures once for this day; a second at a million dossiers."""
    kept = {
        code: (found.median, found.nine_in_ten, found.count)
        for code, found in read_all(on).items()
    }
    cache.set(_key(on), kept, _KEPT)
    return kept


def _key(on: date) -> str:
    return f"dossiers:usual:{on.isoformat()}"


def read_all(on: date) -> dict[str, Usual]:
    """By procedure, over the year before `on`."""
    counted: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    rows = (
        Dossier.objects.filter(
            outcome__in=["result", "refused"],
            ended_on__gte=on - A_YEAR,
            ended_on__lt=on,
            received_at__isnull=False,
        )
        .annotate(days=_ELAPSED)
        .values_list("procedure_code", "days")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for code, days, many in rows:
        # Imported history keeps what it says, also where it ends before it began.
        counted[code][max(days, 0)] += many
    return {
        code: _usual(histogram)
        for code, histogram in counted.items()
        if sum(histogram.values()) >= FEWEST
    }


def _usual(histogram: Mapping[int, int]) -> Usual:
    """The smallest number of days within which 5, or 9, of 10 were through."""
    count, through = sum(histogram.values()), 0
    median = nine = -1
    for days in sorted(histogram):
        through += histogram[days]
        if median < 0 and through * 2 >= count:
            median = days
        if through * 10 >= count * 9:
            nine = days
            break
    return Usual(median, nine, count)
