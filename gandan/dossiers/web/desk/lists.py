"""Lists of dossiers: paged by key, narrowed by links, never counted past 500."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from gandan.dossiers import queries
from gandan.dossiers.models import Dossier
from gandan.dossiers.models.dossier import DossierQuerySet
from gandan.dossiers.paging import Order, page_of
from gandan.dossiers.rules.identity import read_card
from gandan.dossiers.rules.persons import plain_identity
from gandan.dossiers.web.desk import kept
from gandan.dossiers.web.desk.counter_desk import DESK
from gandan.dossiers.web.desk.cursors import keys_of, page_href
from gandan.dossiers.web.desk.loading import HANDLERS
from gandan.dossiers.web.desk.rows import rows_of
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.kernel.text import TextRefused, clean, syllables
from gandan.people.guards import StaffRequest, officials
from gandan.places import queries as places
from gandan.ui import words
from gandan.ui.navigation import Link

SOON = 3  # working days
# Texts of a row that no list shows.
_UNSEEN = (
    *("answers", "outcome_reason", "words"),
    *("procedure__content", "procedure__fold", "procedure__words", "procedure__source"),
)


def lean(found: DossierQuerySet) -> DossierQuerySet:
    """With all that a row shows, and without the long texts that it does not."""
    shown = found.select_related("procedure", "competent", "place")
    return shown.defer(*_UNSEEN)


def soon_until(today: date) -> date:
    return places.work_calendar().nth_working_day(today, SOON)


def _paged(
    request: StaffRequest, found: DossierQuerySet, order: Order
) -> dict[str, Any]:
    after, before = keys_of(request.GET)
    # Bodies and units come from the directory (`rows_of`), not from three joins.
    lone = lean(found).select_related(None).select_related("procedure")
    page = page_of(lone, order, after=after, before=before)
    return {
        "rows": rows_of(request, page.rows),
        "before": page_href(request, "truoc", page.before),
        "after": page_href(request, "sau", page.after),
    }


# --- in progress ----------------------------------------------------------------------

BY_DUE = Order("due_on")


@officials(*HANDLERS)
@require_safe
@gzip_page
def in_progress(request: StaffRequest) -> HttpResponse:
    """Open dossiers by time left; late, soon, waiting and fields are links."""
    today = local_day(request.now)
    found = queries.in_progress(request.actor).filter(_wanted(request, today))
    heads = queries.heads(request.actor)
    context = _paged(request, found, BY_DUE) | {
        "filters": _filters(request, heads, today),
        "may_take_up": Role.SPECIALIST in request.actor.roles,
        "may_apologise": Role.SIGNATORY in request.actor.roles,
    }
    return render(request, "dossiers/desk/in_progress.html", context)


def _wanted(request: StaffRequest, today: date) -> Q:
    wanted = Q()
    match request.GET.get("loc"):
        case "tre":
            wanted = Q(due_on__lt=today)
        case "sap-den-han":
            wanted = Q(due_on__gte=today, due_on__lte=soon_until(today))
        case "cho":
            wanted = Q(state__in=queries.WAITING)
    if field := request.GET.get("linh-vuc"):
        wanted &= Q(field=field)
    if key := request.GET.get("don-vi"):
        body = places.organisation_by_key(key)
        wanted &= Q(competent_id=body.pk if body else 0)
    return wanted


def _filters(request: StaffRequest, heads: queries.Heads, today: date) -> list[Link]:
    """A count past the cap is «500+» for the whole list, and left out for a part."""
    names = ("loc", "linh-vuc", "don-vi")
    asked = {name: request.GET[name] for name in names if request.GET.get(name)}
    here = reverse("dossiers:in_progress")

    def link(name: str, query: dict[str, str], count: int) -> Link:
        shown = words.capped(count, queries.CAP) if heads.is_whole or not query else ""
        address = f"{here}?{urlencode(query)}" if query else here
        return Link(name, address, current=asked == query, count=shown)

    late = heads.due(None, today - timedelta(days=1))
    soon = heads.due(today, soon_until(today))
    links = [
        link(pgettext("filter", "All"), {}, len(heads.rows)),
        link(pgettext("filter", "Late"), {"loc": "tre"}, late),
        link(
            pgettext("filter", "Due within 3 working days"),
            {"loc": "sap-den-han"},
            soon,
        ),
        link(pgettext("filter", "Waiting for others"), {"loc": "cho"}, heads.waiting),
    ]
    fields = heads.fields.most_common(6)
    if len(fields) > 1:
        links += [link(name, {"linh-vuc": name}, n) for name, n in fields]
    if asked and not any(each.current for each in links):
        links.append(Link(_("As chosen"), request.get_full_path(), current=True))
    return links


# --- the desk's own lists -------------------------------------------------------------


@officials(*DESK)
@require_safe
@gzip_page
def to_hand_over(request: StaffRequest) -> HttpResponse:
    """Results and refusals that wait for their owner, the oldest first."""
    found = queries.to_hand_over(request.actor)
    context = _paged(request, found, Order("ended_at")) | {
        "title": _("Results to hand over"),
        "empty": _("Results that wait for their owner stand here."),
    }
    return render(request, "dossiers/desk/listed.html", context)


@officials(*DESK)
@require_safe
@gzip_page
def to_receive(request: StaffRequest) -> HttpResponse:
    """Filed online: check, receive, or ask once for what is missing."""
    found = queries.to_receive(request.actor)
    context = _paged(request, found, Order("submitted_at")) | {
        "title": _("Online filings to receive"),
        "empty": _("Filings that came online stand here."),
    }
    return render(request, "dossiers/desk/listed.html", context)


@officials(*DESK)
@require_safe
@gzip_page
def parked(request: StaffRequest) -> HttpResponse:
    """Intakes put aside while a paper is fetched."""
    found = queries.parked(request.actor)
    context = _paged(request, found, Order("parked_at")) | {
        "title": _("Parked intakes"),
        "empty": _("Intakes put aside with F4 stand here."),
    }
    return render(request, "dossiers/desk/listed.html", context)


# --- search ---------------------------------------------------------------------------

NEWEST = Order("received_at", newest_first=True)


@officials(*HANDLERS)
@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@gzip_page
def search(request: StaffRequest) -> HttpResponse:
    """By code, identity number or two words of a name; sent by POST, so that no name
    stands in an address."""
    if request.method == "POST":
        kept.keep(request, asked_for(request.POST.get("q", "")))
        return redirect("dossiers:search")
    text = kept.kept(request)
    found = queries.search(request.actor, text) if text else Dossier.objects.none()
    context = _paged(request, found, NEWEST) | {
        "text": text,
        "is_short": bool(text) and not _is_enough(text),
        "is_capped": bool(text) and queries.capped(found) > queries.CAP,
    }
    return render(request, "dossiers/desk/search.html", context)


def asked_for(typed: str) -> str:
    """A scanned card is looked up by its number; other codes by their own signs."""
    if card := read_card(typed):
        return card.number
    try:
        text = clean(typed)[:120]
    except TextRefused:
        return ""
    plain = plain_identity(text)
    return plain if plain.isdigit() and len(plain) in (9, 12) else text


def _is_enough(text: str) -> bool:
    return "-" in text or text.isdigit() or len(syllables(text)) >= 2
