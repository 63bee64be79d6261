"""Filing from home: number, sent back, completed; ballots of a desk."""

from datetime import date
from typing import Any

import pytest

from gandan.dossiers import actions, events
from gandan.dossiers.models import Dossier, DossierPaper, RatingBox
from gandan.dossiers.numbering import new_filing_number, typed_number
from gandan.dossiers.rules.moves import MoveRefused, State
from gandan.duties.models import Duty
from gandan.kernel.actors import Actor
from gandan.ledger.models import Event, Record
from gandan.people.actors import ANONYMOUS
from tests.factories import TUESDAY, applicant, at, counter, desk, head, opening

pytestmark = pytest.mark.django_db

ON = date(2025, 6, 10)
WANTED = [
    {"key": "birth-certificate", "name": "Giấy chứng sinh", "why": "ảnh mờ"},
    {"key": "other-1", "name": "Giấy cam đoan", "why": ""},
]
SCAN = actions.PaperIn(key="birth-certificate", name="Giấy chứng sinh", electronic=2)
BROUGHT = actions.PaperIn(key="other-1", name="Giấy cam đoan")


def filed(**changes: Any) -> Dossier:
    return actions.submit(opening(ON, **changes), by=ANONYMOUS, at=TUESDAY).dossier


def sent_back(**changes: Any) -> Dossier:
    dossier = filed(**changes)
    return actions.send_back(
        dossier_id=dossier.pk, wanted=WANTED, by=counter(ON), at=at("2025-06-11")
    )


def complete(
    dossier: Dossier, *papers: actions.PaperIn, by: Actor | None = None
) -> Dossier:
    return actions.resubmit(
        dossier_id=dossier.pk,
        papers=papers,
        by=by or applicant(dossier),
        at=at("2025-06-12"),
    )


def test_filing_gives_a_number_and_starts_no_clock() -> None:
    dossier = filed()
    assert dossier.filing_number is not None
    assert typed_number(dossier.filing_number) == dossier.filing_number
    assert (dossier.state, dossier.code, dossier.due_on) == ("submitted", None, None)
    assert not Record.objects.exists()


def test_received_at_the_counter_a_dossier_needs_no_filing_number() -> None:
    receipt = actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY)
    assert receipt.dossier.filing_number is None


@pytest.mark.parametrize(
    "typed",
    [
        "G-7F3K-92QD",
        "g-7f3k-92qd",
        "G7F3K92QD",
        "7F3K-92QD",
        " 7f3k 92qd ",
        "G 7F3K 92QD",
    ],
)
def test_a_filing_number_is_found_however_it_is_typed(typed: str) -> None:
    assert typed_number(typed) == "G-7F3K-92QD"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("h14.x01273-250610-0007", "H14.X01273-250610-0007"),
        (" H14.X01273-250610-0007 ", "H14.X01273-250610-0007"),
        ("H14.X012 73-250610-0007", "H14.X01273-250610-0007"),
        ("", ""),
        ("1234", "1234"),
    ],
)
def test_a_code_keeps_its_points_and_strokes(typed: str, stored: str) -> None:
    assert typed_number(typed) == stored


def test_filing_numbers_are_random_and_have_no_letter_that_looks_like_another() -> None:
    numbers = {new_filing_number() for _ in range(500)}
    assert len(numbers) == 500
    assert not set("".join(numbers)) & set("01ILO")


def test_what_was_sent_back_is_completed_from_home() -> None:
    dossier = complete(sent_back(), SCAN, BROUGHT)
    assert dossier.state == State.SUBMITTED
    request = dossier.supplement_requests.get()
    assert request.answered_at == at("2025-06-12")
    papers = {
        paper.key: paper.electronic
        for paper in DossierPaper.objects.filter(dossier=dossier)
    }
    assert papers == {"birth-certificate+1": 2, "other-1+1": 0}
    *_, last = Event.objects.filter(subject=str(dossier.public_id)).order_by("id")
    assert (last.kind, last.payload["files"]) == (events.Resubmitted.KIND, 2)
    owed = Duty.objects.filter(subject=str(dossier.public_id), done_at__isnull=True)
    assert [duty.kind for duty in owed] == ["receive"]
    # Sent and sent again, and still no clock and no public record.
    assert (dossier.due_on, Record.objects.count()) == (None, 0)


def test_it_can_be_sent_back_twice_and_each_list_is_numbered() -> None:
    dossier = complete(sent_back(), SCAN, BROUGHT)
    actions.send_back(
        dossier_id=dossier.pk, wanted=WANTED[:1], by=counter(ON), at=at("2025-06-13")
    )
    dossier = complete(dossier, SCAN)
    assert [r.number for r in dossier.supplement_requests.order_by("number")] == [1, 2]
    assert dossier.papers.filter(key="birth-certificate+2").exists()


@pytest.mark.parametrize(
    ("papers", "why"),
    [
        ((), "papers_missing"),
        ((SCAN,), "papers_missing"),  # one of the two is left out
        (
            (actions.PaperIn(key="birth-certificate", name="Giấy chứng sinh"), BROUGHT),
            "papers_missing",  # everything is brought: then nothing is sent
        ),
    ],
)
def test_half_an_answer_is_no_answer(
    papers: tuple[actions.PaperIn, ...], why: str
) -> None:
    dossier = sent_back()
    with pytest.raises(MoveRefused) as refusal:
        complete(dossier, *papers)
    assert refusal.value.why == why
    dossier.refresh_from_db()
    assert dossier.state == State.SENT_BACK
    assert dossier.papers.count() == 0


def test_nobody_completes_for_a_stranger_or_what_was_not_sent_back() -> None:
    dossier = sent_back()
    with pytest.raises(MoveRefused):
        complete(dossier, SCAN, BROUGHT, by=ANONYMOUS)
    fresh = filed()
    with pytest.raises(MoveRefused):
        complete(fresh, SCAN, BROUGHT)


def test_pressed_twice_it_is_sent_once() -> None:
    dossier = sent_back()
    complete(dossier, SCAN, BROUGHT)
    with pytest.raises(MoveRefused):
        complete(dossier, SCAN, BROUGHT)
    assert Event.objects.filter(kind=events.Resubmitted.KIND).count() == 1


def test_a_desks_ballots_are_counted_and_counted_again_the_same_day() -> None:
    here, by = desk(ON), head(ON)
    actions.count_ballots(
        desk=here, means="box", counts={5: 9, 1: 2}, by=by, at=TUESDAY
    )
    actions.count_ballots(desk=here, means="box", counts={5: 8}, by=by, at=TUESDAY)
    actions.count_ballots(desk=here, means="call", counts={4: 1}, by=by, at=TUESDAY)
    actions.count_ballots(
        desk=here, means="box", counts={5: 3}, by=by, at=at("2025-06-11")
    )
    counted = RatingBox.objects.filter(count__gt=0).order_by("day", "means")
    rows = [(row.day.day, row.means, row.score, row.count) for row in counted]
    assert rows == [(10, "box", 5, 8), (10, "call", 4, 1), (11, "box", 5, 3)]
    last = Event.objects.filter(kind=events.BallotsCounted.KIND).order_by("id").last()
    assert last is not None
    assert set(last.payload) == {"means", "ballots"}


def test_only_the_head_of_that_desk_counts_ballots() -> None:
    for by in (counter(ON), head(ON, code="01279")):
        with pytest.raises(PermissionError):
            actions.count_ballots(
                desk=desk(ON), means="box", counts={5: 1}, by=by, at=TUESDAY
            )
    assert not RatingBox.objects.exists()
