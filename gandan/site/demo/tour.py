"""The records behind the six cards of «Năm phút», and the cards themselves."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gandan.dossiers import actions
from gandan.kernel.actors import Actor
from gandan.site.demo import live
from gandan.site.demo.cards import Card
from gandan.site.demo.cast import Crew

FARMER, LEFT_OUT, TO_SIGN, TO_BRING = (
    "farmer",
    "tour_left_out",
    "tour_sign",
    "tour_bring",
)
CASE = "registration"
_CARDS = Path(__file__).with_name("cards.json")


def _land(
    teller: live.Teller, crew: Crew, back: int, story: live.Story, name: str
) -> None:
    at = teller.moment(teller.working_day(back))
    dossier = teller.receive(crew, live.LAND, at, CASE)
    assert dossier is not None
    story(teller, dossier, crew, at)
    teller.note(name, dossier)


def tell(teller: live.Teller, crew: Crew) -> Iterator[int]:
    """The ward's own dossiers, each standing where its card says."""
    _land(teller, crew, 22, live.late, FARMER)
    yield 1
    _land(teller, crew, 9, live.left_out, LEFT_OUT)
    yield 2
    for number in range(3):
        _land(teller, crew, 13 + number, live.to_sign, TO_SIGN)
        yield 3 + number
    _land(teller, crew, 6, live.waiting_for_papers, TO_BRING)
    yield 6
    for number in range(4):
        # Due tomorrow, the last of them on Monday: what the batch of apologies is for.
        _land(teller, crew, 16 - number // 3, live.in_process, "tour_soon")
        yield 7 + number
    at = teller.moment(teller.working_day(1))
    born = teller.receive(crew, live.BIRTH, at)
    assert born is not None
    actions.take_up(dossier_id=born.pk, by=crew.specialist, at=teller.after(at, 0))
    teller.note("tour_birth", born)
    yield 11
    yield from _at_the_counter(teller, crew)


def _at_the_counter(teller: live.Teller, crew: Crew) -> Iterator[int]:
    """What the counter finds in the morning: results, filings, a parked intake."""
    for number in range(2):
        at = teller.moment(teller.working_day(3 + number))
        ready = teller.receive(crew, live.HOUSEHOLD, at)
        assert ready is not None
        live.done(teller, ready, crew, at)
        teller.note("tour_ready", ready)
        yield 12 + number
    nobody = Actor(kind="citizen", id="", user_id=None)
    for number in range(2):
        at = teller.moment(teller.working_day(1))
        opening = teller.opening(crew, live.BIRTH)
        filed = actions.submit(opening, by=nobody, at=at).dossier
        teller.note("tour_filed", filed)
        yield 14 + number
    at = teller.moment(teller.working_day(1))
    parked = actions.draft(
        teller.opening(crew, live.BIRTH), by=crew.counter, at=at, parked=True
    )
    teller.note("tour_parked", parked)
    yield 16
    yield from _every_other_state(teller, crew)


# Received so many working days ago, and told up to where no card goes.
_OTHERS: tuple[tuple[int, live.Story], ...] = (
    (9, live.papers_came),
    (8, live.waiting_for_payment),
    (15, live.apologised),
    (6, live.asked_to_withdraw),
    (12, live.withdrawn),
    (12, live.stopped),
    (13, live.refused),
    (18, live.handed_over),
)


def _every_other_state(teller: live.Teller, crew: Crew) -> Iterator[int]:
    """One dossier of each, so that every part of the ward can meet them all."""
    for number, (back, story) in enumerate(_OTHERS, start=17):
        _land(teller, crew, back, story, f"tour_{story.__name__}")
        yield number
    nobody = Actor(kind="citizen", id="", user_id=None)
    at = teller.moment(teller.working_day(1))
    back_again = actions.submit(
        teller.opening(crew, live.BIRTH), by=nobody, at=at
    ).dossier
    actions.send_back(
        dossier_id=back_again.pk,
        wanted=live.wanted(back_again),
        by=crew.counter,
        at=teller.after(at, 0),
    )
    teller.note("tour_sent_back", back_again)
    no = actions.submit(teller.opening(crew, live.BIRTH), by=nobody, at=at).dossier
    actions.reject(
        dossier_id=no.pk, reason=live.ELSEWHERE, by=crew.counter, at=teller.after(at, 0)
    )
    teller.note("tour_rejected", no)
    yield 17 + len(_OTHERS)


def cards(made: Mapping[str, Sequence[str]]) -> list[Card]:
    """Six things to look at, each as the person whose work it is.

    `cards.json` holds the words; an address may name one of the records made here.
    """
    rows = json.loads(_CARDS.read_text(encoding="utf-8"))
    names = {name: ids[0] for name, ids in made.items()}
    return [Card(**row | {"url": row["url"].format(**names)}) for row in rows]
