"""Targets of plans and programmes: a path by year, and what was said to be reached."""

from django.db import models
from django.db.models import F, Q

from gandan.figures.models.published import Source
from gandan.figures.published.rules import Direction, Status


class Target(models.Model):
    """One quantity of one programme. What the source leaves unnamed has no row."""

    key = models.CharField(max_length=60, unique=True)
    # In the three languages of the house; Vietnamese is always there.
    programme = models.JSONField()
    quantity = models.JSONField()
    unit = models.CharField(max_length=12)  # percent, count, points
    direction = models.CharField(max_length=4)
    # The article's counted claim is about targets it does not name.
    is_claim = models.BooleanField(default=False)
    note = models.JSONField(default=dict)
    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["ordinal", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=[one.value for one in Direction]),
                name="target_has_a_direction",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class TargetAim(models.Model):
    """What the path asks for by the end of this year."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="aims")
    year = models.PositiveSmallIntegerField()
    aim = models.DecimalField(max_digits=14, decimal_places=4)
    # «over 98 %»: reaching it is not enough.
    strictly = models.BooleanField(default=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="aims")

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "year"], name="target_has_one_aim_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.year}"


class TargetValue(models.Model):
    """What somebody said was reached; `out_of` where it counts."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="values")
    # None: the source states no year.
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    # Of the whole year; else a reading on the way, which judges nothing.
    whole_year = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=14, decimal_places=4)
    out_of = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10)
    source = models.ForeignKey(Source, models.PROTECT, related_name="target_values")

    class Meta:
        ordering = ["year", "as_of", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "year", "as_of", "source"],
                name="target_value_is_recorded_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]),
                name="target_value_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=Q(out_of__isnull=True) | Q(value__lte=F("out_of")),
                name="target_value_counts_no_more_than_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.year}"
