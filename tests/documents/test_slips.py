"""The thirteen forms: every word is read back from the file, marks intact."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from itertools import product
from typing import Any

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from gandan.documents import printing, rules, typeset
from gandan.documents.rules import Form
from gandan.documents.slips import MASKED, Receipt, Slip
from gandan.kernel.localtime import at_local
from tests.documents.conftest import (
    FOLLOW,
    NEW,
    NINE,
    OLD,
    SECRET,
    TOKEN,
    paper,
    read_back,
    receipt,
)

# By hand from domain/01-one-stop.md §1.4: number and title by day of receipt.
FORMS = {
    OLD: {
        Form.RECEIPT: ("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        Form.SUPPLEMENT: ("02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        Form.REFUSAL: ("03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
        Form.APOLOGY: ("04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
        Form.CONTROL: ("05", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        Form.REGISTER: ("06", "Sổ theo dõi hồ sơ"),
    },
    NEW: {
        Form.RECEIPT: ("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        Form.SUPPLEMENT: ("02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        Form.REFUSAL: ("03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
        Form.APOLOGY: (
            "04",
            "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
        ),
        Form.STOP: ("05", "Thông báo dừng giải quyết hồ sơ"),
        Form.CONTROL: ("06", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        Form.REGISTER: ("07", "Sổ theo dõi hồ sơ"),
    },
}
THIRTEEN = [(day, form) for day, forms in FORMS.items() for form in forms]
CIRCULAR = {OLD: "Thông tư 01/2018/TT-VPCP", NEW: "Thông tư 03/2025/TT-VPCP"}
A5, A4, A4_ACROSS = (420, 595), (595, 842), (842, 595)


def words_of(data: Any) -> Iterator[str]:
    """Every string a paper was given, whatever block it stands in."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in {"kind", "qr"}:
                yield from words_of(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from words_of(value)


def test_there_are_six_forms_and_then_seven() -> None:
    assert len(THIRTEEN) == 13
    for day, forms in FORMS.items():
        held = rules.form_set_on(day).forms
        assert {
            f: (f"{o.number:02d}", o.title.replace("\n", " ")) for f, o in held.items()
        } == forms


@pytest.mark.parametrize(
    ("received", "circular"),
    [
        (date(2017, 1, 2), "Thông tư 01/2018/TT-VPCP"),
        (date(2018, 6, 21), "Thông tư 01/2018/TT-VPCP"),
        (date(2025, 9, 14), "Thông tư 01/2018/TT-VPCP"),
        (date(2025, 9, 15), "Thông tư 03/2025/TT-VPCP"),
        (date(2026, 11, 23), "Thông tư 03/2025/TT-VPCP"),
    ],
)
def test_the_day_of_receipt_decides_the_set(received: date, circular: str) -> None:
    assert rules.form_set_on(received).circular == circular


@pytest.mark.parametrize(("day", "form"), THIRTEEN)
def test_every_word_of_a_form_is_read_back(day: date, form: Form) -> None:
    made = paper(form, day)
    read = read_back(printing.to_pdf(made, at=at_local(day, NINE)))
    number, title = FORMS[day][form]

    assert unicodedata.is_normalized("NFC", read.text)
    assert read.says("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert read.says("Độc lập - Tự do - Hạnh phúc")
    assert read.says(title.upper())
    assert read.says(f"Mẫu số {number}, {CIRCULAR[day]}")
    assert read.says("bố cục chưa đối chiếu bản gốc")
    shouted = {"title", "above", "office"}
    data = made.data()
    missing = [
        words
        for key, value in data.items()
        for words in words_of({key: value})
        if not read.says(words.upper() if key in shouted else words)
    ]
    assert missing == []


@pytest.mark.parametrize(("day", "form"), THIRTEEN)
def test_a_form_is_archival_and_has_its_size(day: date, form: Form) -> None:
    read = read_back(printing.to_pdf(paper(form, day), at=at_local(day, NINE)))
    size = {Form.CONTROL: A4, Form.REGISTER: A4_ACROSS}.get(form, A5)
    assert (round(read.width), round(read.height)) == size
    assert "<pdfaid:part>2</pdfaid:part>" in read.metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in read.metadata


@pytest.mark.parametrize(
    ("day", "form"), [pair for pair in THIRTEEN if pair[1] != Form.REGISTER]
)
def test_code_and_date_are_large(day: date, form: Form) -> None:
    """18 points, as the interface guide asks of a slip."""
    made = paper(form, day)
    assert isinstance(made, Slip)
    sizes: dict[str, float] = {}

    def visit(text: str, _cm: Any, tm: Any, _font: Any, size: float) -> None:
        for words in [row["value"] for row in made.data()["panel"]]:
            if text.strip() and words.startswith(text.strip()):
                sizes[words] = max(sizes.get(words, 0), size * abs(tm[3]))

    pdf = printing.to_pdf(made, at=at_local(day, NINE))
    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=visit)
    large = [row["value"] for row in made.data()["panel"]]
    assert {words: round(sizes[words]) for words in large} == dict.fromkeys(large, 18)


@pytest.mark.parametrize(
    "form", [Form.RECEIPT, Form.SUPPLEMENT, Form.APOLOGY, Form.STOP]
)
def test_the_one_qr_opens_the_follow_page(form: Form) -> None:
    [found] = zxingcpp.read_barcodes(
        Image.open(BytesIO(printing.to_png(paper(form, NEW))))
    )
    assert found.text == FOLLOW


@pytest.mark.parametrize("form", [Form.CONTROL, Form.REGISTER])
def test_an_internal_paper_opens_nothing(form: Form) -> None:
    picture = Image.open(BytesIO(printing.to_png(paper(form, NEW))))
    assert zxingcpp.read_barcodes(picture) == []


@pytest.mark.parametrize(("day", "form"), THIRTEEN)
def test_the_picture_fits_a_slow_line(day: date, form: Form) -> None:
    assert len(printing.to_png(paper(form, day))) <= 80_000


def test_the_secrets_are_on_the_first_print_of_the_applicants_copy() -> None:
    read = read_back(printing.to_pdf(receipt(), at=at_local(NEW, NINE)))
    assert read.says(TOKEN)
    assert read.says(SECRET)
    assert not read.says("Mã chỉ in một lần")


@pytest.mark.parametrize(
    "copy",
    [
        receipt(copy_for_file=True),
        receipt(withdrawal_token="", follow_secret="", print_number=2),
    ],
    ids=["the file's copy", "a second print"],
)
def test_every_other_print_masks_them(copy: Receipt) -> None:
    read = read_back(printing.to_pdf(copy, at=at_local(NEW, NINE)))
    assert not read.says(TOKEN)
    assert not read.says(SECRET)
    assert read.says(MASKED)
    assert read.says("Mã chỉ in một lần, trên liên giao người nộp.")


def test_no_paper_shows_a_whole_identity_number() -> None:
    for day, form in THIRTEEN:
        read = read_back(printing.to_pdf(paper(form, day), at=at_local(day, NINE)))
        assert not read.says("004188012345")
        assert not read.says("004188")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("004188012345", "•••••••••345"),
        ("080123456", "••••••456"),
        ("12", "12"),
        ("", ""),
    ],
)
def test_an_identity_number_keeps_its_last_three_digits(
    number: str, shown: str
) -> None:
    assert rules.masked_identity(number) == shown


def test_a_stop_notice_does_not_exist_before_the_new_circular() -> None:
    with pytest.raises(rules.NotInThisSet, match="01/2018"):
        paper(Form.STOP, OLD).data()


def test_a_provisional_date_says_so_in_both_places() -> None:
    read = read_back(printing.to_pdf(receipt(provisional=True), at=at_local(NEW, NINE)))
    assert read.text.count("(dự kiến)") == 2


def test_a_limit_in_hours_prints_its_hour() -> None:
    due_at = at_local(NEW, time(15, 30))
    made = receipt(due_at=due_at, due_on=NEW)
    read = read_back(printing.to_pdf(made, at=due_at))
    assert read.says("15 giờ 30 phút, thứ Tư 29/10/2025")
    assert made.promised_on() == NEW


def test_without_a_date_the_paper_promises_none() -> None:
    made = receipt(due_on=None)
    assert made.promised_on() is None
    read = read_back(printing.to_pdf(made, at=at_local(NEW, NINE)))
    assert read.says("sẽ báo bằng văn bản")


def test_not_stated_is_not_free() -> None:
    read = read_back(printing.to_pdf(receipt(), at=at_local(NEW, NINE)))
    assert read.says("Lệ phí: 100.000 đồng; Phí thẩm định: chưa nêu")


def test_a_long_receipt_keeps_signatures_and_strip_in_front() -> None:
    """The explanation of the date goes to the back, the strip can be torn off."""
    long = replace(receipt(), components=receipt().components * 2)
    pdf = printing.to_pdf(long, at=at_local(NEW, NINE))
    front, back = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "Lý Thị Mỷ" in front
    assert TOKEN in front
    assert "Vì sao hẹn ngày này?" in back


def test_an_ordinary_receipt_is_one_page() -> None:
    short = receipt(
        procedure=replace(receipt().procedure, name="Đăng ký khai sinh"),
        components=receipt().components[:2],
    )
    pdf = printing.to_pdf(short, at=at_local(NEW, NINE))
    read = read_back(pdf)
    assert read.pages == 1
    assert read.says("Vì sao hẹn ngày này?")


CODE_LIKE = [
    '#panic("no")',
    '#read("/config/settings.py")',
    "$x$ *bold* _thin_ `raw` @label <tag>",
    '"); #import "/x.typ": *; ("',
    "\\u{41} \\ // no /* comment */",
    "= Tiêu đề\n- mục",
]


@pytest.mark.parametrize("name", CODE_LIKE)
def test_a_name_that_looks_like_code_is_printed_as_it_is(name: str) -> None:
    made = receipt()
    made = replace(made, applicant=replace(made.applicant, name=name, address=name))
    read = read_back(printing.to_pdf(made, at=at_local(NEW, NINE)))
    assert read.says(name)


@pytest.mark.parametrize(
    "name", ["A", "Đặng Thị Thanh Hương Giang Ngọc", "Lò Thị Ỷ", "Ksor H'Bla"]
)
def test_names_of_one_to_six_words_are_printed_whole(name: str) -> None:
    made = receipt()
    made = replace(made, applicant=replace(made.applicant, name=name))
    assert read_back(printing.to_pdf(made, at=at_local(NEW, NINE))).says(name)


def test_every_template_compiles_without_a_warning() -> None:
    for day, form in product((NEW,), Form):
        made = paper(form, day)
        _file, warnings = typst.compile_with_warnings(
            str(typeset.template_path(made.template)),
            format="pdf",
            root=str(typeset.ROOT),
            font_paths=typeset.fonts(),
            sys_inputs={"data": json.dumps(made.data())},
            timestamp=0,
        )
        assert [str(w.message) for w in warnings] == []
