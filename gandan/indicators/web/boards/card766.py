"""Decision 766 on a card: six groups, what is measured and what is not, and levers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_safe

from gandan.figures.models import PublishedValue
from gandan.figures.published import queries as published
from gandan.indicators import unit_access
from gandan.indicators.charts_of_units import chart_of
from gandan.indicators.index766 import reading
from gandan.indicators.index766.components import (
    BY_CODE,
    GROUP_POINTS,
    Act,
    Group,
)
from gandan.indicators.index766.levers import Lever, levers
from gandan.indicators.index766.score import Scored, cents
from gandan.indicators.queries import AS_IS, PROVINCE
from gandan.indicators.web import outside_wording
from gandan.indicators.web.boards import asked as asking
from gandan.indicators.web.boards import records
from gandan.indicators.web.boards.asked import Asked
from gandan.indicators.web.boards.units import WHOLE, page_of, row_or_404
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.ui import words

INDEX = "index766"
MOST = 100
# Groups as the portal's published readings name them.
_PUBLISHED: dict[Group, str] = {
    Group.TRANSPARENCY: "transparency",
    Group.PROGRESS: "progress",
    Group.ONLINE: "online_service",
    Group.DIGITISATION: "digitisation",
    Group.PAYMENT: "online_payment",
    Group.SATISFACTION: "satisfaction",
}
NAMES: Mapping[str, Any] = {
    "1.1": gettext_lazy("Procedures published on time"),
    "1.2": gettext_lazy("Procedures updated and made public on time"),
    "1.3": gettext_lazy("Procedures published with full content"),
    "1.4": gettext_lazy("Dossiers synchronised to the portal"),
    "2.1": gettext_lazy("Dossiers handled within their limit"),
    "3": gettext_lazy("Dossiers filed wholly online"),
    "4.1": gettext_lazy("Electronic results issued"),
    "4.2": gettext_lazy("Papers digitised at reception"),
    "4.3": gettext_lazy("Certified electronic copies provided"),
    "4.4": gettext_lazy("Data used again, papers spared"),
    "4.5": gettext_lazy("Results shared with the person’s data store"),
    "4.6": gettext_lazy("Dossiers that use population data"),
    "4.7": gettext_lazy("Procedures joined to the population database"),
    "5.A": gettext_lazy("Dossiers paid online, of those that must pay"),
    "5.B": gettext_lazy("Procedures with a payment made online"),
    "5.C": gettext_lazy("Procedures with a fee that had dossiers"),
    "6.1": gettext_lazy("Feedback answered on time"),
    "6.2": gettext_lazy("Satisfaction with the answers"),
    "6.3": gettext_lazy("Satisfaction with dossiers"),
}
ACTS: Mapping[Act, Any] = {
    Act.DECIDE_IN_TIME: ngettext_lazy(
        "Decide %(n)s more dossier before it is due",
        "Decide %(n)s more dossiers before they are due",
        "n",
    ),
    Act.ISSUE_ELECTRONIC: ngettext_lazy(
        "Issue %(n)s more result electronically",
        "Issue %(n)s more results electronically",
        "n",
    ),
    Act.DIGITISE: ngettext_lazy(
        "Digitise the papers of %(n)s more dossier",
        "Digitise the papers of %(n)s more dossiers",
        "n",
    ),
    Act.OFFER_ONLINE_PAYMENT: ngettext_lazy(
        "Offer online payment for %(n)s more dossier",
        "Offer online payment for %(n)s more dossiers",
        "n",
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    code: str
    name: Any
    points: str  # empty: not measured, or nothing to measure
    most: str
    counts: str
    is_measured: bool
    is_verified: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    name: Any
    points: str
    most: int
    open: str  # points of the group that nobody here can measure
    published: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Pull:
    """One lever in words, and where its records stand."""

    said: str
    gives: str
    href: str
    shortens_a_wait: bool


@dataclass(frozen=True, slots=True)
class Card:
    low: str
    high: str
    measured: str
    groups: tuple[GroupLine, ...]
    pulls: tuple[Pull, ...]
    published: str
    published_when: str
    published_source: str


def card(unit: str, asked: Asked) -> Card:
    found = reading.read(unit, period=asked.period, today=asked.as_of)
    theirs = _published()
    groups = []
    for group, most in GROUP_POINTS.items():
        scored = found.scorecard.of_group(group)
        known = [one.exact for one in scored if one.exact is not None]
        points = sum(
            (one.component.points for one in scored if one.exact is not None),
            Decimal(0),
        )
        row = theirs.get(_PUBLISHED[group])
        groups.append(
            GroupLine(
                outside_wording.part(_PUBLISHED[group]),
                words.number(cents(sum(known[1:], known[0])), 2) if known else "",
                most,
                words.number(most - points),
                "" if row is None or row.value is None else words.number(row.value, 2),
                tuple(_part(one) for one in scored),
            )
        )
    total = theirs.get("")
    return Card(
        low=words.number(found.scorecard.total, 2),
        high=words.number(found.scorecard.at_most, 2),
        measured=words.number(found.scorecard.measured),
        groups=tuple(groups),
        pulls=_pulls(found, unit, asked),
        published=""
        if total is None or total.value is None
        else words.number(total.value, 2),
        published_when=outside_wording.period(total) if total else "",
        published_source=total.source.title if total else "",
    )


def _part(one: Scored) -> Part:
    counts = ""
    if one.counts is not None and one.component.measured:
        counts = (
            f"{words.number(one.counts.numerator)} / "
            f"{words.number(one.counts.denominator)}"
        )
    return Part(
        one.component.code,
        NAMES[one.component.code],
        "" if one.points is None else words.number(one.points, 2),
        words.number(one.component.points),
        counts,
        one.component.measured,
        one.component.verified,
    )


def _published() -> dict[str, PublishedValue]:
    """The province's newest reading of the portal, total and groups; never joined."""
    total = published.newest(published.ours(INDEX))
    if total is None:
        return {}
    rows = published.of_index(INDEX).filter(
        unit__code=published.OURS,
        data_year=total.data_year,
        period=total.period,
        as_of=total.as_of,
        edition=total.edition,
    )
    return {row.dimension: row for row in rows}


def _pulls(found: reading.Card, unit: str, asked: Asked) -> tuple[Pull, ...]:
    """What can still be done; nothing once the period or the day asked for is past."""
    if not asked.is_open or asked.as_of != asked.today:
        return ()
    key = WHOLE if unit == PROVINCE else unit
    return tuple(
        Pull(
            _said(one),
            _gives(one),
            f"{reverse('figures:lever', args=[key, one.code])}?{asked.query}",
            one.shortens_a_wait,
        )
        for one in levers(found.counts, found.pools)
        if one.at_most
    )


def _said(one: Lever) -> str:
    n = one.pool if one.records is None else one.records
    return str(ACTS[one.act] % {"n": n})


def _gives(one: Lever) -> str:
    if one.records is None:
        return _("%(points)s points at most") % {
            "points": words.number(cents(one.at_most), 2)
        }
    return ngettext(
        "0.1 point; %(n)s record can be acted upon",
        "0.1 point; %(n)s records can be acted upon",
        one.pool,
    ) % {"n": words.number(one.pool)}


@officials(*unit_access.READERS)
@require_safe
def lever(request: StaffRequest, key: str, code: str) -> HttpResponse:
    """The records an act can still be done for, the earliest due day first."""
    chart, today = chart_of(AS_IS), local_day(request.now)
    component = BY_CODE.get(code)
    if component is None or component.act is None:
        raise Http404
    unit = row_or_404(request.actor, key, chart)
    asked = asking.read(request, today)
    ids = reading.pool_records(
        code, unit, period=asked.period, today=today, limit=MOST + 1
    )
    rows = records.of_ids(ids[:MOST], request.actor, today, chart)
    context = {
        "component": component,
        "title": NAMES[code],
        "name": chart.name(unit, today),
        "asked": asked,
        "rows": rows,
        "is_capped": len(ids) > MOST,
        "most": MOST,
        "back": f"{page_of(key)}?{asked.query}",
    }
    return render(request, "indicators/lever.html", context)
