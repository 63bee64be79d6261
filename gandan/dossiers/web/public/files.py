"""Completing from home what the desk sent back: each paper as files, or brought."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gandan.documents import actions as documents
from gandan.documents.intake import FileRefused
from gandan.documents.models import StoredFile
from gandan.documents.wording import explain as explain_file
from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused, State
from gandan.dossiers.web import holding, wording
from gandan.dossiers.web.public import card, pages
from gandan.dossiers.web.public.quiet import Quiet
from gandan.forms.web.fields import ACCEPTED, ManyFiles, Upload
from gandan.ui.pages import render_form

KIND = "sent_later"


class Complete(forms.Form):
    """Two controls for each paper of the list: its files, and «I will bring it»."""

    use_required_attribute = False

    def __init__(
        self, wanted: Sequence[tuple[str, str]], data: Any = None, files: Any = None
    ) -> None:
        """`wanted`: the name of each paper, and why it is asked."""
        super().__init__(data, files)
        self.names = [name for name, _why in wanted]
        for number, (name, why) in enumerate(wanted):
            # What a file is, and whether it is kept, the documents room decides.
            self.fields[f"files-{number}"] = forms.Field(
                label=name,
                help_text=why,
                required=False,
                widget=ManyFiles(attrs={"accept": ACCEPTED}),
            )
            self.fields[f"bring-{number}"] = forms.BooleanField(
                label=gettext_lazy("I will bring the paper to the desk"),
                required=False,
            )

    def uploads(self, number: int) -> list[Upload]:
        return list(self.cleaned_data.get(f"files-{number}") or ())

    def clean(self) -> dict[str, Any]:
        papers = range(len(self.names))
        for number in papers:
            if not self.uploads(number) and not self.cleaned_data[f"bring-{number}"]:
                words = _("Add a file, or tick that you will bring it: %(paper)s")
                self.add_error(f"files-{number}", words % {"paper": self.names[number]})
        if not self.errors and not any(self.uploads(number) for number in papers):
            words = _("Nothing to send. Bring all of them to the desk, or add a file.")
            self.add_error("files-0", words)
        return self.cleaned_data

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"files-{number}"], self[f"bring-{number}"])
            for number in range(len(self.names))
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: pages.PublicRequest) -> HttpResponse:
    """The one list of the desk, paper by paper; sent once all are answered."""
    dossier = pages.opened(request)
    asked = card.last_request(dossier)
    if dossier.state != State.SENT_BACK or asked is None:
        return pages.back_to(dossier)
    quiet, hidden = Quiet(dossier), card.is_protected(dossier)
    wanted = [
        (_("Paper %(n)s of the request") % {"n": number}, "")
        if hidden
        else (quiet(paper["name"]), quiet(paper.get("why", "")))
        for number, paper in enumerate(asked.wanted, start=1)
    ]
    is_sent = request.method == "POST"
    form = Complete(
        wanted, request.POST if is_sent else None, request.FILES if is_sent else None
    )
    if form.is_valid() and _sent(request, dossier, asked.wanted, form):
        messages.success(request, _("Sent. The desk reads your papers again."))
        return pages.back_to(dossier)
    context = {
        "dossier": dossier,
        "name": card.name_of(dossier),
        "papers": form.pairs(),
        "desk": dossier.received_by,
        "telephone": card.telephone(dossier),
    }
    return render_form(request, "dossiers/public/complete.html", form, context)


def _sent(
    request: pages.PublicRequest,
    dossier: Dossier,
    wanted: Sequence[dict[str, str]],
    form: Complete,
) -> bool:
    """All files and the move, or nothing of it; what was refused says why."""
    try:
        with transaction.atomic():
            papers = tuple(
                _paper(request, dossier, paper, number, form)
                for number, paper in enumerate(wanted)
            )
            actions.resubmit(
                dossier_id=dossier.pk,
                papers=papers,
                by=holding.applicant_of(request),
                at=request.now,
            )
    except _OneRefused as refused:
        form.add_error(f"files-{refused.number}", explain_file(refused.why))
        return False
    except MoveRefused as refusal:
        form.add_error(None, str(wording.explain(refusal)))
        return False
    return True


class _OneRefused(Exception):
    """One of the files cannot be kept: which paper's, and why."""

    def __init__(self, number: int, why: FileRefused) -> None:
        super().__init__(why.why.value)
        self.number, self.why = number, why


def _paper(
    request: pages.PublicRequest,
    dossier: Dossier,
    paper: dict[str, str],
    number: int,
    form: Complete,
) -> actions.PaperIn:
    files = []
    for upload in form.uploads(number):
        try:
            files.append(_store(request, dossier, upload))
        except FileRefused as refusal:
            raise _OneRefused(number, refusal) from refusal
    return actions.PaperIn(
        key=paper["key"],
        name=paper["name"],
        electronic=len(files),
        file=files[0].pk if files else None,
    )


def _store(
    request: pages.PublicRequest, dossier: Dossier, upload: Upload
) -> StoredFile:
    return documents.store_upload(
        content=upload,
        name=upload.name or "",
        subject=str(dossier.public_id),
        kind=KIND,
        retention_class=dossier.retention_class,
        by=holding.applicant_of(request),
        at=request.now,
    )
