"""New dossiers, written at once: filed, received, or served at the counter.

One dossier or a hundred need the same few statements: everything is judged first, then
children, numbers, rows, public entries, journal, duties and messages are each written
for all. Each dossier is taken or refused by itself.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum, auto
from typing import TypeAlias

from django.db import connection, transaction

from gandan.dossiers import events, secrets
from gandan.dossiers.actions import course
from gandan.dossiers.actions.opening import (
    KeyReused,
    Opening,
    Receipt,
    assigned,
    begin,
    check_asker,
    close_visits,
    new_row,
    papers_of,
    people_of,
    receipt_of,
)
from gandan.dossiers.actions.owed import duties_of
from gandan.dossiers.models import Dossier, DossierPaper, Intake, Party
from gandan.dossiers.numbering import (
    NumbersUsedUp,
    code_of,
    new_filing_number,
    take_all_numbers,
)
from gandan.dossiers.rules.moves import MoveRefused, Record, State, Verb
from gandan.dossiers.rules.public import ENDING
from gandan.dossiers.telling import messages
from gandan.duties import actions as duties
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.ledger import entries, journal
from gandan.notices import actions as notices
from gandan.places import queries as places


class Way(Enum):
    FILED = auto()  # the desk will receive it: no clock, no code
    RECEIVED = auto()
    AT_ONCE = auto()  # received, signed and handed over in one breath


@dataclass(frozen=True, slots=True)
class Given:
    """One opening and what is to become of it. Sent twice with the same `key`, it
    gives the same dossier."""

    opening: Opening
    way: Way
    key: str = ""
    # The legal time of a paper slip entered later; never in the future.
    received_at: datetime | None = None
    signed_by: int | None = None

    @property
    def digest(self) -> bytes:
        """Of everything that was sent, and what was to become of it."""
        sent = self.opening.content | {
            "way": self.way.name,
            "received_at": repr(self.received_at),
            "signed_by": repr(self.signed_by),
        }
        # Escaped: whatever a sender writes, these are plain bytes.
        return hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).digest()

    def scope(self, by: Actor) -> str:
        """Whose key it is."""
        return by.id or ("anonymous" if self.way is Way.FILED else "")


Taken: TypeAlias = Receipt | MoveRefused | KeyReused | NumbersUsedUp


@dataclass(slots=True)
class _New:
    """A judged opening with everything that will be written of it."""

    given: Given
    dossier: Dossier
    token: str
    fact: events.Happened
    people: list[Party]
    papers: list[DossierPaper]
    lines: list[entries.Line] = field(default_factory=list)

    @property
    def counted(self) -> tuple[int, date]:
        assert self.dossier.received_at is not None
        return self.dossier.received_by_id or 0, local_day(self.dossier.received_at)

    @property
    def message(self) -> str:
        return "submitted" if self.given.way is Way.FILED else "received"


# --- one at a time --------------------------------------------------------------------


def submit(opening: Opening, *, by: Actor, at: datetime, key: str = "") -> Receipt:
    """File online: the desk is told, and the applicant gets a number and a secret.

    No clock runs yet and no code is given: both begin with the reception.
    """
    online = replace(opening, channel="online")
    return take_one(Given(online, Way.FILED, key), by=by, at=at)


def open_and_receive(
    opening: Opening,
    *,
    by: Actor,
    at: datetime,
    received_at: datetime | None = None,
    key: str = "",
) -> Receipt:
    """The counter's and the portal's way: one dossier, received as it is opened.

    Pressed twice with the same `key`, it gives the same dossier; the same key with
    another body raises KeyReused.
    """
    given = Given(opening, Way.RECEIVED, key, received_at=received_at)
    return take_one(given, by=by, at=at)


def serve_at_once(
    opening: Opening, *, by: Actor, at: datetime, signed_by: int, key: str = ""
) -> Receipt:
    """A same-day procedure at the counter: recorded, signed, handed over at once."""
    given = Given(opening, Way.AT_ONCE, key, signed_by=signed_by)
    return take_one(given, by=by, at=at)


@transaction.atomic
def take_one(given: Given, *, by: Actor, at: datetime) -> Receipt:
    """Raises MoveRefused, KeyReused, NumbersUsedUp."""
    (taken,) = _take((given,), by=by, at=at)
    if not isinstance(taken, Receipt):
        raise taken
    return taken


# --- many -----------------------------------------------------------------------------


@transaction.atomic
def take_in(given: Sequence[Given], *, by: Actor, at: datetime) -> list[Taken]:
    """Take in many, each by itself, in the order given; what is refused is returned."""
    try:
        with transaction.atomic():
            return _take(given, by=by, at=at)
    except NumbersUsedUp as used_up:
        if len(given) == 1:
            return [used_up]
    # One desk has too few numbers left today: the others must not suffer for it.
    return [taken for each in given for taken in take_in([each], by=by, at=at)]


def _take(given: Sequence[Given], *, by: Actor, at: datetime) -> list[Taken]:
    """Raises NumbersUsedUp for all of them, with nothing kept of any."""
    taken: dict[int, Taken] = {}
    fresh: dict[int, _New] = {}
    refused: list[int] = []
    ids, sent_before = _open_keys(given, by=by, at=at)
    for place, each in enumerate(given):
        if place in ids:
            try:
                fresh[place] = _judged(each, by=by, at=at)
            except MoveRefused as refusal:
                taken[place] = refusal
                refused.append(ids[place])
            else:
                fresh[place].dossier.pk = ids[place]
    if refused:
        Intake.objects.filter(dossier_id__in=refused).delete()
    if fresh:
        _write(list(fresh.values()), by=by, at=at)
    for place, new in fresh.items():
        taken[place] = receipt_of(new.dossier, new.token)
    if sent_before:
        taken |= _again(given, sent_before, by)
    return [taken[place] for place in range(len(given))]


def _judged(given: Given, *, by: Actor, at: datetime) -> _New:
    """Raises MoveRefused."""
    opening, way = given.opening, given.way
    dossier, token = new_row(opening, at=at), ""
    fact: events.Happened
    if way is Way.FILED:
        dossier.state = State.SUBMITTED.value
        dossier.submitted_at = at
        dossier.filing_number = new_filing_number()
        dossier.capability_digest = secrets.capability_digest(
            secrets.capability(dossier.ledger_id)
        )
        fact = events.Submitted(
            *course.happened(dossier),
            procedure=dossier.procedure_code,
            channel=dossier.channel,
        )
    else:
        token, fact = _received(given, dossier, by=by, at=at)
    # As every verb leaves it: one version further than it began.
    dossier.version += 1
    people, papers = people_of(dossier, opening), papers_of(dossier, opening)
    return _New(given, dossier, token, fact, people, papers)


def _received(
    given: Given, dossier: Dossier, *, by: Actor, at: datetime
) -> tuple[str, events.Received]:
    opening = given.opening
    if given.way is Way.AT_ONCE:
        check_asker(by, dossier, Verb.SERVE_AT_ONCE)
        day, why = local_day(at), "Trả kết quả ngay tại quầy."
        begin(dossier, at=at, due_on=day, due_why=why)
        dossier.state = State.RETURNED.value
        dossier.outcome, dossier.signed_by_id = "result", given.signed_by
        dossier.ended_at = dossier.returned_at = at
        dossier.ended_on = dossier.returned_on = day
        return "", assigned(dossier)
    check_asker(by, dossier, Verb.RECEIVE)
    legal = given.received_at or at
    course.refuse_if(legal > at, Verb.RECEIVE, dossier, "in_the_future")
    dossier.state = State.RECEIVED.value
    token = begin(dossier, at=legal, due_on=opening.due_on, due_why=opening.due_why)
    return token, assigned(dossier)


def _write(fresh: list[_New], *, by: Actor, at: datetime) -> None:
    """Children first, then the numbers, which lock their desks, then the rest."""
    received = [new for new in fresh if new.given.way is not Way.FILED]
    Party.objects.bulk_create([row for new in fresh for row in new.people])
    DossierPaper.objects.bulk_create([row for new in fresh for row in new.papers])
    if received:
        close_visits([(new.dossier, new.people) for new in received])
        _number(received)
        for new in received:
            new.lines = _lines(new, at=at)
    Dossier.objects.bulk_create([new.dossier for new in fresh])
    entries.append_many([line for new in fresh for line in new.lines])
    journal.record_rows([journal.row_of(new.fact, by=by, at=at) for new in fresh])
    owed = [
        (str(new.dossier.public_id), duty)
        for new in fresh
        for duty in duties_of(new.dossier)
    ]
    duties.owe(room=course.ROOM, owed=owed, at=at)
    notices.queue_many(
        [
            message
            for new in fresh
            for message in messages(new.dossier, new.people, new.message, at=at)
        ]
    )


def _lines(new: _New, *, at: datetime) -> list[entries.Line]:
    dossier = new.dossier
    lines = [course.line_of(dossier, Record.RECEIVED, at=at, token=new.token)]
    if new.given.way is Way.AT_ONCE:
        how = ENDING[dossier.outcome]
        lines.append(course.line_of(dossier, Record.CLOSED, at=at, how=how))
    return lines


def _number(received: list[_New]) -> None:
    """Codes in the order given, desk by desk."""
    numbers = {
        counted: iter(taken)
        for counted, taken in take_all_numbers(
            Counter(new.counted for new in received)
        ).items()
    }
    for new in received:
        desk = new.dossier.received_by
        assert desk is not None
        _desk, day = new.counted
        number = next(numbers[new.counted])
        new.dossier.code = code_of(places.agency_code(desk), day, number)


# --- keys -----------------------------------------------------------------------------

# The rows' ids are known before the rows are written, so that their children can go
# first; and a key that somebody else is just keeping is waited for, not tripped over.
_OPEN = """
WITH given AS (
    SELECT g.*, nextval(pg_get_serial_sequence('dossiers_dossier', 'id')) AS dossier
    FROM unnest(%s::int[], %s::text[], %s::text[], %s::bytea[])
        AS g(place, scope, key, digest)
), kept AS (
    INSERT INTO dossiers_intake (scope, key, digest, dossier_id, answer, at)
    SELECT scope, key, digest, dossier, '{}', %s FROM given WHERE key <> ''
    ORDER BY scope, key, place
    ON CONFLICT (scope, key) DO NOTHING
    RETURNING dossier_id
)
SELECT place, dossier, key = '' OR dossier IN (SELECT dossier_id FROM kept) FROM given
"""


def _open_keys(
    given: Sequence[Given], *, by: Actor, at: datetime
) -> tuple[dict[int, int], list[int]]:
    """(the id of each new dossier by place, the places whose key came before)."""
    rows = [
        (place, each.scope(by), each.key, each.digest if each.key else b"")
        for place, each in enumerate(given)
    ]
    if not rows:
        return {}, []
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(_OPEN, [*columns, at])
        found = cursor.fetchall()
    ids = {place: pk for place, pk, is_new in found if is_new}
    return ids, [place for place, _pk, is_new in found if not is_new]


def _again(
    given: Sequence[Given], sent_before: Sequence[int], by: Actor
) -> dict[int, Taken]:
    """The same dossier for the same body; the key's first press may be of this batch,
    and refused: then the key is free again and so is whoever sends it anew."""
    keys = {given[place].key for place in sent_before}
    scopes = {given[place].scope(by) for place in sent_before}
    rows = {
        (row.scope, row.key): row
        for row in Intake.objects.filter(scope__in=scopes, key__in=keys).select_related(
            "dossier"
        )
    }
    taken: dict[int, Taken] = {}
    for place in sent_before:
        each = given[place]
        row = rows.get((each.scope(by), each.key))
        if row is None or bytes(row.digest) != each.digest:
            taken[place] = KeyReused(each.key)
        else:
            taken[place] = receipt_of(row.dossier)
    return taken
