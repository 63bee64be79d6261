"""What is kept of files and printed papers; the bytes themselves are in the store."""

import uuid

from django.db import models
from django.db.models import Q

CODE = r"^[a-z][a-z0-9_]*$"


class StoredFile(models.Model):
    """One file of a record, outside the web root, under a name that says nothing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Public id of the record it belongs to, in any room; who may see that record may
    # see the file, and nobody else.
    subject = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=48)
    # Found in the bytes, never taken from the browser.
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    sha256 = models.BinaryField(max_length=32)
    storage_name = models.CharField(max_length=80, unique=True)
    # A person's own words, so it stays in this filtered table.
    original_name = models.CharField(max_length=150)
    retention_class = models.CharField(max_length=48)
    uploaded_at = models.DateTimeField()
    uploaded_by_kind = models.CharField(max_length=10)
    uploaded_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__regex=CODE) & Q(retention_class__regex=CODE),
                name="stored_file_has_codes_not_words",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="stored_file_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class PrintedSlip(models.Model):
    """That a paper was printed, how often, and what it promised; not its content."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(max_length=64, db_index=True)
    # The stable code of the paper, the set it is from, and its number in that set;
    # papers of our own (my list, the list of a visit) have neither set nor number.
    form = models.CharField(max_length=32)
    form_set = models.CharField(max_length=32, blank=True)
    form_number = models.PositiveSmallIntegerField(null=True, blank=True)
    # Of the content without secrets: the same words printed again are the same paper.
    digest = models.BinaryField(max_length=32)
    # The date this paper promises. A later reading of the clock never moves it.
    promised_on = models.DateField(null=True, blank=True)
    prints = models.PositiveIntegerField()
    first_printed_at = models.DateTimeField()
    first_printed_by = models.CharField(max_length=64, blank=True)
    last_printed_at = models.DateTimeField()
    last_printed_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "form", "form_set", "digest"],
                name="printed_slip_is_kept_once",
            ),
            models.CheckConstraint(
                condition=Q(prints__gte=1), name="printed_slip_was_printed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.public_id}"
