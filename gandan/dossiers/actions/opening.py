"""Opening a dossier: what is known of it, drafts, reception of what was filed before.

What is new and received, or filed, in one breath is written by `intake`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gandan.dossiers import events, secrets
from gandan.dossiers.access import parts_of
from gandan.dossiers.actions import course
from gandan.dossiers.models import (
    Dossier,
    DossierPaper,
    Party,
    Supplement,
    Visit,
)
from gandan.dossiers.models.dossier import body_word
from gandan.dossiers.numbering import code_of, take_numbers
from gandan.dossiers.offices import office_for
from gandan.dossiers.rules.moves import MoveRefused, State, Verb, target_of
from gandan.dossiers.telling import tell
from gandan.kernel import clock
from gandan.kernel.actors import Actor
from gandan.kernel.canonical import token_hash
from gandan.kernel.localtime import local_day
from gandan.kernel.text import sort_key, syllables
from gandan.places import queries as places
from gandan.places.models import Organisation, Place
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.rules import LimitUnclear


@dataclass(frozen=True, slots=True)
class PartyIn:
    """A person as the counter or the form gives it; texts are already clean."""

    role: str
    full_name: str
    sex: str = ""
    born_on: date | None = None
    born_year: int | None = None
    identity_number: str = ""
    old_identity_number: str = ""
    identity_issued_on: date | None = None
    telephone: str = ""
    email: str = ""
    address: str = ""
    place: int | None = None
    village: str = ""
    paper: str = ""
    spoken_language: str = ""
    fingerprint: bool = False


@dataclass(frozen=True, slots=True)
class PaperIn:
    key: str
    name: str
    originals: int = 0
    copies: int = 0
    electronic: int = 0
    digitised: bool = False
    file: int | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """All that is known when a dossier is opened; organisations are primary keys."""

    procedure: ProcedureVersion
    competent: Organisation
    received_by: Organisation | None
    parties: tuple[PartyIn, ...]
    helped_at: Organisation | None = None
    place: Place | None = None
    village: str = ""
    case: str = ""
    channel: str = "counter"
    papers: tuple[PaperIn, ...] = ()
    form_key: str = ""
    form_version: int | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    fee_vnd: int | None = None
    paid: str = ""
    language: str = "vi"
    # For a limit the law gives in words: the officer's date and reason.
    due_on: date | None = None
    due_why: str = ""
    paper_slip_no: str = ""
    bundle: str | None = None
    demo: bool = False

    @property
    def owner(self) -> str:
        return next((p.full_name for p in self.parties if p.role == "owner"), "")

    @property
    def content(self) -> dict[str, str]:
        """All that was sent, as text: two filings that say the same are equal."""
        bodies = (self.competent, self.received_by, self.helped_at)
        return {
            "procedure": self.procedure.code,
            "bodies": repr([body.key if body else "" for body in bodies]),
            "place": self.place.key if self.place else "",
            "answers": repr(sorted(self.answers.items())),
        } | {name: repr(getattr(self, name)) for name in _PLAIN}


# Members of an opening that need no looking up to be compared.
_PLAIN = (
    *("parties", "papers", "village", "case", "channel", "form_key", "form_version"),
    *("fee_vnd", "paid", "language", "due_on", "due_why", "paper_slip_no", "bundle"),
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The dossier and what its slip shows once; `token` is empty on a second press."""

    dossier: Dossier
    secret: str
    capability: str
    token: str = ""


class KeyReused(Exception):
    """An idempotency key came back with another body."""


def receipt_of(dossier: Dossier, token: str = "") -> Receipt:
    return Receipt(
        dossier=dossier,
        secret=secrets.follow_secret(dossier.ledger_id),
        capability=secrets.capability(dossier.ledger_id),
        token=token,
    )


def new_row(opening: Opening, *, at: datetime) -> Dossier:
    """The row of an opening, not saved yet: a draft until a verb says otherwise."""
    version = opening.procedure
    words = {
        w for p in opening.parties if p.role == "owner" for w in syllables(p.full_name)
    }
    dossier = Dossier(
        state=State.DRAFT.value,
        procedure=version,
        procedure_code=version.code,
        field=version.field[:160],
        case=opening.case,
        confidentiality=version.confidentiality,
        retention_class=version.retention_class,
        channel=opening.channel,
        helped_at=opening.helped_at,
        received_by=opening.received_by,
        competent=opening.competent,
        first_competent=opening.competent,
        place=opening.place,
        village=opening.village,
        form_key=opening.form_key,
        form_version=opening.form_version,
        answers=opening.answers,
        fee_vnd=opening.fee_vnd,
        paid=opening.paid,
        language=opening.language,
        bundle=opening.bundle,
        paper_slip_no=opening.paper_slip_no,
        owner_name=opening.owner,
        demo=opening.demo,
        created_at=at,
    )
    dossier.words = sorted(words) + organisation_words(dossier)
    return dossier


def organisation_words(dossier: Dossier) -> list[str]:
    bodies = (dossier.received_by_id, dossier.competent_id, dossier.helped_at_id)
    return sorted({body_word(body) for body in bodies if body})


def people_of(dossier: Dossier, opening: Opening) -> list[Party]:
    """Its people, in the order of their roles, not saved yet."""
    ordinals: dict[str, int] = {}
    rows = []
    for person in opening.parties:
        ordinal = ordinals.get(person.role, 0)
        ordinals[person.role] = ordinal + 1
        values = {name: getattr(person, name) for name in PartyIn.__slots__}
        place = values.pop("place")
        rows.append(
            Party(
                dossier=dossier,
                ordinal=ordinal,
                sort_key=sort_key(person.full_name)[:240],
                place_id=place,
                **values,
            )
        )
    return rows


def papers_of(dossier: Dossier, opening: Opening) -> list[DossierPaper]:
    """Its papers, not saved yet."""
    day = local_day(dossier.created_at)
    return [
        DossierPaper(
            dossier=dossier,
            key=paper.key,
            name=paper.name[:600],
            originals=paper.originals,
            copies=paper.copies,
            electronic=paper.electronic,
            digitised=paper.digitised,
            file_id=paper.file,
            received_on=day,
        )
        for paper in opening.papers
    ]


def add_children(dossier: Dossier, opening: Opening) -> None:
    Party.objects.bulk_create(people_of(dossier, opening))
    DossierPaper.objects.bulk_create(papers_of(dossier, opening))


def check_asker(by: Actor, row: Dossier, verb: Verb) -> None:
    """The actor must play a part that may make this move on the row."""
    target_of(verb, state=State(row.state), by=parts_of(by, row))


@transaction.atomic
def draft(
    opening: Opening, *, by: Actor, at: datetime, parked: bool = False
) -> Dossier:
    """Keep an intake: at the counter while a paper is fetched (F4), or online."""
    dossier = new_row(opening, at=at)
    if parked:
        check_asker(by, dossier, Verb.RECEIVE)
        dossier.parked_at = at
    dossier.save(force_insert=True)
    add_children(dossier, opening)
    return dossier


@transaction.atomic
def receive(
    *,
    dossier_id: int,
    by: Actor,
    at: datetime,
    received_at: datetime | None = None,
    due_on: date | None = None,
    due_why: str = "",
    fee_vnd: int | None = None,
    paid: str = "",
    version: int | None = None,
) -> Receipt:
    """Receive a dossier that was filed online or parked: the clock starts.

    `received_at` is the legal time of a paper slip entered later; it is never in the
    future. Raises MoveRefused("needs_date") for a text limit without a date.
    """
    dossier = course.moved(dossier_id, Verb.RECEIVE, by, version=version)
    if fee_vnd is not None:
        dossier.fee_vnd, dossier.paid = fee_vnd, paid
    token = begin(dossier, at=received_at or at, due_on=due_on, due_why=due_why)
    course.refuse_if(dossier.received_at > at, Verb.RECEIVE, dossier, "in_the_future")  # type: ignore[operator]
    return _close_reception(dossier, token, by=by, at=at)


def preview(opening: Opening, *, at: datetime) -> tuple[Dossier, str]:
    """The row as reception at `at` would make it, never saved, and what it still needs.

    The second is empty, or why the date cannot be read yet: needs_case, needs_date.
    """
    dossier = new_row(opening, at=at)
    dossier.state = State.RECEIVED.value
    try:
        begin(dossier, at=at, due_on=opening.due_on, due_why=opening.due_why)
    except MoveRefused as refusal:
        return dossier, refusal.why
    return dossier, ""


def begin(dossier: Dossier, *, at: datetime, due_on: date | None, due_why: str) -> str:
    """Set the clock's inputs from the procedure in force, and read it; returns T."""
    day = local_day(at)
    dossier.received_at = at
    dossier.rules_id = clock.rules_on(day).id
    attributes = places.attributes(dossier.place, day) if dossier.place else frozenset()
    try:
        limit = dossier.procedure.limit_for(dossier.case, dossier.channel, attributes)
    except LimitUnclear:
        raise MoveRefused(Verb.RECEIVE, State(dossier.state), "needs_case") from None
    dossier.limit_quantity = limit.quantity
    dossier.limit_unit = limit.unit.value if limit.unit else ""
    dossier.limit_text = limit.text[:400]
    dossier.limit_basis = limit.basis[:400]
    course.refresh(dossier, pauses=[])
    if limit.allowance is None:
        calendar = places.work_calendar(dossier.competent)
        hours = course.hours_of(dossier)
        if limit.same_day:
            due_on, due_why = clock.same_day_result_on(at, calendar, hours), ""
            dossier.provisional = not calendar.is_decreed(due_on)
        elif due_on is None or not due_why.strip() or due_on < day:
            raise MoveRefused(Verb.RECEIVE, State(dossier.state), "needs_date")
        dossier.due_on, dossier.set_by_hand_why = due_on, due_why
        dossier.day_zero = clock.normalise(at, calendar, hours).date()
    dossier.promised_on = dossier.due_on
    dossier.parked_at = None
    dossier.office = None
    dossier.capability_digest = secrets.capability_digest(
        secrets.capability(dossier.ledger_id)
    )
    token = secrets.new_token()
    dossier.token_digest = token_hash(token)
    return token


def _close_reception(
    dossier: Dossier, token: str, *, by: Actor, at: datetime
) -> Receipt:
    """Office, visit; then the number, the public entry, the journal and the message."""
    assert dossier.received_at is not None
    assert dossier.received_by is not None
    fact = assigned(dossier)
    close_visits([(dossier, list(dossier.parties.all()))])
    day = local_day(dossier.received_at)
    number = take_numbers(dossier.received_by.pk, day)[0]
    dossier.code = code_of(places.agency_code(dossier.received_by), day, number)
    course.write_record(dossier, Verb.RECEIVE, at=at, token=token)
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "received", at=at)
    return receipt_of(dossier, token)


def assigned(dossier: Dossier) -> events.Received:
    """Give it to the office that takes up its field; the fact that it was received."""
    assert dossier.received_at is not None
    assert dossier.received_by is not None
    day = local_day(dossier.received_at)
    dossier.office = office_for(dossier.competent, dossier.field, day)
    return events.Received(
        *course.happened(dossier),
        procedure=dossier.procedure_code,
        channel=dossier.channel,
        received_by=dossier.received_by.key,
        helped_at=dossier.helped_at.key if dossier.helped_at else "",
        day_zero=dossier.day_zero or day,
        due=dossier.due_on,
    )


def close_visits(received: Sequence[tuple[Dossier, Sequence[Party]]]) -> None:
    """A slip within 30 days closes the guided visits of the same person and desk.

    One question for all of them, and an update only where somebody was guided.
    """
    visits = Visit.objects.closable(
        desks={dossier.received_by_id for dossier, _people in received},
        procedures={dossier.procedure_code for dossier, _people in received},
        at=[d.received_at for d, _people in received if d.received_at],
        telephones={p.telephone for _dossier, people in received for p in people},
        names={p.full_name for _dossier, people in received for p in people},
    )
    for visit in visits:
        for dossier, people in received:
            if visit.is_closed_by(dossier, people):
                Visit.objects.filter(pk=visit.pk, closed_by__isnull=True).update(
                    closed_by=dossier
                )
                break


@transaction.atomic
def send_back(
    *,
    dossier_id: int,
    wanted: list[dict[str, str]],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Dossier:
    """Before reception: ask once for everything an online filing lacks (form 02)."""
    dossier = course.moved(dossier_id, Verb.SEND_BACK, by, version=version)
    course.refuse_if(not wanted, Verb.SEND_BACK, dossier, "list_is_empty")
    number = dossier.supplement_requests.count() + 1
    Supplement.objects.create(
        dossier=dossier,
        number=number,
        wanted=wanted,
        before_reception=True,
        asked_at=at,
        asked_by=by.id,
    )
    fact = events.SentBack(*course.happened(dossier), papers=len(wanted))
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "sent_back", at=at)
    return dossier


@transaction.atomic
def reject(
    *, dossier_id: int, reason: str, by: Actor, at: datetime, version: int | None = None
) -> Dossier:
    """Refuse reception with a written reason (form 03); no clock ever ran."""
    dossier = course.moved(dossier_id, Verb.REJECT, by, version=version)
    course.refuse_if(not reason.strip(), Verb.REJECT, dossier, "reason_is_empty")
    dossier.outcome_reason = reason
    dossier.parked_at = None
    fact = events.Rejected(*course.happened(dossier))
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "rejected", at=at)
    return dossier
