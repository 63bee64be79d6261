import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                (
                    "name",
                    models.CharField(max_length=16, primary_key=True, serialize=False),
                ),
                ("token", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.CreateModel(
            name="DecreedYear",
            fields=[
                (
                    "year",
                    models.PositiveSmallIntegerField(primary_key=True, serialize=False),
                ),
                ("basis", models.CharField(max_length=200)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("verified", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("key", models.CharField(max_length=48, unique=True)),
                ("code", models.CharField(max_length=32)),
                ("level", models.CharField(max_length=10)),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=100)),
                ("full_name", models.CharField(max_length=120)),
                ("fold", models.CharField(max_length=120)),
                ("sort_key", models.TextField()),
                ("starts_known", models.BooleanField(default=True)),
                (
                    "lat",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True
                    ),
                ),
                (
                    "lon",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=8, null=True
                    ),
                ),
                (
                    "area_km2",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True
                    ),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(max_length=200)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(blank=True, max_length=80)),
                ("fold", models.CharField(max_length=200)),
                ("sort_key", models.TextField()),
                ("starts_known", models.BooleanField(default=True)),
                ("agency_code", models.CharField(blank=True, max_length=35)),
                ("agency_code_synthetic", models.BooleanField(default=False)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(max_length=200)),
                ("verified", models.BooleanField(default=False)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="places.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MobileDesk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("day", models.DateField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("location", models.CharField(max_length=160)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mobile_days",
                        to="places.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mobile_desks",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlaceAttribute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("kind", models.CharField(max_length=24)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("legal_basis", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=200)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attributes",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlaceName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=100)),
                ("full_name", models.CharField(max_length=120)),
                ("fold", models.CharField(db_index=True, max_length=120)),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=200)),
                ("starts", models.DateField()),
                ("decision_number", models.CharField(max_length=80)),
                ("decided_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receivers",
                        to="places.organisation",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receives_for",
                        to="places.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("role", models.CharField(max_length=10)),
                ("office", models.CharField(max_length=200)),
                ("document", models.CharField(max_length=120)),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="places.organisation",
                    ),
                ),
                (
                    "follows",
                    models.ManyToManyField(
                        blank=True, related_name="followed_by", to="places.organisation"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats_held",
                        to="places.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("on", models.DateField()),
                ("kind", models.CharField(max_length=10)),
                ("extent", models.CharField(default="full", max_length=4)),
                ("basis", models.CharField(max_length=200)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="places.place",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("verified", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening_hours",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gt", models.F("starts")),
                            _connector="OR",
                        ),
                        name="openinghours_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)),
                        name="openinghours_has_a_weekday",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))),
                        name="openinghours_closes_after_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("day", models.DateField()),
                ("kind", models.CharField(max_length=16)),
                ("half", models.CharField(blank=True, max_length=9)),
                ("name", models.CharField(max_length=120)),
                ("legal_basis", models.CharField(max_length=200)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("verified", models.BooleanField(default=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_days",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "holiday",
                                    "substitute_off",
                                    "swapped_off",
                                    "swapped_work",
                                ],
                            )
                        ),
                        name="calendarday_has_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("half__in", ["", "morning", "afternoon"])),
                        name="calendarday_is_whole_or_half",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("day", "organisation"),
                        name="calendarday_is_decreed_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("short_name", models.CharField(blank=True, max_length=80)),
                ("fold", models.CharField(max_length=200)),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", True),
                            ("ends__gt", models.F("starts")),
                            _connector="OR",
                        ),
                        name="organisationname_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        fields=("organisation", "starts"),
                        name="organisationname_begins_once_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("on", models.DateField()),
                ("kind", models.CharField(max_length=10)),
                ("extent", models.CharField(default="full", max_length=4)),
                ("basis", models.CharField(max_length=200)),
                ("verified", models.BooleanField(default=False)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="places.organisation",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["merge", "split", "rename", "transfer", "dissolve"],
                            )
                        ),
                        name="organisationsuccession_has_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("extent__in", ["full", "part"])),
                        name="organisationsuccession_is_full_or_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", models.F("target")), _negated=True
                        ),
                        name="organisationsuccession_goes_to_another",
                    ),
                    models.UniqueConstraint(
                        fields=("source", "target", "on"),
                        name="organisationsuccession_is_written_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("extent", "full")),
                        fields=("source",),
                        name="organisationsuccession_of_a_whole_is_one",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["code", "starts"], name="place_by_code"),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["parent", "sort_key"], name="place_by_parent"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True),
                    ("ends__gt", models.F("starts")),
                    _connector="OR",
                ),
                name="place_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["province", "municipality"]),
                        ("level", "province"),
                    ),
                    models.Q(
                        ("kind__in", ["district", "urban_district", "town", "city"]),
                        ("level", "district"),
                    ),
                    models.Q(
                        ("kind__in", ["commune", "ward", "township", "special_zone"]),
                        ("level", "commune"),
                    ),
                    models.Q(
                        ("kind__in", ["village", "residential_group"]),
                        ("level", "village"),
                    ),
                    _connector="OR",
                ),
                name="place_kind_is_of_its_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "province"), ("parent__isnull", True)),
                    models.Q(
                        models.Q(("level", "province"), _negated=True),
                        ("parent__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="place_has_a_parent_below_the_province",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat__isnull", True), ("lon__isnull", True)),
                    models.Q(
                        ("lat__gte", 8),
                        ("lat__lte", 24),
                        ("lon__gte", 102),
                        ("lon__lte", 118),
                    ),
                    _connector="OR",
                ),
                name="place_lies_in_viet_nam",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("area_km2__isnull", True), ("area_km2__gt", 0), _connector="OR"
                ),
                name="place_has_an_area_above_zero",
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["place", "kind"], name="organisation_by_place"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                condition=models.Q(("agency_code", ""), _negated=True),
                fields=["agency_code"],
                name="organisation_by_agency_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True),
                    ("ends__gt", models.F("starts")),
                    _connector="OR",
                ),
                name="organisation_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "people_committee",
                            "office",
                            "department",
                            "division",
                            "district_office",
                            "one_stop_desk",
                            "inspectorate",
                            "party_committee",
                            "party_commission",
                            "party_cell",
                            "peoples_council",
                            "front",
                            "union",
                            "police",
                            "border_guard",
                            "military",
                            "enterprise",
                            "steering_committee",
                            "tax_office",
                            "land_office",
                            "post",
                        ],
                    )
                ),
                name="organisation_has_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agency_code", ""),
                    ("agency_code__regex", "^[A-Z][0-9]{2}(\\.[A-Z0-9]+)*$"),
                    _connector="OR",
                ),
                name="organisation_agency_code_is_well_formed",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True),
                    models.Q(("parent", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="organisation_is_not_its_own_parent",
            ),
        ),
        migrations.AddIndex(
            model_name="mobiledesk",
            index=models.Index(fields=["day"], name="mobiledesk_by_day"),
        ),
        migrations.AddConstraint(
            model_name="mobiledesk",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes__gt", models.F("opens"))),
                name="mobiledesk_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="mobiledesk",
            constraint=models.UniqueConstraint(
                fields=("desk", "day", "opens"), name="mobiledesk_sits_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="placeattribute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True),
                    ("ends__gt", models.F("starts")),
                    _connector="OR",
                ),
                name="placeattribute_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeattribute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "mountain",
                            "remote",
                            "border",
                            "island",
                            "especially_difficult",
                            "ethnic_minority_area",
                        ],
                    )
                ),
                name="placeattribute_has_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeattribute",
            constraint=models.UniqueConstraint(
                fields=("place", "kind", "starts"),
                name="placeattribute_begins_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True),
                    ("ends__gt", models.F("starts")),
                    _connector="OR",
                ),
                name="placename_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.UniqueConstraint(
                fields=("place", "starts"), name="placename_begins_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="receiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation", models.F("receiver")), _negated=True
                ),
                name="receiver_is_another_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision_number", ""), _negated=True),
                name="receiver_is_named_by_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiver",
            constraint=models.UniqueConstraint(
                fields=("organisation", "field", "starts"),
                name="receiver_is_one_per_field_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True),
                    ("ends__gt", models.F("starts")),
                    _connector="OR",
                ),
                name="seat_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["chair", "deputy", "standing", "member", "secretary"])
                ),
                name="seat_has_a_known_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("document", ""), _negated=True),
                name="seat_is_given_by_a_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["merge", "split", "rename", "transfer", "dissolve"])
                ),
                name="succession_has_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("extent__in", ["full", "part"])),
                name="succession_is_full_or_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "dissolve"), ("target__isnull", True)),
                    models.Q(
                        models.Q(("kind", "dissolve"), _negated=True),
                        ("target__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="succession_has_a_target_unless_dissolved",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target__isnull", True),
                    models.Q(("source", models.F("target")), _negated=True),
                    _connector="OR",
                ),
                name="succession_goes_to_another_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                fields=("source", "target", "on"), name="succession_is_written_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                condition=models.Q(("extent", "full")),
                fields=("source",),
                name="succession_of_a_whole_unit_is_one",
            ),
        ),
    ]
