"""How far a follower has read the journal."""

from django.db import models


class Reader(models.Model):
    """One follower; `event_id` is the last event it has acted on."""

    name = models.CharField(max_length=40, primary_key=True)
    event_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
