"""What is true from a day up to, but not including, another; no end means still."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

Row = TypeVar("Row", bound=models.Model)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name=name
    )


class DatedQuerySet(models.QuerySet[Row]):
    def on(self, day: date) -> Self:
        """In force on `day`."""
        return self.filter(starts__lte=day).filter(
            Q(ends__isnull=True) | Q(ends__gt=day)
        )


class Dated(models.Model):
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)
