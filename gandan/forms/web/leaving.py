"""Beginning, leaving with a code and a secret, coming back, deleting."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.forms import actions, codes, loading
from gandan.forms.models import KEPT_FOR, Draft
from gandan.forms.schema import Definition, Kind
from gandan.forms.web import wording
from gandan.forms.web.contract import Opened, PageRequest
from gandan.kernel.localtime import local_day
from gandan.people import attempts
from gandan.ui.fields import TextField

if TYPE_CHECKING:
    from gandan.forms.web.journey import FormJourney


class Start(forms.Form):
    helped_by = forms.ChoiceField(
        label=gettext_lazy("Who fills in this form?"),
        choices=tuple(wording.HELPERS.items()),
        widget=forms.RadioSelect,
        required=False,
        initial="",
        help_text=gettext_lazy(
            "Help is noted as help, without a name. A helper needs no code or password."
        ),
    )


class Resume(forms.Form):
    code = TextField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("For example N-7F3K-92QD"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the code you were given")},
    )
    secret = TextField(
        label=gettext_lazy("Secret"),
        help_text=gettext_lazy("The eight letters and digits given with the code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the secret you were given")},
    )
    use_required_attribute = False


def index(journey: "FormJourney", request: PageRequest) -> HttpResponse:
    """The forms that can be filled in here."""
    found = [
        {
            "title": wording.said(definition.title),
            "procedure": definition.procedure,
            "minutes": definition.minutes,
            "href": journey.at("start", form=definition.slug),
        }
        for definition in loading.definitions().values()
    ]
    context = {
        "found": found,
        "notice": journey.notice(),
        "resume_href": journey.at("resume"),
    }
    return render(request, "forms/index.html", context)


def start(journey: "FormJourney", request: PageRequest, form: str) -> HttpResponse:
    definition = journey.form(form)
    asked = Start(request.POST if request.method == "POST" else None)
    full = asked.is_valid() and not attempts.may_begin(request, "draft")
    if full:
        asked.add_error(
            None,
            _(
                "Very many forms were begun from this device or this line. Wait an "
                "hour, or file at any service desk. What you have begun is kept."
            ),
        )
    elif asked.is_valid():
        draft = actions.start(
            definition=definition,
            language=wording.language(),
            by=request.actor,
            at=request.now,
            helped_by=asked.cleaned_data["helped_by"],
        )
        journey.hold(request, draft)
        made = journey.opened(request, form, draft.public_id)
        return redirect(journey.at("tasks", made))
    context = {
        "form": asked,
        "title": wording.said(definition.title),
        "procedure": definition.procedure,
        "minutes": definition.minutes,
        "notice": journey.notice(),
        "facts": journey.facts(definition),
        "papers": _papers(definition),
        "unofficial": definition.unofficial,
        "basis": definition.basis,
        "kept_days": KEPT_FOR.days,
        "resume_href": journey.at("resume"),
        "running": _running(journey, request, definition),
        "back": journey.at("index"),
    }
    status = 429 if full else 422 if asked.is_bound else 200
    return render(request, "forms/start.html", context, status=status)


def _papers(definition: Definition) -> dict[str, list[str]]:
    """What to have at hand: always, and in some cases only."""
    papers = [q for q in definition.questions() if q.kind is Kind.FILE]
    return {
        "always": [wording.said(q.label) for q in papers if q.show_if is None],
        "sometimes": [wording.said(q.label) for q in papers if q.show_if is not None],
    }


def _running(
    journey: "FormJourney", request: PageRequest, definition: Definition
) -> str:
    """The way to a draft of this form that this browser already holds."""
    held = journey.held(request)
    draft = (
        Draft.objects.open(request.now)
        .filter(public_id__in=held, form_key=definition.key)
        .order_by("-saved_at")
        .first()
    )
    if draft is None:
        return ""
    return journey.at("tasks", form=definition.slug, draft=draft.public_id)


def leave(
    journey: "FormJourney", request: PageRequest, form: str, draft: UUID
) -> HttpResponse:
    """GET asks, POST gives code and secret and forgets the draft on this device."""
    opened = journey.editable(request, form, draft)
    if request.method == "POST":
        return leaves(journey, request, opened, renew="renew" in request.POST)
    context = _saved(opened) | {
        "holds_secret": bool(opened.draft.secret_hash),
        "back": journey.at("tasks", opened),
    }
    return render(request, "forms/leave.html", context)


def leaves(
    journey: "FormJourney", request: PageRequest, opened: Opened, *, renew: bool = False
) -> HttpResponse:
    """The page a citizen copies from or prints: the secret is told this once."""
    told = actions.leave(
        draft_id=opened.draft.pk, by=request.actor, at=request.now, renew=renew
    )
    if told is None and "leave" not in request.POST:
        return redirect(journey.at("leave", opened))
    journey.let_go(request, opened.draft)
    context = _saved(opened) | {
        "told": told,
        "resume_href": journey.at("resume"),
        "resume_address": request.build_absolute_uri(journey.at("resume")),
    }
    return render(request, "forms/left.html", context)


def _saved(opened: Opened) -> dict[str, Any]:
    return {
        "title": wording.said(opened.definition.title),
        "code": opened.draft.code,
        "until": local_day(opened.draft.expires_at),
    }


def resume(journey: "FormJourney", request: PageRequest) -> HttpResponse:
    """Wrong code, wrong secret, expired, too many tries: one and the same answer."""
    asked = Resume(request.POST if request.method == "POST" else None)
    if asked.is_valid():
        draft = _resumed(request, **asked.cleaned_data)
        if draft:
            request.session.cycle_key()
            journey.hold(request, draft)
            definition = loading.definition(draft.form_key)
            there = journey.at("tasks", form=definition.slug, draft=draft.public_id)
            return redirect(there)
        asked.add_error(None, _refusal())
    context = {"form": asked, "back": journey.at("index")}
    status = 422 if asked.is_bound else 200
    return render(request, "forms/resume.html", context, status=status)


def _resumed(request: PageRequest, *, code: str, secret: str) -> Draft | None:
    thing = codes.normal_code(code)
    if not attempts.is_allowed(request, "forms.resume", thing):
        return None
    try:
        draft = actions.resume(
            code=code, secret=secret, by=request.actor, at=request.now
        )
    except actions.ResumeRefused:
        return None
    attempts.forget(request, "forms.resume", thing)
    return draft


def _refusal() -> str:
    return _(
        "The code and the secret do not fit together, or the time is over."
        " Look at them again. After several tries wait ten minutes."
    )


def discard(
    journey: "FormJourney", request: PageRequest, form: str, draft: UUID
) -> HttpResponse:
    opened = journey.editable(request, form, draft)
    if request.method == "POST":
        actions.discard(draft_id=opened.draft.pk, by=request.actor, at=request.now)
        journey.let_go(request, opened.draft)
        return redirect(journey.at("index"))
    context = {
        "title": wording.said(opened.definition.title),
        "back": journey.at("tasks", opened),
    }
    return render(request, "forms/discard.html", context)
