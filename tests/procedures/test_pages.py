"""Public pages: forbidden is missing, everything works without JavaScript."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
import zxingcpp
from django.test import Client
from PIL import Image
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from gandan.documents import printing
from gandan.procedures import queries
from gandan.procedures.web import prints
from gandan.procedures.web.asking import my_papers

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


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_a_fee_that_is_not_stated_is_not_called_free(client: Client) -> None:
    page = text_of(client, "/thu-tuc/1.001193")
    assert "Chưa nêu. Hỏi quầy trước khi nộp tiền" in page
    assert "Miễn</strong>" not in page
    marriage = text_of(client, "/thu-tuc/1.000894")
    assert "Miễn</strong>" in marriage  # there the source says so in words


def test_the_date_of_today_stands_beside_the_time(client: Client) -> None:
    """29 April 2025: 17 and 20 days, and ten more in a mountain commune."""
    with time_machine.travel(datetime(2025, 4, 29, 2, tzinfo=UTC), tick=False):
        page = text_of(client, "/thu-tuc/1.013978")
    for words in ("27/05/2025", "10/06/2025", "13/06/2025"):
        assert words in page
    assert "thứ Ba 10/06/2025" in page


def test_a_year_that_is_not_decreed_gives_a_provisional_date(client: Client) -> None:
    with time_machine.travel(datetime(2026, 12, 30, 2, tzinfo=UTC), tick=False):
        page = text_of(client, "/thu-tuc/1.013978")
    assert "(dự kiến)" in page


def test_what_is_not_in_the_sources_says_so(client: Client) -> None:
    page = text_of(client, "/thu-tuc/1.013978")
    assert "quyết định của tỉnh chưa nạp" in page
    assert "chưa nêu ngày bắt đầu hiệu lực" in page
    assert "Cổng Dịch vụ công quốc gia" in page
    assert "Chưa kiểm chứng" in text_of(client, "/thu-tuc/1.000656")


@pytest.mark.parametrize("prefix", ["/en", "/fr"])
def test_official_names_say_that_they_are_vietnamese(
    client: Client, prefix: str
) -> None:
    page = text_of(client, f"{prefix}/thu-tuc/1.012790")
    assert '<span lang="vi">Đính chính Giấy chứng nhận đã cấp.</span>' in page


def test_a_code_leads_straight_to_its_page(client: Client) -> None:
    response = client.get("/thu-tuc?q=1.001193")
    assert response["Location"] == "/thu-tuc/1.001193"


def test_nothing_found_offers_a_way_on(client: Client) -> None:
    page = text_of(client, "/thu-tuc?q=zzzzqqqq")
    assert "Không tìm thấy thủ tục nào" in page
    assert "tel:" in page


def test_the_list_as_text_survives_a_message(client: Client) -> None:
    answers = "channel=counter&birth_paper=paper&situation=ordinary&filer=parent"
    response = client.get(f"/thu-tuc/1.001193/giay-to.txt?{answers}")
    text = response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith("Làm giấy khai sinh cho con\n1.001193\n\n1. Tờ khai")
    assert "Giấy chứng sinh" in text
    assert "<" not in text


def test_the_answers_come_back_chosen(client: Client) -> None:
    page = text_of(client, "/thu-tuc/1.001193/giay-to?birth_paper=witness&x=1")
    assert 'value="witness" checked' in page
    assert page.count(" checked") == 1


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "/thu-tuc/1.013978/giay-to.pdf?want=certificate&holder=household",
            [
                "Làm sổ đỏ lần đầu",
                "Văn bản xác định các thành viên",
                "30 ngày làm việc",
            ],
        ),
        (
            "/thu-tuc/1.001193/to-roi",
            ["Làm giấy khai sinh cho con", "1 ngày làm việc", "1.001193"],
        ),
    ],
)
def test_a_print_read_back_says_what_the_page_says(
    client: Client, address: str, words: list[str]
) -> None:
    reader = PdfReader(BytesIO(client.get(address).content))
    text = " ".join(" ".join(p.extract_text() for p in reader.pages).split())
    for phrase in words:
        assert phrase in text


def test_the_poster_is_a4_and_the_list_a5(client: Client) -> None:
    sizes = {}
    for name in ("to-roi", "giay-to.pdf"):
        content = client.get(f"/thu-tuc/1.013978/{name}").content
        box = PdfReader(BytesIO(content)).pages[0].mediabox
        sizes[name] = (round(box.width), round(box.height))
    assert sizes == {"to-roi": (595, 842), "giay-to.pdf": (420, 595)}


@pytest.mark.parametrize("paper", ["my_list", "poster"])
def test_the_square_leads_to_the_page_of_the_procedure(paper: str) -> None:
    at = datetime(2026, 11, 20, 2, tzinfo=UTC)
    version = queries.version_on("1.013978", date(2026, 11, 20))
    address = "https://gandan.example/thu-tuc/1.013978"
    printed = (
        prints.Poster(version, at=at, address=address)
        if paper == "poster"
        else prints.MyList(my_papers(version, {}, at=at), address=address)
    )
    picture = Image.open(BytesIO(printing.to_png(printed)))
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    assert code.text == address


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/thu-tuc", 45),
        ("/thu-tuc?q=dat", 45),
        ("/thu-tuc/1.013978", 100),
        ("/thu-tuc/1.013225", 100),
        ("/thu-tuc/1.013978/giay-to", 100),
        ("/cong-khai", 100),
    ],
)
def test_a_page_is_small_enough_for_a_weak_line(
    client: Client, address: str, most: int
) -> None:
    """The page itself, unpacked; 14 kB are left for style and icon."""
    assert len(client.get(address).content) <= (most - 14) * 1024


def test_search_fetches_no_typeface(client: Client) -> None:
    assert "gd-light" in client.get("/thu-tuc?q=dat").content.decode()


@pytest.mark.parametrize(
    ("address", "most"),
    [("/thu-tuc?q=dat", 6), ("/thu-tuc/1.013978", 5), ("/thu-tuc/1.001193/giay-to", 5)],
)
def test_a_page_asks_the_database_little(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    most: int,
) -> None:
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)
