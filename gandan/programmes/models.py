"""Claims as they were published; nothing here is computed."""

from django.db import models
from django.db.models import Q

from gandan.programmes.rules import REPORTED, Qualifier


class Claim(models.Model):
    """One value of the source article, with its words in three languages."""

    code = models.CharField(max_length=3, primary_key=True)  # A01, M07, L1, T5
    ordinal = models.PositiveSmallIntegerField()
    quantity = models.CharField(max_length=60)
    # As the source says it: a number, «3/4» for three of four, many, yes.
    value = models.CharField(max_length=20)
    number = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    out_of = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    qualifier = models.CharField(max_length=10, blank=True)
    subject = models.JSONField()
    period = models.CharField(max_length=20)
    ambiguity = models.JSONField()
    kind = models.CharField(max_length=10, default=REPORTED)
    lives = models.CharField(max_length=20)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.CheckConstraint(
                condition=Q(qualifier__in=[q.value for q in Qualifier]),
                name="claim_has_a_known_qualifier",
            ),
            # Claims stay claims, whatever our records will say.
            models.CheckConstraint(
                condition=Q(kind=REPORTED), name="claim_is_always_reported"
            ),
        ]

    def __str__(self) -> str:
        return self.code
