"""Invented samples for the living style sheet: long and short names, every state."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace as Sample

from gandan.ui.charts import Mark, Point, Target, Tile, line_chart, tile_map
from gandan.ui.navigation import Group, Link
from gandan.ui.reasons import Line, Reasons
from gandan.ui.words import Tag

DUE = date(2025, 6, 10)

WHY: tuple[Line, ...] = (
    (
        "27 ngày làm việc, tính từ hôm sau ngày nhận (thứ Ba 29/04/2025), trong đó "
        "10 ngày thêm cho xã miền núi → thứ Ba 10/06/2025"
    ),
    Reasons(
        "Các ngày theo lý do",
        (
            "30/04–02/05: không tính, nghỉ lễ và hoán đổi",
            "03–04/05: không tính, cuối tuần",
            "05–09/05: ngày 1–5",
        ),
    ),
    Reasons(
        "Thời gian không tính",
        ("12–26/05: niêm yết công khai, UBND xã, hạn 15 ngày",),
    ),
    "Phiếu hẹn in: thứ Ba 10/06/2025. Không có gì làm đổi ngày này.",
    (
        "Quy tắc nd118-2025, Nghị định 118/2025/NĐ-CP. Chưa kiểm chứng: tính lại từ "
        "đầu sau khi bổ sung."
    ),
)

TAGS = (
    Tag("late", "Trễ 2 ngày làm việc"),
    Tag("soon", "Hạn hôm nay"),
    Tag("ok", "Còn 9 ngày làm việc"),
    Tag("paused", "Tạm dừng, chờ cơ quan thuế"),
    Tag("you", "Chờ ông/bà"),
    Tag("ended", "Đã trả"),
)

STEPS = (
    Sample(
        state="done",
        name="Tiếp nhận",
        who="Quầy UBND xã Trà Lĩnh",
        day=date(2025, 4, 29),
        note="",
    ),
    Sample(
        state="done",
        name="Niêm yết công khai 15 ngày",
        who="UBND xã Trà Lĩnh",
        day=date(2025, 5, 26),
        note="",
    ),
    Sample(
        state="current",
        name="Xác định nghĩa vụ tài chính",
        who="Thuế cơ sở 4",
        day=date(2025, 5, 27),
        note="Hạn riêng 5 ngày làm việc",
    ),
    Sample(
        state="next",
        name="Ký giấy chứng nhận",
        who="Chủ tịch UBND xã",
        day=None,
        note="",
    ),
    Sample(
        state="next", name="Trả kết quả", who="Quầy UBND xã Trà Lĩnh", day=DUE, note=""
    ),
)

MOMENTS = (
    Sample(
        at=datetime(2025, 5, 27, 2, 5, tzinfo=UTC),
        day=None,
        what="Chuyển thông tin đến cơ quan thuế",
        who="Chi nhánh Văn phòng đăng ký đất đai",
        detail="Phiếu chuyển số 41",
    ),
    Sample(
        at=None,
        day=date(2025, 5, 26),
        what="Kết thúc niêm yết, không có ý kiến",
        who="UBND xã Trà Lĩnh",
        detail="",
    ),
    Sample(
        at=datetime(2025, 4, 29, 1, 12, tzinfo=UTC),
        day=None,
        what="Tiếp nhận hồ sơ",
        who="Quầy UBND xã Trà Lĩnh",
        detail="",
    ),
)

TASKS = (
    Sample(
        name="Chuẩn bị",
        tasks=(
            Sample(name="Trẻ", href="#", state="done", hint=""),
            Sample(name="Cha và mẹ", href="#", state="doing", hint="Khoảng 3 phút"),
            Sample(name="Giấy tờ", href="#", state="todo", hint="Ảnh giấy chứng sinh"),
        ),
    ),
    Sample(
        name="Gửi",
        tasks=(Sample(name="Xem lại và gửi", href="#", state="not_yet", hint=""),),
    ),
)

ANSWERS = (
    Sample(
        name="Trẻ",
        rows=(
            Sample(
                question="Họ, chữ đệm và tên",
                answer="Nông Thị Ánh",
                answers=(),
                change_href="#",
                source="",
            ),
            Sample(
                question="Ngày sinh",
                answer="thứ Tư 21/05/2025",
                answers=(),
                change_href="#",
                source="",
            ),
            Sample(
                question="Nơi ở",
                answer="",
                answers=("Xóm Bản Khuông", "Xã Trà Lĩnh, tỉnh Cao Bằng"),
                change_href="",
                source="Từ căn cước của mẹ, 28/05/2025",
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What <c-inbox> reads of a row; a room has its own."""

    value: str
    tag: Tag
    code: str
    name: str
    person: str
    place: str
    step: str
    step_day: date
    next: str
    is_new: bool = False
    href: str = "#"
    next_href: str = "#"


ROWS = (
    Row(
        "1",
        TAGS[0],
        "250429-0007",
        "Làm sổ đỏ lần đầu",
        "Hoàng Văn Sình",
        "xóm Bản Khuông",
        "Xác minh thực địa",
        date(2025, 5, 20),
        "Xin lỗi và gia hạn",
        is_new=True,
    ),
    Row(
        "2",
        TAGS[1],
        "250526-0031",
        "Đăng ký khai sinh",
        "Nông Thị Ánh",
        "xóm Lũng Rỳ",
        "Chờ ký",
        date(2025, 5, 27),
        "Ký",
    ),
    Row(
        "3",
        Tag("soon", "Còn 3 ngày làm việc"),
        "250512-0112",
        "Đăng ký hộ kinh doanh",
        "Lý A Páo",
        "tổ dân phố 3",
        "Thẩm định",
        date(2025, 5, 26),
        "Thẩm định hồ sơ",
        is_new=True,
    ),
    Row(
        "4",
        TAGS[2],
        "250527-0002",
        "Xác nhận tình trạng hôn nhân để đăng ký kết hôn với người nước ngoài",
        "Đàm Nguyễn Thị Bích Hường",
        "xóm Nà Mười – Cô Mười",
        "Thẩm định",
        date(2025, 5, 27),
        "Thẩm định hồ sơ",
    ),
    Row(
        "5",
        TAGS[3],
        "250415-0019",
        "Đăng ký biến động đất đai",
        "Hà",
        "xóm Tổng Moòng",
        "Chờ thông báo thuế",
        date(2025, 5, 19),
        "Gọi cơ quan thuế",
    ),
    Row(
        "6",
        TAGS[4],
        "250520-0044",
        "Chứng thực bản sao",
        "Triệu Mùi Pham",
        "xóm Bản Khuông",
        "Chờ bổ sung",
        date(2025, 5, 22),
        "Gọi nhắc",
    ),
)

PAGES = (
    Group(
        "Làm thủ tục",
        (
            Link("Tìm thủ tục", "#", current=True),
            Link("Nộp hồ sơ", "#"),
            Link("Theo dõi hồ sơ", "#"),
            Link("Nơi tiếp nhận", "#"),
            Link("Kiểm tra giấy tờ", "#"),
        ),
        current=True,
    ),
    Group(
        "Lên tiếng",
        (Link("Phản ánh, kiến nghị", "#"), Link("Khiếu nại", "#")),
        "#",
    ),
    Group(
        "Xã, phường của tôi",
        (Link("Công khai", "#"), Link("Dân giám sát", "#")),
        "#",
    ),
    Group(
        "Số liệu",
        (Link("Kết quả phục vụ", "#"), Link("Dữ liệu mở", "#")),
        "#",
    ),
    Group("Trợ giúp", (), "#"),
)

WORK = (
    Group("Việc của tôi", (), "#", current=True),
    Group(
        "Hồ sơ",
        (
            Link("Quầy", "#"),
            Link("Đang giải quyết", "#", count="412"),
            Link("Trả kết quả", "#", count="7"),
            Link("Tra cứu", "#"),
        ),
    ),
    Group("Số liệu", (Link("Trễ theo lĩnh vực", "#"),)),
    Group(
        "Danh mục",
        (Link("Thủ tục", "#"), Link("Đơn vị", "#"), Link("Lịch làm việc", "#")),
    ),
)

TABS = (
    Link("Cần làm", "#", current=True, count="500+"),
    Link("Chờ người khác", "#", count="38"),
    Link("Theo xóm", "#"),
    Link("Đã xong", "#"),
)
FILTERS = (
    Link("Tất cả", "#", current=True, count="500+"),
    Link("Trễ", "#", count="11"),
    Link("Trễ trong 3 ngày", "#", count="26"),
    Link("Đất đai", "#", count="204"),
)

_MONTHS = (
    "1,2",
    "1,4",
    "1,1",
    "",
    "1,6",
    "1,5",
    "1,9",
    "2,6",
    "3,1",
    "2,4",
    "2,0",
    "1,8",
)
_POINTS = [
    Point(
        f"{month}/2025",
        Decimal(said.replace(",", ".")) if said else None,
        f"{said} %",
        open=month == 12,
    )
    for month, said in enumerate(_MONTHS, start=1)
]
_MARKS = [Mark(6, "56 xã")]
_TARGET = Target(Decimal(2), "mục tiêu 2 %")
LINE = line_chart(_POINTS, marks=_MARKS, target=_TARGET)
LINE_PHONE = line_chart(_POINTS, size="phone", marks=_MARKS)
_TILES = [
    Tile("Thục Phán", 0, 0, Decimal("0.4"), "0,4 %", "#"),
    Tile("Nùng Trí Cao", 1, 0, Decimal("1.1"), "1,1 %", "#"),
    Tile("Tân Giang", 2, 0, Decimal("1.9"), "1,9 %", "#"),
    Tile("Trà Lĩnh", 0, 1, Decimal("2.6"), "2,6 %", "#"),
    Tile("Nguyễn Huệ", 1, 1, Decimal("4.0"), "4,0 %", "#"),
    Tile("Hòa An", 2, 1, None, "không có"),
]
MAP = tile_map(_TILES, [Decimal(n) for n in (1, 2, 3, 4)])
