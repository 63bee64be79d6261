"""The catalogue in the workspace: list, versions, a new version, the desks' walls."""

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gandan.documents import wording as file_wording
from gandan.documents.intake import FileRefused
from gandan.documents.web.serving import serve
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.procedures import access, actions, queries, rules
from gandan.procedures.web import comparing, forms, posting, showing, wording
from gandan.ui.pages import render_form

PAGE = 50
LOCAL = queries.Scope(local_only=True)


@officials()
@require_safe
def catalogue(request: StaffRequest) -> HttpResponse:
    today = local_day(request.now)
    text = request.GET.get("q", "").strip()[:120]
    local = request.GET.get("tat-ca") != "1"
    codes = (
        queries.found_codes(text, on=today, scope=LOCAL, most=5_000)
        if local
        else queries.whole_catalogue(text, on=today)
    )
    page = Paginator(codes, PAGE).get_page(request.GET.get("trang"))
    said = {"q": text, "tat-ca": "" if local else "1"}
    found = queries.versions_of(list(page.object_list), on=today)
    context = {
        "rows": [(wording.title(v), wording.levels(v), v) for v in found],
        "text": text,
        "local": local,
        "count": len(codes),
        "before": _href(said, page.number - 1) if page.has_previous() else "",
        "after": _href(said, page.number + 1) if page.has_next() else "",
    }
    return render(request, "procedures/catalogue.html", context)


def _href(said: dict[str, str], page: int) -> str:
    told = said | {"trang": str(page)}
    return "?" + urlencode({key: value for key, value in told.items() if value})


@officials()
@require_safe
def manage(request: StaffRequest, code: str) -> HttpResponse:
    found = queries.versions(code)
    if not found:
        raise Http404
    pairs = list(zip(found, [*found[1:], None], strict=True))
    context = {
        "code": code,
        "title": wording.title(found[0]),
        "newest": found[0],
        "times": showing.times(found[0], at=request.now),
        "steps": [(wording.said(s.words), s) for s in found[0].steps()],
        "left_out": showing.left_out_lines(found[0].left_out()),
        "versions": [
            (version, comparing.lines(before, version) if before else ())
            for version, before in pairs
        ],
        "may_publish": access.may_publish(request.actor),
    }
    return render(request, "procedures/manage.html", context)


@officials(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def new_version(request: StaffRequest, code: str) -> HttpResponse:
    if not access.may_publish(request.actor):
        raise Http404
    today = local_day(request.now)
    held = next(iter(queries.versions(code)), None)
    if held is None:
        raise Http404
    form = forms.NewVersion(
        request.POST or None, version=held, initial=forms.first_values(held, today)
    )
    if form.is_valid():
        try:
            actions.publish_version(
                publication=form.publication(), by=request.actor, at=request.now
            )
        except actions.NothingChanged:
            form.add_error(None, _("This says the same as the version in force"))
        except actions.TooEarly as early:
            form.add_error(
                "valid_from",
                _("The version in force begins on %(day)s; choose that day or later")
                % {"day": f"{early.valid_from:%d/%m/%Y}"},
            )
        except rules.ContentRefused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("The new version is published"))
            return redirect("procedures:manage", code)
    context = {"held": held, "title": wording.title(held)}
    return render_form(request, "procedures/new_version.html", form, context)


@officials()
@require_safe
def walls(request: StaffRequest) -> HttpResponse:
    """What my desks should have on the wall, and what they have."""
    today = local_day(request.now)
    bodies = access.posting_bodies(request.actor, on=today)
    steering = request.actor.roles & {Role.PROVINCE_STEERING, Role.ADMINISTRATOR}
    context = {
        "mine": posting.walls(bodies, on=today),
        "others": posting.posted_desks(on=today) if steering else [],
    }
    return render(request, "procedures/walls.html", context)


@officials(*access.POSTING_ROLES)
@require_http_methods(["GET", "POST"])
def confirm_posting(request: StaffRequest, key: str) -> HttpResponse:
    today = local_day(request.now)
    bodies = {b.key: b for b in access.posting_bodies(request.actor, on=today)}
    body = bodies.get(key)
    if body is None:
        raise Http404
    form = forms.ConfirmPosting(
        request.POST or None,
        request.FILES or None,
        initial={"posted_on": today},
        today=today,
    )
    if form.is_valid():
        try:
            actions.confirm_posting(
                organisation=body,
                posted_on=form.cleaned_data["posted_on"],
                photo=_photo(form.cleaned_data["photo"]),
                by=request.actor,
                at=request.now,
            )
        except FileRefused as refused:
            form.add_error("photo", file_wording.explain(refused))
        else:
            messages.success(request, _("Confirmed: the list is on the wall"))
            return redirect("procedures:walls")
    (wall,) = posting.walls([body], on=today)
    latest = queries.latest_postings([body]).get(body.pk)
    listed = queries.of_desk(body, on=today)
    context = {
        "wall": wall,
        "listed": listed,
        "changed": queries.changed_since(listed, latest.confirmed_at) if latest else [],
    }
    return render_form(request, "procedures/confirm_posting.html", form, context)


def _photo(sent: "UploadedFile[bytes] | None") -> actions.Photo | None:
    return actions.Photo(sent, sent.name or "") if sent else None


@officials()
@require_safe
def posting_photo(request: StaffRequest, posting: UUID) -> HttpResponseBase:
    """For officials only: a wall may show people who happened to stand there."""
    found = queries.posting_with_photo(posting)
    if found is None or found.photo is None:
        raise Http404
    return serve(found.photo, inline=True)
