"""Two words, two tables: `Event` is the internal journal of all verbs, never
published; `Entry` is a line of the public ledger (LEDGER §3, §7).

Both are insert-only: the web role holds no UPDATE or DELETE on them.
"""

from django.db import models
from django.db.models import Func
from django.db.models.functions import Now


class TransactionId(Func):
    """The writing transaction's id: followers read what is below every open one."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class Event(models.Model):
    """One verb that happened: public ids and counts, never personal data."""

    # Row ids commit out of order; `xid < pg_snapshot_xmin` reads without gaps.
    xid = models.BigIntegerField(db_default=TransactionId(), editable=False)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=64)
    organisation = models.CharField(max_length=80, blank=True)
    payload = models.JSONField(default=dict)
    by_kind = models.CharField(max_length=10)
    by_id = models.CharField(max_length=64, blank=True)
    # When it became true, and when we noticed: a sweep may run a night late.
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="event_by_xid"),
            models.Index(fields=["subject", "id"], name="event_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Entry(models.Model):
    """The canonical bytes of one `ev` entry, and its leaf hash."""

    entry = models.BinaryField(max_length=4096)
    leaf = models.BinaryField(max_length=32, unique=True)
    created = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return bytes(self.leaf).hex()


class Record(models.Model):
    """The public record behind an entry; withdrawable, published with its window."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="record"
    )
    dossier = models.CharField(max_length=22)
    seq = models.PositiveIntegerField()
    record = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "seq"], name="record_has_one_place_in_its_dossier"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier}/{self.seq}"


class Private(models.Model):
    """What was committed to but never published; erasable (LEDGER §2)."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="private"
    )
    salt = models.BinaryField(max_length=32)
    fields = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)


class Pending(models.Model):
    """Entries that wait for their window to be sealed."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="pending"
    )
    created = models.DateTimeField(db_default=Now(), db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
