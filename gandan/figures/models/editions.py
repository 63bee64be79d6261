"""Published values: append-only vintages. A correction is a new edition.

An edition is drafted by one person and approved by another; from then on neither it nor
its values change. The one before stays, with its own definitions and chart of units.
"""

import uuid

from django.db import models
from django.db.models import F, Q


class Series(models.Model):
    """What is published again and again under one lasting address."""

    slug = models.SlugField(max_length=48, unique=True)
    codes = models.JSONField()  # of the definitions, in order
    chart = models.CharField(max_length=6)  # as-was, as-is
    threshold = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    period = models.CharField(max_length=24)  # its label: 2025-Q1, bc:2025-03

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="series_has_days"
            ),
            models.CheckConstraint(
                condition=Q(chart__in=["as-was", "as-is"]), name="series_has_a_chart"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Edition(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField()
    # What was known: days up to `as_of`, the journal up to this place.
    as_of = models.DateField()
    xid = models.BigIntegerField()
    event = models.BigIntegerField()
    # The public ledger's size; none while nothing is sealed.
    ledger_size = models.BigIntegerField(null=True, blank=True)
    definitions = models.JSONField()  # code → version
    reason = models.CharField(max_length=400, blank=True)  # of a correction
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=64)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"], name="edition_is_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["series"],
                condition=Q(approved_at__isnull=True),
                name="edition_is_drafted_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(approved_by=F("drafted_by")),
                name="edition_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="edition_that_corrects_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.number}"


class EditionValue(models.Model):
    """One cell: a figure of a unit ("" for the province) in a month or the period.

    A hidden one keeps no number here: what is not published is not stored with what is.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="values"
    )
    code = models.CharField(max_length=48)
    place = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200)
    period = models.CharField(max_length=32)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    numerator_hidden = models.BooleanField(default=False)
    denominator_hidden = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code", "place", "period"],
                name="editionvalue_is_one_cell",
            ),
            models.CheckConstraint(
                condition=Q(numerator_hidden=False) | Q(numerator=None, value=None),
                name="editionvalue_hides_its_numerator",
            ),
            models.CheckConstraint(
                condition=Q(denominator_hidden=False) | Q(denominator=None, value=None),
                name="editionvalue_hides_its_denominator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.place} {self.period}"
