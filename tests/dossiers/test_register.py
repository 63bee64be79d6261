"""The register: a page by period and a workbook, both through the one filter."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from gandan.dossiers import actions
from gandan.kernel.actors import Role
from tests.dossiers.conftest import NOW, TODAY, holder_of, signed_in
from tests.dossiers.desk_pages import text_of
from tests.factories import (
    at,
    counter,
    desk,
    processing,
    received,
    signatory,
    specialist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]

PAGE, BOOK = "/ho-so/so-theo-doi", "/ho-so/so-theo-doi.xlsx"


def rows_of(response: Any) -> list[list[Any]]:
    body = b"".join(response.streaming_content)
    response.close()
    sheet = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0)
    return sheet.to_python()


@pytest.mark.parametrize("role", list(Role))
def test_the_register_is_for_those_who_work_with_dossiers(role: Role) -> None:
    client = signed_in(holder_of(role))
    hidden = {Role.PROVINCE_STEERING, Role.ADMINISTRATOR}
    expected = 404 if role in hidden else 200
    assert client.get(PAGE).status_code == expected
    book = client.get(BOOK)
    assert book.status_code == expected
    book.close()


def test_the_page_holds_the_month_so_far_in_order_of_reception(
    at_desk: Client,
) -> None:
    received(at("2026-02-27"))
    second = received(NOW)
    first = received(at("2026-03-02"))
    page = text_of(at_desk.get(PAGE))
    assert page.index(str(first.code)) < page.index(str(second.code))
    assert "-260227-" not in page
    assert "Nông Thị Mẩy" in page


def test_the_workbook_says_what_the_records_say(at_desk: Client) -> None:
    owner = actions.PartyIn(
        role="owner", full_name="=Nông Thị Mẩy", telephone="0912345678"
    )
    first = received(at("2026-03-02", "14:30"), parties=(owner,), paper_slip_no="17")
    done = processing(at("2026-03-03"))
    actions.decide(dossier_id=done.pk, by=signatory(TODAY), at=at("2026-03-04"))
    actions.hand_over(dossier_id=done.pk, by=counter(TODAY), at=at("2026-03-05"))
    response = at_desk.get(f"{BOOK}?tu=01/03/2026&den=31/03/2026")
    assert "so-theo-doi-20260301-20260331.xlsx" in response["Content-Disposition"]
    title, period, _blank, head, *rows = rows_of(response)
    assert title[0] == "Sổ theo dõi hồ sơ"
    assert period[0] == "01/03/2026 – 31/03/2026"
    assert head[:3] == ["TT", "Mã hồ sơ", "Tên thủ tục"]
    assert len(rows) == 2
    one, two = rows
    assert one[0] == 1
    assert one[1] == first.code
    assert one[4] == "=Nông Thị Mẩy"  # a text, never a formula
    assert one[5] == "Xóm Nà Lũng, Phường Thục Phán\n0912345678"
    assert one[6] == "Ủy ban nhân dân phường Thục Phán"
    assert one[7] == datetime(2026, 3, 2, 14, 30)  # noqa: DTZ001 -- a cell has no zone
    assert one[8] == date(2026, 3, 3)
    assert one[11] == "17"
    assert two[1] == done.code
    assert two[9] == date(2026, 3, 5)


def test_another_desks_register_has_none_of_ours() -> None:
    received(NOW)
    client = signed_in(counter(TODAY, "01279"))
    assert len(rows_of(client.get(BOOK))) == 4  # title, period, blank, head
    assert "-260331-" not in text_of(client.get(PAGE))


def test_who_only_helped_reads_the_line_without_its_people() -> None:
    received(NOW, helped_at=desk(TODAY, "01279"))
    client = signed_in(counter(TODAY, "01279"))
    line = rows_of(client.get(BOOK))[4]
    assert line[1]
    assert (line[4], line[5]) == ("", "")


@pytest.mark.parametrize(
    "query",
    [
        "tu=31/03/2026&den=01/03/2026",
        "tu=hôm qua&den=31/03/2026",
        "tu=01/01/2020&den=31/03/2026",
        "tu=&den=31/03/2026",
    ],
)
def test_a_period_that_is_none_is_refused_in_words(at_desk: Client, query: str) -> None:
    for path in (PAGE, BOOK):
        response = at_desk.get(f"{path}?{query}")
        assert response.status_code == 422
        assert "#id_" in text_of(response)


def test_the_set_of_forms_follows_the_last_day(at_desk: Client) -> None:
    received(at("2025-09-10"))
    old = text_of(at_desk.get(f"{PAGE}?tu=01/09/2025&den=14/09/2025"))
    assert "Thông tư 01/2018/TT-VPCP" in old
    new = text_of(at_desk.get(f"{PAGE}?tu=01/09/2025&den=15/09/2025"))
    assert "Thông tư 03/2025/TT-VPCP" in new


def test_a_page_asks_as_often_for_many_lines_as_for_few() -> None:
    client = signed_in(specialist(TODAY))

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    received(NOW)
    asked()
    few = asked()
    for _n in range(5):
        received(NOW)
    assert asked() == few
    assert few <= 8
