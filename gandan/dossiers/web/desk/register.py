"""The register (form 07; 06 before 15/9/2025): a page by period, and a workbook."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from gandan.documents.register import HEAD, RegisterRow, write_xlsx
from gandan.documents.rules import Form, FormSet, form_set_on, official
from gandan.dossiers import access, queries
from gandan.dossiers.models import Dossier
from gandan.dossiers.models.dossier import DossierQuerySet
from gandan.dossiers.paging import Order, page_of
from gandan.dossiers.web import wording
from gandan.dossiers.web.desk.cursors import keys_of, page_href
from gandan.dossiers.web.desk.lists import lean
from gandan.dossiers.web.desk.loading import HANDLERS
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import at_local, local_day
from gandan.people.guards import StaffRequest, officials
from gandan.ui import words
from gandan.ui.fields import DayField

ORDER = Order("received_at")
MOST_DAYS = 366
CHUNK = 500


class Period(forms.Form):
    tu = DayField(label=gettext_lazy("From"))
    den = DayField(label=gettext_lazy("Up to and with"))

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("tu"), given.get("den")
        if starts and ends and ends < starts:
            self.add_error("den", _("The last day lies before the first"))
        elif starts and ends and (ends - starts).days >= MOST_DAYS:
            self.add_error("den", _("At most one year at a time"))
        return given


def _period(request: StaffRequest) -> Period:
    """The month so far, unless days are asked for."""
    today = local_day(request.now)
    month = {"tu": words.plain_day(today.replace(day=1)), "den": words.plain_day(today)}
    return Period(month | {k: v for k, v in request.GET.items() if k in month})


def _found(actor: Actor, starts: date, ends: date) -> DossierQuerySet:
    first = at_local(starts, time.min)
    last = at_local(ends + timedelta(days=1), time.min)
    return queries.received_between(actor, first, last)


@officials(*HANDLERS)
@require_safe
@gzip_page
def page(request: StaffRequest) -> HttpResponse:
    """Fifty lines of the register, in order of reception."""
    form = _period(request)
    context: dict[str, Any] = {"form": form, "head": HEAD}
    if not form.is_valid():
        return render(request, "dossiers/desk/register.html", context, status=422)
    starts, ends = form.cleaned_data["tu"], form.cleaned_data["den"]
    after, before = keys_of(request.GET)
    found = lean(_found(request.actor, starts, ends)).prefetch_related("parties")
    shown = page_of(found, ORDER, after=after, before=before)
    form_set = form_set_on(ends)
    context |= {
        "lines": [(d, _line(request.actor, d, 0)) for d in shown.rows],
        "title": official(Form.REGISTER, form_set).title,
        "number": official(Form.REGISTER, form_set).number,
        "circular": form_set.circular,
        "unverified": not form_set.layout_verified,
        "workbook": request.GET.urlencode(),
        "before": page_href(request, "truoc", shown.before),
        "after": page_href(request, "sau", shown.after),
    }
    return render(request, "dossiers/desk/register.html", context)


@officials(*HANDLERS)
@require_safe
def workbook(request: StaffRequest) -> Any:
    """All lines of the period as XLSX, written row by row."""
    form = _period(request)
    if not form.is_valid():
        context = {"form": form, "head": HEAD}
        return render(request, "dossiers/desk/register.html", context, status=422)
    starts, ends = form.cleaned_data["tu"], form.cleaned_data["den"]
    form_set: FormSet = form_set_on(ends)
    out = TemporaryFile()  # noqa: SIM115 -- the response closes it
    write_xlsx(
        out,
        title=official(Form.REGISTER, form_set).title,
        period=f"{words.plain_day(starts)} – {words.plain_day(ends)}",
        rows=_rows(request.actor, starts, ends),
    )
    out.seek(0)
    name = f"so-theo-doi-{starts:%Y%m%d}-{ends:%Y%m%d}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name)


def _rows(actor: Actor, starts: date, ends: date) -> Iterator[RegisterRow]:
    found = lean(_found(actor, starts, ends)).prefetch_related("parties")
    for number, dossier in enumerate(found.iterator(chunk_size=CHUNK), start=1):
        yield _line(actor, dossier, number)


def _line(actor: Actor, dossier: Dossier, number: int) -> RegisterRow:
    """One dossier; who only helped reads the line without its people."""
    received: datetime | None = dossier.received_at
    assert received is not None
    shown = access.may_see_people(actor, dossier)
    owner = next((p for p in dossier.parties.all() if p.role == "owner"), None)
    place = dossier.place.full_name if dossier.place else ""
    address = ", ".join(part for part in (dossier.village, place) if part)
    handed = ""
    if dossier.returned_on:
        handed = str(wording.OUTCOME.get(dossier.outcome, ""))
    return RegisterRow(
        number=number,
        code=dossier.code or "",
        procedure=dossier.procedure.name,
        applicant=dossier.owner_name if shown else "",
        received_at=received,
        address=address if shown else "",
        telephone=owner.telephone if owner and shown else "",
        competent=dossier.competent.name,
        due_on=dossier.due_on,
        returned_on=dossier.returned_on,
        handed_to=handed,
        note=dossier.paper_slip_no,
    )
