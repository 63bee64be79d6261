"""The demo province's own rows: its mark and date, and the cards of «Năm phút».

A database without the mark is never shown as a demo, and one with it never as real.
"""

from django.db import models
from django.db.models import Q


class DemoState(models.Model):
    """One row, and only in a database made for the demo: that row is the mark."""

    # The demo's moment, and the real moment it was set at: the clock ticks between.
    as_of = models.DateTimeField()
    anchored_at = models.DateTimeField()
    # When the builder had finished; until then the cards may be missing.
    built_at = models.DateTimeField(null=True, blank=True)
    # The dossier whose slip the farmer holds (a public id).
    farmer_dossier = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "site_demo"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="demo_has_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.as_of}"


class DemoCard(models.Model):
    """One of the six things to look at: what opens, as whom, and what to notice."""

    key = models.SlugField(max_length=40, primary_key=True)
    ordinal = models.PositiveSmallIntegerField(unique=True)
    title = models.JSONField()  # {"vi": …, "en": …, "fr": …}
    notice = models.JSONField()
    role = models.CharField(max_length=20)  # a part of gandan.site.demo.roles
    url = models.CharField(max_length=200)  # without a language prefix

    class Meta:
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return self.key
