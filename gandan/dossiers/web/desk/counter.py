"""The counter's page: one field for what is scanned or typed, and the desk's day."""

from datetime import date, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gandan.dossiers import access, queries, secrets
from gandan.dossiers.models import Dossier
from gandan.dossiers.models.dossier import DossierQuerySet
from gandan.dossiers.rules.identity import read_card
from gandan.dossiers.web.desk import counter_new, kept, visits
from gandan.dossiers.web.desk.counter_desk import DESK, desk_of
from gandan.dossiers.web.desk.lists import asked_for, lean
from gandan.dossiers.web.desk.rows import rows_of
from gandan.kernel.localtime import at_local, local_day
from gandan.kernel.text import TextRefused, clean
from gandan.people.guards import StaffRequest, officials
from gandan.places.models import Organisation

SHOWN = 6


@officials(*DESK)
@sensitive_post_parameters("scan")
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: StaffRequest) -> HttpResponse:
    """Scan a card: a new intake with its person. Scan a slip: its dossier. Type a
    code, a number or a name: the search."""
    if request.method == "POST":
        return _looked_up(request)
    desk, today = desk_of(request), local_day(request.now)
    context = {
        "desk": desk,
        "panels": _panels(request, desk, today),
        "figures": _figures(request, desk, today),
    }
    return render(request, "dossiers/desk/counter/home.html", context)


def _looked_up(request: StaffRequest) -> HttpResponse:
    typed = request.POST.get("scan", "")
    if read_card(typed) is not None:
        data = QueryDict(mutable=True)
        data["scan"] = typed
        return counter_new.begin(request, data)
    if typed.count("|") >= 2:
        messages.error(
            request, _("This is no identity card's code: nothing was filled in.")
        )
        return redirect("dossiers:counter")
    dossier = _named(request, typed)
    if dossier is not None:
        return redirect("dossiers:show", dossier.public_id)
    kept.keep(request, asked_for(typed))
    return redirect("dossiers:search")


def _named(request: StaffRequest, typed: str) -> Dossier | None:
    """The one dossier of a slip's QR, or of its code."""
    try:
        text = clean(typed)
    except TextRefused:
        return None
    seen = access.visible_to(request.actor)
    before, slash, capability = urlsplit(text).path.rpartition("/k/")
    if slash and "/" not in before.strip("/"):
        digest = secrets.capability_digest(capability)
        return seen.filter(capability_digest=digest).first()
    return seen.filter(code=text.upper()).first() if "-" in text else None


def _panels(
    request: StaffRequest, desk: Organisation, today: date
) -> list[dict[str, Any]]:
    """What waits at this desk, each with its whole list."""
    actor = request.actor
    wanted: list[tuple[str, str, DossierQuerySet]] = [
        (_("Parked intakes"), "dossiers:parked_list", queries.parked(actor)),
        (
            _("Online filings to receive"),
            "dossiers:to_receive",
            queries.to_receive(actor),
        ),
        (
            _("Results to hand over"),
            "dossiers:to_hand_over",
            queries.to_hand_over(actor),
        ),
        (_("May come today"), "", queries.expected(actor, desk.pk, today)),
    ]
    panels = []
    for name, to, found in wanted:
        rows = list(lean(found.filter(received_by=desk))[: SHOWN + 1])
        panels.append(
            {
                "name": name,
                "to": to,
                "rows": rows_of(request, rows[:SHOWN]),
                "more": len(rows) > SHOWN,
                # Who may come today stands in any state; the others are named by it.
                "with_tags": not to,
            }
        )
    return panels


def _figures(request: StaffRequest, desk: Organisation, today: date) -> dict[str, Any]:
    starts = at_local(today, time.min)
    count, lacked = visits.today(queries.visits(request.actor), desk.pk, today)
    return {
        "received": queries.received_on(desk.pk, starts, starts + timedelta(days=1)),
        "guided": count,
        "lacked": lacked,
    }
