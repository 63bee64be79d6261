"""Public pages: forbidden is missing, everything works without JavaScript."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
@pytest.mark.parametrize(
    "address",
    [
        "/thu-tuc",
        "/thu-tuc?q=so+do",
        "/thu-tuc?q=zzzzqqqq",
        "/thu-tuc?viec=birth",
        "/thu-tuc?noi=province&trang=2",
        "/thu-tuc?trang=-1&q=%00%20",
        "/thu-tuc/1.001193",
        "/thu-tuc/1.013978",
        "/thu-tuc/1.001776",
        "/thu-tuc/1.012784",
        "/thu-tuc/1.001193/giay-to",
        "/thu-tuc/1.013978/giay-to?want=certificate&holder=household",
        "/thu-tuc/1.001193/giay-to.txt",
        "/thu-tuc/1.001193/phien-ban",
        "/thu-tuc/1.001193/phien-ban/1",
        "/cong-khai",
    ],
)
def test_each_public_page_opens_in_three_languages(
    client: Client, prefix: str, address: str
) -> None:
    assert client.get(prefix + address).status_code == 200


@pytest.mark.parametrize("what", ["giay-to.pdf", "to-roi"])
@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_prints_are_pdf(client: Client, prefix: str, what: str) -> None:
    response = client.get(f"{prefix}/thu-tuc/1.013978/{what}")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "address",
    [
        "/thu-tuc/9.999999",
        "/thu-tuc/1.001193/phien-ban/7",
        "/thu-tuc/9.999999/giay-to",
        "/thu-tuc/9.999999/phien-ban",
        "/thu-tuc/1-001193",
    ],
)
def test_an_unknown_procedure_is_missing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
