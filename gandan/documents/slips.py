"""Forms 01–05: what is printed for a person, and nothing that is not printed.

The caller fills these values; nothing here reads a table. Forms are Vietnamese legal
papers and keep their own words in every language of the interface.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from gandan.documents import blocks
from gandan.documents import vietnamese as vn
from gandan.documents.rules import Form, FormSet, form_set_on, official
from gandan.kernel.localtime import local_day
from gandan.ui.reasons import Line

SIGN = "(Ký, ghi rõ họ tên)"
SIGN_AND_SEAL = "(Ký, ghi rõ họ tên, đóng dấu)"
MASKED = "•••• •••• •••• •••• ••••"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office whose name heads the paper."""

    name: str
    above: str = ""  # the body it belongs to, first line of the heading
    seat: str  # the place in the line of the date: «Bảo Lạc»
    telephone: str
    address: str = ""
    hours: str = ""  # «7:00–11:30, 13:30–17:00, thứ Hai–thứ Sáu»


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    name: str
    identity: str = ""  # masked already: `rules.masked_identity`
    address: str = ""
    telephone: str = ""
    email: str = ""
    brought_by: str = ""  # who came, where that is somebody else


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureLine:
    code: str
    name: str
    version: str  # the catalogue's version this dossier is bound to
    everyday_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    name: str
    originals: int = 0
    copies: int = 0
    electronic: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """An amount in đồng, or words where there is none: «Chưa nêu» is not «0 đồng»."""

    name: str
    amount: int | None = None
    words: str = ""

    def __str__(self) -> str:
        value = vn.dong(self.amount) if self.amount is not None else self.words
        return f"{self.name}: {value}" if self.name else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A paper or a correction that is asked for, and why."""

    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What every slip of a dossier carries."""

    form: ClassVar[Form]
    template: ClassVar[str]
    # Lines that one page holds in the larger type; a fuller slip takes the smaller one.
    roomy_lines: ClassVar[int] = 26

    office: Office
    code: str
    received_on: date  # decides the set of forms
    printed_on: date
    procedure: ProcedureLine
    applicant: Applicant
    competent: str = ""  # the agency that decides, where another received
    follow_url: str = ""  # a capability; becomes the one QR
    paper_number: str = ""  # of a numbered paper slip entered later

    @property
    def form_set(self) -> FormSet:
        return form_set_on(self.received_on)

    def promised_on(self) -> date | None:
        """The date this paper promises, if it promises one."""
        return None

    def data(self) -> dict[str, Any]:
        form_set, form = self.form_set, official(self.form, self.form_set)
        body = self._blocks()
        return {
            "title": form.title,
            "form": f"Mẫu số {vn.count(form.number)}",
            "circular": form_set.circular,
            "unverified": not form_set.layout_verified,
            "above": self.office.above,
            "office": vn.headed(self.office.name),
            "date_line": f"{self.office.seat}, {vn.long_day(self.printed_on)}",
            "code": self.code,
            "paper_number": self.paper_number,
            "telephone": self.office.telephone,
            "qr": blocks.qr_svg(self.follow_url) if self.follow_url else "",
            "panel": self._panel(),
            "note": self._note(),
            "blocks": body,
            "dense": blocks.lines(body) > self.roomy_lines,
            "strip": self._strip(),
        }

    def _panel(self) -> list[dict[str, str]]:
        """What is printed large: the code, and a date where there is one."""
        return [{"label": "Mã hồ sơ", "value": self.code}]

    def _note(self) -> str:
        return ""

    def _blocks(self) -> list[blocks.Block]:
        raise NotImplementedError

    def _strip(self) -> dict[str, Any] | None:
        return None

    def _about(self, first_label: str) -> blocks.Block:
        """Whose dossier, and what for: the first lines of every form."""
        p, a = self.procedure, self.applicant
        return blocks.fields(
            ((first_label, a.name), ("Số định danh", a.identity)),
            ("Người nộp thay", a.brought_by),
            ("Địa chỉ", a.address),
            (("Điện thoại", a.telephone), ("Thư điện tử", a.email)),
            ("Nội dung yêu cầu giải quyết", p.name),
            ("Mã thủ tục, phiên bản", f"{p.code}, {p.version}"),
            ("Cơ quan giải quyết", self.competent),
        )

    def _contact(self) -> blocks.Block:
        o = self.office
        where = ", ".join(part for part in (o.name, o.address, o.hours) if part)
        return blocks.text(
            f"Nếu có vướng mắc, ông/bà liên hệ {where}; điện thoại {o.telephone}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Slip):
    """Form 01: receipt and appointment.

    The two secrets are printed once, on the applicant's copy; every other print shows
    that they exist and masks them.
    """

    form = Form.RECEIPT
    template = "slip01"
    roomy_lines = 20  # the tear-off strip takes its place

    components: tuple[Component, ...]
    received_at: datetime
    allowance: str  # «27 ngày làm việc»
    due_on: date | None
    due_at: datetime | None = None  # limits counted in hours
    provisional: bool = False  # the calendar of that year is not decreed yet
    fees: tuple[FeeLine, ...] = ()
    result_place: str
    receiver: str
    helped_at: str = ""
    why: tuple[Line, ...] = ()
    sets: int = 1
    follow_address: str = ""  # what one types where no camera reads the QR
    follow_secret: str = ""
    withdrawal_token: str = ""
    copy_for_file: bool = False
    print_number: int = 1

    def promised_on(self) -> date | None:
        return local_day(self.due_at) if self.due_at else self.due_on

    def _due_words(self) -> str:
        if self.due_at:
            words = vn.moment(self.due_at)
        elif self.due_on:
            words = vn.day(self.due_on)
        else:
            return "sẽ báo bằng văn bản"
        return f"{words} (dự kiến)" if self.provisional else words

    def _panel(self) -> list[dict[str, str]]:
        return [
            {"label": "Mã hồ sơ", "value": self.code},
            {"label": "Hẹn trả kết quả", "value": self._due_words()},
        ]

    def _note(self) -> str:
        copy = "Liên: lưu" if self.copy_for_file else "Liên: giao người nộp"
        return copy if self.print_number == 1 else f"{copy}. In lần {self.print_number}"

    def _blocks(self) -> list[blocks.Block]:
        def some(quantity: int) -> str:
            return vn.count(quantity) if quantity else ""

        rows = [
            (str(n), c.name, some(c.originals), some(c.copies), some(c.electronic))
            for n, c in enumerate(self.components, start=1)
        ]
        return blocks.present(
            self._about("Tiếp nhận hồ sơ của"),
            blocks.table(
                "Thành phần hồ sơ nộp gồm",
                ["TT", "Tên giấy tờ", "Bản chính", "Bản sao", "Điện tử"],
                rows,
                widths=[7, 1, 17, 15, 15],
                centred=[0, 2, 3, 4],
            ),
            blocks.fields(
                (
                    ("Số lượng hồ sơ", f"{vn.count(self.sets)} bộ"),
                    ("Thời gian giải quyết", self.allowance),
                ),
                ("Thời gian nhận hồ sơ", vn.moment(self.received_at)),
                ("Thời gian trả kết quả", self._due_words()),
                ("Phí, lệ phí", "; ".join(map(str, self.fees))),
                ("Nhận kết quả tại", self.result_place),
                ("Nơi hướng dẫn", self.helped_at),
            ),
            blocks.signatures(
                ("Người nộp hồ sơ", SIGN, ""),
                ("Người tiếp nhận hồ sơ", SIGN, self.receiver),
            ),
            blocks.why("Vì sao hẹn ngày này?", self.why),
        )

    def _strip(self) -> dict[str, Any] | None:
        shown = not self.copy_for_file
        secret = self.follow_secret if shown else ""
        token = self.withdrawal_token if shown else ""
        return {
            "follow_address": self.follow_address,
            "secret": secret or MASKED,
            "token": token or MASKED,
            "masked": not token,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequest(Slip):
    """Form 02: everything that is missing, said once."""

    form = Form.SUPPLEMENT
    template = "slip02"

    wanted: tuple[Wanted, ...]
    reason: str = ""
    clock_words: str  # a sentence: what it does to the clock, under the rule in force
    asked_before: int = 0  # how many requests came before this one
    basis: str = ""
    officer: str
    signatory: str = ""  # signs a second request

    def _note(self) -> str:
        return f"Lần {self.asked_before + 1}" if self.asked_before else ""

    def _blocks(self) -> list[blocks.Block]:
        signing = (
            ("Người có thẩm quyền", SIGN_AND_SEAL, self.signatory)
            if self.signatory
            else ("Người hướng dẫn", SIGN, self.officer)
        )
        return blocks.present(
            self._about("Hồ sơ của"),
            blocks.numbered(
                "Đề nghị ông/bà bổ sung, hoàn thiện những nội dung sau:",
                [(item.name, item.reason) for item in self.wanted],
            ),
            blocks.fields(("Lý do", self.reason), ("Căn cứ", self.basis)),
            blocks.text(self.clock_words),
            self._contact(),
            blocks.signatures(("Người nhận phiếu", SIGN, ""), signing),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(Slip):
    """Form 03: reception refused, with reasons and, if there is one, the right door."""

    form = Form.REFUSAL
    template = "slip03"

    reasons: tuple[str, ...]
    basis: str = ""
    where_instead: str = ""
    officer: str

    def _blocks(self) -> list[blocks.Block]:
        return blocks.present(
            self._about("Hồ sơ của"),
            blocks.text(
                "Qua xem xét, chúng tôi thông báo không tiếp nhận, giải quyết hồ sơ này"
                " với lý do cụ thể như sau:"
            ),
            blocks.numbered("", [(reason, "") for reason in self.reasons]),
            blocks.fields(
                ("Căn cứ", self.basis), ("Ông/bà có thể nộp tại", self.where_instead)
            ),
            self._contact(),
            blocks.text("Xin thông báo để ông/bà được biết và thực hiện."),
            blocks.signatures(
                ("Người nộp hồ sơ", SIGN, ""),
                ("Người tiếp nhận hồ sơ", SIGN, self.officer),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Apology(Slip):
    """Form 04: an apology in writing, its reason and the new date."""

    form = Form.APOLOGY
    template = "slip04"

    received_at: datetime
    was_due_on: date
    due_on: date
    reason: str
    basis: str = ""
    signatory: str
    capacity: str  # «Chủ tịch», «Giám đốc»
    provisional: bool = False
    why: tuple[Line, ...] = ()

    def promised_on(self) -> date | None:
        return self.due_on

    def _due_words(self) -> str:
        words = vn.day(self.due_on)
        return f"{words} (dự kiến)" if self.provisional else words

    def _panel(self) -> list[dict[str, str]]:
        return [
            {"label": "Mã hồ sơ", "value": self.code},
            {"label": "Ngày hẹn mới", "value": self._due_words()},
        ]

    def _blocks(self) -> list[blocks.Block]:
        agency = self.competent or self.office.name
        asks = official(self.form, self.form_set).title.startswith("Văn bản")
        return blocks.present(
            self._about("Kính gửi"),
            blocks.text(
                f"{vn.moment(self.received_at)}, {agency} tiếp nhận hồ sơ nói trên và"
                f" hẹn trả kết quả {vn.day(self.was_due_on)}. Đến nay, chúng tôi chưa"
                " giải quyết xong và không trả được kết quả đúng hẹn."
            ),
            blocks.fields(("Lý do", self.reason), ("Căn cứ", self.basis)),
            blocks.text(
                "Sự chậm trễ này gây phiền hà, tốn kém chi phí và công sức của ông/bà."
                f" {agency} xin lỗi ông/bà"
                + (", đề nghị gia hạn thời gian giải quyết và" if asks else " và")
                + f" hẹn trả kết quả {self._due_words()}."
            ),
            self._contact(),
            blocks.text("Mong nhận được sự thông cảm của ông/bà."),
            blocks.signatures(
                ("", "", ""), (self.capacity, SIGN_AND_SEAL, self.signatory)
            ),
            blocks.why("Vì sao hẹn ngày này?", self.why),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNotice(Slip):
    """Form 05, new in 2025: the work on a dossier stops."""

    form = Form.STOP
    template = "slip05"

    stopped_on: date
    reason: str
    basis: str = ""
    handed_back: tuple[str, ...] = ()  # papers that are given back
    signatory: str
    capacity: str

    def _blocks(self) -> list[blocks.Block]:
        agency = self.competent or self.office.name
        return blocks.present(
            self._about("Kính gửi"),
            blocks.text(
                f"{agency} thông báo dừng giải quyết hồ sơ nói trên"
                f" từ {vn.day(self.stopped_on)}."
            ),
            blocks.fields(("Lý do", self.reason), ("Căn cứ", self.basis)),
            blocks.numbered(
                "Giấy tờ trả lại ông/bà:", [(name, "") for name in self.handed_back]
            ),
            blocks.text("Khi cần, ông/bà có thể nộp hồ sơ mới."),
            self._contact(),
            blocks.signatures(
                ("", "", ""), (self.capacity, SIGN_AND_SEAL, self.signatory)
            ),
        )
