"""Days the State rests or works out of the ordinary, and the hours of its desks."""

from django.db import models
from django.db.models import F, Q

from gandan.places.models.dated import Dated, DatedQuerySet, ends_after_it_starts
from gandan.places.models.organisations import Organisation
from gandan.places.models.territory import Place


class DecreedYear(models.Model):
    """A year whose days off are decided. Dates in any other year are provisional."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    basis = models.CharField(max_length=200)
    published_at = models.DateTimeField(null=True, blank=True)
    verified = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that is not what its weekday says; never overwritten, only withdrawn.

    Without an organisation it holds for the province; with one, for that body and
    what is under it (some desks work on Saturday mornings by local rule).
    """

    day = models.DateField()
    kind = models.CharField(max_length=16)
    half = models.CharField(max_length=9, blank=True)  # "morning" | "afternoon" | ""
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="calendar_days",
    )
    name = models.CharField(max_length=120)
    legal_basis = models.CharField(max_length=200)
    # Swaps are published late: this is when people could know.
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "holiday",
                        "substitute_off",
                        "swapped_off",
                        "swapped_work",
                    ]
                ),
                name="calendarday_has_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(half__in=["", "morning", "afternoon"]),
                name="calendarday_is_whole_or_half",
            ),
            models.UniqueConstraint(
                fields=["day", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="calendarday_is_decreed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class OpeningHours(Dated):
    """One span of one weekday (0 = Monday). No organisation: the province's default.

    Spans of one desk never overlap on a day (exclusion constraint, migration 0002).
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opening_hours",
    )
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    basis = models.CharField(max_length=200, blank=True)
    verified = models.BooleanField(default=False)

    objects = DatedQuerySet["OpeningHours"].as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("openinghours_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="openinghours_has_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="openinghours_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"


class MobileDesk(models.Model):
    """A desk that sits for some hours of one day in a village or a market."""

    desk = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mobile_days"
    )
    day = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="mobile_desks"
    )
    location = models.CharField(max_length=160)  # "Nhà văn hóa xóm …"
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="mobiledesk_closes_after_it_opens",
            ),
            models.UniqueConstraint(
                fields=["desk", "day", "opens"], name="mobiledesk_sits_once"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="mobiledesk_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.location}"
