"""A citizen files from home, and reads what this browser may see of it."""

from collections.abc import Mapping
from html import unescape
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from gandan.dossiers.models import Dossier
from tests.forms.answering import Citizen
from tests.forms.cases import BIRTH, BROUGHT, ON, SCANNED
from tests.forms.journey_urls import AT


def brought(case: Mapping[str, Any]) -> dict[str, Any]:
    """The same life, with every paper carried to the desk."""
    return {k: BROUGHT if v == SCANNED else v for k, v in case.items()}


MARRIED = brought(BIRTH["married parents, the mother asks"])
NOW = "tests.dossiers.filing.now"
__all__ = ["MARRIED", "ON", "at_check", "brought", "now", "picture", "send", "text_of"]


def now() -> Any:
    """The morning of the cases, for `GANDAN_NOW`."""
    return AT


def picture(name: str = "giay-chung-sinh.png", size: int = 40) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (size, size), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def at_check(
    client: Client,
    form: str = "birth",
    case: Mapping[str, Any] = MARRIED,
    language: str = "vi",
) -> str:
    """The form is filled in; the address of «check the answers»."""
    citizen = Citizen(client, form, language)
    citizen.start()
    citizen.fill(dict(case))
    return f"{citizen.at}kiem-tra/"


def send(client: Client, check: str) -> Dossier:
    """Press «Gửi hồ sơ»; the browser is led to the receipt."""
    answer = client.post(check)
    assert answer.status_code == 302, text_of(answer)
    public_id = answer.headers["Location"].rpartition("ho-so=")[2]
    return Dossier.objects.get(public_id=public_id)


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())
