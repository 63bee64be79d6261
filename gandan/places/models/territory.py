"""Units of territory, their dated names and attributes, and what became of them."""

from django.db import models
from django.db.models import F, Q

from gandan.places.models.dated import Dated, DatedQuerySet, ends_after_it_starts
from gandan.places.rules import (
    LEVEL_OF,
    AttributeKind,
    Extent,
    Level,
    SuccessionKind,
)


def _kinds_of(level: Level) -> list[str]:
    return [kind.value for kind, of in LEVEL_OF.items() if of == level]


class Place(Dated):
    """A province, district, commune or village, for the days it existed.

    Two units never hold one code on the same day (exclusion constraint, migration
    0002); on different days they do: 01273 was Hợp Giang, and is Thục Phán.
    """

    key = models.CharField(max_length=48, unique=True)  # "01273@2025-07-01"
    code = models.CharField(max_length=32)
    level = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)
    # The name of today, cached from the dated names below.
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=120)
    fold = models.CharField(max_length=120)
    sort_key = models.TextField()
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    # False: `starts` is where our records begin, the unit may be older.
    starts_known = models.BooleanField(default=True)
    lat = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    lon = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    area_km2 = models.DecimalField(
        max_digits=9, decimal_places=2, null=True, blank=True
    )
    legal_basis = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)

    objects = DatedQuerySet["Place"].as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("place_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(level="province", kind__in=_kinds_of(Level.PROVINCE))
                | Q(level="district", kind__in=_kinds_of(Level.DISTRICT))
                | Q(level="commune", kind__in=_kinds_of(Level.COMMUNE))
                | Q(level="village", kind__in=_kinds_of(Level.VILLAGE)),
                name="place_kind_is_of_its_level",
            ),
            models.CheckConstraint(
                condition=Q(level="province", parent__isnull=True)
                | Q(~Q(level="province"), parent__isnull=False),
                name="place_has_a_parent_below_the_province",
            ),
            models.CheckConstraint(
                condition=(Q(lat__isnull=True) & Q(lon__isnull=True))
                | Q(lat__gte=8, lat__lte=24, lon__gte=102, lon__lte=118),
                name="place_lies_in_viet_nam",
            ),
            models.CheckConstraint(
                condition=Q(area_km2__isnull=True) | Q(area_km2__gt=0),
                name="place_has_an_area_above_zero",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "starts"], name="place_by_code"),
            models.Index(fields=["parent", "sort_key"], name="place_by_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.key})"


class PlaceName(Dated):
    """A rename, or a change of type, keeps the unit and its key."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    full_name = models.CharField(max_length=120)
    fold = models.CharField(max_length=120, db_index=True)
    legal_basis = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet["PlaceName"].as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("placename_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["place", "starts"], name="placename_begins_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} {self.starts}"


class Succession(models.Model):
    """What became of a unit. `on` is the first day of the new state of things."""

    source = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="successions"
    )
    # Empty only when a unit ends with no successor in law, as a district does.
    target = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessions",
    )
    on = models.DateField()
    kind = models.CharField(max_length=10)
    extent = models.CharField(max_length=4, default=Extent.FULL.value)
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in SuccessionKind]),
                name="succession_has_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(extent__in=[e.value for e in Extent]),
                name="succession_is_full_or_part",
            ),
            models.CheckConstraint(
                condition=Q(kind="dissolve", target__isnull=True)
                | Q(~Q(kind="dissolve"), target__isnull=False),
                name="succession_has_a_target_unless_dissolved",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(source=F("target")),
                name="succession_goes_to_another_unit",
            ),
            models.UniqueConstraint(
                fields=["source", "target", "on"], name="succession_is_written_once"
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(extent="full"),
                name="succession_of_a_whole_unit_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id} {self.on}"


class PlaceAttribute(Dated):
    """Mountain, remote, border…: imported with its decision, never assumed.

    One value of a kind a day (exclusion constraint, migration 0002).
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="attributes"
    )
    kind = models.CharField(max_length=24)
    value = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=200)
    source = models.CharField(max_length=200)

    objects = DatedQuerySet["PlaceAttribute"].as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("placeattribute_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in AttributeKind]),
                name="placeattribute_has_a_known_kind",
            ),
            models.UniqueConstraint(
                fields=["place", "kind", "starts"],
                name="placeattribute_begins_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind} {self.starts}"
