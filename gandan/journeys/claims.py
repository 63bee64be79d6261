"""What our dossiers say beside the source article's claims: counts, never a verdict.

A20 names district and provincial agencies and leaves open whether «handled» means in
time; ours is the first reading: ended among received. A21: filed online of received.
The counts are kept for an hour: nobody opens a claim to see this minute.
"""

from datetime import date

from django.core.cache import cache
from django.db.models import Count, Q

from gandan.dossiers.models import Dossier
from gandan.places import queries as places
from gandan.places.rules import Level, OrganisationKind
from gandan.programmes import recorded
from gandan.programmes.recorded import Recorded

AN_HOUR = 3600
HREF = "/so-lieu/hom-nay"


def _above_communes() -> list[int]:
    """Committees of districts (to 30 June 2025) and departments of the province."""
    book = places.directory()
    return [
        body.pk
        for body in book.organisations.values()
        if body.kind == OrganisationKind.DEPARTMENT
        or (
            body.kind == OrganisationKind.PEOPLE_COMMITTEE
            and book.places[body.place_id].level in (Level.DISTRICT, Level.PROVINCE)
        )
    ]


def _counts() -> dict[str, int]:
    found: dict[str, int] | None = cache.get("claims:dossiers")
    if found is None:
        received = Q(received_at__isnull=False)
        above = received & Q(competent_id__in=_above_communes())
        found = Dossier.objects.aggregate(
            received=Count("pk", filter=received),
            online=Count("pk", filter=received & Q(channel="online")),
            above=Count("pk", filter=above),
            handled=Count("pk", filter=above & Q(ended_on__isnull=False)),
        )
        cache.set("claims:dossiers", found, AN_HOUR)
    return found


def _share(numerator: str, denominator: str) -> Recorded | None:
    counts = _counts()
    if not counts[denominator]:
        return None
    return Recorded(counts[numerator], counts[denominator], HREF)


def filed_online(on: date) -> Recorded | None:
    return _share("online", "received")


def handled(on: date) -> Recorded | None:
    return _share("handled", "above")


def register() -> None:
    recorded.register("A20", handled)
    recorded.register("A21", filed_online)
