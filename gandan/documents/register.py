"""Form 07 (06 before 15/9/2025): the register of dossiers, as a page and a workbook.

The workbook is written row by row: a year of a busy desk needs no more memory than a
day. A cell is text unless it is a date, so nothing a person wrote becomes a formula.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, ClassVar

import xlsxwriter

from gandan.documents import blocks
from gandan.documents import vietnamese as vn
from gandan.documents.rules import Form, FormSet, official
from gandan.documents.slips import Office
from gandan.kernel.localtime import local

HEAD = (
    "TT",
    "Mã hồ sơ",
    "Tên thủ tục",
    "Số bộ",
    "Người nộp",
    "Địa chỉ, điện thoại",
    "Cơ quan giải quyết",
    "Nhận lúc",
    "Hẹn trả",
    "Trả ngày",
    "Cách nhận, người nhận",
    "Ghi chú",
)
# Shares of an A4 page across; 0 takes what it needs.
WIDTHS = (0, 0, 2.2, 0.5, 1.3, 1.5, 1.3, 0.9, 0.9, 0.9, 1.1, 0.8)

# Of the workbook's columns, where a share says nothing.
LETTERS = {0: 6, 1: 24}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    number: int
    code: str
    procedure: str
    applicant: str
    received_at: datetime
    address: str = ""
    telephone: str = ""
    competent: str = ""
    sets: int = 1
    due_on: date | None = None
    returned_on: date | None = None
    handed_to: str = ""  # how and to whom
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        return (
            str(self.number),
            self.code,
            self.procedure,
            vn.count(self.sets),
            self.applicant,
            "\n".join(part for part in (self.address, self.telephone) if part),
            self.competent,
            vn.short_moment(self.received_at),
            vn.short_day(self.due_on) if self.due_on else "",
            vn.short_day(self.returned_on) if self.returned_on else "",
            self.handed_to,
            self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The register of one office over some days, on A4 across."""

    form: ClassVar[Form] = Form.REGISTER
    template: ClassVar[str] = "slip07"

    office: Office
    form_set: FormSet  # of the day the register is printed
    starts: date
    ends: date  # the last day that is in it
    printed_on: date
    rows: tuple[RegisterRow, ...]

    def period(self) -> str:
        if self.starts == self.ends:
            return f"Ngày {vn.short_day(self.starts)}"
        return f"Từ {vn.short_day(self.starts)} đến {vn.short_day(self.ends)}"

    def data(self) -> dict[str, Any]:
        form = official(self.form, self.form_set)
        return {
            "title": form.title,
            "form": f"Mẫu số {vn.count(form.number)}",
            "circular": self.form_set.circular,
            "unverified": not self.form_set.layout_verified,
            "above": self.office.above,
            "office": vn.headed(self.office.name),
            "date_line": f"{self.office.seat}, {vn.long_day(self.printed_on)}",
            "note": self.period(),
            "blocks": [
                blocks.table(
                    "",
                    HEAD,
                    [row.cells() for row in self.rows],
                    widths=WIDTHS,
                    centred=[0, 3],
                ),
                blocks.text(f"Cộng: {vn.quantity(len(self.rows))} hồ sơ."),
            ],
        }


def write_xlsx(
    out: IO[bytes], *, title: str, period: str, rows: Iterable[RegisterRow]
) -> int:
    """Write the workbook to `out`; returns how many rows it holds."""
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd/mm/yyyy",
            "remove_timezone": True,
        },
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    minute = book.add_format({"num_format": "hh:mm dd/mm/yyyy", "valign": "top"})
    sheet = book.add_worksheet("Sổ theo dõi")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, LETTERS.get(column, width * 12))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, period)
    for column, words in enumerate(HEAD):
        sheet.write_string(3, column, words, bold)
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(3)
    line = 3
    for line, row in enumerate(rows, start=4):
        for column, words in enumerate(row.cells()):
            sheet.write_string(line, column, words, plain)
        sheet.write_number(line, 0, row.number, plain)
        sheet.write_number(line, 3, row.sets, plain)
        sheet.write_datetime(line, 7, _naive(row.received_at), minute)
        for column, value in ((8, row.due_on), (9, row.returned_on)):
            if value:
                sheet.write_datetime(line, column, value, day)
    sheet.autofilter(3, 0, max(line, 3), len(HEAD) - 1)
    book.close()
    return line - 3


def _naive(at: datetime) -> datetime:
    """A workbook knows no time zones: local time stands in it."""
    return local(at).replace(tzinfo=None)
