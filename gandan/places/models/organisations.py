"""Bodies of every sphere, their seats, and who takes over when one ends."""

from django.db import models
from django.db.models import F, Q

from gandan.places.models.dated import Dated, DatedQuerySet, ends_after_it_starts
from gandan.places.models.territory import Place
from gandan.places.rules import (
    SPHERE_OF,
    Extent,
    OrganisationKind,
    SeatRole,
    Sphere,
    SuccessionKind,
)


class Organisation(Dated):
    """A body that acts: an agency, a desk, a Party committee, a union, a tax office.

    People's mandates, dossiers and duties point here. Nobody acts for it after
    `ends`; what is then open goes where a `Receiver` or a succession says.
    """

    key = models.CharField(max_length=64, unique=True)  # "04.01273@2025-07-01/mc"
    kind = models.CharField(max_length=20)
    # The name of today, cached from the dated names below.
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    fold = models.CharField(max_length=200)
    sort_key = models.TextField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="organisations"
    )
    starts_known = models.BooleanField(default=True)
    # First part of a dossier's number (Decision 20/2020). Below the province the
    # real codes are a decision we have not seen: ours carry an X and are marked.
    agency_code = models.CharField(max_length=35, blank=True)
    agency_code_synthetic = models.BooleanField(default=False)
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    # False: existence, name or dates are not confirmed by a text we have read.
    verified = models.BooleanField(default=False)

    objects = DatedQuerySet["Organisation"].as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("organisation_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in OrganisationKind]),
                name="organisation_has_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(agency_code="")
                | Q(agency_code__regex=r"^[A-Z][0-9]{2}(\.[A-Z0-9]+)*$"),
                name="organisation_agency_code_is_well_formed",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="organisation_is_not_its_own_parent",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "kind"], name="organisation_by_place"),
            models.Index(
                fields=["agency_code"],
                condition=~Q(agency_code=""),
                name="organisation_by_agency_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"

    @property
    def sphere(self) -> Sphere:
        return SPHERE_OF[OrganisationKind(self.kind)]


class OrganisationName(Dated):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="names"
    )
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    fold = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet["OrganisationName"].as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("organisationname_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["organisation", "starts"],
                name="organisationname_begins_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts}"


class OrganisationSuccession(models.Model):
    """Which body continues another: the departments of March 2025, the committees
    of merged communes. A district's committee has none."""

    source = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="successions"
    )
    target = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="predecessions"
    )
    on = models.DateField()
    kind = models.CharField(max_length=10)
    extent = models.CharField(max_length=4, default=Extent.FULL.value)
    basis = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in SuccessionKind]),
                name="organisationsuccession_has_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(extent__in=[e.value for e in Extent]),
                name="organisationsuccession_is_full_or_part",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="organisationsuccession_goes_to_another",
            ),
            models.UniqueConstraint(
                fields=["source", "target", "on"],
                name="organisationsuccession_is_written_once",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(extent="full"),
                name="organisationsuccession_of_a_whole_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id} {self.on}"


class Receiver(models.Model):
    """A decision: who takes over the open work of an ended body.

    District work went to the province for one field and to communes for another, so
    the receiver is named per procedure field, or for all ("").
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="receivers"
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="receives_for"
    )
    field = models.CharField(max_length=200, blank=True)
    starts = models.DateField()
    decision_number = models.CharField(max_length=80)
    decided_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(organisation=F("receiver")),
                name="receiver_is_another_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(decision_number=""),
                name="receiver_is_named_by_a_decision",
            ),
            models.UniqueConstraint(
                fields=["organisation", "field", "starts"],
                name="receiver_is_one_per_field_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.receiver_id} ({self.field or 'all'})"


class Seat(Dated):
    """A seat of a steering committee, held by an office and not by a name."""

    committee = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="seats"
    )
    role = models.CharField(max_length=10)
    office = models.CharField(max_length=200)  # "Phó Chủ tịch Ủy ban nhân dân tỉnh"
    holder = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seats_held",
    )
    document = models.CharField(max_length=120)  # the deciding document
    follows = models.ManyToManyField(
        Organisation, blank=True, related_name="followed_by"
    )

    objects = DatedQuerySet["Seat"].as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("seat_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in SeatRole]),
                name="seat_has_a_known_role",
            ),
            models.CheckConstraint(
                condition=~Q(document=""), name="seat_is_given_by_a_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.office}"
