"""What people said of a desk: sums of closed months, ten answers or more, never one.

The month that runs is not shown: whoever looks every day would read each answer from
the difference. An answer counts in the month it was given in.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Sum

from gandan.dossiers.models import Rating, RatingBox
from gandan.kernel.localtime import at_local
from gandan.places.models import Organisation

FEWEST = 10
# Brought in with old books, an answer is not ours to show.
_ASKED = ("page", "box", "call")


@dataclass(frozen=True, slots=True)
class Sums:
    """Answers of one desk and month; no `by_score` where they are too few to show."""

    month: date
    total: int
    by_score: dict[int, int]

    @property
    def is_shown(self) -> bool:
        return bool(self.by_score)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """From the best score to the worst, as pages list them."""
        return sorted(self.by_score.items(), reverse=True)


def first_of_next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_before(day: date, many: int) -> list[date]:
    """The first days of the closed months before `day`, newest first."""
    months, year, month = [], day.year, day.month
    for _ in range(many):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        months.append(date(year, month, 1))
    return months


def of_months(desk: Organisation, months: Iterable[date]) -> list[Sums]:
    return [_of_month(desk, month) for month in months]


def _of_month(desk: Organisation, month: date) -> Sums:
    ends = first_of_next(month)
    scores: Counter[int] = Counter()
    on_page = (
        Rating.objects.filter(
            dossier__received_by=desk,
            means__in=_ASKED,
            at__gte=at_local(month, time.min),
            at__lt=at_local(ends, time.min),
        )
        .values_list("score")
        .annotate(n=Count("pk"))
    )
    ballots = (
        RatingBox.objects.filter(desk=desk, day__gte=month, day__lt=ends)
        .values_list("score")
        .annotate(n=Sum("count"))
    )
    for score, many in [*on_page.order_by(), *ballots.order_by()]:
        scores[score] += many
    total = scores.total()
    if total < FEWEST:
        return Sums(month, 0, {})
    return Sums(month, total, {score: scores[score] for score in range(1, 6)})


def counted_today(desk: Organisation, day: date) -> dict[str, int]:
    """How many ballots of each kind the day has so far; not what they say."""
    rows = RatingBox.objects.filter(desk=desk, day=day).values_list("means")
    return dict(rows.annotate(n=Sum("count")).order_by())
