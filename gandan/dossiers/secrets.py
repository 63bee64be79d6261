"""What a receipt carries to follow its dossier, and to withdraw it.

The follow secret and the QR's capability are HMACs of the dossier's random ledger id
under a key of the installation: they can be printed again, and a copied database alone
opens nothing. The withdrawal token T is random, printed once, and never stored
(LEDGER §2); only its hash is.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

from gandan.kernel.canonical import b64u


def _keyed(purpose: str, ledger_id: str) -> bytes:
    key = settings.CAPABILITY_KEY.encode()
    return hmac.digest(key, f"{purpose}\n{ledger_id}".encode(), "sha256")


def follow_secret(ledger_id: str) -> str:
    """Eight letters and digits in two groups, as the slip prints them."""
    text = base64.b32encode(_keyed("follow", ledger_id)[:5]).decode("ascii")
    return f"{text[:4]}-{text[4:]}"


# Figures that no secret has, for the letters they are taken for.
_MISREAD = str.maketrans("018", "OIB", "- ")


def is_follow_secret(ledger_id: str, given: str) -> bool:
    """Typed with or without the hyphen, in any case, with a nought for an O."""
    plain = given.upper().translate(_MISREAD)
    wanted = follow_secret(ledger_id).replace("-", "")
    return hmac.compare_digest(plain.encode(), wanted.encode())


def capability(ledger_id: str) -> str:
    """The random part of the slip's QR address: 22 characters."""
    return b64u(_keyed("capability", ledger_id)[:16])


def capability_digest(given: str) -> bytes:
    """What is stored, so that the address can be looked up."""
    return hashlib.sha256(b"gandan/capability\n" + given.encode()).digest()


def new_token() -> str:
    """T: 22 random base64url characters for the tear-off strip."""
    return b64u(secrets.token_bytes(16))
