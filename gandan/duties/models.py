"""Whatever has an owner and a clock, in any room, is also a row here."""

from django.db import models
from django.db.models import Q


class Duty(models.Model):
    """One thing owed: what, for whom, by whom, by when, and the next action.

    Denunciations have no row here, in any form.
    """

    room = models.CharField(max_length=24)
    subject = models.CharField(max_length=64)  # public id of the record
    kind = models.CharField(max_length=48)  # stable code, phrased by the room
    # Who owes it: an office, a role in it, and a person once one has taken it up.
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="duties"
    )
    role = models.CharField(max_length=24, blank=True)
    user = models.ForeignKey(
        "people.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
    )
    label = models.CharField(max_length=200)  # dossier code or title, no person
    detail = models.CharField(max_length=200, blank=True)  # everyday name
    person = models.CharField(max_length=120, blank=True)  # for whom; filtered table
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, null=True, blank=True
    )
    village = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    # While others are awaited: whom, since when, and their own limit.
    waiting_for = models.CharField(max_length=120, blank=True)
    waiting_since = models.DateField(null=True, blank=True)
    waiting_until = models.DateField(null=True, blank=True)
    link = models.CharField(max_length=200)
    since_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room", "subject", "kind"],
                condition=Q(done_at__isnull=True),
                name="duty_is_owed_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on", "id"],
                condition=Q(done_at__isnull=True),
                name="duty_open_by_office",
            ),
            models.Index(
                fields=["user", "due_on", "id"],
                condition=Q(done_at__isnull=True),
                name="duty_open_by_person",
            ),
            models.Index(
                fields=["organisation", "-done_at"],
                condition=Q(done_at__isnull=False),
                name="duty_done_by_office",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Visit(models.Model):
    """When an official last looked at the list, so that newer rows carry a dot."""

    user = models.OneToOneField(
        "people.User", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    # The visit before this one, and the latest look of this one.
    before_at = models.DateTimeField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.last_at}"
