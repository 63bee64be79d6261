"""What others have published: a value or a rank as it stood in its source.

Nothing here is computed from our records, and nothing computed joins these rows.
"""

from django.db import models
from django.db.models import F, Q

from gandan.figures.published.rules import Status


class Source(models.Model):
    """One document or page, as it can be found again."""

    title = models.CharField(max_length=200)
    address = models.CharField(max_length=400, blank=True)
    publisher = models.CharField(max_length=120, blank=True)
    # What may be done with its facts, in the words of whoever copied them.
    terms = models.CharField(max_length=200, blank=True)
    read_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title", "address"], name="source_is_named_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RankedUnit(models.Model):
    """A province of one chart of units: 63 until mid 2025, 34 since.

    Codes were used again when the provinces merged, so a code says nothing alone.
    """

    chart = models.CharField(max_length=4)
    code = models.CharField(max_length=5)
    name = models.CharField(max_length=80)
    neighbour = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "code"], name="ranked_unit_has_one_code_of_its_chart"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PublishedValue(models.Model):
    """One value, one rank, or both, of one edition; a correction is a new edition."""

    index = models.CharField(max_length=24)
    edition = models.CharField(max_length=60)
    # The year the data speaks of; it is published a year later, or more.
    data_year = models.PositiveSmallIntegerField()
    # Part of the year, where it is not the whole: «2025-10», «2025-ytd».
    period = models.CharField(max_length=12, blank=True)
    as_of = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(RankedUnit, models.PROTECT, related_name="published")
    dimension = models.CharField(max_length=24, blank=True)  # empty: the total
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    scale_low = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True
    )
    scale_high = models.DecimalField(
        max_digits=8, decimal_places=2, null=True, blank=True
    )
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    rank_of = models.PositiveSmallIntegerField(null=True, blank=True)
    # The source gave values alone, and the rank is their order.
    rank_derived = models.BooleanField(default=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="values")
    published_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("index", "edition", "period", "data_year"),
                    *("unit", "dimension", "source"),
                ],
                name="published_value_is_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]),
                name="published_value_has_a_known_status",
            ),
            # Missing is not zero: a row says something.
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(rank__isnull=False),
                name="published_value_says_something",
            ),
            # A rank without the number of ranked units cannot be read.
            models.CheckConstraint(
                condition=Q(rank__isnull=True)
                | Q(rank__gte=1, rank_of__isnull=False, rank__lte=F("rank_of")),
                name="published_rank_is_of_how_many",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True)
                | Q(scale_low__isnull=True)
                | Q(value__gte=F("scale_low"), value__lte=F("scale_high")),
                name="published_value_is_on_its_scale",
            ),
        ]
        indexes = [
            models.Index(
                fields=["index", "dimension", "data_year"], name="published_by_index"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.edition} {self.unit_id}"
