"""What happened to the clock and who had the dossier: intervals, never flags."""

from django.db import models
from django.db.models import F, Q

from gandan.dossiers.models.dossier import Dossier


class Pause(models.Model):
    """Time that does not count, from `starts_on` up to, not including, `ends_on`.

    `supplement` stops the clock by the rule version; every other kind is time the law
    leaves out, an act with its paper (`paper`): without the paper it counts.
    """

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="pauses"
    )
    kind = models.CharField(max_length=32)
    owner = models.CharField(max_length=160, blank=True)  # whose time it is
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    limit_on = models.DateField(null=True, blank=True)  # that body's own limit
    opening_paper = models.CharField(max_length=200)
    closing_paper = models.CharField(max_length=200, blank=True)
    # Asked after the due date: allowed, and stops nothing.
    stops = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="pause_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=Q(ends_on__isnull=True),
                name="dossier_has_one_open_pause_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "starts_on"], name="pause_course")]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"


class Supplement(models.Model):
    """One complete list of what is missing; the next one needs a reason."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="supplement_requests"
    )
    number = models.PositiveSmallIntegerField()
    wanted = models.JSONField()  # [{"key", "name", "why"}]
    reason = models.TextField(blank=True)  # why the first list was not complete
    before_reception = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    bring_by = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "number"], name="supplement_is_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number}"


class Extension(models.Model):
    """An apology with a new date: reason, old date, new date."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="apologies"
    )
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")),
                name="extension_moves_the_date_forward",
            ),
            models.UniqueConstraint(
                fields=["dossier", "number"], name="extension_is_numbered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number}"


class StepRun(models.Model):
    """A step of the control slip: from → to, handed, due, result (form 06)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="runs")
    ordinal = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=48)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=24, blank=True)
    outside = models.BooleanField(default=False)
    office = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    officer = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "ordinal"], name="step_run_is_numbered_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "due_on"],
                condition=Q(ended_at__isnull=True),
                name="step_open_by_office",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.key}"


class Opinion(models.Model):
    """Another body's opinion: asked with a limit, inside the total time."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="opinions"
    )
    asked_of = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.asked_of_id}"


class Chase(models.Model):
    """A body outside was reminded, by letter or by call."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="chases"
    )
    whom = models.CharField(max_length=160)
    means = models.CharField(max_length=8)  # letter, call
    note = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.means}"
