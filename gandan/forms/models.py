"""Forms being filled in: kept 30 days after the last save, then deleted."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

KEPT_FOR = timedelta(days=30)
CHANNELS = ("online", "counter")
# Who fills it in with or for the person; empty when they do it alone. Kinds, no names.
HELPERS = ("family", "village_head", "digital_team", "interpreter", "official")


class DraftQuerySet(models.QuerySet["Draft"]):
    def alive(self, at: datetime) -> "DraftQuerySet":
        return self.filter(expires_at__gt=at)

    def open(self, at: datetime) -> "DraftQuerySet":
        return self.alive(at).filter(state=Draft.State.OPEN)

    def expired(self, at: datetime) -> "DraftQuerySet":
        return self.filter(expires_at__lte=at)

    def locked(self, draft_id: int) -> "Draft":
        return self.select_for_update().get(pk=draft_id)


class Draft(models.Model):
    """Personal data live here and in no index; a submitted draft keeps none."""

    class State(models.TextChoices):
        OPEN = "open"
        SUBMITTED = "submitted"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Written down by the citizen. It opens nothing without the secret.
    code = models.CharField(max_length=11, unique=True)
    secret_hash = models.BinaryField(max_length=32, default=bytes)
    form_key = models.CharField(max_length=48)
    form_version = models.PositiveSmallIntegerField()
    procedure = models.CharField(max_length=24)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=8)
    helped_by = models.CharField(max_length=16, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.OPEN.value
    )
    answers = models.JSONField(default=dict)
    # Pages that were sent at least once: a page of optional questions is done too.
    seen = models.JSONField(default=list)
    # Grows with each save; a page about one item of a group carries it.
    row_version = models.PositiveIntegerField(default=1)
    # Public id of the dossier it became: a second press finds the same receipt.
    submitted_as = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=CHANNELS), name="draft_has_a_known_channel"
            ),
            models.CheckConstraint(
                condition=Q(helped_by__in=("", *HELPERS)),
                name="draft_has_a_known_helper",
            ),
            models.CheckConstraint(
                condition=Q(state="open", submitted_as__isnull=True)
                | Q(state="submitted", submitted_as__isnull=False, answers={}),
                name="draft_submitted_keeps_no_answers",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
