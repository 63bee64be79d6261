"""Once it is received: the slip, the next dossier, and values to copy elsewhere."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gandan.dossiers import access, queries
from gandan.dossiers.rules.moves import State
from gandan.dossiers.web import presenting
from gandan.dossiers.web.desk import papers
from gandan.dossiers.web.desk.counter_desk import DESK
from gandan.dossiers.web.desk.counter_panel import portal_fields
from gandan.dossiers.web.desk.loading import load
from gandan.dossiers.web.desk.rows import rows_of
from gandan.forms import printing
from gandan.forms.loading import definition
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials

TOGETHER = 5


@officials(*DESK)
@require_GET
def taken(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Code, date, print (F8), and the next: another of this person, or the next one."""
    dossier = load(request, public_id)
    if dossier.received_at is None or not access.may_see_people(request.actor, dossier):
        raise Http404
    today = local_day(request.now)
    bundle = queries.filed_together(request.actor, dossier)
    context = {
        "dossier": dossier,
        "due": presenting.due_of(dossier, today),
        "first": bool(papers.token_of(request, dossier)),
        "bundle": rows_of(request, list(bundle[:TOGETHER])),
        "fields": portal_fields(dossier),
        "at_once": dossier.state == State.RETURNED,
        "form_here": bool(dossier.form_key and dossier.answers),
    }
    return render(request, "dossiers/desk/counter/taken.html", context)


@officials(*DESK)
@require_GET
def declaration(request: StaffRequest, public_id: Any) -> HttpResponse:
    """The form filled in at the counter, to be read over and signed."""
    dossier = load(request, public_id)
    if not dossier.form_key or not access.may_see_people(request.actor, dossier):
        raise Http404
    body = printing.form_pdf(
        definition(dossier.form_key),
        dossier.answers,
        code=dossier.code or "",
        at=request.now,
    )
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="to-khai.pdf"'
    response["Cache-Control"] = "no-store"
    return response
