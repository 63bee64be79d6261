"""Which row a fact stands in: the unit it had, or the one that continues it.

As it was, a fact keeps the unit written in it. As it is, it goes to the unit that
continues that one whole; a district, or a commune that was split, is continued whole by
none and keeps a row of its own: nothing is ever spread over other units.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from gandan.places import queries as places
from gandan.places.models import Organisation, Place
from gandan.places.queries import Directory
from gandan.places.rules import Level

AS_WAS, AS_IS = "as-was", "as-is"
PROVINCE = "province"
_NAMED: Mapping[str, date | None] = {AS_WAS: None, AS_IS: date.max}


class ChartRefused(ValueError):
    """The text names no chart of units."""


@dataclass(frozen=True)
class Chart:
    """`on`: the day whose units stand in the rows; none for the units of the facts."""

    on: date | None
    book: Directory
    _agencies: dict[str, str] = field(default_factory=dict)
    _places: dict[str, str] = field(default_factory=dict)

    def agency(self, unit: str) -> str:
        """The key of the agency in whose row a fact of `unit` stands."""
        if unit not in self._agencies:
            self._agencies[unit] = self._agency(unit)
        return self._agencies[unit]

    def place(self, unit: str) -> str:
        """The key of the territory in whose row it stands; else the unit's own."""
        if unit not in self._places:
            self._places[unit] = self._place(unit)
        return self._places[unit]

    def row(self, key: str) -> str:
        """The key of the unit that continues it on the chart's day; else its own."""
        if key in self.book.organisation_of_key:
            return self.agency(key)
        place = self.book.place_of_key.get(key)
        if place is None or self.on is None:
            return key
        return (places.successor(place, self.on) or place).key

    def units_of(self, row: str) -> frozenset[str]:
        """The keys in facts that stand in a row, as far as their agency is known."""
        return self._units_of_rows.get(row, frozenset()) | {row}

    @cached_property
    def _units_of_rows(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for unit in self.book.organisation_of_key:
            for row in {self.agency(unit), self.place(unit)}:
                found.setdefault(row, set()).add(unit)
        return {row: frozenset(units) for row, units in found.items()}

    def stands_in(self, unit: str, row: str) -> bool:
        """Whether it belongs to a row: a territory's, an agency's or the province's."""
        return row in {PROVINCE, self.agency(unit), self.place(unit)}

    def name(self, row: str, day: date) -> str:
        """As the row was called on the chart's day; else on `day`."""
        shown = day if self.on is None else min(self.on, date.max)
        if row == PROVINCE:
            return _province_name(self.book)
        if place := self.book.place_of_key.get(row):
            if place.level == Level.PROVINCE:
                return _("Departments of the province")
            return places.full_name_on(place, self._within(place, shown))
        if body := self.book.organisation_of_key.get(row):
            return places.name_on(body, self._within(body, shown))
        return row

    def _agency(self, unit: str) -> str:
        body = self.book.organisation_of_key.get(unit)
        return unit if body is None else self._continued(body).key

    def _place(self, unit: str) -> str:
        body = self.book.organisation_of_key.get(self.agency(unit))
        if body is None:
            return unit
        place = self.book.places[body.place_id]
        if self.on is None:
            return place.key
        return (places.successor(place, self.on) or place).key

    def _continued(self, body: Organisation) -> Organisation:
        seen = {body.pk}
        while self.on is not None:
            row = self.book.whole_body_successions.get(body.pk)
            if row is None or row.on > self.on or row.target_id in seen:
                break
            body = self.book.organisations[row.target_id]
            seen.add(body.pk)
        return body

    def _within(self, unit: Place | Organisation, day: date) -> date:
        """The nearest day on which the unit existed."""
        if unit.ends is not None and day >= unit.ends:
            return date.fromordinal(unit.ends.toordinal() - 1)
        return max(day, unit.starts)


_charts: list[Chart] = []  # of one directory: the last few, newest first
_KEPT = 4


def chart_of(name: str | date) -> Chart:
    """«as-was», «as-is», or the units of a day. Kept while the units do not change."""
    if not isinstance(name, date) and name not in _NAMED:
        raise ChartRefused(f"«{name}» is no chart of units: write as-was or as-is")
    on = name if isinstance(name, date) else _NAMED[name]
    book = places.directory()
    for chart in _charts:
        if chart.on == on and chart.book is book:
            return chart
    chart = Chart(on, book)
    others = [one for one in _charts if one.book is book]
    _charts[:] = [chart, *others[: _KEPT - 1]]
    return chart


def _province_name(book: Directory) -> str:
    heads = [place for pk, place in book.places.items() if pk in book.home]
    roots = [place for place in heads if place.parent_id is None]
    return roots[-1].full_name if roots else PROVINCE
