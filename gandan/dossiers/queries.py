"""Questions about dossiers that pages, sweeps and other floors ask."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from gandan.dossiers import access
from gandan.dossiers.models import Dossier, Intake, Party, Pause, StepRun, Visit
from gandan.dossiers.models.dossier import DossierQuerySet, body_word
from gandan.dossiers.numbering import typed_number
from gandan.dossiers.rules.moves import State
from gandan.kernel.actors import Actor, Role
from gandan.kernel.text import syllables
from gandan.people.models import Mandate, User
from gandan.places import queries as places
from gandan.places.models import Organisation

# Above this many matches by name, a search says "500+" and asks for one more word.
CAP = 500


def in_progress(actor: Actor) -> DossierQuerySet:
    """Open dossiers, the least time left first; dossiers without a date last."""
    return (
        access.visible_to(actor)
        .open()
        .select_related("procedure", "competent", "received_by", "place")
        .order_by("due_on", "id")
    )


def to_hand_over(actor: Actor) -> DossierQuerySet:
    """Results that wait for their owner, oldest first."""
    return (
        access.visible_to(actor)
        .filter(state__in=[State.DONE, State.REFUSED])
        .select_related("procedure", "competent", "place")
        .order_by("ended_at", "id")
    )


def to_receive(actor: Actor) -> DossierQuerySet:
    """Filed online and waiting for the desk."""
    return (
        access.visible_to(actor)
        .filter(state=State.SUBMITTED)
        .select_related("procedure", "competent", "place")
        .order_by("submitted_at", "id")
    )


def parked(actor: Actor) -> DossierQuerySet:
    """Intakes put aside at the counter while a paper is fetched."""
    return (
        access.visible_to(actor)
        .filter(state=State.DRAFT, parked_at__isnull=False)
        .select_related("procedure")
        .order_by("parked_at", "id")
    )


def search(actor: Actor, text: str) -> DossierQuerySet:
    """By code or filing number, by identity number, or by at least two syllables of a
    name.

    The name's matches are capped before access is applied, so that a common name costs
    no more than a rare one; beyond the cap the page asks for another word.
    """
    wanted = text.strip()
    base = access.visible_to(actor).select_related("procedure", "competent", "place")
    upper = wanted.upper()
    if upper and "-" in upper:
        found = Q(code=upper) | Q(filing_number=typed_number(upper))
    elif wanted.isascii() and wanted.isdigit() and len(wanted) in (9, 12):
        # Somebody may stand on a dossier twice, as its owner and as who brought it.
        theirs = Party.objects.filter(identity_number=wanted)
        found = Q(pk__in=theirs.values("dossier"))
    elif len(words := syllables(wanted)) >= 2:
        found = Q(pk__in=_by_words(actor, words))
    else:
        return Dossier.objects.none()
    return base.filter(found).order_by("-received_at", "-id")


def _by_words(actor: Actor, words: Sequence[str]) -> list[int]:
    """At most CAP + 1 ids whose owners' names hold all the syllables.

    The array also names the dossier's organisations, so that the index itself meets
    the name with the searcher's offices: a common name costs no more than a rare one.
    """
    condition = access.scope(actor)
    if condition is None:
        return []
    matched = Dossier.objects.filter(words__contains=list(words)).filter(condition)
    if actor.kind != "system":
        bodies = {o for c in actor.capacities for o in (c.organisation, c.parent) if o}
        matched = matched.filter(words__overlap=sorted(map(body_word, bodies)))
    return list(matched.values_list("pk", flat=True)[: CAP + 1])


def live_line(on: date) -> tuple[int, int]:
    """(open, late) over the whole province, for the one line of the first page.

    Counts of open rows only, which a partial index holds; protected procedures are
    counted too, since a total names nobody.
    """
    rows = Dossier.objects.open()
    return rows.count(), rows.filter(due_on__lt=on).count()


def open_without_date(on: date) -> DossierQuerySet:
    """Open dossiers whose text limit still waits for the officer's date."""
    return Dossier.objects.open().filter(due_on__isnull=True, received_at__isnull=False)


def will_be_late(actor: Actor, on: date, until: date) -> DossierQuerySet:
    """Running, not yet late on `on`, due on or before `until`."""
    return (
        in_progress(actor)
        .filter(state__in=[State.RECEIVED, State.PROCESSING])
        .filter(due_on__gte=on, due_on__lte=until)
    )


def received_between(actor: Actor, starts: datetime, ends: datetime) -> DossierQuerySet:
    """The register of a period (form 07), by time of reception."""
    return (
        access.visible_to(actor)
        .filter(received_at__gte=starts, received_at__lt=ends)
        .select_related("procedure", "received_by", "competent", "place")
        .order_by("received_at", "id")
    )


# --- a leader's lines ---------------------------------------------------------------


def to_sign(actor: Actor) -> DossierQuerySet:
    """Prepared, and now with the signatory of the actor's own body."""
    with_signatory = StepRun.objects.filter(
        ended_at__isnull=True,
        role=Role.SIGNATORY.value,
        office_id__in=actor.organisations(Role.SIGNATORY),
    )
    return in_progress(actor).filter(
        state=State.PROCESSING, pk__in=with_signatory.values("dossier")
    )


def late(actor: Actor, on: date) -> DossierQuerySet:
    """Open, past the due day on `on`; a dossier whose clock stands still is not."""
    return in_progress(actor).filter(due_on__lt=on)


def late_within(actor: Actor, on: date, days: int) -> DossierQuerySet:
    """Not late yet, and due within so many working days from `on`."""
    return will_be_late(actor, on, places.work_calendar().nth_working_day(on, days))


# --- a list's filters ---------------------------------------------------------------

WAITING = (State.SUPPLEMENT, State.PAYMENT, State.WITHDRAWAL_ASKED)


@dataclass(frozen=True, slots=True)
class Heads:
    """Due day, state and field of the first open dossiers, enough for counts to 500."""

    rows: tuple[tuple[date | None, str, str], ...]

    @property
    def is_whole(self) -> bool:
        return len(self.rows) <= CAP

    def due(self, first: date | None, last: date) -> int:
        days = [due for due, _state, _field in self.rows if due is not None]
        return sum(1 for d in days if d <= last and (first is None or d >= first))

    @property
    def waiting(self) -> int:
        return sum(1 for _due, state, _field in self.rows if state in WAITING)

    @property
    def fields(self) -> Counter[str]:
        return Counter(field for _due, _state, field in self.rows if field)


def heads(actor: Actor) -> Heads:
    rows = in_progress(actor).select_related(None)
    return Heads(tuple(rows.values_list("due_on", "state", "field")[: CAP + 1]))


def capped(found: QuerySet[Dossier]) -> int:
    """How many, up to one more than the cap: no list ever counts all its rows."""
    return found.order_by().values("pk")[: CAP + 1].count()


# --- a desk's day -------------------------------------------------------------------


def expected(actor: Actor, desk: int, on: date) -> DossierQuerySet:
    """Who may come to the desk today: a date promised for today, whether ready or not,
    or papers that were to be brought by today."""
    promised = Q(promised_on=on, state__in=[State.DONE, State.REFUSED])
    due = Q(due_on=on, state__in=[State.RECEIVED, State.PROCESSING])
    waited_for = Pause.objects.filter(ends_on__isnull=True, limit_on__lte=on)
    asked = Q(state=State.SUPPLEMENT, pk__in=waited_for.values("dossier"))
    return (
        access.visible_to(actor)
        .filter(received_by_id=desk)
        .filter(promised | due | asked)
        .select_related("procedure", "competent", "place")
        .order_by("due_on", "id")
    )


def of_person(actor: Actor, number: str) -> DossierQuerySet:
    """The dossiers of one identity number that the actor may see, the newest first."""
    if not number:
        return Dossier.objects.none()
    named = Party.objects.filter(identity_number=number)
    return (
        access.visible_to(actor)
        .filter(pk__in=named.values("dossier"))
        .select_related("procedure", "competent", "place")
        .order_by("-created_at", "-id")
    )


def filed_together(actor: Actor, dossier: Dossier) -> DossierQuerySet:
    """The other dossiers of the bundle."""
    if dossier.bundle is None:
        return Dossier.objects.none()
    return (
        access.visible_to(actor)
        .filter(bundle=dossier.bundle)
        .exclude(pk=dossier.pk)
        .select_related("procedure", "competent", "place")
        .order_by("id")
    )


def received_on(desk: int, starts: datetime, ends: datetime) -> int:
    """How many a desk received in these hours; a day has 6,999 numbers at most."""
    return Dossier.objects.filter(
        received_by_id=desk, received_at__gte=starts, received_at__lt=ends
    ).count()


def entered_already(
    desk: int, slip: str, starts: datetime, ends: datetime
) -> Dossier | None:
    """The dossier of a numbered paper slip of this desk and day."""
    return Dossier.objects.filter(
        received_by_id=desk,
        received_at__gte=starts,
        received_at__lt=ends,
        paper_slip_no=slip,
    ).first()


def is_made_by(actor: Actor, key: str, dossier: Dossier) -> bool:
    """Whether this page of this officer, pressed before, made the dossier."""
    rows = Intake.objects.filter(scope=actor.id, key=key, dossier=dossier)
    return bool(key) and rows.exists()


def often_received(desk: int, most: int = 6) -> list[str]:
    """Codes of the procedures a desk received most among its last 200 dossiers."""
    last = (
        Dossier.objects.filter(received_by_id=desk, received_at__isnull=False)
        .order_by("-received_at", "-id")
        .values_list("procedure_code", flat=True)[:200]
    )
    return [code for code, _times in Counter(last).most_common(most)]


def signatories(body: Organisation, on: date) -> list[User]:
    """Who may sign for this body on this day, by given name."""
    mandates = Mandate.objects.on(on).filter(
        role=Role.SIGNATORY.value, organisation=body, user__is_active=True
    )
    return list(
        User.objects.filter(pk__in=mandates.values("user")).order_by("sort_key", "id")
    )


def visits(actor: Actor) -> QuerySet[Visit]:
    """Guided visits of the actor's own desks, which hold names people left."""
    desks = actor.organisations(Role.COUNTER) | actor.organisations(Role.HEAD_ONE_STOP)
    return Visit.objects.filter(desk_id__in=desks).select_related("closed_by")


# --- steering: integers, no persons ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """Open dossiers of one body and field; `late` and `soon` are parts of `open`."""

    competent: int
    field: str
    open: int
    late: int
    soon: int


def board(
    bodies: frozenset[int] | None, on: date, soon_until: date
) -> tuple[Load, ...]:
    """Open work by body and field, in one question; `bodies` None is the province.

    Protected procedures are counted in a row without a field: «one adoption, late»
    would say too much of a small commune.
    """
    field = Case(
        When(confidentiality=access.PROTECTED, then=Value("")),
        default=Coalesce(F("field"), Value("")),
    )
    running = Q(state__in=[State.RECEIVED, State.PROCESSING])
    rows = Dossier.objects.open()
    if bodies is not None:
        rows = rows.filter(competent_id__in=bodies)
    counted = (
        rows.annotate(of=field)
        .values("competent_id", "of")
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=on)),
            soon=Count(
                "pk", filter=running & Q(due_on__gte=on, due_on__lte=soon_until)
            ),
        )
        .order_by()
    )
    return tuple(
        Load(row["competent_id"], row["of"], row["n"], row["late"], row["soon"])
        for row in counted
    )
