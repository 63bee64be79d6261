"""Papers of our own, the register's workbook, and the page beside each PDF."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from gandan.documents import printing
from gandan.documents.lists import (
    MyList,
    Paper,
    VisitList,
)
from gandan.documents.printing import Printable
from gandan.documents.register import write_xlsx
from gandan.documents.rules import Form
from gandan.documents.web import serving
from gandan.kernel.localtime import at_local
from tests.documents.conftest import (
    NEW,
    NINE,
    OFFICE,
    SECRET,
    paper,
    read_back,
    receipt,
    register_row,
)
from tests.documents.test_slips import words_of

AT = at_local(NEW, NINE)
VISIT = VisitList(
    office=OFFICE,
    procedure="Làm sổ đỏ lần đầu",
    missing=(Paper(name="Mảnh trích đo", note="Có chữ ký chủ đất liền kề"),),
    brought=(Paper(name="Đơn đăng ký"),),
    visited_on=NEW,
    officer="Lý Thị Mỷ",
)
MINE = MyList(
    procedure="Đăng ký khai sinh",
    code="1.001193",
    papers=(Paper(name="Giấy chứng sinh"), Paper(name="Tờ khai")),
    answers=(("Sinh tại cơ sở y tế?", "Có"),),
    fee="Không thu",
    telephone="0206 3 870 123",
    printed_on=NEW,
    address="https://example.gov.vn/thu-tuc/1.001193",
)
A5 = (420, 595)


@pytest.mark.parametrize(
    ("made", "size", "title"),
    [
        (VISIT, A5, "Giấy tờ còn thiếu"),
        (MINE, A5, "Giấy tờ của tôi"),
    ],
)
def test_our_own_papers_are_read_back(
    made: Printable, size: tuple[int, int], title: str
) -> None:
    with override("vi"):
        data = made.data()
        read = read_back(printing.to_pdf(made, at=AT))
    assert (round(read.width), round(read.height)) == size
    assert read.says(title)
    unseen = {"language", "paper", "qr_alt"}
    unseen |= {"telephone_word", "telephone"} if not data["telephone"] else set()
    missing = [
        words
        for key, value in data.items()
        if key not in unseen
        for words in words_of({key: value})
        if not read.says(words)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("vi", "Giấy tờ còn thiếu"),
        ("en", "What is still missing"),
        ("fr", "Ce qui manque encore"),
    ],
)
def test_a_paper_of_our_own_speaks_the_readers_language(
    language: str, title: str
) -> None:
    with override(language):
        read = read_back(printing.to_pdf(VISIT, at=AT))
    assert read.says(title)
    assert f"<rdf:li>{language}" in read.metadata


def test_a_visitor_need_not_say_who_they_are() -> None:
    with override("vi"):
        words = list(words_of(VISIT.data()))
    assert "Người đến" not in words


def test_the_workbook_holds_the_register_with_real_dates() -> None:
    out = BytesIO()
    rows = [register_row(1, AT), register_row(2, AT, due_on=None, returned_on=None)]
    count = write_xlsx(out, title="Sổ theo dõi hồ sơ", period="Tháng 10", rows=rows)
    out.seek(0)
    read = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()
    assert count == 2
    assert read[0][0] == "Sổ theo dõi hồ sơ"
    assert read[3][1] == "Mã hồ sơ"
    assert read[4][:2] == [1.0, "H14.30.12-251029-0001"]
    assert read[4][5] == "Xóm Nà Chang\n0912 345 678"
    assert read[4][7] == AT.replace(tzinfo=None)
    assert read[4][8] == NEW + timedelta(days=37)
    assert read[5][8] == ""


@pytest.mark.parametrize(
    "name", ["=1+1", "+cmd|'/c calc'!A0", "@SUM(A1)", "-2", "0912"]
)
def test_what_a_person_wrote_never_becomes_a_formula_or_a_number(name: str) -> None:
    out = BytesIO()
    rows = [register_row(1, AT, applicant=name)]
    write_xlsx(out, title="=1", period="", rows=rows)
    out.seek(0)
    read = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()
    assert (read[4][4], read[0][0]) == (name, "=1")


def test_an_empty_register_is_still_a_workbook() -> None:
    out = BytesIO()
    assert write_xlsx(out, title="Sổ", period="", rows=[]) == 0
    out.seek(0)
    assert CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).height >= 4


# --- the page beside the PDF -------------------------------------------------------


@pytest.mark.parametrize("form", list(Form))
def test_the_print_view_says_what_the_file_says(form: Form) -> None:
    from html import unescape

    made = paper(form, NEW)
    request = RequestFactory().get("/")
    with override("vi"):
        page = serving.print_view(request, made, back="/")
    assert page["Cache-Control"] == "no-store"
    shown = " ".join(unescape(page.content.decode()).replace("<br>", " ").split())
    missing = [
        words for words in words_of(made.data()) if " ".join(words.split()) not in shown
    ]
    assert missing == []
    assert " style=" not in shown


def test_a_name_is_never_markup_on_the_print_view() -> None:
    from dataclasses import replace

    made = receipt()
    bad = "<script>alert(1)</script>"
    made = replace(made, applicant=replace(made.applicant, name=bad))
    page = serving.print_view(RequestFactory().get("/"), made)
    assert bad.encode() not in page.content
    assert b"&lt;script&gt;" in page.content


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (lambda: serving.pdf(receipt(), at=AT, name="phieu-0007"), "application/pdf"),
        (lambda: serving.png(receipt(), name="phieu-0007"), "image/png"),
    ],
)
def test_a_paper_is_never_kept_by_the_browser(answer: object, kind: str) -> None:
    assert callable(answer)
    response = answer()
    assert response["Content-Type"] == kind
    assert response["Cache-Control"] == "no-store"
    assert 'filename="phieu-0007.' in response["Content-Disposition"]
    assert SECRET.encode() not in response["Content-Disposition"].encode()


def test_the_workbook_is_sent_as_a_download() -> None:
    response = serving.xlsx(
        [register_row(1, AT)], title="Sổ", period="", name=f"so-{date(2025, 10, 1)}"
    )
    assert (
        response["Content-Disposition"] == 'attachment; filename="so-2025-10-01.xlsx"'
    )
    assert b"".join(response)[:2] == b"PK"
    response.close()
