"""How long a receipt takes to become a PDF, as a counter prints it."""

import time
from datetime import date, datetime, timedelta
from typing import Any

from bench.figures import median
from gandan.documents import printing, slips
from gandan.kernel.localtime import at_local

WARM, PRINTED = 5, 40
_PAPERS = (
    "Tờ khai đăng ký khai sinh theo mẫu",
    "Giấy chứng sinh hoặc văn bản của người làm chứng về việc sinh",
    "Giấy tờ tùy thân của người đi đăng ký",
    "Giấy tờ chứng minh nơi cư trú",
    "Giấy chứng nhận kết hôn của cha, mẹ nếu có",
)
_WHY = (
    "Ngày tiếp nhận hồ sơ, thứ Ba 10/06/2025, không tính vào thời hạn.",
    "Hai ngày làm việc: thứ Tư 11/06/2025 và thứ Năm 12/06/2025.",
    "Hẹn trả kết quả thứ Năm 12/06/2025.",
)


def _receipt(number: int, at: datetime) -> slips.Receipt:
    """Another code, name and secret each time: no slip is a copy of the one before."""
    return slips.Receipt(
        office=slips.Office(
            name="Trung tâm Phục vụ hành chính công phường Thục Phán",
            above="Ủy ban nhân dân phường Thục Phán",
            seat="Thục Phán",
            telephone="0206 3 000 000",
        ),
        code=f"H14.X01273-250610-{number:04}",
        received_on=at.date(),
        printed_on=at.date(),
        procedure=slips.ProcedureLine(
            code="1.001193", name="Thủ tục đăng ký khai sinh", version="bản 1"
        ),
        applicant=slips.Applicant(
            name=f"Nông Thị Mẩy {number}",
            identity=f"••••••••{number:04}",
            address="Xóm Nà Lũng, phường Thục Phán",
        ),
        follow_url=f"http://localhost:8000/k/{number:022}",
        components=tuple(slips.Component(name=name, originals=1) for name in _PAPERS),
        received_at=at,
        allowance="2 ngày làm việc",
        due_on=date(2025, 6, 12),
        fees=(slips.FeeLine(name="", amount=8000 + number),),
        result_place="Trung tâm Phục vụ hành chính công phường Thục Phán",
        receiver="Bế Thị Đo",
        why=_WHY,
        follow_address="http://localhost:8000/theo-doi",
        follow_secret=f"ABCD-{number:04}",
        withdrawal_token=f"{number:022}",
    )


def measure() -> dict[str, Any]:
    """Seconds: the median of many, and of the first, which loads fonts and template."""
    at = at_local(date(2025, 6, 10), datetime.min.time()) + timedelta(hours=9)
    taken = []
    for number in range(WARM + PRINTED):
        paper = _receipt(number, at)
        started = time.perf_counter()
        pdf = printing.to_pdf(paper, at=at)
        taken.append(time.perf_counter() - started)
        assert pdf.startswith(b"%PDF")
    return {"first": taken[0], "median": median(taken[WARM:])}
