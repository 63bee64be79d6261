"""Public pages: find a procedure, read it, make one's own list, compare versions."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from gandan.documents import printing
from gandan.forms import loading
from gandan.kernel.localtime import local_day
from gandan.procedures import queries
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import comparing, listing, prints, showing, wording
from gandan.procedures.web.asking import my_papers
from gandan.procedures.web.posting import posted_desks

PAGE = 20


class PublicRequest(HttpRequest):
    now: datetime


@require_safe
def search(request: PublicRequest) -> HttpResponse:
    today = local_day(request.now)
    chosen = listing.Filters.read(request.GET.dict(), on=today)
    page = max(1, _whole(request.GET.get("trang", "")))
    found: list[ProcedureVersion] = []
    codes: list[str] = []
    if not chosen.is_empty:
        codes = queries.found_codes(chosen.text, on=today, scope=chosen.scope)
        shown = codes[(page - 1) * PAGE : page * PAGE]
        found = queries.versions_of(shown, on=today)
        if len(codes) == 1 and chosen.text == codes[0]:
            return redirect("procedures:show", codes[0])
    context = {
        "chosen": chosen,
        "rows": listing.rows(found),
        "count": len(codes),
        "events": listing.events(chosen),
        "event": wording.LIFE_EVENTS.get(chosen.event, ""),
        "offices": listing.offices(today),
        "before": chosen.href(trang=page - 1) if page > 1 else "",
        "after": chosen.href(trang=page + 1) if page * PAGE < len(codes) else "",
    }
    return render(request, "procedures/search.html", context)


@require_safe
def show(request: PublicRequest, code: str) -> HttpResponse:
    version = _in_force(code, request.now)
    return render(request, "procedures/show.html", _shown(version, request))


@require_safe
def my_list(request: PublicRequest, code: str) -> HttpResponse:
    version = _in_force(code, request.now)
    mine = my_papers(version, request.GET.dict(), at=request.now)
    context = {"version": version, "title": wording.title(version), "mine": mine}
    return render(request, "procedures/my_list.html", context)


@require_safe
def my_list_text(request: PublicRequest, code: str) -> HttpResponse:
    """The list as plain text: for a message, or a phone that cannot print."""
    version = _in_force(code, request.now)
    mine = my_papers(version, request.GET.dict(), at=request.now)
    return HttpResponse(mine.as_text(), content_type="text/plain; charset=utf-8")


@require_safe
def my_list_print(request: PublicRequest, code: str) -> HttpResponse:
    version = _in_force(code, request.now)
    mine = my_papers(version, request.GET.dict(), at=request.now)
    paper = prints.MyList(mine, address=_address(request, version))
    return _pdf(printing.to_pdf(paper, at=request.now), f"giay-to-{code}.pdf")


@require_safe
def poster(request: PublicRequest, code: str) -> HttpResponse:
    version = _in_force(code, request.now)
    paper = prints.Poster(version, at=request.now, address=_address(request, version))
    return _pdf(printing.to_pdf(paper, at=request.now), f"to-roi-{code}.pdf")


@require_safe
def versions(request: PublicRequest, code: str) -> HttpResponse:
    found = queries.versions(code)
    if not found:
        raise Http404
    pairs = zip(found, [*found[1:], None], strict=True)
    context = {
        "code": code,
        "title": wording.title(found[0]),
        "versions": [
            (version, comparing.lines(before, version) if before else ())
            for version, before in pairs
        ],
    }
    return render(request, "procedures/versions.html", context)


@require_safe
def old_version(request: PublicRequest, code: str, number: int) -> HttpResponse:
    try:
        version = queries.version_numbered(code, number)
    except queries.NoSuchProcedure:
        raise Http404 from None
    today = local_day(request.now)
    context = _shown(version, request) | {
        "is_current": version.valid_from <= today
        and (version.valid_to is None or today < version.valid_to)
    }
    return render(request, "procedures/show.html", context)


@require_safe
def postings(request: PublicRequest) -> HttpResponse:
    """Which desk has its list on the wall, of which day, and how far it is behind."""
    desks = posted_desks(on=local_day(request.now))
    return render(request, "procedures/postings.html", {"desks": desks})


def _shown(version: ProcedureVersion, request: PublicRequest) -> dict[str, Any]:
    facts = version.facts()
    return {
        "version": version,
        "is_current": True,
        "title": wording.title(version),
        "levels": wording.levels(version),
        "channels": [wording.CHANNELS[c] for c in version.channels],
        "times": showing.times(version, at=request.now),
        "groups": showing.paper_groups(facts.papers),
        "fees": showing.fee_lines(facts.fees),
        "left_out": showing.left_out_lines(facts.left_out),
        "facts": facts,
        "results": [(wording.said(r.words, r.name), r) for r in facts.results],
        "has_questions": bool(facts.questions),
        "file_href": _file_href(version),
        "desks_href": _optional("places:desks"),
    }


def _file_href(version: ProcedureVersion) -> str:
    """Our own filing, where this installation has it open and a form for it."""
    form = loading.for_procedure(version.code) if version.form_key else None
    if form is None or not settings.OWN_FILING:
        return ""
    return _optional("filing:start", form.slug)


def _optional(name: str, *args: str) -> str:
    """Rooms above link in by their address, once they have one."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _in_force(code: str, at: datetime) -> ProcedureVersion:
    try:
        return queries.version_on(code, local_day(at))
    except queries.NoSuchProcedure:
        raise Http404 from None


def _address(request: PublicRequest, version: ProcedureVersion) -> str:
    path = reverse("procedures:show", args=[version.code])
    return request.build_absolute_uri(path)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
