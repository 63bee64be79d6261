"""«Việc của tôi» and its tabs; the leader's lines."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from gandan.duties import actions, queries
from gandan.duties.queries import CAP, NOWHERE, Head, Wanted
from gandan.duties.web.lines import lines, place_name
from gandan.duties.web.wording import said
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.kernel.text import TextRefused, clean
from gandan.people.guards import StaffRequest, officials
from gandan.places import queries as places
from gandan.ui import words
from gandan.ui.navigation import Link

_LEADERS = (Role.SIGNATORY, Role.UNIT_LEADER, Role.HEAD_ONE_STOP)
_CURSOR = "duties.page"
SOON = 3  # working days


@require_safe
@officials()
def mine(request: StaffRequest) -> HttpResponse:
    """To do, by working time left."""
    today = local_day(request.now)
    led = _is_led(request)
    head = queries.head(request.actor, led=led)
    wanted, narrowed = _wanted(request, today)
    after, before = _keys(request.GET)
    page = queries.page_of(
        request.actor, wanted=wanted, led=led, after=after, before=before
    )
    seen_at = None
    if request.actor.user_id is not None and not narrowed:
        seen_at = actions.look(user=request.actor.user_id, at=request.now)
    context = _tabs(request, head, "mine") | {
        "rows": lines(page.rows, today=today, seen_at=seen_at),
        "filters": _filters(request, head, today),
        "narrowed": narrowed,
        "before": _page_href(request, "truoc", page.before),
        "after": _page_href(request, "sau", page.after),
    }
    return render(request, "duties/mine.html", context)


@require_safe
@officials()
def waiting(request: StaffRequest) -> HttpResponse:
    """Open, but in others' hands: whom, since when, until when."""
    today = local_day(request.now)
    head = queries.head(request.actor)
    after, before = _keys(request.GET)
    page = queries.page_of(request.actor, waiting=True, after=after, before=before)
    context = _tabs(request, head, "waiting") | {
        "rows": [
            (line, duty.waiting_until)
            for line, duty in zip(lines(page.rows, today=today), page.rows, strict=True)
        ],
        "today": today,
        "before": _page_href(request, "truoc", page.before),
        "after": _page_href(request, "sau", page.after),
    }
    return render(request, "duties/waiting.html", context)


@require_safe
@officials()
def by_village(request: StaffRequest) -> HttpResponse:
    """What a field day takes along."""
    head = queries.head(request.actor)
    rows = [
        {
            "name": place_name(line.place, line.village) or _("no village written"),
            "count": words.capped(line.count),
            "soonest": line.soonest,
            "href": _village_href(line.place, line.village),
        }
        for line in queries.by_village(request.actor)
    ]
    context = _tabs(request, head, "by_village") | {"rows": rows}
    return render(request, "duties/by_village.html", context)


def _village_href(place: int | None, village: str) -> str:
    unit = places.directory().places.get(place or 0)
    query = {"xa": unit.key if unit else "", "xom": village}
    return f"{reverse('duties:mine')}?{urlencode(query)}"


@require_safe
@officials()
def done(request: StaffRequest) -> HttpResponse:
    """Done lately, newest first."""
    today = local_day(request.now)
    head = queries.head(request.actor)
    key = _loaded(request.GET.get("sau", ""))
    after = (datetime.fromisoformat(key[0]), int(key[1])) if key and key[0] else None
    page = queries.done(request.actor, after=after)
    rows = [
        (line, duty.done_at)
        for line, duty in zip(lines(page.rows, today=today), page.rows, strict=True)
    ]
    context = _tabs(request, head, "done") | {
        "rows": rows,
        "after": _page_href(request, "sau", page.after),
    }
    return render(request, "duties/done.html", context)


@require_safe
@officials(*_LEADERS)
def five_lines(request: StaffRequest) -> HttpResponse:
    """Fit for a phone: to sign, late, late in three days."""
    today = local_day(request.now)
    found = queries.five_lines(request.actor, on=today, soon=_soon(today))
    list_href = reverse("duties:mine")
    context = {
        "to_sign": (words.capped(found.to_sign, CAP), f"{list_href}?viec=sign"),
        "late": (words.capped(found.late, CAP), f"{list_href}?loc=tre&pham-vi=don-vi"),
        "late_soon": (
            words.capped(found.late_soon, CAP),
            f"{list_href}?loc=ba-ngay&pham-vi=don-vi",
        ),
        "today": today,
    }
    return render(request, "duties/five_lines.html", context)


def _soon(today: date) -> date:
    """The third working day from today; the province's calendar decides."""
    calendar, day = places.work_calendar(), today
    for _n in range(SOON):
        day = calendar.next_working_day(day)
    return day


def _is_led(request: StaffRequest) -> bool:
    leads = bool(request.actor.roles & set(_LEADERS))
    return leads and request.GET.get("pham-vi") == "don-vi"


def _wanted(request: StaffRequest, today: date) -> tuple[Wanted, str]:
    """What the address narrows the list to, and the words for it."""
    asked = request.GET
    wanted, said_as = Wanted(kind=_typed(asked.get("viec", ""))), ""
    match asked.get("loc"):
        case "tre":
            wanted = replace(wanted, last=today - timedelta(days=1))
            said_as = pgettext("filter", "Late")
        case "ba-ngay":
            wanted = replace(wanted, first=today, last=_soon(today))
            said_as = pgettext("filter", "Due within 3 working days")
    if "xa" in asked:
        place = places.place_by_key(asked["xa"])
        village = _typed(asked.get("xom", ""))
        wanted = replace(wanted, place=place.pk if place else NOWHERE, village=village)
        said_as = place_name(wanted.place, village) or _("no village written")
    if wanted.kind:
        said_as = str(said(wanted.kind).step)
    return wanted, said_as


def _typed(text: str) -> str:
    """What an address says; signs that no row can hold make it empty."""
    try:
        return clean(text)[:120]
    except TextRefused:
        return ""


def _tabs(request: StaffRequest, head: Head, here: str) -> dict[str, Any]:
    names = (
        ("mine", pgettext("tab", "To do"), words.capped(len(head.to_do), CAP)),
        (
            "waiting",
            pgettext("tab", "Waiting for others"),
            words.capped(len(head.waiting), CAP),
        ),
        ("by_village", pgettext("tab", "By village"), ""),
        ("done", pgettext("tab", "Done"), ""),
    )
    links = [
        Link(name, reverse(f"duties:{to}"), current=to == here, count=count)
        for to, name, count in names
    ]
    return {"tabs": links, "leads": bool(request.actor.roles & set(_LEADERS))}


def _filters(request: StaffRequest, head: Head, today: date) -> list[Link]:
    """Links with counts of what the list holds; a count past the cap is left out."""
    whole = len(head.to_do) <= CAP
    late = head.due_between(None, today - timedelta(days=1))
    soon = head.due_between(today, _soon(today))
    kinds = head.kinds
    kept = {"pham-vi": "don-vi"} if _is_led(request) else {}
    asked = (request.GET.get("loc", ""), request.GET.get("viec", ""))

    def link(name: str, key: str, value: str, count: int) -> Link:
        query = urlencode(kept | ({key: value} if key else {}))
        here = asked == {"loc": (value, ""), "viec": ("", value), "": ("", "")}[key]
        shown = words.capped(count, CAP) if whole or not key else ""
        address = reverse("duties:mine") + (f"?{query}" if query else "")
        return Link(
            name, address, current=here and "xa" not in request.GET, count=shown
        )

    links = [
        link(pgettext("filter", "All"), "", "", len(head.to_do)),
        link(pgettext("filter", "Late"), "loc", "tre", late),
        link(pgettext("filter", "Due within 3 working days"), "loc", "ba-ngay", soon),
    ]
    if len(kinds) > 1:
        links += [
            link(str(said(k).step), "viec", k, n) for k, n in kinds.most_common(6)
        ]
    return links


def _keys(asked: QueryDict) -> tuple[queries.Key | None, queries.Key | None]:
    """The row to go on after, or before."""
    after, before = (_key(asked.get(name, "")) for name in ("sau", "truoc"))
    return after, before


def _key(cursor: str) -> queries.Key | None:
    loaded = _loaded(cursor)
    if not loaded:
        return None
    return (date.fromisoformat(loaded[0]) if loaded[0] else None, int(loaded[1]))


def _loaded(cursor: str) -> list[Any]:
    """A cursor we did not write is no cursor: the list begins at its beginning."""
    try:
        loaded: list[Any] = signing.loads(cursor, salt=_CURSOR) if cursor else []
    except signing.BadSignature:
        return []
    return loaded


def _page_href(
    request: StaffRequest, name: str, key: tuple[date | None, int] | None
) -> str:
    if key is None:
        return ""
    moment, pk = key
    value = [moment.isoformat() if moment else "", pk]
    kept = {k: v for k, v in request.GET.items() if k not in {"sau", "truoc"}}
    return "?" + urlencode(kept | {name: signing.dumps(value, salt=_CURSOR)})
