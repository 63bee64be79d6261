"""The cards of «Năm phút»: written by the builder, read by their page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from gandan.site.demo.roles import BY_KEY
from gandan.site.models import DemoCard

LANGUAGES = ("vi", "en", "fr")


class CardRefused(Exception):
    """A card that would lead nowhere or say nothing in one of the languages."""


@dataclass(frozen=True, slots=True)
class Card:
    """`url` is an address of ours without a language prefix."""

    key: str
    title: dict[str, str]
    notice: dict[str, str]
    role: str
    url: str


@transaction.atomic
def lay_out(cards: Iterable[Card]) -> None:
    """These cards, in this order, and no others."""
    DemoCard.objects.all().delete()
    for ordinal, card in enumerate(cards, 1):
        if card.role not in BY_KEY:
            raise CardRefused(f"{card.key}: nobody plays {card.role!r}")
        if not card.url.startswith("/") or card.url.startswith("//"):
            raise CardRefused(f"{card.key}: {card.url!r} is not an address of ours")
        for words in (card.title, card.notice):
            if set(words) != set(LANGUAGES) or not all(words.values()):
                raise CardRefused(f"{card.key}: words in three languages are needed")
        DemoCard.objects.create(
            key=card.key,
            ordinal=ordinal,
            title=card.title,
            notice=card.notice,
            role=card.role,
            url=card.url,
        )
