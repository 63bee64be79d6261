"""Cursors in addresses: the row to go on after. Signed, so that ours alone are read."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, QueryDict

from gandan.dossiers.paging import Key

_SALT = "dossiers.page"


def keys_of(asked: QueryDict) -> tuple[Key | None, Key | None]:
    """(after, before); a cursor we did not write begins at the beginning."""
    return _read(asked.get("sau", "")), _read(asked.get("truoc", ""))


def page_href(request: HttpRequest, name: str, key: Key | None) -> str:
    if key is None:
        return ""
    value, pk = key
    kept = {k: v for k, v in request.GET.items() if k not in {"sau", "truoc"}}
    text = value.isoformat() if value else ""
    return "?" + urlencode(kept | {name: signing.dumps([text, pk], salt=_SALT)})


def _read(cursor: str) -> Key | None:
    try:
        loaded: list[Any] = signing.loads(cursor, salt=_SALT) if cursor else []
    except signing.BadSignature:
        return None
    if not loaded:
        return None
    text, pk = loaded
    if not text:
        return None, int(pk)
    return (datetime if "T" in text else date).fromisoformat(text), int(pk)
