"""Accounts, and the mandates that give an account its powers for a time."""

import uuid
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gandan.kernel.actors import Role

ROLE_WORDS = {
    Role.COUNTER: _("Counter officer"),
    Role.SPECIALIST: _("Specialist"),
    Role.SIGNATORY: _("Signatory"),
    Role.HEAD_ONE_STOP: _("Head of one-stop"),
    Role.UNIT_LEADER: _("Unit leader"),
    Role.PROVINCE_STEERING: _("Province steering office"),
    Role.ADMINISTRATOR: _("Administrator"),
}


class User(AbstractUser):
    """An account of an official or a resident; powers come from mandates alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # One Vietnamese name of one to six words; `first_name` and `last_name` stay empty.
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    # Keys of `full_name`, kept by the actions: lists by given name, search by syllable.
    sort_key = models.TextField(blank=True, default="")
    fold = models.CharField(max_length=240, blank=True, default="")
    # Given out by an administrator: opens nothing but the page that changes it.
    password_is_temporary = models.BooleanField(default=False)
    # Accounts of the demo province can be entered with one click, and only there.
    demo = models.BooleanField(default=False)
    # A resident and an official never share a session: an account is one or the other.
    official = models.BooleanField(default=False)

    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.username

    class Meta:
        indexes = [models.Index(fields=["sort_key", "id"], name="user_by_name")]

    def get_full_name(self) -> str:
        return self.full_name


class MandateQuerySet(models.QuerySet["Mandate"]):
    def on(self, day: date) -> "MandateQuerySet":
        """In force on `day`: from `starts` up to, not including, `ends`."""
        return self.filter(starts__lte=day).filter(
            Q(ends__isnull=True) | Q(ends__gt=day)
        )


class Mandate(models.Model):
    """A role held at an office from a day to a day; a deputy's says for whom."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=24, choices=[(r.value, r.value) for r in Role])
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="mandates"
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    deputy_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="deputies"
    )
    decision = models.CharField(max_length=120, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            # An empty term is a mandate taken back on the day it began, or before.
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="mandate_does_not_end_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in Role]),
                name="mandate_has_a_known_role",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "starts"],
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="mandate_is_given_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "user"], name="mandate_by_office")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id} {self.starts}"


class Agency(models.Model):
    """A system that calls the API for one organisation, by Bearer token."""

    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="tokens"
    )
    # SHA-256 of the token: it is long and random, so it needs no slow hash.
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
