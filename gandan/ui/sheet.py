"""The living style sheet: every component in every state, on two pages.

Shown only where DEBUG or the demo is on; a component that is not here is not finished.
"""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gandan.ui import samples, words
from gandan.ui.controls import Option
from gandan.ui.fields import (
    DayField,
    DongField,
    NumberField,
    PartialDayField,
    TextField,
    ThreeBoxDayField,
    WholeField,
)


class Every(forms.Form):
    """One field of each kind."""

    full_name = TextField(
        label="Họ, chữ đệm và tên", help_text="Viết như trên giấy khai sinh"
    )
    born = ThreeBoxDayField(
        label="Ngày sinh",
        help_text="Nếu chỉ biết năm, để trống ngày và tháng",
        year_alone=True,
    )
    signed_on = DayField(label="Ngày ký", help_text="Ví dụ 03/04/2026")
    area = NumberField(label="Diện tích thửa đất", at_least=1, places=1)
    copies = WholeField(label="Số bản sao", required=False)
    fee = DongField(label="Lệ phí")
    relation = forms.ChoiceField(
        label="Ông/bà nộp cho ai?",
        widget=forms.RadioSelect,
        choices=[
            ("self", Option("Cho tôi")),
            ("child", Option("Cho con tôi", hint="Con dưới 18 tuổi")),
            (
                "other",
                Option("Cho người khác", hint="Cần giấy ủy quyền", divider="hoặc"),
            ),
        ],
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ mang theo",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Giấy chứng sinh"), ("b", "Giấy đăng ký kết hôn")],
        required=False,
    )
    commune = forms.ChoiceField(
        label="Xã, phường",
        choices=[("", ""), ("01273", "Phường Thục Phán"), ("01747", "Xã Trà Lĩnh")],
    )
    story = TextField(label="Nội dung cần sửa", rows=4, required=False)
    file = forms.FileField(
        label="Ảnh giấy tờ", help_text="Ảnh chụp hoặc PDF, đến 10 MB"
    )
    agreed = forms.BooleanField(label="Tôi đã đọc và các thông tin trên là đúng")


class OneQuestion(forms.Form):
    full_name = TextField(
        label="Tên của trẻ là gì?", help_text="Họ, chữ đệm và tên. Ví dụ: Nông Thị Ánh"
    )


class OneChoice(forms.Form):
    where = forms.ChoiceField(
        label="Trẻ sinh ra ở đâu?",
        widget=forms.RadioSelect,
        choices=[
            ("hospital", Option("Ở cơ sở y tế", hint="Có giấy chứng sinh")),
            ("home", Option("Ở nhà", hint="Cần người làm chứng")),
            ("abroad", Option("Ở nước ngoài", divider="hoặc")),
        ],
    )


class Counter(forms.Form):
    person = TextField(label="Họ và tên")
    born = PartialDayField(label="Ngày sinh", help_text="dd/mm/yyyy hoặc chỉ năm")
    identity = TextField(label="Số định danh")
    village = TextField(label="Xóm, tổ dân phố", required=False)
    phone = TextField(label="Điện thoại", required=False)
    copies = WholeField(label="Số bản")
    channel = forms.ChoiceField(
        label="Cách nộp",
        widget=forms.RadioSelect,
        choices=[
            ("counter", "Tại quầy"),
            ("online", "Trực tuyến"),
            ("post", "Bưu chính"),
        ],
        initial="counter",
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("1", "Tờ khai (bản chính, 1)"),
            ("2", "Giấy chứng sinh (bản chính, 1)"),
            ("3", "Giấy đăng ký kết hôn (bản sao, 1)"),
        ],
        initial=["1", "2"],
    )


def _every_sample() -> dict[str, Any]:
    return {
        "tags": samples.TAGS,
        "due": samples.DUE,
        "promise": date(2025, 5, 27),
        "why": samples.WHY,
        "usual": words.usual_time(62, 95),
        "provisional": (words.provisional_tag(),),
        "steps": samples.STEPS,
        "moments": samples.MOMENTS,
        "tasks": samples.TASKS,
        "answers": samples.ANSWERS,
        "rows": samples.ROWS,
        "tabs": samples.TABS,
        "filters": samples.FILTERS,
        "next_lines": (
            "UBND xã kiểm tra giấy tờ trong 1 ngày làm việc.",
            "Nếu thiếu, chúng tôi báo một lần, đủ mọi thứ.",
            "Mang căn cước đến quầy để nhận kết quả.",
        ),
        "marks": ("Ước tính", "Kỳ chưa khép"),
        "amount": 8150000,
    }


def public(request: HttpRequest) -> HttpResponse:
    """Components on the public sheet."""
    messages.success(request, "Đã gửi. Chúng tôi báo lại khi có kết quả.")
    context = _every_sample() | {
        "public_nav": samples.PAGES,
        "officials_href": reverse("ui:work"),
        "help_href": "#",
        "help_phone": "0206 3 852 136",
        "form": Every(),
        "refused": Every(
            {
                "r-born_day": "31",
                "r-born_month": "2",
                "r-born_year": "1990",
                "r-area": "1.5",
                "r-signed_on": "mai",
                "r-fee": "5,5",
            },
            prefix="r",
        ),
        "question": OneQuestion(prefix="q"),
        "choice": OneChoice(prefix="c"),
    }
    return render(request, "ui/sheet/public.html", context)


def work(request: HttpRequest) -> HttpResponse:
    """Components on the workspace sheet."""
    messages.success(request, "Đã gửi lời xin lỗi và ngày hẹn mới đến 3 người.")
    context = _every_sample() | {
        "work_nav": samples.WORK,
        "office": "UBND xã Trà Lĩnh",
        "officer": "Nguyễn Văn Quầy",
        "line": samples.LINE,
        "line_phone": samples.LINE_PHONE,
        "map": samples.MAP,
        "change_officer_href": "#",
        "counter": Counter(prefix="n"),
        "refused": Counter(
            {"e-person": "", "e-born": "31/02/1990", "e-copies": "1.5"}, prefix="e"
        ),
    }
    return render(request, "ui/sheet/work.html", context)


def question(request: HttpRequest) -> HttpResponse:
    """One question a page: empty, or refused with ?wrong."""
    wrong = "wrong" in request.GET
    form = OneChoice({} if wrong else None)
    context = {"form": form, "help_phone": "0206 3 852 136"}
    return render(
        request, "ui/sheet/question.html", context, status=422 if wrong else 200
    )


def follow(request: HttpRequest) -> HttpResponse:
    """A page as a citizen meets it, without the heading typeface."""
    context = _every_sample() | {
        "public_nav": samples.PAGES,
        "help_phone": "0206 3 852 136",
    }
    return render(request, "ui/sheet/follow.html", context)
