"""Codes people copy by hand: no 0 O 1 I L, and a secret that is stored only as HMAC."""

import hashlib
import hmac
import secrets
from typing import Final

from django.conf import settings

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX: Final = "N"


def _group(size: int = 4) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(size))


def new_code() -> str:
    """N-7F3K-92QD."""
    return f"{PREFIX}-{_group()}-{_group()}"


def new_secret() -> str:
    """K7QP-3MXD: 39 bits, behind a code of 39 more and a limit on tries."""
    return f"{_group()}-{_group()}"


def normal(typed: str) -> str:
    """As typed by hand: small letters, spaces or no strokes at all are the same."""
    letters = "".join(
        sign for sign in typed.upper() if sign.isalnum() and sign.isascii()
    )
    return letters[:40]


def normal_code(typed: str) -> str:
    """The stored form of a typed code; the N may be left out."""
    letters = normal(typed)
    if len(letters) == 9 and letters.startswith(PREFIX):
        letters = letters[1:]
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"


def secret_hash(code: str, secret: str) -> bytes:
    """Keyed apart from the database: a copied table opens no draft."""
    message = f"forms.draft\n{code}\n{normal(secret)}".encode()
    return hmac.digest(settings.CAPABILITY_KEY.encode(), message, hashlib.sha256)


def is_secret(code: str, secret: str, kept: bytes) -> bool:
    return hmac.compare_digest(secret_hash(code, secret), kept)
