"""Limits on guessing: counted in the database's cache, by keyed hash, never by name.

Too many tries, a wrong code and a wrong secret all get the same answer, so that a
guesser learns nothing from it.
"""

import hashlib
import hmac
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 600
MOST_BY_ADDRESS = 20
MOST_BY_THING = 6


def _key(purpose: str, what: str) -> str:
    digest = hmac.digest(
        settings.SECRET_KEY.encode(), f"{purpose}\n{what}".encode(), hashlib.sha256
    )
    return f"attempts:{digest.hex()[:40]}"


def _count(key: str) -> int:
    """One more; the window ends ten quiet minutes after the last try.

    `cache.incr` would put the cache's default timeout in place of ours.
    """
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, WINDOW_SECONDS)
    return count


def address_of(request: HttpRequest) -> str:
    """The peer; behind a proxy, the address it appended last."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.BEHIND_TLS and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def is_allowed(request: HttpRequest, purpose: str, thing: str) -> bool:
    """Count this try, by sender and by the thing tried; False when too many."""
    by_address = _count(_key(purpose, f"from {address_of(request)}"))
    by_thing = _count(_key(purpose, f"on {thing}"))
    return by_address <= MOST_BY_ADDRESS and by_thing <= MOST_BY_THING


def forget(request: HttpRequest, purpose: str, thing: str) -> None:
    """A right answer clears the counts of the thing, and takes itself off the sender's.

    Thousands share one address of a telephone company: only wrong answers slow it down.
    """
    cache.delete(_key(purpose, f"on {thing}"))
    sender = _key(purpose, f"from {address_of(request)}")
    if count := int(cache.get(sender, 0)):
        cache.set(sender, count - 1, WINDOW_SECONDS)


AN_HOUR = 3600
# A village helper files forty in a day from one telephone; a telephone company puts
# thousands behind one address.
MOST_BEGUN_BY_SESSION, MOST_BEGUN_BY_ADDRESS = 40, 400


def may_begin(request: HttpRequest, purpose: str) -> bool:
    """Count one more thing begun; False once the hour's measure of this browser, or of
    everybody behind its address, is full. It is the hour of the clock."""
    hour = int(time.time() // AN_HOUR)
    by_address = _more(_key(purpose, f"begun {hour} from {address_of(request)}"))
    session = request.session.session_key or ""
    by_session = _more(_key(purpose, f"begun {hour} in {session}")) if session else 0
    return by_session <= MOST_BEGUN_BY_SESSION and by_address <= MOST_BEGUN_BY_ADDRESS


def _more(key: str) -> int:
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, AN_HOUR)
    return count
