"""The task list, the check of all answers, sending, the printed form."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gandan.forms import actions, printing, shown
from gandan.forms.conditions import Asked
from gandan.forms.models import Draft
from gandan.forms.parties import parties
from gandan.forms.schema import Kind
from gandan.forms.web import asking, wording
from gandan.forms.web.contract import Opened, PageRequest, Submission, SubmitRefused

if TYPE_CHECKING:
    from gandan.forms.web.journey import FormJourney


def tasks(
    journey: "FormJourney", request: PageRequest, form: str, draft: UUID
) -> HttpResponse:
    """Sections in any order; what is not asked in this case is «not needed yet»."""
    opened = journey.opened(request, form, draft)
    if opened.draft.submitted_as:
        return redirect(journey.receipt(request, opened.draft.submitted_as))
    *first, last = [
        {
            "name": wording.said(part.section.title),
            "href": journey.page_at(opened, part.next_page) if part.next_page else None,
            "state": part.state,
        }
        for part in opened.course.parts()
    ]
    sending = {
        "name": _("Check the answers and send"),
        "href": journey.at("check", opened),
        "state": "todo" if opened.course.is_complete else "not_yet",
    }
    done = [part for part in opened.course.parts() if part.state == "done"]
    context = {
        "title": wording.said(opened.definition.title),
        "procedure": opened.definition.procedure,
        "groups": [
            {"name": _("Your answers"), "tasks": first},
            {"name": _("Papers and sending"), "tasks": [last, sending]},
        ],
        "done": len(done),
        "all": len([p for p in opened.course.parts() if p.state != "not_yet"]),
        "minutes": opened.definition.minutes,
        "leave_href": journey.at("leave", opened),
        "discard_href": journey.at("discard", opened),
        "back": journey.at("start", form=opened.definition.slug),
    }
    return render(request, "forms/tasks.html", context)


def check(
    journey: "FormJourney", request: PageRequest, form: str, draft: UUID
) -> HttpResponse:
    opened = journey.opened(request, form, draft)
    if opened.draft.submitted_as:  # a second press shows the same receipt
        return redirect(journey.receipt(request, opened.draft.submitted_as))
    refused = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            dossier = actions.submit(
                draft_id=opened.draft.pk,
                definition=opened.definition,
                send=_send(journey, request, opened),
                by=request.actor,
                at=request.now,
            )
        except SubmitRefused as refusal:
            refused.add_error(None, refusal.words)
        except actions.NotReady:
            refused.add_error(None, _("Some answers are still missing. See below."))
        else:
            return redirect(journey.receipt(request, dossier))
    addressee = journey.addressee(request, opened)
    missing = _missing(journey, opened)
    if addressee and not addressee.name:
        words = _("Choose who gets the dossier")
        missing.append({"words": words, "href": addressee.change_href})
    context = {
        "form": refused,
        "title": wording.said(opened.definition.title),
        "notice": journey.notice(),
        "addressee": addressee,
        "groups": _groups(journey, opened),
        "missing": missing,
        "papers": _papers(journey, opened),
        "fee": journey.fee(opened.definition, opened.draft.answers),
        "declaration": wording.said(opened.definition.declaration),
        "pdf_href": journey.at("pdf", opened),
        "leave_href": journey.at("leave", opened),
        "back": journey.at("tasks", opened),
    }
    status = 422 if refused.is_bound else 200
    return render(request, "forms/check.html", context, status=status)


def _send(journey: "FormJourney", request: PageRequest, opened: Opened) -> Any:
    def send(draft: Draft, answers: dict[str, Any]) -> UUID:
        submission = Submission(
            request=request,
            draft=draft,
            definition=opened.definition,
            answers=answers,
            parties=parties(opened.definition, answers),
            at=request.now,
        )
        return journey.submit(submission)

    return send


def _groups(journey: "FormJourney", opened: Opened) -> list[dict[str, Any]]:
    told = shown.blocks(
        opened.definition,
        opened.draft.answers,
        on=opened.on,
        language=wording.language(),
    )
    groups = []
    for block in told:
        rows = [
            _row(journey, opened, row)
            for row in block.rows
            if row.asked.question.is_asked and row.asked.question.kind is not Kind.FILE
        ]
        if rows:
            groups.append({"name": block.title, "rows": rows})
    return groups


def _row(journey: "FormJourney", opened: Opened, row: shown.Row) -> dict[str, Any]:
    copied = row.asked.copied
    return {
        "question": row.label,
        "answers": row.value.split("\n") if row.value else [],
        "answer": "",
        "change_href": None if copied else _change(journey, opened, row.asked),
        "source": _("as answered above") if copied else "",
    }


def _change(journey: "FormJourney", opened: Opened, asked: Asked) -> str:
    """The page of this answer, which then leads back here."""
    there = journey.page_at(opened, asked.page)
    if asked.item is not None and asked.step is not None:
        place = {"page": asked.page.slug, "item": asked.item + 1}
        there = journey.at("step", opened, **place, step=asked.step + 1)
    return f"{there}?{asking.RETURN}={asking.CHECK}"


def _missing(journey: "FormJourney", opened: Opened) -> list[dict[str, str]]:
    """What is still to answer, each with its page."""
    found = [
        {
            "words": wording.lacking(problem),
            "href": _change(journey, opened, problem.asked),
        }
        for problem in opened.course.problems
    ]
    unseen = [
        page
        for page in opened.course.open_pages()
        if page.slug not in opened.course.seen
        and not any(p.asked.page is page for p in opened.course.problems)
    ]
    for page in unseen:
        words = _("Not looked at yet: %(page)s") % {"page": wording.said(page.heading)}
        href = f"{journey.page_at(opened, page)}?{asking.RETURN}={asking.CHECK}"
        found.append({"words": words, "href": href})
    return found


def _papers(journey: "FormJourney", opened: Opened) -> list[dict[str, str]]:
    """The papers with what comes of each: files added, or brought to the desk."""
    return [
        {
            "name": wording.said(one.question.label),
            "how": shown.as_text(one.question, one.answer, wording.language())
            or _("not given yet"),
            "change_href": _change(journey, opened, one),
        }
        for one in opened.course.asked
        if one.is_open and one.question.kind is Kind.FILE
    ]


def pdf(
    journey: "FormJourney", request: PageRequest, form: str, draft: UUID
) -> HttpResponse:
    """The filled form to read, print or sign by hand; Vietnamese, as the law reads."""
    opened = journey.editable(request, form, draft)
    made = printing.form_pdf(
        opened.definition,
        opened.draft.answers,
        code=opened.draft.code,
        at=request.now,
    )
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="to-khai.pdf"'
    return response
