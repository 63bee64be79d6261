"""What is kept of a file: decided by its bytes; nothing that acts, nothing hidden."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from gandan.documents import intake, printing
from gandan.documents.intake import FileRefused, Why, inspect
from gandan.documents.wording import explain
from gandan.kernel.localtime import ZONE
from tests.documents.conftest import Picture, receipt

Make = Callable[[Callable[[PdfWriter], object]], bytes]


def why(data: bytes, name: str = "don.pdf") -> Why:
    with pytest.raises(FileRefused) as refused:
        inspect(data, name=name)
    return refused.value.why


# --- by content --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content_type", "extension"),
    [
        ("JPEG", "image/jpeg", "jpg"),
        ("PNG", "image/png", "png"),
        ("WEBP", "image/jpeg", "jpg"),
    ],
)
def test_a_picture_is_known_by_its_bytes_whatever_its_name(
    picture: Picture, kind: str, content_type: str, extension: str
) -> None:
    kept = inspect(picture(kind), name="don.exe")
    assert (kept.content_type, kept.extension) == (content_type, extension)
    with Image.open(BytesIO(kept.data)) as image:
        assert image.size == (600, 400)


def test_our_own_papers_are_taken_back() -> None:
    at = datetime(2025, 10, 29, 9, tzinfo=ZONE)
    kept = inspect(printing.to_pdf(receipt(), at=at), name="giay.pdf")
    assert (kept.content_type, kept.pages) == ("application/pdf", 2)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Why.EMPTY),
        (b"MZ\x90\x00", Why.UNKNOWN_TYPE),
        (b"<html><script>alert(1)</script>", Why.UNKNOWN_TYPE),
        (b"<?xml version='1.0'?><svg/>", Why.UNKNOWN_TYPE),
        (b"GIF89a\x01\x00\x01\x00", Why.UNKNOWN_TYPE),
        (b"\n%PDF-1.7", Why.UNKNOWN_TYPE),
        (b"PK\x03\x04word/document.xml", Why.OFFICE_FILE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Why.OFFICE_FILE),
        (b"\x00\x00\x00\x18ftypheic", Why.HEIC),
        (b"%PDF-1.7\nnothing more", Why.BROKEN),
        (b"\xff\xd8\xff\xe0 no picture", Why.BROKEN),
        (b"\x89PNG\r\n\x1a\n no picture", Why.BROKEN),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Why.BROKEN),
        (b"%PDF-" + b"0" * intake.MOST_BYTES, Why.TOO_LARGE),
    ],
)
def test_anything_else_is_refused_with_its_reason(data: bytes, reason: Why) -> None:
    assert why(data) == reason


@pytest.mark.parametrize("reason", list(Why))
def test_every_refusal_is_one_or_two_short_sentences(reason: Why) -> None:
    words = explain(FileRefused(reason))
    assert words.endswith(".")
    assert all(len(part.split()) <= 20 for part in words.split(". "))


# --- pictures ----------------------------------------------------------------------


def test_where_and_when_a_photograph_was_taken_is_gone(picture: Picture) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Hoang"
    exif.get_ifd(0x8825)[2] = (22.0, 40.0, 0.0)  # latitude
    kept = inspect(picture("JPEG", exif=exif, comment=b"secret"), name="anh.jpg")
    with Image.open(BytesIO(kept.data)) as image:
        assert dict(image.getexif()) == {}
        assert "comment" not in image.info
    assert b"Telephone of" not in kept.data
    assert b"secret" not in kept.data


def test_bytes_behind_a_picture_are_gone(picture: Picture) -> None:
    for kind in ("JPEG", "PNG"):
        kept = inspect(picture(kind) + b"PK\x03\x04 hidden", name="anh")
        assert b"hidden" not in kept.data


def test_a_photograph_on_its_side_stands_upright(picture: Picture) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    kept = inspect(picture("JPEG", size=(600, 400), exif=exif), name="anh.jpg")
    with Image.open(BytesIO(kept.data)) as image:
        assert image.size == (400, 600)


def test_a_large_photograph_becomes_as_large_as_a_sheet_at_300_dpi(
    picture: Picture,
) -> None:
    kept = inspect(picture("JPEG", size=(6000, 3000)), name="anh.jpg")
    with Image.open(BytesIO(kept.data)) as image:
        assert image.size == (3508, 1754)


def test_a_picture_that_unfolds_into_too_many_dots_is_not_drawn() -> None:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 200_000
    assert why(out.getvalue(), "anh.png") == Why.TOO_MANY_DOTS


def test_what_was_transparent_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(inspect(out.getvalue(), name="a.png").data)) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@given(at=st.integers(0, 3000), value=st.binary(min_size=1, max_size=40))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_refused_or_read_never_an_error(
    picture: Picture, kind: str, at: int, value: bytes
) -> None:
    data = bytearray(picture(kind))
    at %= len(data)
    data[at : at + len(value)] = value
    with suppress(FileRefused):
        inspect(bytes(data[: len(data) - at % 7]), name="anh")


# --- PDF ---------------------------------------------------------------------------


def _root(writer: PdfWriter, key: str, value: object) -> None:
    writer._root_object[NameObject(key)] = value


def _action(kind: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind)})


def _script(writer: PdfWriter) -> None:
    action = _action("/JavaScript")
    action[NameObject("/JS")] = TextStringObject("app.alert(1)")
    _root(writer, "/OpenAction", action)


def _annotation(writer: PdfWriter, **entries: object) -> None:
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot")})
    for key, value in entries.items():
        note[NameObject(f"/{key}")] = value
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


ACTIVE = {
    "a script on opening": _script,
    "an attached file": lambda w: w.add_attachment("x.exe", b"MZ"),
    "starts a program": lambda w: _root(w, "/OpenAction", _action("/Launch")),
    "sends a form": lambda w: _root(w, "/OpenAction", _action("/SubmitForm")),
    "opens another file": lambda w: _root(w, "/OpenAction", _action("/GoToR")),
    "a script in an annotation": lambda w: _annotation(
        w,
        Subtype=NameObject("/Link"),
        A=DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.alert(1)"),
            }
        ),
    ),
    "a paper clip": lambda w: _annotation(w, Subtype=NameObject("/FileAttachment")),
    "a film": lambda w: _annotation(w, Subtype=NameObject("/RichMedia")),
    "an XFA form": lambda w: _root(
        w,
        "/AcroForm",
        DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")}),
    ),
}


@pytest.mark.parametrize("what", list(ACTIVE))
def test_a_pdf_that_acts_is_refused(pdf: Make, what: str) -> None:
    assert why(pdf(ACTIVE[what])) == Why.ACTIVE_CONTENT


def test_a_name_written_in_hex_hides_nothing(pdf: Make) -> None:
    data = pdf(_script)
    hidden = data.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS ", b"/J#53 ")
    assert hidden != data
    assert why(hidden) == Why.ACTIVE_CONTENT


def test_links_and_opening_at_a_page_are_harmless(pdf: Make) -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.vn"))

    assert inspect(pdf(change), name="a.pdf").pages == 1


def test_a_pdf_is_kept_byte_for_byte_so_that_signatures_stay_valid(pdf: Make) -> None:
    data = pdf(lambda _w: None)
    assert inspect(data, name="a.pdf").data == data


def test_a_locked_pdf_is_refused_and_an_empty_password_is_none(pdf: Make) -> None:
    assert why(pdf(lambda w: w.encrypt("mat khau"))) == Why.LOCKED
    open_one = pdf(lambda w: w.encrypt("", owner_password="chu"))
    assert inspect(open_one, name="a.pdf").pages == 1


def test_a_locked_owner_hides_no_script(pdf: Make) -> None:
    def change(writer: PdfWriter) -> None:
        _script(writer)
        writer.encrypt("", owner_password="chu")

    assert why(pdf(change)) == Why.ACTIVE_CONTENT


def test_very_many_pages_are_sent_in_parts(pdf: Make) -> None:
    def change(writer: PdfWriter) -> None:
        for _ in range(intake.MOST_PAGES):
            writer.add_blank_page(width=10, height=10)

    assert why(pdf(change)) == Why.TOO_MANY_PAGES


@given(at=st.integers(0, 5000), value=st.binary(min_size=1, max_size=60))
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_damaged_pdf_is_refused_or_read_never_an_error(
    pdf: Make, at: int, value: bytes
) -> None:
    data = bytearray(pdf(lambda w: w.add_metadata({"/Title": "Đơn"})))
    at %= len(data)
    data[at : at + len(value)] = value
    with suppress(FileRefused):
        inspect(bytes(data), name="a.pdf")


# --- names -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("Công văn MẬT.pdf", True),
        ("to-trinh_Tối mật_2025.pdf", True),
        ("TUYỆT MẬT.pdf", True),
        ("toi mat.pdf", True),
        ("tuyet-mat.pdf", True),
        ("bí mật nhà nước.pdf", True),
        ("độ mật.pdf", True),
        ("To\u0302\u0301i ma\u0323\u0302t.pdf", True),  # decomposed
        ("mặt trước CCCD.jpg", False),
        ("mat truoc.jpg", False),
        ("Cam kết bảo mật thông tin.pdf", False),
        ("mật độ xây dựng.pdf", False),
        ("giấy phép nuôi mật ong.pdf", False),
        ("thân mật mời.pdf", False),
        ("format.pdf", False),
        ("Đơn.pdf", False),
    ],
)
def test_a_secrecy_mark_in_the_name_stops_a_file(name: str, secret: bool) -> None:
    assert intake.bears_secret_mark(name) is secret


def test_a_secret_file_is_not_even_read() -> None:
    assert why(b"anything", "Tối mật.pdf") == Why.SECRET_MARK


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Đơn xin.PDF", "Đơn xin.pdf"),
        ("C:\\Users\\Hoàng\\don.pdf", "don.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("dòng\nhai.pdf", "dòng hai.pdf"),
        ("\u00d0on.pdf", "tep.pdf"),
        ("", "tep.pdf"),
        (".pdf", "tep.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_the_persons_name_of_a_file_is_kept_clean(given_name: str, kept: str) -> None:
    assert intake.kept_name(given_name, "pdf") == kept
