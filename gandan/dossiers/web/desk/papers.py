"""The dossier's papers: forms 01–06 as page, PDF and picture, with one QR each.

The withdrawal token T is on the first print only. It travels from the POST that made
the dossier to the printed page in one encrypted ten-minute cookie, and is nowhere else.
"""

import base64
import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET

from gandan.documents import actions as documents
from gandan.documents import printing, rules, slips
from gandan.documents.control import ControlSlip, HandOver
from gandan.dossiers import access, events, secrets
from gandan.dossiers.actions import Receipt, course
from gandan.dossiers.models import Dossier, Party, Pause
from gandan.dossiers.rules.identity import masked as masked
from gandan.dossiers.rules.moves import State
from gandan.dossiers.web import presenting, wording
from gandan.dossiers.web.desk.loading import HANDLERS, load
from gandan.kernel import clock, phrases
from gandan.kernel.localtime import local_day
from gandan.ledger.models import Event
from gandan.people.guards import StaffRequest, officials
from gandan.people.models import User
from gandan.places.models import Organisation

COOKIE = "slip"
LASTS = 600  # seconds
VI = "vi"


# --- the token's cookie -----------------------------------------------------------


def _cipher() -> Fernet:
    key = hashlib.sha256(b"gandan/slip\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def keep_token(request: HttpRequest, receipt: Receipt) -> None:
    """Ask the response to carry T to the next page, encrypted, for ten minutes."""
    if receipt.token:
        text = f"{receipt.dossier.public_id} {receipt.token}"
        request.slip_cookie = _cipher().encrypt(text.encode()).decode()  # type: ignore[attr-defined]


def token_of(request: HttpRequest, dossier: Dossier) -> str:
    """T, when this browser's last slip is this dossier's."""
    sealed = request.COOKIES.get(COOKIE, "")
    try:
        text = _cipher().decrypt(sealed.encode(), ttl=LASTS).decode()
    except (InvalidToken, ValueError):
        return ""
    public_id, _space, token = text.partition(" ")
    return token if public_id == str(dossier.public_id) else ""


class SlipCookie:
    """Middleware: sets the cookie a view asked for; it goes with no other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if sealed := getattr(request, "slip_cookie", ""):
            response.set_cookie(
                COOKIE,
                sealed,
                max_age=LASTS,
                httponly=True,
                samesite="Strict",
                secure=request.is_secure(),
            )
        return response


# --- from a dossier to its slips --------------------------------------------------


def _office(dossier: Dossier) -> slips.Office:
    return office_of(dossier.received_by or dossier.competent)


def office_of(desk: Organisation) -> slips.Office:
    """The head of a paper of this desk."""
    place = desk.place
    above = desk.parent.name if desk.parent else ""
    return slips.Office(
        name=desk.name,
        above=above,
        seat=place.name,
        telephone=desk.telephone or settings.SERVICE_TELEPHONE,
        address=desk.address,
    )


def _applicant(dossier: Dossier) -> slips.Applicant:
    parties = list(dossier.parties.all())
    owner = next((p for p in parties if p.role == "owner"), None)
    bringer = next(
        (p for p in parties if p.role in ("bringer", "representative")), None
    )
    if owner is None:
        return slips.Applicant(name=dossier.owner_name)
    return slips.Applicant(
        name=owner.full_name,
        identity=masked(owner.identity_number),
        address=_address(owner, dossier),
        telephone=owner.telephone,
        email=owner.email,
        brought_by=bringer.full_name if bringer else "",
    )


def _address(party: Party, dossier: Dossier) -> str:
    if party.address:
        return party.address
    place = dossier.place.full_name if dossier.place else ""
    village = party.village or dossier.village
    return ", ".join(part for part in (village, place) if part)


def _procedure(dossier: Dossier) -> slips.ProcedureLine:
    version = dossier.procedure
    return slips.ProcedureLine(
        code=version.code,
        name=version.name,
        version=str(version.number),
        everyday_name=version.everyday_name,
    )


def follow_url(request: HttpRequest, dossier: Dossier) -> str:
    """The one QR of a paper: a capability that shows state and dates, nothing else."""
    given = secrets.capability(dossier.ledger_id)
    return request.build_absolute_uri(reverse("dossiers:capability", args=[given]))


def _common(request: HttpRequest, dossier: Dossier, day: date) -> dict[str, Any]:
    received = dossier.received_at or dossier.submitted_at or dossier.created_at
    return {
        "office": _office(dossier),
        "code": dossier.code or _("(no code before reception)"),
        "received_on": local_day(received),
        "printed_on": day,
        "procedure": _procedure(dossier),
        "applicant": _applicant(dossier),
        "competent": (
            dossier.competent.name
            if dossier.received_by
            and dossier.received_by.parent_id != dossier.competent_id
            else ""
        ),
        "follow_url": follow_url(request, dossier),
        "paper_number": dossier.paper_slip_no,
    }


def _name_of(public_id: str) -> str:
    """The officer behind a kept public id; systems and agencies have no name."""
    try:
        user = User.objects.filter(public_id=public_id).first()
    except ValidationError:
        return ""
    return user.full_name if user else ""


def _bodies(dossier: Dossier) -> str:
    return dossier.helped_at.name if dossier.helped_at else ""


def _receipt(request: HttpRequest, dossier: Dossier, at: datetime) -> slips.Slip:
    assert dossier.received_at is not None
    allowance = course.allowance_of(dossier)
    words = phrases.allowance_in_words(allowance, VI) if allowance else ""
    fee = slips.FeeLine(name="", amount=dossier.fee_vnd, words="Chưa nêu")
    token = token_of(request, dossier)
    return slips.Receipt(
        **_common(request, dossier, local_day(at)),
        components=tuple(
            slips.Component(
                name=paper.name,
                originals=paper.originals,
                copies=paper.copies,
                electronic=paper.electronic,
            )
            for paper in dossier.papers.all()
        ),
        received_at=dossier.received_at,
        allowance=words or dossier.limit_text or dossier.set_by_hand_why,
        due_on=dossier.due_on,
        due_at=dossier.due_at,
        provisional=dossier.provisional,
        fees=(fee,),
        result_place=_office(dossier).name,
        receiver=_receiver(dossier),
        helped_at=_bodies(dossier),
        why=tuple(presenting.why_lines(dossier, VI)),
        follow_address=request.build_absolute_uri(reverse("dossiers:follow")),
        follow_secret=secrets.follow_secret(dossier.ledger_id),
        withdrawal_token=token,
    )


def _receiver(dossier: Dossier) -> str:
    """Who received it, as the journal says: the slip carries that officer's name."""
    row = (
        Event.objects.filter(subject=str(dossier.public_id), kind=events.Received.KIND)
        .order_by("id")
        .first()
    )
    return _name_of(row.by_id) if row else ""


def _supplement(request: HttpRequest, dossier: Dossier, at: datetime) -> slips.Slip:
    asked = dossier.supplement_requests.order_by("-number").first()
    assert asked is not None
    pause = dossier.pauses.filter(kind="supplement").order_by("-starts_on").first()
    return slips.SupplementRequest(
        **_common(request, dossier, local_day(at)),
        wanted=tuple(
            slips.Wanted(name=paper["name"], reason=paper.get("why", ""))
            for paper in asked.wanted
        ),
        reason=asked.reason,
        clock_words=_what_the_clock_does(dossier, pause),
        asked_before=asked.number - 1,
        officer=_name_of(asked.asked_by),
        signatory=_name_of(asked.asked_by) if asked.number > 1 else "",
    )


def _what_the_clock_does(dossier: Dossier, pause: Pause | None) -> str:
    """What the request does to the legal time, under the dossier's own rules."""
    if dossier.received_at is None or pause is None:
        return "Thời hạn giải quyết tính từ ngày tiếp nhận hồ sơ đầy đủ."
    if not pause.stops:
        return "Yêu cầu này gửi sau hạn trả nên không dừng thời hạn giải quyết."
    if clock.RULES[dossier.rules_id].resume == "RESTART":
        return (
            "Thời hạn giải quyết dừng từ hôm nay và được tính lại từ đầu "
            "từ ngày nhận đủ giấy tờ."
        )
    return "Thời hạn giải quyết dừng từ hôm nay và chạy tiếp từ ngày nhận đủ giấy tờ."


def _refusal(request: HttpRequest, dossier: Dossier, at: datetime) -> slips.Slip:
    row = (
        Event.objects.filter(subject=str(dossier.public_id), kind=events.Rejected.KIND)
        .order_by("-id")
        .first()
    )
    reasons = [line for line in dossier.outcome_reason.splitlines() if line.strip()]
    return slips.Refusal(
        **_common(request, dossier, local_day(at)),
        reasons=tuple(reasons),
        officer=_name_of(row.by_id) if row else "",
    )


def _apology(request: HttpRequest, dossier: Dossier, at: datetime) -> slips.Slip:
    last = dossier.apologies.order_by("-number").first()
    assert last is not None
    assert dossier.received_at is not None
    return slips.Apology(
        **_common(request, dossier, local_day(at)),
        received_at=dossier.received_at,
        was_due_on=last.from_on,
        due_on=last.to_on,
        reason=last.reason,
        signatory=_name_of(last.made_by),
        capacity="NGƯỜI CÓ THẨM QUYỀN",
        provisional=dossier.provisional,
        why=tuple(presenting.why_lines(dossier, VI)),
    )


def _stop(request: HttpRequest, dossier: Dossier, at: datetime) -> slips.Slip:
    assert dossier.ended_on is not None
    return slips.StopNotice(
        **_common(request, dossier, local_day(at)),
        stopped_on=dossier.ended_on,
        reason=dossier.outcome_reason or "Theo yêu cầu rút hồ sơ của người nộp.",
        handed_back=tuple(paper.name for paper in dossier.papers.all()),
        signatory=dossier.signed_by.full_name if dossier.signed_by else "",
        capacity="NGƯỜI CÓ THẨM QUYỀN",
    )


def _control(request: HttpRequest, dossier: Dossier, at: datetime) -> slips.Slip:
    assert dossier.received_at is not None
    giver = _office(dossier).name
    steps = []
    for run in dossier.runs.select_related("office", "officer").order_by("ordinal"):
        taker = run.officer.full_name if run.officer else ""
        office = run.office.name if run.office else run.name
        result: Any = ""
        if run.ended_at and run.due_on:
            result = clock.judge(run.due_on, local_day(run.ended_at))
        whom = f"{office} ({taker})" if taker else office
        steps.append(
            HandOver(
                giver=giver,
                taker=whom,
                handed_at=run.started_at,
                due=run.due_on,
                ended_at=run.ended_at,
                result=result,
                reason=run.note,
            )
        )
        giver = whom
    return ControlSlip(
        **_common(request, dossier, local_day(at)),
        steps=tuple(steps),
        due_on=dossier.due_on,
    )


Maker = Callable[[HttpRequest, Dossier, datetime], slips.Slip]
MAKERS: dict[str, Maker] = {
    "receipt": _receipt,
    "supplement": _supplement,
    "refusal": _refusal,
    "apology": _apology,
    "stop": _stop,
    "control": _control,
}
NAMES = {
    "receipt": gettext_lazy("Receipt and appointment"),
    "supplement": gettext_lazy("Supplement request"),
    "refusal": gettext_lazy("Refusal of reception"),
    "apology": gettext_lazy("Apology and new date"),
    "stop": gettext_lazy("Notice of stopping"),
    "control": gettext_lazy("Process control slip"),
}


def exists(dossier: Dossier, name: str) -> bool:
    """Whether the dossier has come to where this paper is made."""
    match name:
        case "receipt":
            # History from another book had a slip of another house.
            return dossier.received_at is not None and not dossier.imported
        case "control":
            return dossier.received_at is not None
        case "supplement":
            return dossier.supplement_requests.exists()
        case "refusal":
            return dossier.state == State.REJECTED and bool(dossier.outcome_reason)
        case "apology":
            return dossier.extensions > 0 and not dossier.imported
        case "stop":
            return dossier.state == State.STOPPED and _has_stop_form(dossier)
    return False


def _has_stop_form(dossier: Dossier) -> bool:
    assert dossier.received_at is not None
    forms = rules.form_set_on(local_day(dossier.received_at)).forms
    return rules.Form.STOP in forms


def offered(dossier: Dossier) -> list[tuple[str, Any]]:
    return [(name, NAMES[name]) for name in MAKERS if exists(dossier, name)]


def make(request: HttpRequest, dossier: Dossier, name: str, at: datetime) -> slips.Slip:
    """The paper, in Vietnamese whatever the page's language; a 404 where none is."""
    if name not in MAKERS or not exists(dossier, name):
        raise Http404
    with override(VI):
        return MAKERS[name](request, dossier, at)


def _known(request: StaffRequest, public_id: Any) -> Dossier:
    """Papers name people, and a slip holds the secret: a past helper has none."""
    dossier = load(request, public_id)
    if not access.may_see_people(request.actor, dossier):
        raise Http404
    return dossier


@officials(*HANDLERS)
@require_GET
def printed(request: StaffRequest, public_id: Any, name: str) -> HttpResponse:
    """The paper on screen, with «In», PDF and picture beside it."""
    dossier = _known(request, public_id)
    paper = make(request, dossier, name, request.now)
    context = {
        "dossier": dossier,
        "name": name,
        "title": NAMES[name],
        "first": bool(token_of(request, dossier)) and name == "receipt",
        "state": wording.STATE[State(dossier.state)],
        "promise": paper.promised_on(),
    }
    return render(request, "dossiers/desk/printed.html", context)


@officials(*HANDLERS)
@require_GET
def file(request: StaffRequest, public_id: Any, name: str, kind: str) -> HttpResponse:
    """The paper as PDF/A or PNG; printing is recorded, its content is not kept."""
    dossier = _known(request, public_id)
    if kind not in ("pdf", "png"):
        raise Http404
    paper = make(request, dossier, name, request.now)
    if kind == "pdf":
        documents.record_print(
            subject=str(dossier.public_id),
            paper=paper,
            by=request.actor,
            at=request.now,
        )
        body, mime = printing.to_pdf(paper, at=request.now), "application/pdf"
    else:
        body, mime = printing.to_png(paper), "image/png"
    response = HttpResponse(body, content_type=mime)
    response["Content-Disposition"] = f'inline; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response
