"""How a text leaves. An installation names its own class in `GANDAN_SMS`."""

import os
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Unreachable(Exception):
    """Not now: the server did not answer or asked us to come back."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(Exception):
    """Never: this address does not take this message."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SmsGateway(Protocol):
    """What a provider's class looks like; it is made without arguments."""

    def send(self, *, to: str, text: str, reference: str) -> None:
        """Hand over one text, or raise `Unreachable` or `Refused` with a short code.

        The same `reference` may come twice, after a crash between handing over and
        writing it down; a provider that knows references sends it once.
        """


class FileGateway:
    """A folder for an outbox: one file a text, the same reference the same file."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.SMS_FILE_PATH)

    def send(self, *, to: str, text: str, reference: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        whole = self.folder / f"{reference}.txt"
        part = whole.with_suffix(".part")
        descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{to}\n\n{text}\n")
        part.replace(whole)


def sms_gateway() -> SmsGateway:
    if not settings.GANDAN_SMS:
        raise Refused("no_gateway")
    gateway: SmsGateway = import_string(settings.GANDAN_SMS)()
    return gateway
