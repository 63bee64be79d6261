"""Editions as a journalist, a steering officer and a stranger meet them."""

import csv
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from gandan.figures.models import Edition
from gandan.kernel.actors import Role
from tests.dossiers.conftest import signed_in
from tests.factories import at, official
from tests.indicators.test_editions import (
    approve,
    drafted,
    history,
    province,
    steering,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("2025-05-06", "10:00")
LIST, DRAFTS = "/so-lieu/an-ban", "/so-lieu/du-thao"


@pytest.fixture(autouse=True)
def _at_ten(tmp_path: Path) -> Iterator[None]:
    history(
        tmp_path,
        late={"01273": 2, "01279": 7, "01288": 0},
        in_time={"01273": 20, "01279": 30, "01288": 40},
    )
    with time_machine.travel(NOW, tick=False):
        yield


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_before_the_first_edition_the_list_says_what_will_stand_there() -> None:
    assert "Chưa có bản nào" in page(Client(), LIST)


def test_a_draft_is_nobody_elses(client: Client) -> None:
    edition = drafted()
    assert client.get(DRAFTS).status_code == 302
    leader = official("leader", (Role.UNIT_LEADER, province()), on=date(2025, 5, 5))
    for address in (DRAFTS, f"{DRAFTS}/{edition.public_id}"):
        assert signed_in(leader).get(address).status_code == 404
    for address in (f"{LIST}/ho-so-2025-q1", f"{LIST}/ho-so-2025-q1/1"):
        assert client.get(address).status_code == 404


def test_drafted_by_one_approved_by_another_read_by_everybody() -> None:
    first, second = signed_in(steering()), signed_in(steering("second"))
    given = {"slug": "ho-so-2025-q1", "period": "2025-Q1", "chart": "as-was"}
    answer = first.post(DRAFTS, given)
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert "người khác" in page(first, address)
    refused = first.post(f"{address}/quyet-dinh", {"do": "approve"}, follow=True)
    assert "Người khác duyệt" in refused.content.decode()
    done = second.post(f"{address}/quyet-dinh", {"do": "approve"})
    assert done.headers["Location"] == f"{LIST}/ho-so-2025-q1/1"
    shown = page(Client(), f"{LIST}/ho-so-2025-q1")
    assert "99" in shown
    assert "ẩn" in shown
    assert page(Client(), LIST).count("ho-so-2025-q1") == 1


def test_a_hidden_count_is_on_no_face() -> None:
    edition = approve(drafted())
    hidden = edition.values.filter(numerator_hidden=True, period="2025-Q1")
    assert hidden.exists()
    text = Client().get(f"{LIST}/ho-so-2025-q1/1.csv").content.decode()
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == edition.values.count()
    for row in rows:
        if row["hidden"] == "true":
            assert row["value"] == ""
            assert "" in (row["numerator"], row["denominator"])
    assert {row["version"] for row in rows} == {"1"}


def test_a_correction_keeps_the_old_address_and_enters_the_feed() -> None:
    approve(drafted())
    approve(drafted(reason="Sáu hồ sơ vào sổ sau"))
    assert "bản 1" in page(Client(), f"{LIST}/ho-so-2025-q1/1")
    assert "Sáu hồ sơ vào sổ sau" in page(Client(), f"{LIST}/ho-so-2025-q1")
    feed = page(Client(), "/so-lieu/sua-doi.xml")
    assert feed.index("bản 2") < feed.index("bản 1")
    assert "Sáu hồ sơ vào sổ sau" in feed


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"period": "2025-13"}, "2025-Q1"),
        ({"slug": "hồ sơ"}, "gạch nối"),
        ({"period": "2025-Q2"}, "chưa kết thúc"),
    ],
)
def test_a_bad_draft_is_one_sentence_and_nothing_written(
    given: dict[str, str], said: str
) -> None:
    form = {"slug": "ho-so-2025-q1", "period": "2025-Q1", "chart": "as-was"}
    answer = signed_in(steering()).post(DRAFTS, form | given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Edition.objects.exists()


def test_a_discarded_draft_is_gone() -> None:
    edition = drafted()
    client = signed_in(steering())
    client.post(f"{DRAFTS}/{edition.public_id}/quyet-dinh", {"do": "discard"})
    assert not Edition.objects.exists()
    assert page(client, f"{DRAFTS}/{edition.public_id}", 404)


def test_an_edition_reads_in_three_languages() -> None:
    approve(drafted())
    for language, word in (("en", "edition 1"), ("fr", "édition 1")):
        assert word in page(Client(), f"/{language}{LIST}/ho-so-2025-q1")


def test_the_page_reads_an_edition_in_few_questions(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    approve(drafted())
    with django_assert_max_num_queries(20):
        page(Client(), f"{LIST}/ho-so-2025-q1")
