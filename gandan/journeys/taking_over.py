"""Open work of a body that has ended goes to the one that has it by law or decision.

Communes were merged whole, so their work goes to the successor. A district ended
without one: its work goes where a decision record says, or waits "to be assigned".
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.kernel.localtime import local_day
from gandan.places import queries as places
from gandan.places.models import Organisation

BECAUSE = "tổ chức giải quyết đã kết thúc"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open dossiers of an ended body that nobody has yet."""

    body: Organisation
    field: str
    dossiers: int


def _of_ended(at: datetime) -> list[Dossier]:
    rows = (
        Dossier.objects.open()
        .filter(competent__ends__isnull=False, competent__ends__lte=local_day(at))
        .filter(imported=False)
        .select_related("competent", "received_by", "procedure", "place")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    return list(rows)


def assign_ended(*, at: datetime) -> int:
    """Hand over what has a receiver; how many dossiers went."""
    on, went = local_day(at), 0
    for dossier in _of_ended(at):
        receiver = places.receiver_of(dossier.competent, on, dossier.field)
        if receiver is not None:
            actions.take_over(
                dossier_id=dossier.pk, to=receiver, because=BECAUSE, at=at
            )
            went += 1
    return went


def to_be_assigned(*, at: datetime) -> list[Waiting]:
    """By ended body and field: what waits for a decision."""
    on = local_day(at)
    counts: dict[tuple[int, str], int] = {}
    bodies: dict[int, Organisation] = {}
    for dossier in _of_ended(at):
        if places.receiver_of(dossier.competent, on, dossier.field) is None:
            bodies[dossier.competent_id] = dossier.competent
            key = (dossier.competent_id, dossier.field)
            counts[key] = counts.get(key, 0) + 1
    return [
        Waiting(bodies[pk], field, count)
        for (pk, field), count in sorted(counts.items(), key=lambda row: -row[1])
    ]
