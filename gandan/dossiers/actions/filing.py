"""Completing from home what the desk sent back before reception."""

from datetime import datetime

from django.db import transaction

from gandan.dossiers import events
from gandan.dossiers.actions import course
from gandan.dossiers.actions.opening import PaperIn
from gandan.dossiers.models import Dossier, DossierPaper
from gandan.dossiers.rules.moves import State, Verb
from gandan.dossiers.telling import tell
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day


@transaction.atomic
def resubmit(
    *,
    dossier_id: int,
    papers: tuple[PaperIn, ...],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Dossier:
    """The applicant answers the one list of what was missing; the desk reads again.

    Each paper of the list comes as files or is announced for the desk: `papers` has
    one row for each, in any order. Still no clock runs. MoveRefused("papers_missing")
    when one of the list is left out, or none was sent.
    """
    verb = Verb.SUBMIT
    before = Dossier.objects.locked(dossier_id).state
    dossier = course.moved(dossier_id, verb, by, version=version)
    course.refuse_if(before != State.SENT_BACK, verb, dossier, "state")
    request = dossier.supplement_requests.order_by("-number")[0]
    answered = {paper.key for paper in papers}
    lacking = {paper["key"] for paper in request.wanted} - answered
    sent = [paper for paper in papers if paper.electronic]
    course.refuse_if(bool(lacking) or not sent, verb, dossier, "papers_missing")
    DossierPaper.objects.bulk_create(
        [
            DossierPaper(
                dossier=dossier,
                key=f"{paper.key[:76]}+{request.number}",
                name=paper.name[:600],
                electronic=paper.electronic,
                file_id=paper.file,
                received_on=local_day(at),
            )
            for paper in papers
        ],
        ignore_conflicts=True,
    )
    request.answered_at, request.answered_by = at, by.id
    request.save(update_fields=["answered_at", "answered_by"])
    files = sum(paper.electronic for paper in papers)
    fact = events.Resubmitted(
        *course.happened(dossier), papers=len(papers), files=files
    )
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "submitted", at=at)
    return dossier
