"""Asking the applicant once for everything, and apologising before it is late."""

from datetime import date, datetime

from django.db import transaction

from gandan.dossiers import events
from gandan.dossiers.actions import course
from gandan.dossiers.models import Dossier, DossierPaper, Extension, Pause, Supplement
from gandan.dossiers.rules.moves import Verb, may_extend
from gandan.dossiers.telling import tell
from gandan.kernel import clock
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.places import queries as places

SUPPLEMENT = "supplement"
APPLICANT = "applicant"


@transaction.atomic
def ask_supplement(
    *,
    dossier_id: int,
    wanted: list[dict[str, str]],
    by: Actor,
    at: datetime,
    reason: str = "",
    bring_by: date | None = None,
    version: int | None = None,
) -> Supplement:
    """Ask the applicant for all that is missing; in time, this stops the legal clock.

    After the due date asking is allowed and stops nothing. A second list needs a
    signatory and a reason, and is counted.
    """
    row = Dossier.objects.only("supplements").get(pk=dossier_id)
    again = row.supplements > 0
    verb = Verb.ASK_SUPPLEMENT_AGAIN if again else Verb.ASK_SUPPLEMENT
    dossier = course.moved(dossier_id, verb, by, version=version)
    course.refuse_if(not wanted, verb, dossier, "list_is_empty")
    course.refuse_if(again and not reason.strip(), verb, dossier, "second_needs_reason")
    # Judged again under the lock: a first list may have been sent a moment ago.
    course.refuse_if(again != (dossier.supplements > 0), verb, dossier, "asked_already")
    dossier.supplements += 1
    request = Supplement.objects.create(
        dossier=dossier,
        number=dossier.supplement_requests.count() + 1,
        wanted=wanted,
        reason=reason,
        asked_at=at,
        asked_by=by.id,
        bring_by=bring_by,
    )
    pause = Pause(
        dossier=dossier,
        kind=SUPPLEMENT,
        owner=APPLICANT,
        starts_on=local_day(at),
        limit_on=bring_by,
        opening_paper=f"02/{request.number}",
        opened_at=at,
        opened_by=by.id,
    )
    course.interrupt(dossier, pause)
    if pause.stops and course.allowance_of(dossier) is None:
        # A limit in words: the officer sets a new date once the papers are in.
        dossier.due_on = None
    course.write_record(dossier, verb, at=at)
    fact = events.DocumentsAsked(
        *course.happened(dossier),
        number=dossier.supplements,
        papers=len(wanted),
        stops=pause.stops,
    )
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "supplement_asked", at=at)
    return request


@transaction.atomic
def take_papers(
    *,
    dossier_id: int,
    by: Actor,
    at: datetime,
    due_on: date | None = None,
    due_why: str = "",
    version: int | None = None,
) -> Dossier:
    """The complete papers are in: today counts again, by the dossier's rule version.

    A limit in words needs the officer's new date: MoveRefused("needs_date").
    """
    verb = Verb.TAKE_PAPERS
    dossier = course.moved(dossier_id, verb, by, version=version)
    # Brought after closing, the papers are in with the next opening.
    calendar = places.work_calendar(dossier.competent)
    day = clock.normalise(at, calendar, course.hours_of(dossier)).date()
    pause = dossier.pauses.filter(kind=SUPPLEMENT, ends_on__isnull=True).get()
    pause.ends_on, pause.closing_paper = day, "in"
    pause.closed_at, pause.closed_by = at, by.id
    pause.save()
    request = dossier.supplement_requests.order_by("-number")[0]
    request.answered_at, request.answered_by = at, by.id
    request.save(update_fields=["answered_at", "answered_by"])
    DossierPaper.objects.bulk_create(
        [
            DossierPaper(
                dossier=dossier,
                key=f"{paper['key']}+{request.number}"[:80],
                name=paper["name"][:600],
                originals=1,
                received_on=day,
            )
            for paper in request.wanted
        ],
        ignore_conflicts=True,
    )
    if course.allowance_of(dossier) is None and pause.stops:
        course.refuse_if(
            due_on is None or due_on < day or not due_why.strip(),
            verb,
            dossier,
            "needs_date",
        )
        dossier.due_on, dossier.set_by_hand_why = due_on, due_why
    course.refresh(dossier)
    course.write_record(dossier, verb, at=at)
    fact = events.DocumentsTaken(*course.happened(dossier), due=dossier.due_on)
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "papers_complete", at=at)
    return dossier


@transaction.atomic
def apologise(
    *,
    dossier_id: int,
    reason: str,
    new_due: date,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Extension:
    """A written apology with a new date (form 04), before the old one has passed."""
    verb = Verb.APOLOGISE
    dossier = course.moved(dossier_id, verb, by, version=version)
    day = local_day(at)
    due = dossier.due_on
    course.refuse_if(due is None, verb, dossier, "no_date")
    assert due is not None
    why = may_extend(
        extended=dossier.extensions,
        allowed=clock.RULES[dossier.rules_id].max_extensions,
        today_is_before_due=day < due,
    )
    course.refuse_if(bool(why), verb, dossier, why)
    course.refuse_if(not reason.strip(), verb, dossier, "reason_is_empty")
    calendar = places.work_calendar(dossier.competent)
    bad = new_due <= due or not calendar.is_working_day(new_due)
    course.refuse_if(bad, verb, dossier, "new_date_is_no_later_working_day")
    dossier.extensions += 1
    extension = Extension.objects.create(
        dossier=dossier,
        number=dossier.extensions,
        from_on=due,
        to_on=new_due,
        reason=reason,
        made_at=at,
        made_by=by.id,
    )
    dossier.extended_to = dossier.due_on = new_due
    dossier.due_at = None
    course.write_record(dossier, verb, at=at)
    fact = events.Extended(
        *course.happened(dossier), number=extension.number, from_on=due, to_on=new_due
    )
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "extended", at=at)
    return extension
