"""Reading duties: an official sees the rows of own offices and roles, nothing else."""

from django.db.models import F, Q, QuerySet

from gandan.duties.models import Duty
from gandan.kernel.actors import Actor


def owed_by(actor: Actor) -> QuerySet[Duty]:
    """Rows this actor's mandates answer for; a row taken up by a person is that
    person's, and the head's and leader's of the office."""
    if not actor.capacities:
        return Duty.objects.none()
    condition = Q(user_id=actor.user_id)
    for capacity in actor.capacities:
        own = Q(organisation_id=capacity.organisation)
        if capacity.role in {"head_one_stop", "unit_leader"}:
            condition |= own
        else:
            condition |= own & Q(role__in=[capacity.role, ""], user__isnull=True)
    return Duty.objects.filter(condition).select_related("place")


def to_do(actor: Actor) -> QuerySet[Duty]:
    """Open, and ours to act on; the least working time left first."""
    return (
        owed_by(actor)
        .filter(done_at__isnull=True, waiting_for="")
        .order_by(F("due_on").asc(nulls_last=True), "id")
    )


def waiting(actor: Actor) -> QuerySet[Duty]:
    """Open, and waiting for others."""
    return (
        owed_by(actor)
        .filter(done_at__isnull=True)
        .exclude(waiting_for="")
        .order_by("waiting_since", "id")
    )


def done(actor: Actor) -> QuerySet[Duty]:
    """Done lately, newest first."""
    return owed_by(actor).filter(done_at__isnull=False).order_by("-done_at", "-id")
