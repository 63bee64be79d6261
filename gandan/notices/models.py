"""The outbox: one row for each thing to be said to somebody, on whatever channel."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q


class Channel(models.TextChoices):
    EMAIL = "email"
    SMS = "sms"
    CALL = "call"
    CARD = "card"


class State(models.TextChoices):
    """`sent` left by itself; `done` was done by a person, at a telephone or door."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DONE = "done"
    CANCELLED = "cancelled"


class Outcome(models.TextChoices):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    LEFT_WORD = "left_word"
    VISIT = "visit"


AUTOMATIC = (Channel.EMAIL, Channel.SMS)
BY_HAND = (Channel.CALL, Channel.CARD)


class MessageQuerySet(models.QuerySet["Message"]):
    def queued(self) -> "MessageQuerySet":
        return self.filter(state=State.QUEUED)

    def due(self, at: datetime) -> "MessageQuerySet":
        """What leaves by itself and whose time has come."""
        return self.queued().filter(channel__in=AUTOMATIC, next_try_at__lte=at)


class Message(models.Model):
    """A letter, text, call or card. Its words are made from the template when it
    leaves, so the row keeps what the words need and nothing more."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    to_address = models.CharField(max_length=254, blank=True)
    # For the call list and the card only: an e-mail greets, a text names nobody.
    person = models.CharField(max_length=120, blank=True)
    template = models.CharField(max_length=48)
    language = models.CharField(max_length=2, default="vi")
    params = models.JSONField(default=dict)
    # Public id of the record it speaks of.
    subject = models.CharField(max_length=64, db_index=True)
    # Whose message it is: its telephone is in the text, its desk makes the call.
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="messages"
    )
    # Where a card is carried to: the commune and the village, in words.
    place = models.CharField(max_length=120, blank=True)
    village = models.CharField(max_length=120, blank=True)
    # One act tells one person one thing once on one channel, however often it runs.
    idempotency_key = models.CharField(max_length=120, null=True, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    # Set before the message is handed over, so that a worker that died in the middle
    # is noticed and the message tried again.
    claimed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome.choices, blank=True)
    error = models.CharField(max_length=48, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values) & Q(state__in=State.values),
                name="message_has_known_codes",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.QUEUED) | Q(done_at__isnull=True),
                name="message_waiting_is_not_done",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SENT, State.DONE, State.FAILED])
                | Q(done_at__isnull=False),
                name="message_ended_says_when",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(channel__in=BY_HAND),
                name="message_outcome_is_of_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(channel__in=[Channel.EMAIL, Channel.SMS, Channel.CALL])
                | ~Q(to_address=""),
                name="message_has_an_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=Q(state="queued", channel__in=["email", "sms"]),
                name="message_to_send",
            ),
            models.Index(
                fields=["organisation", "channel", "next_try_at", "id"],
                condition=Q(state="queued", channel__in=["call", "card"]),
                name="message_to_say",
            ),
            models.Index(fields=["-created_at", "-id"], name="message_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.template} {self.public_id}"
