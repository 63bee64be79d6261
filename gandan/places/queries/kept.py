"""Readings kept in each process under the token of their data version.

A change in the database renews the token (triggers of migration 0002), so every
worker sees it at its next question. Inside a request the tokens are asked once.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from django.db import connection

Reading = TypeVar("Reading")

_pinned: ContextVar[Mapping[str, UUID] | None] = ContextVar("pinned", default=None)
_pinning: ContextVar[bool] = ContextVar("pinning", default=False)


def _ask() -> Mapping[str, UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, token FROM places_dataversion")
        return dict(cursor.fetchall())


def _tokens() -> Mapping[str, UUID]:
    if (pinned := _pinned.get()) is not None:
        return pinned
    tokens = _ask()
    if _pinning.get():
        _pinned.set(tokens)
    return tokens


@contextmanager
def pinned() -> Iterator[None]:
    """Ask for the data versions once, at the first question of this block."""
    outer, asked = _pinning.set(True), _pinned.set(None)
    try:
        yield
    finally:
        _pinned.reset(asked)
        _pinning.reset(outer)


def unpin() -> None:
    """After a change of our own: the next question asks the database again."""
    if _pinning.get():
        _pinned.set(None)


class Kept(Generic[Reading]):
    """A reading of one family of tables; the last few versions stay in memory."""

    def __init__(self, family: str, build: Callable[[], Reading], keep: int = 3):
        self._family, self._build, self._keep = family, build, keep
        self._lock = Lock()
        self._readings: dict[UUID, Reading] = {}

    def now(self) -> Reading:
        token = _tokens().get(self._family)
        if token is None:  # an empty database: nothing to keep, nothing to trust
            return self._build()
        with self._lock:
            if token in self._readings:
                return self._readings[token]
        reading = self._build()
        with self._lock:
            self._readings[token] = reading
            while len(self._readings) > self._keep:
                del self._readings[next(iter(self._readings))]
        return reading
