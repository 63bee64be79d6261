"""Which printed form the law wants on which day, and what may stand on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Official:
    """Number and title of a form in its set; a long title says where it breaks."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of one circular, for dossiers received from a day on."""

    id: str
    circular: str
    valid_from: date
    forms: Mapping[Form, Official]
    # Numbers and titles are known; the drawn layout of the annex has not been seen.
    layout_verified: bool


class NotInThisSet(Exception):
    """The set in force on the day of receipt has no such form."""

    def __init__(self, form: Form, form_set: FormSet) -> None:
        super().__init__(f"{form_set.circular} has no form for {form}")
        self.form, self.form_set = form, form_set


TT01_2018 = FormSet(
    id="tt01-2018",
    circular="Thông tư 01/2018/TT-VPCP",
    valid_from=date(2018, 6, 21),  # with Decree 61/2018
    forms={
        Form.RECEIPT: Official(1, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        Form.SUPPLEMENT: Official(2, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        Form.REFUSAL: Official(3, "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
        Form.APOLOGY: Official(4, "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
        Form.CONTROL: Official(5, "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        Form.REGISTER: Official(6, "Sổ theo dõi hồ sơ"),
    },
    layout_verified=False,
)
TT03_2025 = FormSet(
    id="tt03-2025",
    circular="Thông tư 03/2025/TT-VPCP",
    valid_from=date(2025, 9, 15),
    forms={
        Form.RECEIPT: Official(1, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        Form.SUPPLEMENT: Official(2, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        Form.REFUSAL: Official(3, "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
        Form.APOLOGY: Official(
            4, "Văn bản xin lỗi và đề nghị\ngia hạn thời gian giải quyết"
        ),
        Form.STOP: Official(5, "Thông báo dừng giải quyết hồ sơ"),
        Form.CONTROL: Official(6, "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        Form.REGISTER: Official(7, "Sổ theo dõi hồ sơ"),
    },
    layout_verified=False,
)
FORM_SETS = (TT01_2018, TT03_2025)


def form_set_on(received: date) -> FormSet:
    """By the day of receipt: a dossier keeps its set of forms to the end."""
    in_force = [s for s in FORM_SETS if s.valid_from <= received]
    # Older papers are entered late now and then; they take the oldest set we have.
    return in_force[-1] if in_force else FORM_SETS[0]


def official(form: Form, form_set: FormSet) -> Official:
    try:
        return form_set.forms[form]
    except KeyError:
        raise NotInThisSet(form, form_set) from None


def masked_identity(number: str) -> str:
    """The last three digits: province, sex and birth year stand in the first six."""
    digits = number.strip()
    return "•" * max(len(digits) - 3, 0) + digits[-3:] if digits else ""
