"""Pages by key: the rows past one row, in either direction; never a count of all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from django.db.models import Model, Q, QuerySet

PAGE = 50
Key: TypeAlias = tuple[Any, int]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Order:
    """One column, then the row's id. Rows without a value stand last; a column that
    runs newest first has none."""

    column: str
    newest_first: bool = False

    def key_of(self, row: Model) -> Key:
        return getattr(row, self.column), row.pk

    def sorted(self, found: QuerySet[Row], *, turned: bool) -> QuerySet[Row]:
        """As the indexes stand: PostgreSQL puts rows without a value last, turned
        first, without being asked."""
        sign = "-" if self.newest_first != turned else ""
        return found.order_by(f"{sign}{self.column}", f"{sign}pk")

    def past(self, key: Key, *, turned: bool) -> Q:
        """Rows after `key`; with `turned`, those before it."""
        value, pk = key
        down = self.newest_first != turned
        later_id = Q(pk__lt=pk) if down else Q(pk__gt=pk)
        if value is None:
            here = Q(**{f"{self.column}__isnull": True}) & later_id
            return here | Q(**{f"{self.column}__isnull": False}) if turned else here
        compared = "lt" if down else "gt"
        later = Q(**{f"{self.column}__{compared}": value})
        later |= Q(**{self.column: value}) & later_id
        if turned or self.newest_first:
            return later
        return later | Q(**{f"{self.column}__isnull": True})


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: Sequence[Row] = field(default_factory=tuple)
    before: Key | None = None
    after: Key | None = None


def page_of(
    found: QuerySet[Row],
    order: Order,
    *,
    after: Key | None = None,
    before: Key | None = None,
    size: int = PAGE,
) -> Page[Row]:
    """One question to the database: a page and whether more rows follow it."""
    turned = before is not None and after is None
    key = before if turned else after
    if key is not None:
        found = found.filter(order.past(key, turned=turned))
    rows = list(order.sorted(found, turned=turned)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if turned:
        rows.reverse()
    if not rows:
        return Page()
    has_before = more if turned else after is not None
    has_after = True if turned else more
    return Page(
        rows,
        order.key_of(rows[0]) if has_before else None,
        order.key_of(rows[-1]) if has_after else None,
    )
