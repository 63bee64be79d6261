"""Pages of the reform index: one sheet a unit, by keyboard, and nobody else's."""

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from gandan.indicators.models import ReformAdjustment, ReformMark, ReformSheet
from gandan.indicators.reform.rules import RoundState, Stage
from gandan.kernel.actors import Actor, Role
from gandan.people.models import User
from tests.factories import official
from tests.indicators import reform_rounds as rounds
from tests.indicators.reform_rounds import (
    OTHER,
    OURS,
    START,
    TODAY,
    leader,
    province,
    sheet_of,
)

pytestmark = pytest.mark.django_db
LIST = "/en/so-lieu/cai-cach"


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with time_machine.travel(START, tick=False):
        yield


def signed_in(actor: Actor) -> Client:
    client = Client()
    user = User.objects.get(public_id=actor.id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at_sheet(found: ReformSheet, name: str = "sheet", **more: Any) -> str:
    with translation.override("en"):
        return reverse(f"reform:{name}", kwargs={"public_id": found.public_id, **more})


def words_of(answer: Any) -> str:
    assert answer.status_code in {200, 422}
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def filled(found: ReformSheet, *, share: str = "1", **more: str) -> dict[str, str]:
    boxes = {
        f"p-{code}": f"{most * Decimal(share):f}"
        for code, most in rounds.items(found).items()
    }
    version = ReformSheet.objects.get(pk=found.pk).version
    return boxes | {"version": str(version)} | more


def test_a_leader_scores_saves_and_hands_in() -> None:
    rounds.opened()
    client, found = signed_in(leader()), sheet_of()
    assert "Score the own unit" in words_of(client.get(at_sheet(found)))

    part = {"p-1.1": "1.5", "n-1.1": "Kế hoạch 01", "version": str(found.version)}
    answer = client.post(at_sheet(found, "fill"), part | {"save": "1"})
    assert answer.status_code == 302
    mark = ReformMark.objects.get(sheet=found, node__code="1.1")
    assert (mark.self_points, mark.self_note) == (Decimal("1.5"), "Kế hoạch 01")
    # An empty box stays empty.
    other = ReformMark.objects.get(sheet=found, node__code="1.2.1")
    assert other.self_points is None

    answer = client.post(at_sheet(found, "fill"), filled(found, end="1"))
    assert answer["Location"] == at_sheet(found)
    assert sheet_of().stage == Stage.FIRST
    assert client.get(at_sheet(found, "fill")).status_code == 404


def test_handing_in_too_early_saves_nothing_and_says_where() -> None:
    rounds.opened()
    client, found = signed_in(leader()), sheet_of()
    part = {"p-1.1": "1", "version": str(found.version), "end": "1"}
    answer = client.post(at_sheet(found, "fill"), part)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Something is still missing here." in text
    assert 'href="#id_p-1.2.1"' in text
    assert ReformMark.objects.get(sheet=found, node__code="1.1").self_points is None


def test_points_above_the_most_are_refused_beside_their_box() -> None:
    rounds.opened()
    client, found = signed_in(leader()), sheet_of()
    part = {"p-1.1": "3", "version": str(found.version)}
    answer = client.post(at_sheet(found, "fill"), part)
    assert answer.status_code == 422
    assert "The number must be 2 or less" in answer.content.decode()


def test_two_officials_on_one_sheet_do_not_overwrite_each_other() -> None:
    rounds.opened()
    client, found = signed_in(leader()), sheet_of()
    part = {"p-1.1": "1", "version": str(found.version)}
    assert client.post(at_sheet(found, "fill"), part).status_code == 302
    answer = client.post(at_sheet(found, "fill"), part | {"p-1.1": "2"})
    assert answer.status_code == 422
    assert "Somebody has changed the sheet meanwhile" in words_of(answer)


def test_the_province_asks_the_unit_explains_the_province_decides() -> None:
    rounds.opened()
    found = rounds.handed_in()
    steering, unit = signed_in(province()), signed_in(leader())
    asked = filled(found, share="0.5") | {
        "a-3.2.1": "on",
        "n-3.2.1": "Số liệu chưa khớp.",
    }
    # The unit does not read a round that has not ended.
    assert steering.post(at_sheet(found, "fill"), asked).status_code == 302
    assert "Số liệu chưa khớp." not in words_of(unit.get(at_sheet(found)))
    asked["version"] = str(sheet_of().version)
    steering.post(at_sheet(found, "fill"), asked | {"end": "1"})
    assert "Số liệu chưa khớp." in words_of(unit.get(at_sheet(found)))

    page = unit.get(at_sheet(found, "fill")).content.decode()
    assert re.findall(r'name="([pna]-[\d.]+)"', page) == ["n-3.2.1"]
    unit.post(
        at_sheet(found, "fill"),
        {"n-3.2.1": "Lỗi mạng", "version": str(sheet_of().version), "end": "1"},
    )
    assert sheet_of().stage == Stage.SECOND

    page = steering.get(at_sheet(found, "fill")).content.decode()
    assert "Lỗi mạng" in page
    assert re.findall(r'name="([pna]-[\d.]+)"', page) == ["p-3.2.1", "n-3.2.1"]
    steering.post(
        at_sheet(found, "fill"),
        {"p-3.2.1": "11", "version": str(sheet_of().version), "end": "1"},
    )
    assert sheet_of().stage == Stage.APPRAISED


def test_the_unit_does_not_see_the_survey_before_the_round_is_closed() -> None:
    found = rounds.opened()
    rounds.surveyed()
    ours = sheet_of()
    unit, steering = signed_in(leader()), signed_in(province())
    text = words_of(unit.get(at_sheet(ours)))
    assert "shown once the round is closed" in text
    assert "16.00" not in text  # 80 % of 20
    assert "59.00" not in text
    assert "16.00" in words_of(steering.get(at_sheet(ours)))

    found.sheets.exclude(pk=ours.pk).delete()
    close = reverse("reform:close", kwargs={"public_id": found.public_id})
    assert unit.post(close).status_code == 404
    assert steering.post(close).status_code == 302
    assert "16.00" in words_of(unit.get(at_sheet(ours)))
    assert "59.00" in words_of(unit.get(LIST))


def test_closing_waits_for_every_sheet() -> None:
    found = rounds.opened()
    close = reverse("reform:close", kwargs={"public_id": found.public_id})
    signed_in(province()).post(close)
    found.refresh_from_db()
    assert found.state == RoundState.OPEN


def test_the_province_opens_a_draft_by_page() -> None:
    found = rounds.draft()
    client = signed_in(province())
    assert "This tree is invented" in words_of(client.get(LIST))
    address = reverse("reform:open", kwargs={"public_id": found.public_id})
    wrong = {
        "self_until": "31/03/2026",
        "explain_until": "30/03/2026",
        "bonus_cap": "2",
        "penalty_cap": "3",
    }
    assert client.post(address, wrong).status_code == 422
    assert (
        client.post(address, wrong | {"explain_until": "15/04/2026"}).status_code == 302
    )
    found.refresh_from_db()
    assert found.state == RoundState.OPEN
    assert found.sheets.count() == 56


def test_a_bonus_is_recorded_with_its_reason() -> None:
    rounds.opened()
    found = rounds.handed_in()
    client = signed_in(province())
    sent = {
        "version": str(found.version),
        "kind": "penalty",
        "points": "1.5",
        "reason": "Nộp báo cáo chậm",
    }
    assert client.post(at_sheet(found, "adjust"), sent).status_code == 302
    assert ReformAdjustment.objects.get().points == Decimal("-1.5")
    assert "Nộp báo cáo chậm" in words_of(client.get(at_sheet(found)))
    assert "Nộp báo cáo chậm" not in words_of(signed_in(leader()).get(at_sheet(found)))


# --- evidence -------------------------------------------------------------------------


def picture(name: str = "bang-niem-yet.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def test_evidence_is_kept_and_read_by_the_unit_and_the_province_alone() -> None:
    rounds.opened()
    found = sheet_of()
    unit = signed_in(leader())
    address = at_sheet(found, "evidence", code="3.1")
    assert unit.post(address, {"file": picture()}).status_code == 302
    page = unit.get(at_sheet(found)).content.decode()
    (link,) = set(
        re.findall(r'href="(/en/so-lieu/cai-cach/phieu/[^"]+/tep/[^"]+)"', page)
    )
    for reader in (unit, signed_in(province())):
        answer = reader.get(link)
        assert answer["Content-Type"] == "image/png"
        assert b"".join(answer).startswith(b"\x89PNG")
        answer.close()
    assert signed_in(leader(OTHER)).get(link).status_code == 404
    # A file of one sheet is not opened through another.
    through = link.replace(str(found.public_id), str(sheet_of(OTHER).public_id))
    assert signed_in(leader(OTHER)).get(through).status_code == 404


def test_evidence_of_another_unit_stays_closed_when_the_round_is_closed() -> None:
    rounds.opened()
    unit = signed_in(leader())
    unit.post(at_sheet(sheet_of(), "evidence", code="3.1"), {"file": picture()})
    page = unit.get(at_sheet(sheet_of())).content.decode()
    (link,) = set(
        re.findall(r'href="(/en/so-lieu/cai-cach/phieu/[^"]+/tep/[^"]+)"', page)
    )
    found = sheet_of().round
    kept = [sheet_of(code).pk for code in (OURS, OTHER)]
    found.sheets.exclude(pk__in=kept).delete()
    for code in (OURS, OTHER):
        rounds.surveyed(code)
    close = reverse("reform:close", kwargs={"public_id": found.public_id})
    signed_in(province()).post(close)
    other = signed_in(leader(OTHER))
    assert "/tep/" not in other.get(at_sheet(sheet_of())).content.decode()
    assert other.get(link).status_code == 404


def test_a_file_that_cannot_be_kept_says_why() -> None:
    rounds.opened()
    address = at_sheet(sheet_of(), "evidence", code="3.1")
    bad = SimpleUploadedFile("bao-cao.docx", b"PK\x03\x04 not a picture")
    assert signed_in(leader()).post(address, {"file": bad}).status_code == 422


@pytest.mark.parametrize("code", ["8.1", "9.9"])
def test_there_is_no_evidence_for_a_survey_or_for_nothing(code: str) -> None:
    rounds.opened()
    address = at_sheet(sheet_of(), "evidence", code=code)
    assert signed_in(leader()).get(address).status_code == 404


# --- walls ----------------------------------------------------------------------------

PAGES = ("sheet", "fill", "adjust")


@pytest.mark.parametrize("name", PAGES)
def test_another_units_leader_meets_a_missing_page(name: str) -> None:
    rounds.opened()
    rounds.handed_in()
    client = signed_in(leader(OTHER))
    address = at_sheet(sheet_of(), name)
    nobodys = str(UUID(int=7))
    missing = client.get(address.replace(str(sheet_of().public_id), nobodys))
    assert missing.status_code == 404
    for answer in (client.get(address), client.post(address, {"version": "1"})):
        assert answer.status_code in {404, 405}
    here = client.get(address).content.decode()
    as_missing = here.replace(str(sheet_of().public_id), nobodys)
    assert as_missing == missing.content.decode()


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in {Role.UNIT_LEADER, Role.PROVINCE_STEERING}]
)
def test_no_other_role_opens_the_index(role: Role) -> None:
    rounds.opened()
    who = official(f"some-{role}", (role, sheet_of().organisation), on=TODAY)
    client = signed_in(who)
    for address in (LIST, *(at_sheet(sheet_of(), name) for name in PAGES)):
        assert client.get(address).status_code == 404


def test_a_stranger_is_sent_to_sign_in() -> None:
    rounds.opened()
    for address in (LIST, at_sheet(sheet_of())):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "dang-nhap" in answer["Location"]


def test_the_list_of_a_leader_holds_the_own_unit_alone() -> None:
    rounds.opened()
    text = signed_in(leader()).get(LIST).content.decode()
    assert text.count("/so-lieu/cai-cach/phieu/") == 1
    assert sheet_of(OTHER).organisation.name not in text


def test_the_list_asks_a_fixed_number_of_questions(
    django_assert_max_num_queries: Any,
) -> None:
    rounds.opened()
    client = signed_in(province())
    client.get(LIST)
    with django_assert_max_num_queries(9):
        assert client.get(LIST).content.decode().count("/phieu/") == 56


def test_a_sheet_asks_a_fixed_number_of_questions(
    django_assert_max_num_queries: Any,
) -> None:
    rounds.opened()
    found = rounds.asked()
    client = signed_in(leader())
    for name in ("sheet", "fill"):
        client.get(at_sheet(found, name))
        with django_assert_max_num_queries(16):
            client.get(at_sheet(found, name))


@pytest.mark.parametrize("language", ["", "/en", "/fr"])
def test_every_page_stands_in_three_languages(language: str) -> None:
    rounds.opened()
    found = rounds.handed_in()
    client = signed_in(province())
    for address in (LIST, *(at_sheet(found, name) for name in PAGES)):
        answer = client.get(language + address.removeprefix("/en"))
        assert answer.status_code == 200
        assert " style=" not in answer.content.decode()
