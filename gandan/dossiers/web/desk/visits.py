"""Guided visits: somebody leaves without a slip, with the complete list in hand."""

from collections import Counter
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gandan.documents import actions as documents
from gandan.documents import lists, printing
from gandan.dossiers import actions, queries
from gandan.dossiers.paging import Order, page_of
from gandan.dossiers.rules import persons
from gandan.dossiers.web.desk import papers
from gandan.dossiers.web.desk.counter_desk import DESK, desk_of
from gandan.dossiers.web.desk.counter_form import NAME
from gandan.dossiers.web.desk.cursors import keys_of, page_href
from gandan.kernel.localtime import local_day
from gandan.kernel.text import TextRefused, clean
from gandan.people.guards import StaffRequest, officials
from gandan.people.models import User
from gandan.procedures import queries as procedures
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import showing
from gandan.procedures.web import wording as catalogue
from gandan.ui.fields import TextField
from gandan.ui.pages import render_form

MOST_FOUND = 8


def short(text: str, most: int) -> str:
    """A text that stands on an optional line: cleaned, or left out."""
    try:
        return clean(text)[:most]
    except TextRefused:
        return ""


def phone(text: str) -> str:
    number = persons.plain_telephone(text)
    return number if persons.is_telephone(number) else ""


class Guide(forms.Form):
    missing = forms.MultipleChoiceField(
        label=gettext_lazy("What is missing?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = TextField(
        label=gettext_lazy("Something else, one a line"), required=False, rows=2
    )
    person = TextField(label=gettext_lazy("Full name"), max_length=120, required=False)
    telephone = TextField(
        label=gettext_lazy("Telephone"), max_length=30, required=False
    )
    village = TextField(
        label=gettext_lazy("Village, group"), max_length=120, required=False
    )

    def __init__(self, *args: Any, version: ProcedureVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # In the words people use; the official ones fill a line of law each.
        self.names = {p.key: p.words.get("vi", p.name) for p in version.papers()}
        self.fields["missing"].choices = [  # type: ignore[attr-defined]
            (paper.key, str(showing.paper_line(paper).name))
            for paper in version.papers()
        ]

    def clean_person(self) -> str:
        name = " ".join(self.cleaned_data["person"].split())
        if problem := persons.name_problem(name):
            raise forms.ValidationError(NAME[problem])
        return name

    def clean_telephone(self) -> str:
        number = persons.plain_telephone(self.cleaned_data["telephone"])
        if number and not persons.is_telephone(number):
            raise forms.ValidationError(
                _("Write the telephone number in digits, for example 0912 345 678")
            )
        return number

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        lines = [x.strip() for x in given.get("others", "").splitlines() if x.strip()]
        chosen = [{"key": k, "name": self.names[k]} for k in given.get("missing", ())]
        given["wanted"] = chosen + [
            {"key": f"other-{number}", "name": line}
            for number, line in enumerate(lines, start=1)
        ]
        if not given["wanted"] and not self.errors:
            self.add_error("missing", _("Tick what is missing, all at once"))
        return given


@officials(*DESK)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def guide(request: StaffRequest) -> HttpResponse:
    """Procedure, ticks, print: fifteen seconds. The name is optional."""
    desk, on = desk_of(request), local_day(request.now)
    code = request.POST.get("procedure") or request.GET.get("thu-tuc", "")
    version = _version(code, on) if code else None
    if version is None:
        text = request.GET.get("q", "")
        scope = procedures.Scope(local_only=True)
        codes = queries.often_received(desk.pk)
        found = (
            procedures.search(text, on=on, scope=scope, most=MOST_FOUND)
            if text.strip()
            else procedures.versions_of(codes, on=on)
        )
        rows = [(v.code, catalogue.title(v)) for v in found]
        choice: dict[str, Any] = {"text": text, "found": rows}
        return render(request, "dossiers/desk/visit_choose.html", choice)
    form = Guide(request.POST or None, version=version)
    if form.is_valid():
        given = form.cleaned_data
        visit = actions.guide_visit(
            desk=desk,
            procedure=version,
            missing=given["wanted"],
            by=request.actor,
            at=request.now,
            person=given["person"],
            telephone=given["telephone"],
            village=given["village"],
        )
        return redirect("dossiers:visit", visit.public_id)
    context = {"version": version, "title": catalogue.title(version)}
    return render_form(request, "dossiers/desk/visit_new.html", form, context)


def _version(code: str, on: Any) -> ProcedureVersion:
    try:
        return procedures.version_on(code, on)
    except procedures.NoSuchProcedure:
        raise Http404 from None


@officials(*DESK)
@require_GET
def show(request: StaffRequest, public_id: Any) -> HttpResponse:
    """What the person takes home, to print (F8)."""
    visit = get_object_or_404(queries.visits(request.actor), public_id=public_id)
    return render(request, "dossiers/desk/visit.html", {"visit": visit})


@officials(*DESK)
@require_GET
def printed(request: StaffRequest, public_id: Any) -> HttpResponse:
    """The list on paper, in the language of the page it was asked from."""
    found = queries.visits(request.actor).select_related("desk__parent", "desk__place")
    visit = get_object_or_404(found, public_id=public_id)
    paper = lists.VisitList(
        office=papers.office_of(visit.desk),
        procedure=visit.procedure_name,
        missing=tuple(lists.Paper(name=paper["name"]) for paper in visit.missing),
        visited_on=visit.day,
        person=visit.person,
        officer=User.objects.get(pk=visit.officer_id).full_name,
    )
    documents.record_print(
        subject=str(visit.public_id), paper=paper, by=request.actor, at=request.now
    )
    response = HttpResponse(
        printing.to_pdf(paper, at=request.now), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'inline; filename="huong-dan.pdf"'
    response["Cache-Control"] = "no-store"
    return response


ORDER = Order("at", newest_first=True)


@officials(*DESK)
@require_GET
def listed(request: StaffRequest) -> HttpResponse:
    """Who was sent away lately, what was missing, and whose slip has come since."""
    mine = queries.visits(request.actor)
    wanted = mine
    match request.GET.get("loc"):
        case "hom-nay":
            wanted = mine.filter(day=local_day(request.now))
        case "chua-quay-lai":
            wanted = mine.filter(closed_by__isnull=True)
    after, before = keys_of(request.GET)
    page = page_of(wanted, ORDER, after=after, before=before)
    last = list(mine.order_by("-at", "-id").values_list("missing", flat=True)[:200])
    often = Counter(paper["name"] for missing in last for paper in missing)
    context = {
        "visits": page.rows,
        "often": often.most_common(5),
        "counted": len(last),
        "loc": request.GET.get("loc", ""),
        "before": page_href(request, "truoc", page.before),
        "after": page_href(request, "sau", page.after),
    }
    return render(request, "dossiers/desk/visits.html", context)


def today(visits: Any, desk: int, on: Any) -> tuple[int, list[tuple[str, int]]]:
    """How many a desk sent away on a day, and which papers they lacked most."""
    rows = list(visits.filter(desk_id=desk, day=on).values_list("missing", flat=True))
    often = Counter(paper["name"] for missing in rows for paper in missing)
    return len(rows), often.most_common(3)
