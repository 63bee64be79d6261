"""New intakes: the page, its parked state, and the three ways to end it."""

import uuid
from datetime import time, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from gandan.dossiers import access, actions, queries
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused, State
from gandan.dossiers.web import wording
from gandan.dossiers.web.desk import counter_form as shapes
from gandan.dossiers.web.desk import papers, visits
from gandan.dossiers.web.desk.counter_boxes import boxes_of
from gandan.dossiers.web.desk.counter_desk import DESK, desk_of
from gandan.dossiers.web.desk.counter_intake import Intake
from gandan.dossiers.web.desk.counter_scanner import scan
from gandan.dossiers.web.desk.loading import load
from gandan.dossiers.web.desk.rows import rows_of
from gandan.kernel.localtime import at_local, local_day
from gandan.people.guards import StaffRequest, officials
from gandan.procedures import queries as procedures

KNOWN = 5


# --- the page -----------------------------------------------------------------------


@officials(*DESK)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@gzip_page
def new(request: StaffRequest) -> HttpResponse:
    """A blank intake; with `?cung=`, another dossier of the same person."""
    if request.method == "POST":
        return _acted(request, request.POST.copy(), draft=None)
    data = QueryDict(mutable=True)
    if together := request.GET.get("cung"):
        first = load(request, _uuid(together))
        if not access.may_see_people(request.actor, first):
            raise Http404
        data = boxes_of(first, whole=False)
        data["together"] = str(first.public_id)
    if code := request.GET.get("thu-tuc"):
        data["procedure"] = code
    return _shown(request, _intake(request, data))


def begin(request: StaffRequest, data: QueryDict) -> HttpResponse:
    """A new intake that begins with a card scanned on the counter's page."""
    return _acted(request, data, draft=None)


@officials(*DESK)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@gzip_page
def parked(request: StaffRequest, public_id: Any) -> HttpResponse:
    """An intake put aside, as it was left."""
    draft = load(request, public_id)
    if draft.state != State.DRAFT:
        # Received by this very page a moment ago, or by a colleague.
        return redirect("dossiers:taken", draft.public_id)
    if draft.received_by_id != desk_of(request).pk:
        raise Http404
    if request.method == "POST":
        return _acted(request, request.POST.copy(), draft=draft)
    data = boxes_of(draft, whole=True)
    return _shown(request, _intake(request, data, draft=draft), draft=draft)


@officials(*DESK)
@require_POST
def drop(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Throw a parked intake away: nothing was received."""
    draft = load(request, public_id)
    try:
        actions.discard(dossier_id=draft.pk, by=request.actor)
    except MoveRefused as refusal:
        messages.error(request, str(wording.explain(refusal)))
    else:
        messages.success(request, _("The parked intake is dropped."))
    return redirect("dossiers:counter")


@officials(*DESK)
@require_POST
def found(request: StaffRequest) -> HttpResponse:
    """The procedures found while typing; only the words come here."""
    data = QueryDict(mutable=True)
    data["find"] = request.POST.get("find", "")
    context = {"intake": _intake(request, data), "action": request.POST.get("page", "")}
    return render(request, "dossiers/desk/counter/found.html", context)


@officials(*DESK)
@sensitive_post_parameters()
@require_POST
def refreshed(request: StaffRequest) -> HttpResponse:
    """The procedure's form again, after an answer that opens or closes questions."""
    intake = _intake(request, request.POST.copy())
    if intake.form is None:
        raise Http404
    return render(request, "forms/counter_form.html", {"form": intake.form})


def _intake(
    request: StaffRequest,
    data: QueryDict,
    *,
    judged: bool = False,
    draft: Dossier | None = None,
) -> Intake:
    return Intake(
        data,
        desk=desk_of(request),
        at=request.now,
        judged=judged,
        refresh_url=reverse("dossiers:intake_form"),
        answers=draft.answers if draft is not None else None,
    )


def _acted(
    request: StaffRequest, data: QueryDict, *, draft: Dossier | None
) -> HttpResponse:
    """What the pressed button asks for; Enter alone reads the page again."""
    match data.get("act", ""):
        case "receive":
            return _receive(request, data, draft)
        case "park":
            return _park(request, data, draft)
        case "guide":
            return _guide(request, data, draft)
        case "all":
            for line in _intake(request, data).missing:
                data[f"p-{line.paper.key}-have"] = "on"
        case "change":
            for name in [n for n in data if n.split("-")[0] in ("q", "p", "form")]:
                del data[name]
            for name in ("procedure", "case", "competent", "form_here", "form-asked"):
                data.pop(name, None)
    if code := data.get("choose"):
        data["procedure"], data["find"] = code, ""
    scanned, said = scan(request, data)
    intake = _intake(request, data, draft=draft)
    only = intake.found
    if len(only) == 1 and data.get("find", "").strip() == only[0].code:
        data["procedure"], data["find"] = only[0].code, ""
        intake = _intake(request, data, draft=draft)
    return _shown(request, intake, draft=draft, scanned=scanned, said=said)


def _shown(
    request: StaffRequest,
    intake: Intake,
    *,
    draft: Dossier | None = None,
    scanned: str = "",
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    number = intake.data.get("owner-identity_number", "")
    known = queries.of_person(request.actor, number) if number else None
    often = []
    if intake.version is None and not intake.data.get("find"):
        codes = queries.often_received(intake.desk.pk)
        often = procedures.versions_of(codes, on=intake.day)
    context = {
        "intake": intake,
        "form": intake.main,
        "has_errors": status == 422,
        "draft": draft,
        "action": _address(draft),
        "scanned": scanned,
        "said": said,
        "scan_for": [(role, wording.PARTY[role]) for role in shapes.SCANNED],
        "often": often,
        "known": rows_of(request, list(known[:KNOWN])) if known is not None else [],
        "together": intake.data.get("together", ""),
        "focus": _focus(intake, scanned),
    }
    return render(request, "dossiers/desk/counter/intake.html", context, status=status)


def _address(draft: Dossier | None) -> str:
    if draft is not None:
        return reverse("dossiers:parked", args=[draft.public_id])
    return reverse("dossiers:intake")


def _focus(intake: Intake, scanned: str) -> str:
    """Where the hands go next: scan, procedure, name, papers."""
    if intake.judged:
        return ""
    if intake.version is None:
        return "find" if intake.data.get("owner-full_name") or scanned else "scan"
    if not intake.data.get("owner-full_name"):
        return "scan"
    return "papers"


# --- the three ways to end it -------------------------------------------------------


def _receive(
    request: StaffRequest, data: QueryDict, draft: Dossier | None
) -> HttpResponse:
    data.pop("scan", None)
    intake = _intake(request, data, judged=True, draft=draft)
    if intake.is_valid() and not _is_entered(request, intake):
        try:
            receipt = _received(request, intake, draft)
        except MoveRefused as refusal:
            intake.main.add_error(None, wording.explain(refusal))
        except actions.DossierChanged:
            intake.main.add_error(
                None, _("A colleague has changed this intake. Open it again.")
            )
        except actions.KeyReused:
            intake.main.add_error(
                None,
                _(
                    "This page was received already, and then something was changed. "
                    "Look for its dossier, or open a new intake."
                ),
            )
        else:
            papers.keep_token(request, receipt)
            return redirect("dossiers:taken", receipt.dossier.public_id)
    return _shown(request, intake, draft=draft, status=422)


def _is_entered(request: StaffRequest, intake: Intake) -> bool:
    """A numbered paper slip is entered once."""
    legal, slip = intake.legal_time, intake.main.cleaned_data["slip_no"]
    if legal is None or not slip:
        return False
    starts = at_local(local_day(legal), time.min)
    there = queries.entered_already(
        intake.desk.pk, slip, starts, starts + timedelta(days=1)
    )
    # The same page pressed twice is answered by its key, not refused here.
    if there is None or queries.is_made_by(request.actor, intake.key, there):
        return False
    intake.main.add_error(
        "slip_no", _("This slip was entered as %(code)s") % {"code": there.code}
    )
    return True


def _received(
    request: StaffRequest, intake: Intake, draft: Dossier | None
) -> actions.Receipt:
    with transaction.atomic():
        opening = intake.opening(_bundle(request, intake))
        legal = intake.legal_time
        if draft is None:
            return actions.open_and_receive(
                opening,
                by=request.actor,
                at=request.now,
                received_at=legal,
                key=intake.key,
            )
        actions.revise(
            opening,
            dossier_id=draft.pk,
            by=request.actor,
            at=request.now,
            version=_version(intake.data),
        )
        return actions.receive(
            dossier_id=draft.pk,
            by=request.actor,
            at=request.now,
            received_at=legal,
            due_on=opening.due_on,
            due_why=opening.due_why,
        )


def _bundle(request: StaffRequest, intake: Intake) -> uuid.UUID | None:
    """The mark of the bundle, when this dossier is filed with another."""
    together = intake.data.get("together", "")
    if not together:
        return None
    first = load(request, _uuid(together))
    return actions.bundle_of(dossier_id=first.pk, by=request.actor)


def _park(
    request: StaffRequest, data: QueryDict, draft: Dossier | None
) -> HttpResponse:
    data.pop("scan", None)
    intake = _intake(request, data, judged=True, draft=draft)
    if not intake.may_be_parked():
        return _shown(request, intake, draft=draft, status=422)
    opening = intake.opening(_bundle(request, intake))
    try:
        if draft is None:
            actions.draft(opening, by=request.actor, at=request.now, parked=True)
        else:
            actions.revise(
                opening,
                dossier_id=draft.pk,
                by=request.actor,
                at=request.now,
                version=_version(intake.data),
            )
    except (MoveRefused, actions.DossierChanged):
        intake.main.add_error(
            None, _("A colleague has changed this intake. Open it again.")
        )
        return _shown(request, intake, draft=draft, status=422)
    messages.success(request, _("Parked. It waits on the counter's page."))
    return redirect("dossiers:counter")


def _guide(
    request: StaffRequest, data: QueryDict, draft: Dossier | None
) -> HttpResponse:
    """Papers are missing: count the visit and print what to bring."""
    intake = _intake(request, data, draft=draft)
    missing = intake.wanted
    if intake.version is None or not missing:
        intake = _intake(request, data, judged=True, draft=draft)
        words = (
            _("Choose the procedure")
            if intake.version is None
            else _("No paper is missing: receive the dossier, or untick one.")
        )
        intake.main.add_error(None, words)
        return _shown(request, intake, draft=draft, status=422)
    visit = actions.guide_visit(
        desk=intake.desk,
        procedure=intake.version,
        missing=missing,
        by=request.actor,
        at=request.now,
        person=visits.short(data.get("owner-full_name", ""), 120),
        telephone=visits.phone(data.get("owner-telephone", "")),
        village=visits.short(data.get("owner-village", ""), 120),
    )
    return redirect("dossiers:visit", visit.public_id)


def _version(data: QueryDict) -> int | None:
    typed = data.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() else None


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None
