"""Late by agency and field: integers for who steers, never a person."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from gandan.dossiers import queries
from gandan.dossiers.web.desk.lists import soon_until
from gandan.kernel.actors import Actor, Role
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import Level, OrganisationKind


@dataclass(frozen=True, slots=True)
class Line:
    """A body, or one field of it."""

    name: str
    open: int
    late: int
    soon: int
    href: str = ""  # the list of the late ones, where the viewer may open it
    lang: str = "vi"


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    bodies: tuple[tuple[Line, tuple[Line, ...]], ...]
    total: Line


@officials(Role.PROVINCE_STEERING, Role.UNIT_LEADER)
@require_safe
@gzip_page
def overview(request: StaffRequest) -> HttpResponse:
    """Departments first: few dossiers are late at communes."""
    today = local_day(request.now)
    bodies = _reach(request.actor)
    loads = queries.board(bodies, today, soon_until(today))
    context: dict[str, Any] = {
        "groups": _groups(request.actor, loads),
        "today": today,
        "whole": bodies is None,
    }
    return render(request, "dossiers/desk/board.html", context)


def _reach(actor: Actor) -> frozenset[int] | None:
    """The steering office looks at the province, a leader at the own body's parts."""
    if Role.PROVINCE_STEERING in actor.roles:
        return None
    book = places.directory().organisations
    led: set[int] = set()
    for pk in actor.organisations(Role.UNIT_LEADER):
        led |= places.within(book[pk]) if pk in book else set()
    return frozenset(led)


def _groups(actor: Actor, loads: tuple[queries.Load, ...]) -> list[Group]:
    book = places.directory().organisations
    by_body: dict[int, list[queries.Load]] = defaultdict(list)
    for load in loads:
        by_body[load.competent].append(load)
    kinds: dict[str, list[tuple[Line, tuple[Line, ...]]]] = {
        _("Departments and the province"): [],
        _("Districts, until 30 June 2025"): [],
        _("Communes, wards"): [],
        _("Other bodies"): [],
    }
    names = list(kinds)
    for pk, fields in by_body.items():
        body = book[pk]
        kinds[names[_rank(body)]].append(_body(actor, body, fields))
    groups = []
    for name, bodies in kinds.items():
        if bodies:
            bodies.sort(key=lambda each: (-each[0].late, -each[0].open, each[0].name))
            groups.append(Group(name, tuple(bodies), _total([b for b, _f in bodies])))
    return groups


def _rank(body: Organisation) -> int:
    if body.kind == OrganisationKind.DEPARTMENT:
        return 0
    if body.kind != OrganisationKind.PEOPLE_COMMITTEE:
        return 3
    return {Level.PROVINCE: 0, Level.DISTRICT: 1}.get(Level(body.place.level), 2)


def _body(
    actor: Actor, body: Organisation, fields: list[queries.Load]
) -> tuple[Line, tuple[Line, ...]]:
    opens = body.pk in actor.organisations(Role.UNIT_LEADER)

    def href(field: str = "") -> str:
        if not opens:
            return ""
        query = {"loc": "tre"} | ({"linh-vuc": field} if field else {})
        return f"{reverse('dossiers:in_progress')}?{urlencode(query)}"

    lines = [
        Line(
            load.field or _("Protected or without a field"),
            load.open,
            load.late,
            load.soon,
            href(load.field) if load.field else "",
            "vi" if load.field else "",
        )
        for load in fields
    ]
    lines.sort(key=lambda line: (-line.late, -line.open, line.name))
    total = _total(lines)
    whole = Line(body.name, total.open, total.late, total.soon, href())
    return whole, tuple(lines)


def _total(lines: list[Line]) -> Line:
    return Line(
        "",
        sum(line.open for line in lines),
        sum(line.late for line in lines),
        sum(line.soon for line in lines),
    )
