"""Papers of one land dossier at a commune's desk, with the longest words we met."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from gandan.documents.control import ControlSlip, HandOver
from gandan.documents.register import Register, RegisterRow
from gandan.documents.rules import Form, form_set_on, masked_identity
from gandan.documents.slips import (
    Apology,
    Applicant,
    Component,
    FeeLine,
    Office,
    ProcedureLine,
    Receipt,
    Refusal,
    Slip,
    StopNotice,
    SupplementRequest,
    Wanted,
)
from gandan.kernel.localtime import at_local
from gandan.ui.reasons import Reasons

OLD, NEW = date(2025, 4, 29), date(2025, 10, 29)  # a Tuesday, a Wednesday
NINE = time(9)
FOLLOW = "https://example.gov.vn/h/Q2x3R5t7U9wYzAbCdEfGhI"
TOKEN = "FrI_xbrec4roqTGfhbzcNQ"
SECRET = "K7QF 29MX 4TRB"

OFFICE = Office(
    name="Trung tâm Phục vụ hành chính công xã Bảo Lạc",
    above="UBND xã Bảo Lạc",
    seat="Bảo Lạc",
    telephone="0206 3 870 123",
    address="Khu 5, xã Bảo Lạc",
    hours="7:00–11:30, 13:30–17:00, thứ Hai–thứ Sáu",
)
WHY = (
    "27 ngày làm việc, tính từ hôm sau ngày nhận, thêm 10 ngày cho xã miền núi",
    Reasons("Ngày không tính", ("30/04–02/05: nghỉ lễ, hoán đổi", "thứ Bảy, Chủ nhật")),
    "Căn cứ: Nghị định 118/2025/NĐ-CP (chưa kiểm chứng)",
)


def common(received: date) -> dict[str, Any]:
    return {
        "office": OFFICE,
        "code": "H14.30.12-251029-0007",
        "received_on": received,
        "printed_on": received,
        "procedure": ProcedureLine(
            code="1.013978",
            name=(
                "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền"
                " sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu"
            ),
            version="phiên bản 2025-07-01",
            everyday_name="Làm sổ đỏ lần đầu",
        ),
        "applicant": Applicant(
            name="Hoàng Thị Ngọc Ánh",
            identity=masked_identity("004188012345"),
            address="Xóm Nà Chang, xã Bảo Lạc, tỉnh Cao Bằng",
            telephone="0912 345 678",
            email="anh.hoang@example.vn",
            brought_by="Nông Văn Ỷ (con)",
        ),
        "competent": "Chi nhánh Văn phòng Đăng ký đất đai khu vực Bảo Lạc",
        "follow_url": FOLLOW,
    }


def receipt(received: date = NEW, **values: Any) -> Receipt:
    given: dict[str, Any] = {
        "components": (
            Component(name="Đơn đăng ký đất đai (Mẫu số 15)", originals=1),
            Component(name="Giấy tờ về quyền sử dụng đất", copies=2, electronic=1),
            Component(name="Mảnh trích đo bản đồ địa chính", originals=1),
        ),
        "received_at": at_local(received, time(9, 15)),
        "allowance": "27 ngày làm việc",
        "due_on": received + timedelta(days=37),
        "fees": (
            FeeLine(name="Lệ phí", amount=100_000),
            FeeLine(name="Phí thẩm định", words="chưa nêu"),
        ),
        "result_place": "Trung tâm Phục vụ hành chính công xã Bảo Lạc",
        "receiver": "Lý Thị Mỷ",
        "why": WHY,
        "follow_address": "example.gov.vn/theo-doi",
        "follow_secret": SECRET,
        "withdrawal_token": TOKEN,
    }
    return Receipt(**(common(received) | given | values))


def paper(form: Form, received: date) -> Slip | Register:
    """One paper of each form, for a dossier received on this day."""
    at = at_local(received, time(9, 15))
    given = common(received)
    match form:
        case Form.RECEIPT:
            return receipt(received)
        case Form.SUPPLEMENT:
            return SupplementRequest(
                **given,
                wanted=(
                    Wanted(name="Mảnh trích đo", reason="Thiếu chữ ký hộ liền kề"),
                    Wanted(name="Giấy ủy quyền của người vợ hoặc chồng"),
                ),
                reason="Hồ sơ chưa đủ thành phần",
                clock_words="Thời hạn dừng từ thứ Tư 05/11/2025.",
                officer="Lý Thị Mỷ",
            )
        case Form.REFUSAL:
            return Refusal(
                **given,
                reasons=("Thửa đất đang có tranh chấp, Tòa án đã thụ lý.",),
                basis="Điều 151 Luật Đất đai 2024",
                officer="Lý Thị Mỷ",
            )
        case Form.APOLOGY:
            return Apology(
                **given,
                received_at=at,
                was_due_on=received + timedelta(days=37),
                due_on=received + timedelta(days=51),
                reason="Mưa lớn kéo dài, tổ đo đạc chưa đến được thửa đất",
                signatory="Nông Thế Phúc",
                capacity="Giám đốc",
                why=WHY,
            )
        case Form.STOP:
            return StopNotice(
                **given,
                stopped_on=received + timedelta(days=20),
                reason="Ông/bà đã có đơn rút hồ sơ",
                handed_back=("Đơn đăng ký", "Mảnh trích đo"),
                signatory="Nông Thế Phúc",
                capacity="Giám đốc",
            )
        case Form.CONTROL:
            return ControlSlip(
                **given,
                due_on=received + timedelta(days=37),
                steps=(
                    HandOver(
                        giver="Lý Thị Mỷ",
                        taker="Hứa Văn Đức, Chi nhánh VPĐK",
                        handed_at=at,
                        due=received + timedelta(days=1),
                        ended_at=at + timedelta(days=2),
                        result="late",
                        reason="Hệ thống gián đoạn",
                    ),
                    HandOver(
                        giver="Hứa Văn Đức",
                        taker="Thuế cơ sở 3",
                        handed_at=at + timedelta(days=2),
                    ),
                ),
            )
        case Form.REGISTER:
            return Register(
                office=OFFICE,
                form_set=form_set_on(received),
                starts=received,
                ends=received + timedelta(days=30),
                printed_on=received,
                rows=tuple(register_row(n, at) for n in (1, 2)),
            )


def register_row(number: int, at: datetime, **values: Any) -> RegisterRow:
    given: dict[str, Any] = {
        "number": number,
        "code": f"H14.30.12-251029-{number:04d}",
        "procedure": "Đăng ký khai sinh",
        "applicant": "Hoàng Thị Ngọc Ánh",
        "address": "Xóm Nà Chang",
        "telephone": "0912 345 678",
        "competent": "UBND xã Bảo Lạc",
        "received_at": at,
        "due_on": at.date() + timedelta(days=37),
        "returned_on": at.date() + timedelta(days=36),
        "handed_to": "Tại quầy, chính chủ",
    }
    return RegisterRow(**(given | values))


@dataclass(frozen=True, slots=True)
class Page:
    """A PDF read back."""

    text: str
    width: float
    height: float
    pages: int
    metadata: str

    def says(self, words: str) -> bool:
        """Line breaks and spaces are the layout's own."""
        return squeezed(words) in squeezed(self.text)


def squeezed(words: str) -> str:
    return "".join(words.split())


def read_back(pdf: bytes) -> Page:
    reader = PdfReader(BytesIO(pdf))
    box = reader.pages[0].mediabox
    raw = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    return Page(
        text="\n".join(page.extract_text() for page in reader.pages),
        width=float(box.width),
        height=float(box.height),
        pages=len(reader.pages),
        metadata=raw,
    )


Picture = Callable[..., bytes]


@pytest.fixture
def picture() -> Picture:
    """A photograph of a paper, in any format."""

    def make(kind: str, size: tuple[int, int] = (600, 400), **save: Any) -> bytes:
        image = Image.new("RGB", size, "white")
        ImageDraw.Draw(image).rectangle((50, 50, size[0] // 2, 120), fill="navy")
        out = BytesIO()
        image.save(out, kind, **save)
        return out.getvalue()

    return make


@pytest.fixture
def pdf() -> Callable[[Callable[[PdfWriter], object]], bytes]:
    """A PDF of one page, with something done to it."""

    def make(change: Callable[[PdfWriter], object] = lambda _writer: None) -> bytes:
        writer = PdfWriter()
        writer.add_blank_page(width=200, height=200)
        change(writer)
        out = BytesIO()
        writer.write(out)
        return out.getvalue()

    return make
