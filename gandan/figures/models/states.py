"""Counts that add up: by measure, agency, procedure and half of a month.

A reading is the states and the deltas that are not folded into them yet. Both grains
are kept: a procedure of its own, and "" for all of them.
"""

from django.db import models


class Measure(models.Model):
    """What is counted. `code` is lasting; `digest` is of its SQL: a changed text under
    an old code means that its states have to be counted anew."""

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=48, unique=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.code


class _Cell(models.Model):
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    unit = models.CharField(max_length=64)  # key of the agency, as it was
    procedure = models.CharField(max_length=20, blank=True)
    half = models.IntegerField()
    key = models.IntegerField()  # the value that a histogram counts; else 0
    n = models.BigIntegerField()

    class Meta:
        abstract = True


class State(_Cell):
    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "procedure", "unit", "half", "key"],
                name="state_is_one_cell",
                include=["n"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.half}: {self.n}"


class Delta(_Cell):
    """Insert-only: what one turn of the follower adds; folded a moment later."""

    def __str__(self) -> str:
        return f"{self.unit} {self.half}: {self.n:+}"


class Follower(models.Model):
    """How far the journal was read: everything up to (xid, event), nothing beyond."""

    name = models.CharField(max_length=24, primary_key=True)
    xid = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.xid}/{self.event}"
