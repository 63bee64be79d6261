import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PrintedSlip",
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
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("subject", models.CharField(db_index=True, max_length=64)),
                ("form", models.CharField(max_length=32)),
                ("form_set", models.CharField(blank=True, max_length=32)),
                (
                    "form_number",
                    models.PositiveSmallIntegerField(blank=True, null=True),
                ),
                ("digest", models.BinaryField(max_length=32)),
                ("promised_on", models.DateField(blank=True, null=True)),
                ("prints", models.PositiveIntegerField()),
                ("first_printed_at", models.DateTimeField()),
                ("first_printed_by", models.CharField(blank=True, max_length=64)),
                ("last_printed_at", models.DateTimeField()),
                ("last_printed_by", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "form", "form_set", "digest"),
                        name="printed_slip_is_kept_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prints__gte", 1)),
                        name="printed_slip_was_printed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
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
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("subject", models.CharField(db_index=True, max_length=64)),
                ("kind", models.CharField(max_length=48)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("sha256", models.BinaryField(max_length=32)),
                ("storage_name", models.CharField(max_length=80, unique=True)),
                ("original_name", models.CharField(max_length=150)),
                ("retention_class", models.CharField(max_length=48)),
                ("uploaded_at", models.DateTimeField()),
                ("uploaded_by_kind", models.CharField(max_length=10)),
                ("uploaded_by", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__regex", "^[a-z][a-z0-9_]*$"),
                            ("retention_class__regex", "^[a-z][a-z0-9_]*$"),
                        ),
                        name="stored_file_has_codes_not_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)),
                        name="stored_file_is_not_empty",
                    ),
                ],
            },
        ),
    ]
