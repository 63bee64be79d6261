"""Questions about dossiers that pages, sweeps and other floors ask."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from gandan.dossiers import access
from gandan.dossiers.models import Dossier
from gandan.dossiers.models.dossier import DossierQuerySet, body_word
from gandan.dossiers.rules.moves import State
from gandan.kernel.actors import Actor
from gandan.kernel.text import syllables

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
    """By code, by identity number, or by at least two syllables of a name.

    The name's matches are capped before access is applied, so that a common name costs
    no more than a rare one; beyond the cap the page asks for another word.
    """
    wanted = text.strip()
    base = access.visible_to(actor).select_related("procedure", "competent", "place")
    upper = wanted.upper()
    if upper and "-" in upper:
        found = Q(code=upper)
    elif wanted.isascii() and wanted.isdigit() and len(wanted) in (9, 12):
        found = Q(parties__identity_number=wanted)
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
