"""A form as pages: the room above says what sending means, this room does the rest.

`FormJourney(submit=…, receipt=…).urls()` goes into the urls of the room above. A draft
is opened by the browser session that made or resumed it; to everybody else it does not
exist. Nothing personal stands in an address.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path, reverse

from gandan.forms import actions, loading, queries
from gandan.forms.models import Draft
from gandan.forms.schema import Answers, Definition, Page
from gandan.forms.web import filling, leaving, papers, repeating, sending
from gandan.forms.web.contract import (
    Addressee,
    FileRefused,
    Opened,
    PageRequest,
    Receipt,
    StoreFile,
    Submission,
    Submit,
    SubmitRefused,
)
from gandan.forms.web.course import Course
from gandan.kernel.localtime import local_day

__all__ = ["Addressee", "FileRefused", "FormJourney", "Submission", "SubmitRefused"]

NAMESPACE = "filing"
SESSION = "form_drafts"
MOST_OPEN = 5


@dataclass(frozen=True, slots=True)
class FormJourney:
    submit: Submit
    receipt: Receipt
    # None: nothing is uploaded, papers are always brought to the desk.
    store_file: StoreFile | None = papers.store
    is_open: Callable[[], bool] = lambda: True
    # Words of the fee for these answers; empty when there is nothing to say.
    fee: Callable[[Definition, Answers], str] = lambda definition, answers: ""
    # Lines on the start page: legal time, usual time, where.
    facts: Callable[[Definition], Sequence[str]] = lambda definition: ()
    # Who gets it, shown with the answers and chosen before sending; None: no choice.
    addressee: Callable[[PageRequest, Opened], Addressee | None] = (
        lambda request, opened: None
    )
    # A line on the first pages and before sending: a trial, and the official way.
    notice: Callable[[], str] = lambda: ""
    # Names of today's communes, offered while typing an address.
    communes: Callable[[date], Sequence[str]] = queries.commune_names

    def urls(self) -> tuple[list[URLPattern], str]:
        """To include: `path("nop/", include(journey.urls()))`."""
        draft = "<slug:form>/<uuid:draft>/"
        page = draft + "trang/<slug:page>/"
        patterns = (
            ("", leaving.index, "index"),
            ("tiep-tuc/", leaving.resume, "resume"),
            ("<slug:form>/", leaving.start, "start"),
            (draft, sending.tasks, "tasks"),
            (draft + "luu/", leaving.leave, "leave"),
            (draft + "xoa/", leaving.discard, "discard"),
            (draft + "kiem-tra/", sending.check, "check"),
            (draft + "to-khai.pdf", sending.pdf, "pdf"),
            (page, filling.question, "page"),
            (page + "<int:item>/<int:step>/", repeating.step, "step"),
            (page + "<int:item>/xoa/", repeating.remove, "remove"),
        )
        return (
            [
                path(at, partial(self._serve, view), name=name)
                for at, view, name in patterns
            ],
            NAMESPACE,
        )

    def _serve(
        self, view: Callable[..., HttpResponse], request: PageRequest, **kwargs: Any
    ) -> HttpResponse:
        if not self.is_open():
            raise Http404
        try:
            response = view(self, request, **kwargs)
        except actions.DraftClosed as closed:
            raise Http404 from closed
        response.headers["Cache-Control"] = "no-store"
        return response

    # --- what the views ask ---------------------------------------------------------

    def form(self, slug: str) -> Definition:
        found = loading.by_slug(slug)
        if found is None:
            raise Http404
        return found

    def opened(self, request: PageRequest, form: str, draft: UUID) -> Opened:
        """The draft, if this session holds it; missing and forbidden look alike."""
        definition, on = self.form(form), local_day(request.now)
        if str(draft) not in request.session.get(SESSION, ()):
            raise Http404
        found = Draft.objects.alive(request.now).filter(
            public_id=draft, form_key=definition.key
        )
        row = found.first()
        if row is None:
            raise Http404
        is_open = row.state == Draft.State.OPEN
        if is_open and row.form_version != definition.version:
            row = actions.carry_over(
                draft_id=row.pk,
                definition=definition,
                by=request.actor,
                at=request.now,
            )
        course = Course.read(definition, row.answers, row.seen, on)
        return Opened(row, definition, course, on)

    def editable(self, request: PageRequest, form: str, draft: UUID) -> Opened:
        opened = self.opened(request, form, draft)
        if opened.draft.state != Draft.State.OPEN:
            raise Http404
        return opened

    def hold(self, request: PageRequest, draft: Draft) -> None:
        held = [key for key in self.held(request) if key != str(draft.public_id)]
        request.session[SESSION] = [*held, str(draft.public_id)][-MOST_OPEN:]

    def let_go(self, request: PageRequest, draft: Draft) -> None:
        kept = [key for key in self.held(request) if key != str(draft.public_id)]
        request.session[SESSION] = kept

    def held(self, request: PageRequest) -> list[str]:
        return list(request.session.get(SESSION, ()))

    def at(self, name: str, opened: Opened | None = None, **more: Any) -> str:
        if opened:
            more |= {"form": opened.definition.slug, "draft": opened.draft.public_id}
        return reverse(f"{NAMESPACE}:{name}", kwargs=more)

    def page_at(self, opened: Opened, page: Page) -> str:
        return self.at("page", opened, page=page.slug)
