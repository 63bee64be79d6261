"""The records behind the six cards of «Năm phút», and the cards themselves."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gandan.dossiers import actions
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
        # Due this week: what the batch of apologies is for.
        _land(teller, crew, 14 + number % 3, live.in_process, "tour_soon")
        yield 7 + number
    at = teller.moment(teller.working_day(1))
    born = teller.receive(crew, live.BIRTH, at)
    assert born is not None
    actions.take_up(dossier_id=born.pk, by=crew.specialist, at=teller.after(at, 0))
    teller.note("tour_birth", born)
    yield 11


def cards(made: Mapping[str, Sequence[str]]) -> list[Card]:
    """Six things to look at, each as the person whose work it is.

    `cards.json` holds the words; an address may name one of the records made here.
    """
    rows = json.loads(_CARDS.read_text(encoding="utf-8"))
    names = {name: ids[0] for name, ids in made.items()}
    return [Card(**row | {"url": row["url"].format(**names)}) for row in rows]
