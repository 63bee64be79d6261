"""Questions about the outbox: what a desk has to say, and what went out."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from gandan.notices.models import Channel, Message, State


def calls_to_make(organisations: Collection[int], *, at: datetime) -> QuerySet[Message]:
    """A desk's calls of the day, the longest waiting first."""
    return _to_say(organisations, Channel.CALL, at).order_by("created_at", "id")


def cards_to_carry(
    organisations: Collection[int], *, at: datetime
) -> QuerySet[Message]:
    """By commune and village: that is how they are carried."""
    return _to_say(organisations, Channel.CARD, at).order_by(
        "place", "village", "created_at", "id"
    )


def _to_say(
    organisations: Collection[int], channel: Channel, at: datetime
) -> QuerySet[Message]:
    return (
        Message.objects.queued()
        .filter(
            channel=channel,
            organisation__in=sorted(organisations),
            next_try_at__lte=at,
        )
        .select_related("organisation")
    )


def messages_of(subject: str) -> QuerySet[Message]:
    return (
        Message.objects.filter(subject=subject)
        .select_related("organisation")
        .order_by("created_at", "id")
    )


def outbox(
    *,
    channel: Channel | None = None,
    failed: bool = False,
    older_than: int | None = None,
    newer_than: int | None = None,
    offices: frozenset[int] | None = None,
) -> QuerySet[Message]:
    """Messages of these offices (None: of all), newest first.

    `newer_than` turns the order round for paging.
    """
    rows = Message.objects.select_related("organisation")
    if offices is not None:
        rows = rows.filter(organisation__in=offices)
    if channel is not None:
        rows = rows.filter(channel=channel)
    if failed:
        rows = rows.filter(state=State.FAILED)
    if newer_than is not None:
        return rows.filter(pk__gt=newer_than).order_by("id")
    if older_than is not None:
        rows = rows.filter(pk__lt=older_than)
    return rows.order_by("-id")
