"""What an officer searched for, kept for paging: sealed, for half an hour.

A name or a number never stands in an address, and a copied session table tells nobody
who was looked for.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

_SESSION_KEY = "dossiers.search"
_LASTS = 1800  # seconds


def _cipher() -> Fernet:
    key = hashlib.sha256(b"gandan/search\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def keep(request: HttpRequest, text: str) -> None:
    request.session[_SESSION_KEY] = _cipher().encrypt(text.encode()).decode()


def kept(request: HttpRequest) -> str:
    """Empty when nothing was searched for lately."""
    sealed = request.session.get(_SESSION_KEY, "")
    try:
        return _cipher().decrypt(sealed.encode(), ttl=_LASTS).decode()
    except InvalidToken:
        return ""
