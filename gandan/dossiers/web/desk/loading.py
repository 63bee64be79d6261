"""Loading one dossier for an official, through the one filter."""

from typing import Any

from django.http import Http404

from gandan.dossiers import access
from gandan.dossiers.models import Dossier
from gandan.kernel.actors import Role
from gandan.people.guards import StaffRequest

HANDLERS = (
    Role.COUNTER,
    Role.HEAD_ONE_STOP,
    Role.SPECIALIST,
    Role.SIGNATORY,
    Role.UNIT_LEADER,
)


def load(request: StaffRequest, public_id: Any) -> Dossier:
    """Through the one filter: forbidden and missing look alike."""
    dossier = (
        access.visible_to(request.actor)
        .filter(public_id=public_id)
        .select_related(
            "procedure",
            "competent",
            "first_competent",
            "received_by",
            "helped_at",
            "office",
            "officer",
            "place",
            "signed_by",
        )
        .prefetch_related(
            "pauses",
            "parties",
            "papers",
            "runs",
            "apologies",
            "nudges",
            "supplement_requests",
        )
        .first()
    )
    if dossier is None:
        raise Http404
    return dossier
