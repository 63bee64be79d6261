"""The article, claim by claim, each beside what is recorded here."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from gandan.kernel.localtime import local_day
from gandan.programmes import recorded
from gandan.programmes.models import Claim
from gandan.programmes.rules import Group
from gandan.programmes.web import wording


@dataclass(frozen=True, slots=True)
class Shown:
    """One claim in the reader's language."""

    code: str
    subject: str
    claimed: str
    period: str
    ambiguity: str
    where: str
    found: str
    href: str


@dataclass(frozen=True, slots=True)
class Shelf:
    name: str
    rows: tuple[Shown, ...]


# A long page for slow lines; it holds no secret that compression could tell.
@gzip_page
@require_safe
def article(request: HttpRequest) -> HttpResponse:
    """Claimed, recorded here, and what is unclear; nothing is added up."""
    on = local_day(request.now)  # type: ignore[attr-defined]
    shown = [(claim, _shown(claim, on)) for claim in Claim.objects.all()]
    shelves = [
        Shelf(
            str(wording.GROUPS[group]),
            tuple(row for claim, row in shown if claim.code[0] == group),
        )
        for group in Group
    ]
    counted = sum(1 for _claim, row in shown if row.found)
    context = {"shelves": shelves, "total": len(shown), "recorded": counted}
    return render(request, "programmes/article.html", context)


def _shown(claim: Claim, on: date) -> Shown:
    language = (get_language() or "vi").split("-")[0]
    here = recorded.read(claim.code, on)
    return Shown(
        code=claim.code,
        subject=claim.subject[language],
        claimed=wording.claimed(claim),
        period=str(wording.PERIODS[claim.period]),
        ambiguity=claim.ambiguity[language],
        where=wording.where(claim),
        found=wording.found(here) if here else "",
        href=here.href if here else "",
    )
