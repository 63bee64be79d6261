"""The receipt of what this browser filed: number, secret, what happens next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gandan.documents import blocks, typeset
from gandan.dossiers import secrets
from gandan.dossiers.models import Dossier
from gandan.dossiers.web import holding
from gandan.dossiers.web.public import card, pages
from gandan.kernel.localtime import local_day
from gandan.ui import words

# Wide enough to be read without zooming, small enough for a weak line (≤ 80 kB).
PPI = 190


@dataclass(frozen=True, slots=True)
class Filed:
    """What page and picture say; no name of any person."""

    template: ClassVar[str] = "dossiers/typst/filed"

    name: str
    name_lang: str
    number_words: str
    number: str
    secret: str
    sent_at: datetime
    due: str
    to: str
    next: tuple[str, ...]
    bring: tuple[str, ...]
    phone: str
    follow_url: str

    def data(self) -> dict[str, Any]:
        rows = [
            {"label": self.number_words, "value": self.number},
            {"label": _("Secret, to follow the dossier"), "value": self.secret},
        ]
        if self.due:
            rows.append({"label": _("Due date"), "value": self.due})
        sent = _("Sent to %(desk)s, %(moment)s") % {
            "desk": self.to,
            "moment": words.moment(self.sent_at),
        }
        lines = [sent, *self.next]
        if self.bring:
            bring = _("Bring to the desk: %(papers)s")
            lines.insert(1, bring % {"papers": "; ".join(self.bring)})
        return {
            "language": (get_language() or "vi")[:2],
            "title": _("Your dossier is sent"),
            "name": self.name,
            "rows": rows,
            "lines": lines,
            "phone_words": _("Questions? Telephone"),
            "phone": self.phone.replace(" ", words.NO_BREAK),
            "keep": _("Keep this picture for yourself: it opens your dossier."),
            "qr": blocks.qr_svg(self.follow_url),
            "qr_words": _("QR that opens the dossier"),
        }


def filed_of(request: HttpRequest, dossier: Dossier) -> Filed:
    name = card.name_of(dossier)
    capability = secrets.capability(dossier.ledger_id)
    address = reverse("dossiers:capability", args=[capability])
    number_words = _("Filing number")
    if dossier.code:
        number_words = _("Dossier code")
    protected = card.is_protected(dossier)
    return Filed(
        name=name.text,
        name_lang=name.lang,
        number_words=number_words,
        number=dossier.code or dossier.filing_number or "",
        secret=secrets.follow_secret(dossier.ledger_id),
        sent_at=dossier.submitted_at or dossier.created_at,
        due=words.plain_day(dossier.due_on) if dossier.due_on else "",
        to=card.desk_name(dossier.received_by),
        next=_next(dossier),
        bring=() if protected else _to_bring(dossier),
        phone=card.telephone(dossier),
        follow_url=request.build_absolute_uri(address),
    )


def _next(dossier: Dossier) -> tuple[str, ...]:
    """At most three lines."""
    reached = any(p.telephone or p.email for p in dossier.parties.all())
    news = _("We write or call when there is news.")
    if not reached:
        news = _("You left no telephone and no e-mail: look here, or telephone us.")
    if dossier.received_at is not None:
        return (_("The desk has received the dossier; its time runs."), news)
    return (
        _("The desk reads your papers. If any are missing, it asks for all at once."),
        _("When it receives the dossier, you get a code and a due date."),
        news,
    )


def _to_bring(dossier: Dossier) -> tuple[str, ...]:
    """Papers the citizen chose to bring, until the desk has received them."""
    if dossier.received_at is not None:
        return ()
    return tuple(
        paper.name
        for paper in dossier.papers.all()
        if not (paper.originals or paper.copies or paper.electronic)
    )


@never_cache
@require_safe
def filed(request: pages.PublicRequest) -> HttpResponse:
    """After sending, and after a second press; elsewhere the card says how it goes."""
    if not holding.held(request):
        return redirect("dossiers:follow")
    dossier = pages.opened(request)
    if not holding.was_filed_here(request, dossier):
        return pages.back_to(dossier)
    context = {
        "dossier": dossier,
        "today": local_day(request.now),
        "filed": filed_of(request, dossier),
    }
    return render(request, "dossiers/public/filed.html", context)


@never_cache
@require_safe
def picture(request: pages.PublicRequest) -> HttpResponse:
    """«Lưu ảnh»: the receipt for the photo album of a telephone."""
    dossier = pages.opened(request)
    if not holding.was_filed_here(request, dossier):
        return pages.back_to(dossier)
    paper = filed_of(request, dossier)
    image, *_more = typeset.compile_png(paper.template, paper.data(), ppi=PPI)
    day = local_day(paper.sent_at)
    response = HttpResponse(image, content_type="image/png")
    response.headers["Content-Disposition"] = (
        # Shown, not downloaded: the web view of a chat app cannot download.
        f'inline; filename="bien-nhan-{day:%d-%m-%Y}.png"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response
