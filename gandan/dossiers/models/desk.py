"""The desk's own records: numbers, guided visits, idempotency, nudges, ratings."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from gandan.dossiers.models.dossier import Dossier
    from gandan.dossiers.models.people import Party

CLOSES_WITHIN_DAYS = 30
# How answers without a dossier reach the desk.
BALLOTS = ("box", "call")


class CodeCounter(models.Model):
    """The last number given by an agency on a day: 0001–6999 here, 7000–9999 stay
    free for offline stations."""

    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "day"], name="code_counter_of_a_day"
            ),
            models.CheckConstraint(
                condition=Q(last__gte=1, last__lte=6999),
                name="code_counter_leaves_offline_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.day} {self.last}"


class Intake(models.Model):
    """An idempotency key with the body's digest: the same press gives the same slip."""

    scope = models.CharField(max_length=64)  # who sent it: user or agency public id
    key = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="+"
    )
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key"], name="intake_key_is_used_once"
            )
        ]

    def __str__(self) -> str:
        return self.key


class VisitQuerySet(models.QuerySet["Visit"]):
    def closable(
        self,
        *,
        desks: Collection[int | None],
        procedures: Collection[str],
        at: Collection[datetime],
        telephones: Collection[str],
        names: Collection[str],
    ) -> "VisitQuerySet":
        """Open visits of the last 30 days by one of these telephones or names; which
        dossier closes which of them, `is_closed_by` says."""
        known = Q(telephone__in=sorted(t for t in telephones if t))
        known |= Q(person__in=sorted(n for n in names if n))
        if not at or not any((*telephones, *names)):
            return self.none()
        return self.filter(
            desk_id__in=sorted(desk for desk in desks if desk),
            procedure_code__in=sorted(procedures),
            closed_by__isnull=True,
            at__gt=min(at) - timedelta(days=CLOSES_WITHIN_DAYS),
            at__lte=max(at),
        ).filter(known)


class Visit(models.Model):
    """Somebody left without a slip: what was missing was printed and counted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    day = models.DateField()
    procedure_code = models.CharField(max_length=20)
    procedure_name = models.CharField(max_length=200)
    missing = models.JSONField(default=list)  # [{"key", "name"}]
    reason = models.CharField(max_length=24, default="papers_missing")
    person = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    village = models.CharField(max_length=120, blank=True)
    officer = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, related_name="+"
    )
    # A slip within 30 days closes it.
    closed_by = models.ForeignKey(
        "dossiers.Dossier",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
    )

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["desk", "-at", "-id"], name="visit_by_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.day}"

    def is_closed_by(self, dossier: "Dossier", people: Iterable["Party"]) -> bool:
        """The same desk and procedure, within 30 days, by telephone or by name."""
        received = dossier.received_at
        return (
            received is not None
            and self.desk_id == dossier.received_by_id
            and self.procedure_code == dossier.procedure_code
            and received - timedelta(days=CLOSES_WITHIN_DAYS) < self.at <= received
            and any(
                (person.telephone and person.telephone == self.telephone)
                or (person.full_name and person.full_name == self.person)
                for person in people
            )
        )


class Nudge(models.Model):
    """The applicant of a late dossier asked where it is; counted."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="nudges"
    )
    at = models.DateTimeField()
    day = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "day"], name="nudge_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.day}"


class RatingBox(models.Model):
    """Ballots of a desk's paper box, or answers in its calls, of one day: counts only,
    so that no answer belongs to a dossier."""

    desk = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    means = models.CharField(max_length=8)  # box, call
    score = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "day", "means", "score"],
                name="rating_box_is_counted_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5),
                name="rating_box_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(means__in=BALLOTS), name="rating_box_has_a_known_means"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.day} {self.means}"


class Rating(models.Model):
    """From the day after hand-over: the officer sees sums of ten or more, never one."""

    dossier = models.OneToOneField(
        "dossiers.Dossier", on_delete=models.CASCADE, related_name="rated"
    )
    score = models.PositiveSmallIntegerField()
    means = models.CharField(max_length=8)  # page, box, call, import
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="rating_is_one_to_five"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.score}"
