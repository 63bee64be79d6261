"""Questions about accounts and mandates."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gandan.kernel.actors import Actor
from gandan.kernel.text import syllables
from gandan.people import access
from gandan.people.models import Mandate, User

PAGE = 50


@dataclass(frozen=True, slots=True)
class Accounts:
    """One page of a list by given name; the neighbours are named by public id."""

    rows: tuple[User, ...]
    before: str = ""
    after: str = ""


def accounts(
    actor: Actor, *, office: int | None = None, text: str = ""
) -> QuerySet[User]:
    """What this administrator looks after, by given name."""
    found = access.administered_by(actor)
    if office is not None:
        held = Mandate.objects.filter(organisation=office).values("user")
        found = found.filter(pk__in=held)
    for part in syllables(text):
        found = found.filter(Q(fold__contains=part) | Q(username__icontains=part))
    return found.order_by("sort_key", "id")


def page_of(found: QuerySet[User], *, after: str = "", before: str = "") -> Accounts:
    """Fifty rows past the account named, in either direction; its key is looked up,
    since a name must not stand in an address."""
    start = found.filter(public_id=after or before).first() if after or before else None
    if start is None:
        rows = list(found[: PAGE + 1])
        return _page(rows[:PAGE], False, len(rows) > PAGE)
    later = Q(sort_key__gt=start.sort_key) | Q(sort_key=start.sort_key, pk__gt=start.pk)
    if after:
        rows = list(found.filter(later)[: PAGE + 1])
        return _page(rows[:PAGE], True, len(rows) > PAGE)
    earlier = found.exclude(later).exclude(pk=start.pk)
    rows = list(earlier.order_by("-sort_key", "-id")[: PAGE + 1])
    return _page(rows[:PAGE][::-1], len(rows) > PAGE, True)


def _page(rows: list[User], before: bool, after: bool) -> Accounts:
    if not rows:
        return Accounts(())
    return Accounts(
        tuple(rows),
        str(rows[0].public_id) if before else "",
        str(rows[-1].public_id) if after else "",
    )


def mandates_of(user: User) -> QuerySet[Mandate]:
    """All that was ever held, the newest first."""
    return user.mandates.select_related("organisation", "deputy_for").order_by(
        "-starts", "-id"
    )


def mandates_in_force(users: list[User], on: date) -> dict[int, list[Mandate]]:
    """By account, for a list page: one question for all its rows."""
    found: dict[int, list[Mandate]] = {}
    rows = (
        Mandate.objects.on(on)
        .filter(user__in=users)
        .select_related("organisation", "deputy_for")
        .order_by("starts", "id")
    )
    for mandate in rows:
        found.setdefault(mandate.user_id, []).append(mandate)
    return found


def ending_between(actor: Actor, starts: date, ends: date) -> QuerySet[Mandate]:
    """Mandates whose last day comes soon: the administrator's first line."""
    rows = Mandate.objects.filter(ends__gt=starts, ends__lte=ends, user__is_active=True)
    offices = access.reach(actor)
    if offices is not None:
        rows = rows.filter(organisation__in=offices)
    return rows.select_related("organisation", "user").order_by("ends", "id")


def colleagues(user: User, mandate_organisation: int, on: date) -> QuerySet[User]:
    """Who could be deputy: open accounts with a mandate at the same office today."""
    held = Mandate.objects.on(on).filter(organisation=mandate_organisation)
    return (
        User.objects.filter(pk__in=held.values("user"), is_active=True)
        .exclude(pk=user.pk)
        .order_by("sort_key", "id")
    )
