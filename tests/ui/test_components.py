"""What a component promises to a screen reader, a printer and a mail."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from gandan.ui.controls import Option, control_of
from gandan.ui.fields import NumberField, TextField, ThreeBoxDayField
from gandan.ui.reasons import Line, Reasons, as_text
from gandan.ui.words import Tag


def rendered(markup: str, **context: Any) -> str:
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    template = engine.from_string(CottonCompiler().process(markup))
    with override("vi"):
        return template.render(context)


class Everyday(forms.Form):
    area = NumberField(label="Diện tích", help_text="Bằng m²")
    born = ThreeBoxDayField(label="Ngày sinh", help_text="Như trên căn cước")
    where = forms.ChoiceField(
        label="Sinh ở đâu?",
        widget=forms.RadioSelect,
        choices=[("a", Option("Ở nhà", hint="Cần người làm chứng")), ("b", "Nơi khác")],
    )
    note = TextField(label="Ghi chú", required=False)


def test_hint_and_error_are_named_by_the_control() -> None:
    form = Everyday({"area": "1.5"})
    html = rendered('<c-field :field="form.area" />', form=form)
    assert 'for="id_area"' in html
    assert 'aria-describedby="id_area_helptext id_area_error"' in html
    assert 'id="id_area_helptext"' in html
    assert 'id="id_area_error"' in html
    assert 'value="1.5"' in html


def test_three_boxes_are_one_question_with_three_labels() -> None:
    html = rendered('<c-field :field="form.born" />', form=Everyday({"born_day": "3"}))
    assert html.count("<fieldset") == 1
    assert 'aria-describedby="id_born_helptext id_born_error"' in html
    for part, label in (("day", "Ngày"), ("month", "Tháng"), ("year", "Năm")):
        assert f'for="id_born_{part}">{label}<' in html
        assert f'id="id_born_{part}"' in html
        assert f'name="born_{part}"' in html


def test_a_choice_shows_its_hint_and_keeps_what_was_chosen() -> None:
    html = rendered('<c-field :field="form.where" />', form=Everyday({"where": "b"}))
    assert "Cần người làm chứng" in html
    assert html.count('type="radio"') == 2
    assert html.count(" checked") == 1


def test_only_what_may_stay_empty_is_marked() -> None:
    form = Everyday()
    assert "(không bắt buộc)" in rendered('<c-field :field="form.note" />', form=form)
    assert "(không bắt buộc)" not in rendered(
        '<c-field :field="form.area" />', form=form
    )


def test_the_summary_links_every_error_to_the_control_that_mends_it() -> None:
    form = Everyday({})
    html = rendered('<c-errors :form="form" />', form=form)
    for target in ("id_area", "id_born_day", "id_where_0"):
        assert f'href="#{target}"' in html
    assert "Diện tích: Chưa trả lời mục này" in html
    assert "Sinh ở đâu? Chưa trả lời mục này" in html


def test_an_error_of_the_whole_form_is_named_without_a_link() -> None:
    form = Everyday({"area": "1", "where": "a", "born_year": "1990"})
    form.add_error(None, "Hồ sơ vừa được người khác sửa")
    html = rendered('<c-errors :form="form" />', form=form)
    assert "<li>Hồ sơ vừa được người khác sửa</li>" in html


@pytest.mark.parametrize("form", [Everyday(), None])
def test_without_an_error_there_is_no_summary(form: Everyday | None) -> None:
    assert rendered('<c-errors :form="form" />', form=form).strip() == ""


def test_what_people_wrote_is_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    form = Everyday({"area": evil, "note": evil})
    html = rendered(
        '<c-field :field="form.area" /><c-field :field="form.note" />'
        '<c-tag kind="late" :words="evil" /><c-why :lines="lines" />'
        '<c-now :what="evil" :by="evil" />',
        form=form,
        evil=evil,
        lines=[evil, Reasons(evil, (evil,))],
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html


WHY: list[Line] = [
    "27 ngày làm việc → thứ Ba 10/06/2025",
    Reasons("Các ngày theo lý do", ("30/04–02/05: nghỉ lễ", "05–09/05: ngày 1–5")),
]


def test_page_print_and_mail_give_the_same_reasons() -> None:
    mail = as_text(WHY)
    assert mail == (
        "27 ngày làm việc → thứ Ba 10/06/2025\n"
        "Các ngày theo lý do\n"
        "  – 30/04–02/05: nghỉ lễ\n"
        "  – 05–09/05: ngày 1–5"
    )
    page = rendered('<c-why :lines="lines" />', lines=WHY)
    plain = rendered('<c-why :lines="lines" plain />', lines=WHY)
    for line in (line.strip(" –") for line in mail.splitlines()):
        assert page.count(line) == 2  # to open on the screen, open on paper
        assert plain.count(line) == 1
    assert "<details" not in plain


def test_a_tag_says_its_state_in_words_beside_its_shape() -> None:
    html = rendered('<c-tag :tag="tag" />', tag=Tag("late", "Trễ 2 ngày làm việc"))
    assert "Trễ 2 ngày làm việc" in html
    assert 'class="gd-tag gd-tag--late"' in html
    assert 'aria-hidden="true"' in html


def test_a_promise_that_moved_is_shown_beside_the_new_date() -> None:
    old, new = date(2025, 5, 27), date(2025, 6, 10)
    moved = rendered('<c-due :day="new" :promise="old" />', old=old, new=new)
    assert "thứ Ba 10/06/2025" in moved
    assert "thứ Ba 27/05/2025" in moved
    kept = rendered('<c-due :day="new" :promise="new" />', new=new)
    assert kept.count("10/06/2025") == 1


@dataclass(frozen=True)
class Row:
    tag: Tag
    value: str = "7"
    code: str = "0007"
    href: str = "/ho-so/7"
    name: str = "Làm sổ đỏ lần đầu"
    person: str = "Hà"
    place: str = "xóm Bản Khuông"
    step: str = "Chờ ký"
    step_day: None = None
    next: str = "Ký"
    next_href: str = ""
    is_new: bool = True


def test_an_inbox_without_batch_acts_has_nothing_to_tick() -> None:
    html = rendered(
        '<c-inbox :rows="rows" caption="Cần làm" />',
        rows=[Row(Tag("soon", "Hạn hôm nay"))],
    )
    assert "checkbox" not in html
    assert "<form" not in html
    assert "mới từ lần xem trước" in html


def test_an_empty_inbox_says_what_would_be_there() -> None:
    html = rendered(
        '<c-inbox :rows="rows" empty="Hồ sơ hiện ở đây." empty_next="Mở quầy"'
        ' empty_href="/quay" />',
        rows=[],
    )
    assert "<table" not in html
    assert 'href="/quay"' in html


def test_a_task_not_yet_needed_is_no_link() -> None:
    later = {"name": "Gửi", "href": "/gui", "state": "not_yet"}
    html = rendered('<c-tasks :groups="groups" />', groups=[{"tasks": [later]}])
    assert "<a " not in html
    assert "Chưa cần" in html


def test_a_hidden_field_draws_nothing_around_itself() -> None:
    class Versioned(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

    form = Versioned(initial={"version": 3})
    assert control_of(form["version"]).kind == "hidden"
    html = rendered('<c-field :field="form.version" />', form=form).strip()
    assert html.startswith("<input")
    assert "label" not in html
