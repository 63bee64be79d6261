"""The mark of a database that holds invented records and nothing else."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gandan.dossiers.models import Dossier
from gandan.forms.models import Draft
from gandan.notices.models import Message
from gandan.people.models import User
from gandan.site.models import DemoState

ONLY = 1


class DemoRefused(Exception):
    """This database, or this caller, is not the demo's."""


def is_marked() -> bool:
    return DemoState.objects.filter(pk=ONLY).exists()


def holds_records() -> bool:
    """Did anybody work here? Then it never becomes a demo."""
    people = User.objects.filter(demo=False)
    return any(
        rows.exists()
        for rows in (
            people,
            Dossier.objects.all(),
            Draft.objects.all(),
            Message.objects.all(),
        )
    )


@transaction.atomic
def mark(at: datetime) -> DemoState:
    """Mark an empty database as the demo's; a second time changes nothing."""
    found = DemoState.objects.select_for_update().filter(pk=ONLY).first()
    if found is not None:
        return found
    if holds_records():
        raise DemoRefused(
            "this database holds records that are not the demo's; "
            "the demo province needs a database of its own"
        )
    return DemoState.objects.create(pk=ONLY, as_of=at, anchored_at=timezone.now())


def finish(*, at: datetime, farmer_dossier: UUID) -> None:
    """The builder's last word: the demo's moment, and whose slip the farmer holds."""
    DemoState.objects.filter(pk=ONLY).update(
        as_of=at,
        anchored_at=timezone.now(),
        built_at=timezone.now(),
        farmer_dossier=farmer_dossier,
    )
