"""Two officers press the same button at one moment: one effect, one event, one entry.

Every case stands behind a lock until both have pressed, so that both have read the
dossier before either is judged.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from gandan.dossiers import actions
from gandan.dossiers.actions.beside import NotNow
from gandan.dossiers.models import Dossier, Rating
from gandan.dossiers.rules.moves import MoveRefused, Verb
from gandan.dossiers.web import wording
from gandan.duties.models import Duty
from gandan.kernel.actors import Actor
from gandan.ledger.models import Event, Record
from gandan.notices.models import Message
from tests.dossiers.gates import on_the_row, pressed_together
from tests.factories import (
    TUESDAY,
    applicant,
    at,
    committee,
    counter,
    head,
    opening,
    processing,
    received,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db(transaction=True)

ON = date(2025, 6, 10)
NEXT = at("2025-06-12")
LAND = "1.013978"
WANTED = [{"key": "map", "name": "Mảnh trích đo", "why": "chưa ký"}]
REFUSALS = (MoveRefused, actions.DossierChanged, NotNow)


def asker() -> Actor:
    return Actor(kind="citizen", id="", user_id=None)


# --- dossiers in the state a verb needs -------------------------------------------


def land() -> Dossier:
    return processing(TUESDAY, procedure=LAND, case="registration")


def submitted() -> Dossier:
    return actions.submit(opening(ON), by=asker(), at=TUESDAY).dossier


def parked() -> Dossier:
    return actions.draft(opening(ON), by=counter(ON), at=TUESDAY, parked=True)


def sent_back() -> Dossier:
    dossier = submitted()
    return actions.send_back(
        dossier_id=dossier.pk, wanted=WANTED, by=counter(ON), at=TUESDAY
    )


def waiting_for_papers() -> Dossier:
    dossier = land()
    actions.ask_supplement(
        dossier_id=dossier.pk, wanted=WANTED, by=specialist(ON), at=TUESDAY
    )
    return Dossier.objects.get(pk=dossier.pk)


def asked_once() -> Dossier:
    dossier = waiting_for_papers()
    return actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)


def posted() -> Dossier:
    return actions.open_left_out(
        dossier_id=land().pk,
        kind="public_posting",
        owner="UBND",
        paper="TB 12",
        by=specialist(ON),
        at=TUESDAY,
    )


def waiting_for_payment() -> Dossier:
    return actions.ask_payment(
        dossier_id=land().pk, paper="TB 9", by=specialist(ON), at=TUESDAY
    )


def with_an_opinion() -> Dossier:
    dossier = land()
    actions.ask_opinion(
        dossier_id=dossier.pk,
        of=committee(ON, "01279"),
        question="Ranh giới?",
        answer_by=date(2025, 6, 20),
        by=specialist(ON),
        at=TUESDAY,
    )
    return Dossier.objects.get(pk=dossier.pk)


def withdrawal_asked() -> Dossier:
    return actions.ask_withdrawal(dossier_id=land().pk, by=counter(ON), at=TUESDAY)


def decided() -> Dossier:
    return actions.decide(dossier_id=processing().pk, by=signatory(ON), at=TUESDAY)


def handed_over() -> Dossier:
    return actions.hand_over(dossier_id=decided().pk, by=counter(ON), at=TUESDAY)


def late() -> Dossier:
    return processing(at("2025-06-02"))


def nudged() -> Dossier:
    dossier = late()
    actions.nudge(dossier_id=dossier.pk, by=applicant(dossier), at=TUESDAY)
    return dossier


# --- the buttons -------------------------------------------------------------------


@dataclass(frozen=True)
class Button:
    """`prepare` makes the dossier; `run` presses. As the pages do, it sends the row's
    version where the verb takes one."""

    prepare: Callable[[], Dossier]
    run: Callable[..., Any]
    by: Callable[[date], Actor]
    event: str
    records: list[str] = field(default_factory=list)
    arguments: dict[str, Any] = field(default_factory=dict)
    sends_version: bool = True

    def press(self, dossier: Dossier) -> Any:
        given = dict(self.arguments)
        if "opinion_id" in given:
            given["opinion_id"] = dossier.opinions.get().pk
        if "to" in given:
            given["to"] = committee(ON, "01279")
        if "of" in given:
            given["of"] = committee(ON, "01279")
        if self.sends_version:
            given["version"] = dossier.version
        return self.run(dossier_id=dossier.pk, by=self.by(ON), at=NEXT, **given)


def _own(_on: date) -> Actor:
    return applicant(Dossier.objects.get())


BUTTONS: dict[str, Button] = {
    "receive a filing": Button(
        submitted, actions.receive, counter, "received", ["received"]
    ),
    "receive a parked intake": Button(
        parked, actions.receive, counter, "received", ["received"]
    ),
    "send back": Button(
        submitted, actions.send_back, counter, "sent_back", [], {"wanted": WANTED}
    ),
    "reject": Button(
        submitted, actions.reject, counter, "rejected", [], {"reason": "Sai nơi"}
    ),
    "complete a filing": Button(
        sent_back,
        actions.resubmit,
        _own,
        "resubmitted",
        [],
        {"papers": (actions.PaperIn(key="map", name="Mảnh", electronic=1),)},
    ),
    "take up": Button(received, actions.take_up, specialist, "taken_up"),
    "pass on": Button(
        land, actions.pass_on, specialist, "passed_on", [], {"step": "measure"}
    ),
    "ask an opinion": Button(
        land,
        actions.ask_opinion,
        specialist,
        "opinion_asked",
        [],
        {"of": 0, "question": "Ranh giới?", "answer_by": date(2025, 6, 20)},
    ),
    "answer an opinion": Button(
        with_an_opinion,
        actions.answer_opinion,
        specialist,
        "opinion_answered",
        [],
        {"opinion_id": 0, "answer": "Đồng ý"},
        sends_version=False,
    ),
    "chase": Button(
        land,
        actions.chase,
        specialist,
        "chased",
        [],
        {"whom": "Thuế", "means": "call", "note": ""},
    ),
    "ask for papers": Button(
        land,
        actions.ask_supplement,
        specialist,
        "documents_asked",
        ["need"],
        {"wanted": WANTED},
    ),
    "ask for papers again": Button(
        asked_once,
        actions.ask_supplement,
        signatory,
        "documents_asked",
        ["need"],
        {"wanted": WANTED, "reason": "Tranh chấp mới phát sinh"},
    ),
    "take papers in": Button(
        waiting_for_papers, actions.take_papers, counter, "documents_taken", ["got"]
    ),
    "open time left out": Button(
        land,
        actions.open_left_out,
        specialist,
        "left_out_opened",
        [],
        {"kind": "public_posting", "owner": "UBND", "paper": "TB 12"},
    ),
    "close time left out": Button(
        posted,
        actions.close_left_out,
        specialist,
        "left_out_closed",
        ["extend"],
        {"kind": "public_posting", "paper": "BB 3"},
    ),
    "ask for payment": Button(
        land,
        actions.ask_payment,
        specialist,
        "left_out_opened",
        [],
        {"paper": "TB 9", "amount_vnd": 500_000},
    ),
    "take payment": Button(
        waiting_for_payment,
        actions.take_payment,
        counter,
        "left_out_closed",
        ["extend"],
        {"paper": "BL 1", "paid": "cash"},
    ),
    "apologise": Button(
        land,
        actions.apologise,
        signatory,
        "extended",
        ["extend"],
        {"reason": "Đo đạc chậm", "new_due": date(2025, 7, 31)},
    ),
    "route elsewhere": Button(
        land, actions.reroute, head, "rerouted", [], {"to": 0, "reason": "Đất nơi khác"}
    ),
    "ask to withdraw": Button(
        land, actions.ask_withdrawal, counter, "withdrawal_asked"
    ),
    "keep after all": Button(withdrawal_asked, actions.keep, counter, "kept"),
    "grant the withdrawal": Button(
        withdrawal_asked, actions.grant_withdrawal, head, "ended", ["closed"]
    ),
    "stop": Button(
        land,
        actions.stop,
        signatory,
        "ended",
        ["closed"],
        {"reason": "Quá hạn"},
    ),
    "refuse": Button(
        land, actions.refuse, signatory, "ended", ["closed"], {"reason": "Không đủ"}
    ),
    "decide": Button(land, actions.decide, signatory, "ended", ["closed"]),
    "hand over": Button(decided, actions.hand_over, counter, "handed_over"),
    "nudge": Button(late, actions.nudge, _own, "nudged", [], {}, False),
    "answer a nudge": Button(
        nudged,
        actions.answer_nudge,
        head,
        "nudge_answered",
        [],
        {"answer": "Chờ kết quả đo đạc."},
        sends_version=False,
    ),
    "rate": Button(
        handed_over,
        actions.rate,
        _own,
        "rated",
        [],
        {"score": 4, "means": "page"},
        sends_version=False,
    ),
}

# Verbs that open a dossier have a key instead of a row; see the tests below.
OPENING = {Verb.SUBMIT, Verb.SERVE_AT_ONCE}


def kinds(dossier: Dossier) -> Counter[str]:
    rows = Event.objects.filter(subject=str(dossier.public_id))
    return Counter(
        kind.removeprefix("dossiers.").removesuffix(".v1")
        for kind in rows.values_list("kind", flat=True)
    )


def records(dossier: Dossier) -> list[str]:
    rows = Record.objects.filter(dossier=dossier.ledger_id).order_by("seq")
    return [json.loads(bytes(row.record))["event"] for row in rows]


def letters(dossier: Dossier) -> Counter[str]:
    rows = Message.objects.filter(subject=str(dossier.public_id))
    return Counter(f"{row.template} {row.channel}" for row in rows)


def test_every_verb_of_the_table_is_pressed_twice_here() -> None:
    verbs = {button.run.__name__ for button in BUTTONS.values()}
    pressed = {verb for verb in Verb if verb.value in verbs}
    pressed |= {Verb.ASK_SUPPLEMENT_AGAIN}
    assert set(Verb) - pressed == OPENING


@pytest.mark.parametrize("name", BUTTONS)
def test_two_presses_are_one_act(name: str) -> None:
    button = BUTTONS[name]
    dossier = button.prepare()
    dossier.refresh_from_db()
    events_before, records_before = kinds(dossier), records(dossier)
    letters_before = letters(dossier)

    outcomes = pressed_together(
        *on_the_row(dossier),
        lambda: button.press(dossier),
        lambda: button.press(dossier),
    )

    assert kinds(dossier) - events_before == Counter({button.event: 1})
    assert records(dossier) == records_before + button.records
    assert max((letters(dossier) - letters_before).values(), default=0) <= 1
    # The dossier's own duty, and the answer owed to whoever asked: each once.
    owed = Duty.objects.filter(subject=str(dossier.public_id), done_at__isnull=True)
    assert max(Counter(duty.room for duty in owed).values(), default=0) <= 1
    refused = [one for one in outcomes if isinstance(one, Exception)]
    if name == "answer a nudge":
        # Nothing was left to answer: no refusal, and nothing happens.
        assert sorted(outcomes) == [0, 1]
        return
    assert len(refused) == 1
    assert isinstance(refused[0], REFUSALS), repr(refused[0])
    if isinstance(refused[0], MoveRefused):
        assert refused[0].why in wording._REFUSED, refused[0].why


def test_passing_on_twice_without_a_version_is_one_step() -> None:
    """As an agency's system may send it: its second try is not a second step."""
    dossier = land()

    def press() -> Any:
        return actions.pass_on(
            dossier_id=dossier.pk, step="measure", by=specialist(ON), at=NEXT
        )

    outcomes = pressed_together(*on_the_row(dossier), press, press)
    assert sum(isinstance(one, MoveRefused) for one in outcomes) == 1, outcomes
    assert dossier.runs.filter(key="measure").count() == 1
    assert kinds(dossier)["passed_on"] == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("decide", "refuse"),
        ("decide", "ask for papers"),
        ("stop", "apologise"),
        ("take papers in", "stop"),
        ("route elsewhere", "decide"),
        ("keep after all", "grant the withdrawal"),
        ("receive a filing", "reject"),
        ("receive a filing", "send back"),
        ("take up", "route elsewhere"),
    ],
)
def test_two_verbs_that_exclude_each_other_give_one_act(
    first: str, second: str
) -> None:
    one, other = BUTTONS[first], BUTTONS[second]
    dossier = one.prepare()
    dossier.refresh_from_db()
    before = kinds(dossier)
    outcomes = pressed_together(
        *on_the_row(dossier),
        lambda: one.press(dossier),
        lambda: other.press(dossier),
    )
    assert sum(isinstance(done, REFUSALS) for done in outcomes) == 1, outcomes
    new = kinds(dossier) - before
    assert new in (Counter({one.event: 1}), Counter({other.event: 1}))


def test_a_rating_given_twice_at_once_is_one_rating() -> None:
    dossier = handed_over()
    presses = [
        lambda score=score: actions.rate(
            dossier_id=dossier.pk,
            score=score,
            means="page",
            by=applicant(dossier),
            at=NEXT,
        )
        for score in (1, 5)
    ]
    pressed_together(*on_the_row(dossier), *presses)
    assert Rating.objects.count() == 1


# --- opening -----------------------------------------------------------------------

KEYS = "LOCK TABLE dossiers_intake IN EXCLUSIVE MODE"


def _opened(**more: Any) -> Any:
    return actions.open_and_receive(
        opening(ON), by=counter(ON), at=TUESDAY, key="key-0001", **more
    )


def _filed() -> Any:
    return actions.submit(opening(ON), by=asker(), at=TUESDAY, key="key-0001")


def _served() -> Any:
    copies = opening(ON, procedure="2.000815")
    signer = signatory(ON).user_id
    assert signer is not None
    return actions.serve_at_once(
        copies, by=counter(ON), at=TUESDAY, signed_by=signer, key="key-0001"
    )


@pytest.mark.parametrize(
    ("press", "event", "wrote"),
    [
        (_opened, "received", ["received"]),
        (_filed, "submitted", []),
        (_served, "received", ["received", "closed"]),
    ],
)
def test_the_same_key_pressed_twice_at_once_gives_one_dossier(
    press: Callable[[], actions.Receipt], event: str, wrote: list[str]
) -> None:
    counter(ON), signatory(ON)
    outcomes = pressed_together(KEYS, [], press, press)
    assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
    dossier = Dossier.objects.get()
    assert {receipt.dossier.pk for receipt in outcomes} == {dossier.pk}
    assert len({receipt.secret for receipt in outcomes}) == 1
    assert kinds(dossier) == Counter({event: 1})
    assert records(dossier) == wrote
    # T is shown once: to whoever came first.
    tokens = sorted(receipt.token for receipt in outcomes)
    assert tokens[0] == ""


def test_the_same_key_with_another_body_at_once_is_one_dossier_and_a_refusal() -> None:
    counter(ON)

    def other() -> Any:
        changed = opening(
            ON, parties=(actions.PartyIn(role="owner", full_name="Lý A Sùng"),)
        )
        return actions.open_and_receive(
            changed, by=counter(ON), at=TUESDAY, key="key-0001"
        )

    outcomes = pressed_together(KEYS, [], _opened, other)
    assert sum(isinstance(one, actions.KeyReused) for one in outcomes) == 1, outcomes
    assert Dossier.objects.count() == 1


def test_a_parked_intake_dropped_twice_is_gone_once() -> None:
    dossier = parked()
    outcomes = pressed_together(
        *on_the_row(dossier),
        lambda: actions.discard(dossier_id=dossier.pk, by=counter(ON)),
        lambda: actions.discard(dossier_id=dossier.pk, by=counter(ON)),
    )
    assert Dossier.objects.count() == 0
    assert sum(isinstance(one, MoveRefused) for one in outcomes) == 1, outcomes


def test_a_parked_intake_received_and_dropped_at_once_is_one_of_the_two() -> None:
    dossier = parked()
    outcomes = pressed_together(
        *on_the_row(dossier),
        lambda: actions.receive(dossier_id=dossier.pk, by=counter(ON), at=NEXT),
        lambda: actions.discard(dossier_id=dossier.pk, by=counter(ON)),
    )
    assert sum(isinstance(one, MoveRefused) for one in outcomes) == 1, outcomes
    was_received = not isinstance(outcomes[0], Exception)
    assert Dossier.objects.exists() is was_received


def test_a_bundle_asked_for_twice_at_once_has_one_mark() -> None:
    dossier = received()
    marks = pressed_together(
        *on_the_row(dossier),
        lambda: actions.bundle_of(dossier_id=dossier.pk, by=counter(ON)),
        lambda: actions.bundle_of(dossier_id=dossier.pk, by=counter(ON)),
    )
    assert marks[0] == marks[1]
