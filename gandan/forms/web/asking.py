"""What question pages share: the form read, answers saved, the page shown again."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from gandan.forms.conditions import Asked
from gandan.forms.schema import Kind, Page
from gandan.forms.web import fields, leaving, wording
from gandan.forms.web.answering import PageForm
from gandan.forms.web.contract import FileRefused, Opened, PageRequest

if TYPE_CHECKING:
    from gandan.forms.web.journey import FormJourney

# A page opened from «check answers» goes back there.
RETURN = "ve"
CHECK = "kiem-tra"
# Boxes as wide as what belongs in them, in characters.
WIDTHS = {Kind.NUMBER: "10", Kind.MONEY: "20", Kind.IDENTITY: "20", Kind.PHONE: "20"}


def page_form(
    journey: "FormJourney", request: PageRequest, asked: tuple[Asked, ...]
) -> PageForm:
    uploads = journey.store_file is not None
    if request.method == "POST":
        return PageForm(asked, data=request.POST, files=request.FILES, uploads=uploads)
    return PageForm(asked, uploads=uploads)


def accepted(
    journey: "FormJourney", request: PageRequest, opened: Opened, bound: PageForm
) -> dict[str, Any] | None:
    """The answers to save, files stored; None when the page must be shown again.

    «Save and exit» never keeps anybody on the page: what is in order is saved.
    """
    is_leaving = "save_exit" in request.POST
    if not bound.is_valid() and not is_leaving:
        return None
    if bound.is_valid() and not _store(journey, request, opened, bound):
        return None
    refused = {name.split("-")[0] for name in bound.errors}
    return {k: v for k, v in bound.answers.items() if k not in refused}


def _store(
    journey: "FormJourney", request: PageRequest, opened: Opened, bound: PageForm
) -> bool:
    for one, files in bound.uploads:
        if not files or journey.store_file is None:
            continue
        paper = dict(bound.answers[one.question.key] or {"files": [], "bring": False})
        for file in files:
            try:
                key = journey.store_file(request, opened.draft, one.question, file)
            except FileRefused as refusal:
                bound.add_error(f"{one.name}-new", refusal.words)
                return False
            paper["files"] = [*paper["files"], key]
        bound.answers[one.question.key] = paper
    return True


def onward(
    journey: "FormJourney", request: PageRequest, form: str, draft: UUID, page: Page
) -> HttpResponse:
    opened = journey.editable(request, form, draft)
    if "save_exit" in request.POST:
        return leaving.leaves(journey, request, opened)
    if request.GET.get(RETURN) == CHECK:
        waiting = opened.course.next_open()
        if waiting is None:
            return redirect(journey.at("check", opened))
        return redirect(f"{journey.page_at(opened, waiting)}?{RETURN}={CHECK}")
    following = opened.course.after(page)
    if following:
        return redirect(journey.page_at(opened, following))
    return redirect(journey.at("tasks", opened))


def ask(
    journey: "FormJourney",
    request: PageRequest,
    opened: Opened,
    page: Page,
    bound: PageForm,
    back: str,
    **more: Any,
) -> HttpResponse:
    asked = bound.asked
    has_address = any(one.question.kind is Kind.ADDRESS for one in asked)
    context = dict(
        form=bound,
        heading=wording.said(page.heading),
        single=asked[0] if len(asked) == 1 else None,
        asked=[_shown(bound, one) for one in asked],
        back=back,
        section=wording.said(asked[0].section.title),
        definition_title=wording.said(opened.definition.title),
        communes=journey.communes(opened.on) if has_address else (),
        communes_id=fields.COMMUNES,
        reasons=reasons(asked),
        **more,
    )
    status = 422 if bound.is_bound and bound.errors else 200
    return render(request, "forms/question.html", context, status=status)


def _shown(bound: PageForm, one: Asked) -> dict[str, Any]:
    """One question for the template: its bound fields and its words."""
    return {
        "kind": one.question.kind.value,
        "label": wording.said(one.question.label),
        "hint": wording.said(one.question.hint),
        "unit": wording.said(one.question.unit),
        "width": WIDTHS.get(one.question.kind, ""),
        "required": one.required,
        "fields": [bound[name] for name in fields.names(one) if name in bound.fields],
        "id": one.name,
    }


def reasons(asked: tuple[Asked, ...]) -> list[dict[str, str]]:
    several = len(asked) > 1
    return [
        {
            "label": wording.said(one.question.label) if several else "",
            "why": wording.why(one),
            "source": wording.source(one.question),
        }
        for one in asked
    ]
