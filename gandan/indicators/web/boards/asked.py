"""Which period a page is asked for, and as of which day."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gandan.indicators.periods import Period, PeriodRefused, parse_period
from gandan.indicators.web.boards import wording
from gandan.kernel import periods as days
from gandan.ui.navigation import Link

PERIOD, AS_OF = "ky", "chot"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """`refused`: the address named no period, and the default one stands here."""

    period: Period
    as_of: date
    today: date
    refused: bool = False

    @property
    def words(self) -> str:
        return wording.period(self.period)

    @property
    def is_open(self) -> bool:
        """Its last day has not passed: the figures still move."""
        last = self.period.last_day
        return last > self.as_of or last >= self.today

    def runs(self, month: Period) -> bool:
        """A month that has not ended, or was cut at the day asked for."""
        last = month.last_day
        whole = (last + timedelta(days=1)).day == 1
        return last >= self.today or (last >= self.as_of and not whole)

    @property
    def twelve(self) -> Period:
        return self.months(MONTHS)

    def months(self, number: int) -> Period:
        """The months that end with the period, as far as they have come."""
        last = min(self.period.last_day, self.as_of)
        first = days.add_months(last.replace(day=1), 1 - number)
        return parse_period(f"{first}..{last}")

    @property
    def query(self) -> str:
        asked = {PERIOD: self.period.label}
        if self.as_of != self.today:
            asked[AS_OF] = self.as_of.isoformat()
        return urlencode(asked)


def read(request: HttpRequest, today: date) -> Asked:
    as_of, refused = today, False
    if text := request.GET.get(AS_OF, ""):
        try:
            as_of = min(date.fromisoformat(text), today)
        except ValueError:
            refused = True
    period = parse_period(f"{today.year}")
    if text := request.GET.get(PERIOD, ""):
        try:
            period = parse_period(text)
        except PeriodRefused:
            refused = True
    if period.starts > as_of:
        period, refused = parse_period(f"{as_of.year}"), True
    return Asked(period, as_of, today, refused)


def choices(asked: Asked) -> list[Link]:
    """Periods one press away; any other one can be written in the address."""
    today = asked.today
    quarter = (today.month + 2) // 3
    last = today.replace(month=3 * quarter - 2, day=1) - timedelta(days=1)
    named = (
        (_("This month"), f"{today:%Y-%m}"),
        (_("This quarter"), f"{today.year}-Q{quarter}"),
        (_("Last quarter"), f"{last.year}-Q{(last.month + 2) // 3}"),
        (_("This year"), f"{today.year}"),
        (_("Last year"), f"{today.year - 1}"),
    )
    return [
        Link(name, f"?{urlencode({PERIOD: label})}", label == asked.period.label)
        for name, label in named
    ]
