"""Form 06 (05 before 15/9/2025): the chain of hands a dossier went through."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from gandan.documents import blocks
from gandan.documents import vietnamese as vn
from gandan.documents.rules import Form
from gandan.documents.slips import Slip

# Empty while the step still runs.
StepResult = Literal["early", "on_time", "late", ""]
RESULT_WORDS: dict[StepResult, str] = {
    "early": "Trước hạn",
    "on_time": "Đúng hạn",
    "late": "Quá hạn",
    "": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """From whom to whom, when, by when, and how that step ended."""

    giver: str
    taker: str
    handed_at: datetime
    due: date | datetime | None = None
    ended_at: datetime | None = None
    result: StepResult = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSlip(Slip):
    form: ClassVar[Form] = Form.CONTROL
    template: ClassVar[str] = "slip06"

    steps: tuple[HandOver, ...]
    due_on: date | None = None
    together_with: tuple[str, ...] = ()  # agencies that take part

    def data(self) -> dict[str, Any]:
        # An internal paper: it opens nothing and shows no applicant's telephone.
        return Slip.data(self) | {"qr": ""}

    def _panel(self) -> list[dict[str, str]]:
        panel = [{"label": "Mã hồ sơ", "value": self.code}]
        if self.due_on:
            panel.append({"label": "Hẹn trả kết quả", "value": vn.day(self.due_on)})
        return panel

    def _blocks(self) -> list[blocks.Block]:
        p = self.procedure
        rows = [
            (
                str(number),
                f"Giao: {step.giver}\nNhận: {step.taker}",
                vn.short_moment(step.handed_at),
                _due(step.due),
                vn.short_moment(step.ended_at) if step.ended_at else "",
                "\n".join(
                    part for part in (RESULT_WORDS[step.result], step.reason) if part
                ),
                "",
            )
            for number, step in enumerate(self.steps, start=1)
        ]
        return blocks.present(
            blocks.fields(
                ("Nội dung yêu cầu giải quyết", p.name),
                ("Mã thủ tục, phiên bản", f"{p.code}, {p.version}"),
                ("Cơ quan giải quyết", self.competent or self.office.name),
                ("Cơ quan phối hợp", "; ".join(self.together_with)),
            ),
            blocks.table(
                "",
                [
                    "TT",
                    "Người giao, người nhận",
                    "Giao lúc",
                    "Hạn của bước",
                    "Xong lúc",
                    "Kết quả, lý do",
                    "Ký nhận",
                ],
                rows,
                widths=[0, 1.6, 0.8, 0.8, 0.8, 1.3, 0.8],
                centred=[0],
                row_height=14,
            ),
        )


def _due(due: date | datetime | None) -> str:
    if due is None:
        return ""
    return vn.short_moment(due) if isinstance(due, datetime) else vn.short_day(due)
