"""Our own online filing: from the answers of a form to a dossier the desk can receive.

Switched by `OWN_FILING`. What is filed waits for the desk: no clock runs and there is
no code yet, so the citizen gets a filing number and a secret (`receipts`).
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gandan.documents import actions as documents
from gandan.documents.models import StoredFile
from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.dossiers.models.people import PARTY_ROLES
from gandan.dossiers.rules.persons import plain_identity, plain_telephone
from gandan.dossiers.web import holding
from gandan.dossiers.web.public import addressee
from gandan.dossiers.web.public.forms import Addressee as AddresseeForm
from gandan.forms import conditions, logic
from gandan.forms.models import Draft
from gandan.forms.parties import Party
from gandan.forms.queries import commune_names
from gandan.forms.schema import Answers, Definition, Kind
from gandan.forms.web import journey as pages
from gandan.forms.web.contract import Opened, PageRequest
from gandan.kernel.localtime import local_day
from gandan.places import queries as places
from gandan.places.models import Place
from gandan.procedures import queries as procedures
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import wording
from gandan.ui.pages import render_form

_VILLAGE = re.compile(r"(?i)^(xóm|thôn|bản|tổ dân phố|tổ|khu|khối) [^,]{1,100}")
# Which answer decides the case, and the limit with it.
_CASES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "land": (
        "request",
        {
            "certificate": "certificate",
            "register": "registration",
            "notice": "after_notice",
        },
    ),
}


# --- sending ----------------------------------------------------------------------


def send(submission: pages.Submission) -> UUID:
    """One dossier of one draft; runs in the transaction that closes the draft."""
    draft, definition = submission.draft, submission.definition
    on = local_day(submission.at)
    place = addressee.chosen(
        submission.request, draft, definition, submission.answers, on
    )
    bodies = place and addressee.competent_for(definition, place, on)
    if not place or not bodies:
        raise pages.SubmitRefused(_("Choose who gets the dossier"))
    competent, desk = bodies
    parties = tuple(_party(one, on) for one in submission.parties if _is_kept(one))
    opening = actions.Opening(
        procedure=procedures.version_on(definition.procedure, on),
        competent=competent,
        received_by=desk,
        parties=parties,
        place=place,
        village=next((p.village for p in parties if p.place == place.pk), ""),
        case=_case(definition, submission.answers),
        channel="online",
        papers=_papers(draft, definition, submission.answers, on),
        form_key=definition.key,
        form_version=definition.version,
        answers=submission.answers,
        language=draft.language,
    )
    by, at = submission.request.actor, submission.at
    receipt = actions.submit(opening, by=by, at=at, key=str(draft.public_id))
    documents.hand_on(
        subject=str(draft.public_id),
        to=str(receipt.dossier.public_id),
        by=by,
        at=at,
        retention_class=receipt.dossier.retention_class,
    )
    return receipt.dossier.public_id


def _is_kept(party: Party) -> bool:
    """A child or a member of the household stands in the answers only."""
    return party.role in PARTY_ROLES


def _party(party: Party, on: date) -> actions.PartyIn:
    """The month of a birth known to the month stays in the answers."""
    day = date.fromisoformat(party.birth) if len(party.birth) == 10 else None
    address = party.address or {}
    words = [address.get(part, "") for part in ("detail", "commune", "province")]
    found = addressee.communes_of(address, on)
    village = _VILLAGE.match(address.get("detail", ""))
    return actions.PartyIn(
        role=party.role,
        full_name=party.name,
        sex=party.sex,
        born_on=day,
        born_year=int(party.birth[:4]) if party.birth and day is None else None,
        identity_number=plain_identity(party.identity),
        telephone=plain_telephone(party.phone),
        email=party.email,
        address=", ".join(filter(None, words))[:240],
        place=found[0].pk if len(found) == 1 else None,
        village=village.group() if village else "",
        spoken_language=party.language[:40],
    )


def _case(definition: Definition, answers: Answers) -> str:
    if definition.key not in _CASES:
        return ""
    question, cases = _CASES[definition.key]
    return cases.get(str(answers.get(question)), "")


def _papers(
    draft: Draft, definition: Definition, answers: Answers, on: date
) -> tuple[actions.PaperIn, ...]:
    """Each paper the case asks for: as files, or to be brought to the desk."""
    files = {
        str(public_id): pk
        for public_id, pk in StoredFile.objects.filter(
            subject=str(draft.public_id)
        ).values_list("public_id", "pk")
    }
    papers = []
    for one in conditions.walk(definition, answers, on=on):
        if not one.is_open or one.question.kind is not Kind.FILE or not one.answer:
            continue
        sent = [files[key] for key in one.answer["files"] if key in files]
        paper = actions.PaperIn(
            key=one.question.key,
            name=one.question.label.vi,
            electronic=len(sent),
            file=sent[0] if sent else None,
        )
        papers.append(paper)
    return tuple(papers)


# --- what the pages of the form ask -------------------------------------------------


def receipt(request: PageRequest, dossier: UUID) -> str:
    """Pressing again shows the same receipt; coming back much later does not: others
    may sit at this computer by then."""
    row = Dossier.objects.get(public_id=dossier)
    if request.method == "POST":
        holding.hold(request, row, filed=True)
    if not holding.was_filed_here(request, row):
        return reverse("dossiers:follow")
    return f"{reverse('dossiers:filed')}?ho-so={row.public_id}"


def forget_sent(request: HttpRequest) -> None:
    """Drafts that were sent lead to their receipts: this browser forgets them too."""
    held = request.session.get(pages.SESSION, ())
    still_open = Draft.objects.filter(public_id__in=held, state=Draft.State.OPEN)
    keys = {str(key) for key in still_open.values_list("public_id", flat=True)}
    request.session[pages.SESSION] = [key for key in held if key in keys]


def _version(definition: Definition) -> ProcedureVersion | None:
    """The newest: the first page speaks of what is filed from now on."""
    return next(iter(procedures.versions(definition.procedure)), None)


def facts(definition: Definition) -> list[str]:
    """The legal times, by case where they differ."""
    version = _version(definition)
    if version is None:
        return []
    cases = {case.key: wording.case(case).text for case in version.cases()}
    lines = []
    for limit in version.limits():
        told = wording.limit(limit).text
        about = ", ".join(filter(None, [cases.get(limit.case), wording.where(limit)]))
        if limit.adds:
            line = _("%(time)s more: %(when)s")
        elif about:
            line = _("Legal time: %(time)s (%(when)s)")
        else:
            line = _("Legal time: %(time)s")
        lines.append(line % {"time": told, "when": about})
    return lines


def fee(definition: Definition, answers: Answers) -> str:
    version = _version(definition)
    if version is None:
        return ""
    known: dict[str, Any] = dict(answers)
    told = []
    for one in version.fees():
        asked = not one.condition or logic.evaluate(dict(one.condition), known)
        words = wording.fee(one) or wording.said(one.rule, one.text).text
        if asked and words and one.channel in ("", "online"):
            told.append(f"{one.name}: {words}")
    return "; ".join(told)


def notice() -> str:
    """Since 1 July 2025 online filing goes through the national portal."""
    if not settings.DEMO:
        return ""
    return _("A trial. File officially through the National Public Service Portal.")


def to_whom(request: PageRequest, opened: Opened) -> pages.Addressee:
    """The body that will decide; no name while the citizen has to choose."""
    draft, definition, on = opened.draft, opened.definition, opened.on
    place = addressee.chosen(request, draft, definition, draft.answers, on)
    bodies = place and addressee.competent_for(definition, place, on)
    keys = {"form": definition.slug, "draft": draft.public_id}
    return pages.Addressee(
        name=bodies[0].name if bodies else "",
        change_href=reverse("dossiers:addressee", kwargs=keys),
    )


journey = pages.FormJourney(
    submit=send,
    receipt=receipt,
    is_open=lambda: settings.OWN_FILING,
    fee=fee,
    facts=facts,
    addressee=to_whom,
    notice=notice,
)


# --- «Nộp cho xã nào?» --------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: PageRequest, form: str, draft: UUID) -> HttpResponse:
    """The commune that gets the form: of the answers, or any by its name."""
    if not settings.OWN_FILING:
        raise Http404
    opened = journey.editable(request, form, draft)
    named = addressee.candidates(opened.definition, opened.draft.answers, opened.on)
    offered = {one.place: str(one.why) for one in named}
    found: list[Place] = []
    if request.method == "POST":
        found = addressee.by_name(request.POST.get("commune", ""), opened.on)
        offered |= {place: "" for place in found if place not in offered}
    asked = AddresseeForm(
        request.POST if request.method == "POST" else None,
        offered=list(offered.items()) if len(offered) > 1 else [],
    )
    if asked.is_valid():
        key = asked.cleaned_data["to"]
        place = places.place_by_key(key) if key else None
        if place is None and len(found) == 1:
            place = found[0]
        if place is not None:
            addressee.choose(request, opened.draft, place)
            return redirect(journey.at("check", opened))
        asked.add_error("commune", _none_or_many(found))
    context = {
        "back": journey.at("check", opened),
        "title": opened.definition.title.said(wording.language()),
        "communes": commune_names(opened.on),
        "communes_id": AddresseeForm.LIST,
    }
    return render_form(request, "dossiers/public/addressee.html", asked, context)


def _none_or_many(found: list[Place]) -> str:
    if found:
        return _("Several communes fit. Choose one above, or write the name in full.")
    return _("No commune of the province has this name. Choose one of the list.")
