import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
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
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "Email"),
                            ("sms", "Sms"),
                            ("call", "Call"),
                            ("card", "Card"),
                        ],
                        max_length=8,
                    ),
                ),
                ("to_address", models.CharField(blank=True, max_length=254)),
                ("person", models.CharField(blank=True, max_length=120)),
                ("template", models.CharField(max_length=48)),
                ("language", models.CharField(default="vi", max_length=2)),
                ("params", models.JSONField(default=dict)),
                ("subject", models.CharField(db_index=True, max_length=64)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("village", models.CharField(blank=True, max_length=120)),
                (
                    "idempotency_key",
                    models.CharField(max_length=120, null=True, unique=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "Reached"),
                            ("no_answer", "No Answer"),
                            ("wrong_number", "Wrong Number"),
                            ("left_word", "Left Word"),
                            ("visit", "Visit"),
                        ],
                        max_length=14,
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=48)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="places.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("channel__in", ["email", "sms"]), ("state", "queued")
                        ),
                        fields=["next_try_at", "id"],
                        name="message_to_send",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("channel__in", ["call", "card"]), ("state", "queued")
                        ),
                        fields=["organisation", "channel", "next_try_at", "id"],
                        name="message_to_say",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="message_by_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["email", "sms", "call", "card"]),
                            (
                                "state__in",
                                ["queued", "sent", "failed", "done", "cancelled"],
                            ),
                        ),
                        name="message_has_known_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "queued"), _negated=True),
                            ("done_at__isnull", True),
                            _connector="OR",
                        ),
                        name="message_waiting_is_not_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["sent", "done", "failed"]), _negated=True
                            ),
                            ("done_at__isnull", False),
                            _connector="OR",
                        ),
                        name="message_ended_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", ""),
                            ("channel__in", ("call", "card")),
                            _connector="OR",
                        ),
                        name="message_outcome_is_of_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel__in", ["email", "sms", "call"]), _negated=True
                            ),
                            models.Q(("to_address", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="message_has_an_address",
                    ),
                ],
            },
        ),
    ]
