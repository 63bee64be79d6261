"""Canonical JSON and the hashes of a ledger entry (LEDGER §1–§4).

Stored bytes are hashed as they are; nothing is written out again to be verified.
"""

import base64
import binascii
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping
from typing import Any, NoReturn

LARGEST_INTEGER = 2**53 - 1
LARGEST_ENTRY = 4096


class CanonicalRefused(ValueError):
    """The value has no canonical form, or the bytes are not in it."""


def b64u(data: bytes) -> str:
    """Base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_b64u(text: str) -> bytes:
    """The bytes behind `b64u`; any other spelling of them is refused."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise CanonicalRefused("not base64url") from error
    if b64u(data) != text:
        raise CanonicalRefused("not base64url in its one spelling")
    return data


def _check(value: Any) -> None:
    # bool before int: True is an int in Python, and both are allowed.
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise CanonicalRefused("an integer beyond 2^53-1")
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if not isinstance(name, str) or not name.isascii():
                raise CanonicalRefused("a member's name that is not ASCII")
            _check(item)
    else:
        raise CanonicalRefused(f"a value of type {type(value).__name__}")


def _check_text(text: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise CanonicalRefused("a lone surrogate")
    if not unicodedata.is_normalized("NFC", text):
        raise CanonicalRefused("text that is not NFC")


def canonical(value: Any) -> bytes:
    """RFC 8785 without null and floats: the only bytes that stand for this value."""
    try:
        _check(value)
        text = json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
    except RecursionError as error:
        raise CanonicalRefused("a value nested too deep") from error
    return text.encode()


def _no_float(text: str) -> NoReturn:
    raise CanonicalRefused(f"a number that is no plain integer: {text[:20]}")


def parse(data: bytes) -> Any:
    """Read canonical JSON; other spellings of the same value are refused."""
    try:
        value = json.loads(
            data.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float
        )
    except CanonicalRefused:
        raise
    except (ValueError, RecursionError) as error:
        raise CanonicalRefused("not JSON in UTF-8") from error
    if canonical(value) != data:
        raise CanonicalRefused("not in canonical form")
    return value


def _tagged(tag: str, *parts: bytes) -> bytes:
    return hashlib.sha256(tag.encode("ascii") + b"\n" + b"".join(parts)).digest()


def public_hash(record: Mapping[str, Any]) -> bytes:
    """`pub`: the hash of a public record."""
    return _tagged("ledger/v1/public", canonical(record))


def token_hash(token: str) -> bytes:
    """What a receipt's withdrawal token T leaves in the record of reception."""
    return _tagged("ledger/v1/token", token.encode("ascii"))


def field_key(salt: bytes, name: str) -> bytes:
    """`key(name)`: shown to an inspector to open one private field."""
    message = b"ledger/v1/key\n" + name.encode("ascii")
    return hmac.digest(salt, message, "sha256")


def field_commitment(key: bytes, name: str, value: str) -> bytes:
    """`com(name)`, from the field's own key: an opened field is checked with it."""
    return hmac.digest(key, canonical([name, value]), "sha256")


def field_commitments(salt: bytes, fields: Mapping[str, str]) -> dict[str, bytes]:
    """Every `com(name)`, in ascending order of names."""
    if len(salt) != 32:
        raise CanonicalRefused("a salt that is not 32 bytes")
    if "code" not in fields:
        raise CanonicalRefused("private fields without the official file number")
    if not all(name.isascii() for name in fields):
        raise CanonicalRefused("a field's name that is not ASCII")
    return {
        name: field_commitment(field_key(salt, name), name, fields[name])
        for name in sorted(fields)
    }


def private_commitment(salt: bytes, fields: Mapping[str, str]) -> bytes:
    """`prv`: one hash over the commitments of all private fields."""
    return _tagged("ledger/v1/private", *field_commitments(salt, fields).values())


def entry(*, pub: bytes, prv: bytes) -> bytes:
    """The entry of an event: exactly 120 bytes, whatever the event says."""
    if len(pub) != 32 or len(prv) != 32:
        raise CanonicalRefused("a hash that is not 32 bytes")
    return canonical({"k": "ev", "prv": b64u(prv), "pub": b64u(pub), "v": 1})


def leaf(line: bytes) -> bytes:
    """The RFC 6962 leaf hash of an entry's bytes."""
    if len(line) > LARGEST_ENTRY:
        raise CanonicalRefused(f"an entry beyond {LARGEST_ENTRY} bytes")
    return hashlib.sha256(b"\x00" + line).digest()
