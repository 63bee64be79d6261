"""Ratings of a desk: who counts, who reads, and that no single answer can be read."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from gandan.dossiers import actions
from gandan.dossiers.models import Rating, RatingBox
from gandan.kernel.actors import Role
from gandan.people.models import User
from tests.dossiers.filing import text_of
from tests.factories import (
    TUESDAY,
    applicant,
    at,
    counter,
    desk,
    head,
    official,
    processing,
    signatory,
)

pytestmark = pytest.mark.django_db
ON = TUESDAY.date()
JULY = at("2025-07-01")
_now = [TUESDAY]


def now() -> Any:
    return _now[0]


@pytest.fixture(autouse=True)
def _clock(settings: Settings) -> None:
    settings.GANDAN_NOW = "tests.dossiers.test_public_ratings.now"
    _now[0] = TUESDAY


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def the_head() -> Client:
    head(ON)
    return signed_in("head-01273")


def rated(score: int) -> None:
    dossier = processing()
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=TUESDAY)
    actions.hand_over(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)
    actions.rate(
        dossier_id=dossier.pk,
        score=score,
        means="page",
        by=applicant(dossier),
        at=at("2025-06-11"),
    )


def box(**counts: int) -> dict[str, str]:
    """`five=3`: three ballots with the best score."""
    names = {"five": 5, "four": 4, "three": 3, "two": 2, "one": 1}
    return {"means": "box"} | {
        f"box-score-{names[name]}": str(many) for name, many in counts.items()
    }


def test_the_head_counts_the_box_and_the_calls_of_the_day() -> None:
    client = the_head()
    assert client.post("/quay/danh-gia", box(five=7, one=2)).status_code == 302
    calls = {"means": "call", "call-score-4": "1"}
    assert client.post("/quay/danh-gia", calls).status_code == 302
    page = text_of(client.get("/quay/danh-gia"))
    assert "Hôm nay đã ghi: 9." in page
    assert "Hôm nay đã ghi: 1." in page
    # What the ballots say is not shown again, not even to the head.
    assert 'value="7"' not in page


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ({"means": "box"}, "Ghi ít nhất một số"),
        ({"means": "box", "box-score-5": "0"}, "Ghi ít nhất một số"),
        ({"means": "box", "box-score-5": "nhiều"}, "Ghi số"),
        ({"means": "box", "box-score-5": "1000"}, "999"),
        ({"means": "box", "box-score-5": "-1"}, "0"),
    ],
)
def test_a_wrong_count_is_refused_in_words(boxes: dict[str, str], words: str) -> None:
    answer = the_head().post("/quay/danh-gia", boxes)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Lỗi:" in text_of(answer)
    assert not RatingBox.objects.exists()


def test_who_works_at_the_counter_reads_sums_and_counts_nothing() -> None:
    counter(ON)
    client = signed_in("counter-01273")
    page = text_of(client.get("/quay/danh-gia"))
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]
    assert client.post("/quay/danh-gia", box(five=1)).status_code == 404
    assert not RatingBox.objects.exists()


def test_nobody_else_sees_the_page() -> None:
    official("boss", (Role.SIGNATORY, desk(ON)), on=ON)
    assert signed_in("boss").get("/quay/danh-gia").status_code == 404
    assert Client().get("/quay/danh-gia").status_code == 302  # to sign in


@pytest.mark.parametrize(("ballots", "shown"), [(7, False), (8, True)])
def test_sums_are_shown_from_ten_answers_on(ballots: int, shown: bool) -> None:
    for score in (1, 5):
        rated(score)
    client = the_head()
    client.post("/quay/danh-gia", box(four=ballots))
    assert Rating.objects.count() == 2
    _now[0] = JULY
    page = text_of(client.get("/quay/danh-gia"))
    row = page.partition('<th scope="row">06/2025')[2].partition("</tr>")[0]
    if not shown:
        assert row == ""  # no month has ten: nothing but the empty state
        assert "Không bao giờ hiện câu trả lời riêng lẻ" in page
        return
    cells = [part.partition("<")[0] for part in row.split('<td class="gd-number">')[1:]]
    # Best score first, then the sum: one 5, eight 4, no 3, no 2, one 1.
    assert cells == ["1", "8", "0", "0", "1", "10"]


def test_the_running_month_is_not_shown() -> None:
    """From one day to the next, the difference would be a person's answer."""
    client = the_head()
    client.post("/quay/danh-gia", box(four=30))
    assert "06/2025" not in text_of(client.get("/quay/danh-gia"))
    _now[0] = JULY
    assert "06/2025" in text_of(client.get("/quay/danh-gia"))


def test_a_desk_reads_its_own_sums_only() -> None:
    the_head().post("/quay/danh-gia", box(four=30))
    head(ON, code="01279")
    _now[0] = JULY
    other = signed_in("head-01279")
    assert "06/2025" not in text_of(other.get("/quay/danh-gia"))


def test_no_page_of_an_officer_names_one_rating() -> None:
    """The rating's row is reached from no officer's page of the dossier."""
    rated(1)
    dossier = Rating.objects.get().dossier
    counter(ON)
    client = signed_in("counter-01273")
    page = text_of(client.get(f"/ho-so/{dossier.public_id}"))
    assert "hài lòng" not in page.lower()
