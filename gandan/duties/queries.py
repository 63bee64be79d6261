"""Reading duties: an official sees the rows of own offices and roles, nothing else.

Each office is asked on its own, in the order of an index and up to a limit, and the
answers are merged: a list page costs the same with a thousand rows or a million.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db.models import Count, F, Min, Q, QuerySet

from gandan.duties.models import Duty
from gandan.kernel.actors import Actor, Role
from gandan.places import queries as places
from gandan.places.rules import OrganisationKind

# Counts stop here: a list page says «500+».
CAP = 500
PAGE = 50
# Rows with no unit written, as a choice of its own.
NOWHERE = 0
_SEE_ALL = frozenset({Role.HEAD_ONE_STOP, Role.UNIT_LEADER})
_LEAD = frozenset({Role.SIGNATORY, Role.UNIT_LEADER})
_OPEN = Q(done_at__isnull=True)

Key: TypeAlias = tuple[date | None, int]


def _offices(actor: Actor) -> dict[int, frozenset[Role]]:
    held: dict[int, set[Role]] = {}
    for capacity in actor.capacities:
        held.setdefault(capacity.organisation, set()).add(capacity.role)
    return {organisation: frozenset(roles) for organisation, roles in held.items()}


def _of_role(roles: frozenset[Role]) -> Q:
    """What nobody has taken up is everybody's who holds its role there."""
    names = ["", *sorted(role.value for role in roles)]
    return Q(user__isnull=True, role__in=names)


def _branches(actor: Actor) -> list[Q]:
    """Disjoint conditions on open rows, each walking one index.

    A row taken up by a person is that person's, the deputy's during leave, and the
    head's and leader's of the office.
    """
    if not actor.capacities or actor.user_id is None:
        return []
    found = [Q(user_id=actor.user_id)]
    for organisation, roles in _offices(actor).items():
        not_mine = Q(user__isnull=True) | ~Q(user_id=actor.user_id)
        seen = not_mine if roles & _SEE_ALL else _of_role(roles)
        found.append(Q(organisation_id=organisation) & seen)
        if not roles & _SEE_ALL:
            found += [
                Q(organisation_id=organisation, user_id=absent)
                for absent in _absent(actor, organisation)
            ]
    return found


def _absent(actor: Actor, organisation: int) -> list[int]:
    """Those on leave whose rows this actor does there as their deputy."""
    absent = {
        capacity.deputy_for
        for capacity in actor.capacities
        if capacity.organisation == organisation and capacity.deputy_for
    }
    return sorted(absent - {actor.user_id or 0})


def _done_branches(actor: Actor) -> list[Q]:
    """The same for rows that are done; those are kept in order by office alone."""
    found = []
    for organisation, roles in _offices(actor).items():
        seen = Q() if roles & _SEE_ALL else Q(user_id=actor.user_id) | _of_role(roles)
        found.append(Q(organisation_id=organisation) & seen)
    return found


def _led_branches(actor: Actor) -> list[Q]:
    """What stands open in the bodies this actor leads and in their parts; a desk's
    rows answer to its head, since it works for other bodies too."""
    bodies = places.directory().organisations
    led: set[int] = set()
    for capacity in actor.capacities:
        body = bodies.get(capacity.organisation)
        if body is not None and capacity.role in _LEAD:
            led |= places.within(body)
    led -= {pk for pk in led if bodies[pk].kind == OrganisationKind.ONE_STOP_DESK}
    led |= actor.organisations(Role.HEAD_ONE_STOP)
    return [Q(organisation_id__in=sorted(led))] if led else []


def owed_by(actor: Actor) -> QuerySet[Duty]:
    """All rows of this actor, open or done: whether one of them may be shown."""
    branches = _branches(actor)
    if not branches:
        return Duty.objects.none()
    condition = branches[0]
    for branch in branches[1:]:
        condition |= branch
    return Duty.objects.filter(condition)


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of both open lists, enough for every count up to the cap."""

    to_do: tuple[tuple[date | None, int, str], ...] = ()  # due, id, kind
    waiting: tuple[tuple[date | None, int, str], ...] = ()

    @property
    def kinds(self) -> Counter[str]:
        return Counter(kind for _due, _id, kind in self.to_do)

    def due_between(self, first: date | None, last: date) -> int:
        """How many of «to do» are due in these days."""
        return _due(self.to_do, first=first, last=last)


def head(actor: Actor, *, led: bool = False) -> Head:
    """One question for all tabs and filters."""
    branches = _led_branches(actor) if led else _branches(actor)
    if not branches:
        return Head()
    parts = [
        Duty.objects.filter(_OPEN, branch, waiting)
        .order_by(F("due_on").asc(nulls_last=True), "id")
        .values_list("due_on", "id", "kind", "waiting_for")[: CAP + 1]
        for branch in branches
        for waiting in (Q(waiting_for=""), ~Q(waiting_for=""))
    ]
    found = _united(parts)
    lists: tuple[list[tuple[date | None, int, str]], ...] = ([], [])
    for due, pk, kind, waiting_for in found:
        lists[bool(waiting_for)].append((due, pk, kind))
    for rows in lists:
        rows.sort(key=lambda row: _order((row[0], row[1])))
        del rows[CAP + 1 :]
    return Head(tuple(lists[0]), tuple(lists[1]))


def _united(parts: Sequence[QuerySet[Any, Any]]) -> list[Any]:
    first, *others = parts
    return list(first.union(*others, all=True) if others else first)


def _order(key: Key) -> tuple[date, int]:
    return (key[0] or date.max, key[1])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; each is a link of the page."""

    kind: str = ""
    first: date | None = None
    last: date | None = None
    place: int | None = None
    village: str | None = None

    @property
    def condition(self) -> Q:
        found = Q()
        if self.kind:
            found &= Q(kind=self.kind)
        if self.first:
            found &= Q(due_on__gte=self.first)
        if self.last:
            found &= Q(due_on__lte=self.last)
        if self.place == NOWHERE:
            found &= Q(place__isnull=True)
        elif self.place is not None:
            found &= Q(place_id=self.place)
        if self.village is not None:
            found &= Q(village=self.village)
        return found


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Duty, ...] = ()
    before: Key | None = None
    after: Key | None = None


def page_of(
    actor: Actor,
    *,
    waiting: bool = False,
    wanted: Wanted | None = None,
    led: bool = False,
    after: Key | None = None,
    before: Key | None = None,
) -> Page:
    """Fifty open rows by working time left, past a key in either direction."""
    branches = _led_branches(actor) if led else _branches(actor)
    if not branches:
        return Page()
    condition = (wanted or Wanted()).condition & _OPEN
    condition &= ~Q(waiting_for="") if waiting else Q(waiting_for="")
    backwards = before is not None and after is None
    if after is not None:
        condition &= _past(after)
    elif before is not None:
        condition &= _short_of(before)
    due = F("due_on").desc(nulls_first=True) if backwards else _BY_DUE
    parts = [
        Duty.objects.filter(condition, branch)
        .order_by(due, "-id" if backwards else "id")
        .values_list("due_on", "id")[: PAGE + 1]
        for branch in branches
    ]
    keys = sorted(_united(parts), key=_order, reverse=backwards)
    more, keys = len(keys) > PAGE, keys[:PAGE]
    if backwards:
        keys.reverse()
    rows = {
        row.pk: row
        for row in Duty.objects.filter(pk__in=[pk for _due, pk in keys]).select_related(
            "user"
        )
    }
    shown = tuple(rows[pk] for _due, pk in keys if pk in rows)
    has_before = more if backwards else after is not None
    has_after = True if backwards else more
    return Page(
        shown,
        keys[0] if keys and has_before else None,
        keys[-1] if keys and has_after else None,
    )


_BY_DUE = F("due_on").asc(nulls_last=True)


def _past(key: Key) -> Q:
    due, pk = key
    if due is None:
        return Q(due_on__isnull=True, id__gt=pk)
    later = Q(due_on__gt=due) | Q(due_on__isnull=True)
    return later | Q(due_on=due, id__gt=pk)


def _short_of(key: Key) -> Q:
    due, pk = key
    if due is None:
        return Q(due_on__isnull=False) | Q(due_on__isnull=True, id__lt=pk)
    return Q(due_on__lt=due) | Q(due_on=due, id__lt=pk)


@dataclass(frozen=True, slots=True)
class DonePage:
    rows: tuple[Duty, ...] = ()
    after: tuple[datetime, int] | None = None


def done(actor: Actor, *, after: tuple[datetime, int] | None = None) -> DonePage:
    """Done lately at the own offices, newest first; only further back is paged."""
    branches = _done_branches(actor)
    if not branches:
        return DonePage()
    condition = Q(done_at__isnull=False)
    if after is not None:
        at, pk = after
        condition &= Q(done_at__lt=at) | Q(done_at=at, id__lt=pk)
    parts = [
        Duty.objects.filter(condition, branch)
        .order_by("-done_at", "-id")
        .values_list("done_at", "id")[: PAGE + 1]
        for branch in branches
    ]
    keys = sorted(_united(parts), reverse=True)
    more, keys = len(keys) > PAGE, keys[:PAGE]
    rows = Duty.objects.in_bulk([pk for _at, pk in keys])
    shown = tuple(rows[pk] for _at, pk in keys if pk in rows)
    return DonePage(shown, keys[-1] if more else None)


@dataclass(slots=True)
class VillageLine:
    """How much is to do in one village: what a field day takes along."""

    place: int | None
    village: str
    count: int = 0
    soonest: date | None = None


def by_village(actor: Actor) -> list[VillageLine]:
    """Villages with something to do, the soonest due first."""
    branches = _branches(actor)
    if not branches:
        return []
    parts = [
        Duty.objects.filter(_OPEN, branch, waiting_for="")
        .order_by()
        .values("place", "village")
        .annotate(rows=Count("pk"), soonest=Min("due_on"))
        .values_list("place", "village", "rows", "soonest")
        for branch in branches
    ]
    lines: dict[tuple[int | None, str], VillageLine] = {}
    for place, village, rows, soonest in _united(parts):
        line = lines.setdefault((place, village), VillageLine(place, village))
        line.count += rows
        days = [day for day in (line.soonest, soonest) if day is not None]
        line.soonest = min(days, default=None)
    return sorted(
        lines.values(), key=lambda line: (line.soonest or date.max, line.village)
    )


@dataclass(frozen=True, slots=True)
class FiveLines:
    """What a leader reads on a phone. Replies and reports owed join these with the
    rooms that owe them."""

    to_sign: int
    late: int
    late_soon: int


def five_lines(actor: Actor, *, on: date, soon: date) -> FiveLines:
    """`soon` is the third working day from `on`."""
    own, led = head(actor), head(actor, led=True)
    everything = led.to_do + led.waiting
    return FiveLines(
        to_sign=own.kinds["sign"],
        late=_due(everything, last=date.fromordinal(on.toordinal() - 1)),
        late_soon=_due(everything, first=on, last=soon),
    )


def _due(
    rows: Iterable[tuple[date | None, int, str]],
    *,
    last: date,
    first: date | None = None,
) -> int:
    days = (due for due, _pk, _kind in rows if due is not None)
    return sum(1 for due in days if due <= last and (first is None or due >= first))
