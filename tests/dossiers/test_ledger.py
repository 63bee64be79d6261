"""What each verb writes into the public ledger: the table of LEDGER §2, written out by
hand, rounded as §9 says, and hashed here a second time without our own functions."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.public import rounded_limit
from gandan.journeys import rereading
from gandan.kernel import clock
from gandan.kernel.actors import SYSTEM
from gandan.kernel.calendar import DayKind
from gandan.kernel.clock import Allowance, Unit
from gandan.kernel.decreed import decreed_calendar
from gandan.ledger import entries
from gandan.ledger.models import Entry, Event, Pending, Private, Record
from gandan.places import actions as places_actions
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

pytestmark = pytest.mark.django_db

ON = date(2025, 6, 10)
LAND = "1.013978"
ADOPTION = "2.001255"  # of the class "sensitive"
COPIES = "2.000815"
WANTED = [{"key": "map", "name": "Mảnh trích đo", "why": ""}]
ALWAYS = {"v", "event", "dossier", "seq", "day", "salt"}


def public(dossier: Dossier) -> list[dict[str, Any]]:
    rows = Record.objects.filter(dossier=dossier.ledger_id).order_by("seq")
    return [json.loads(bytes(row.record)) for row in rows]


def said(dossier: Dossier) -> list[dict[str, Any]]:
    """The members that tell something, without those every record has."""
    return [
        {k: v for k, v in record.items() if k not in ALWAYS - {"event", "day"}}
        for record in public(dossier)
    ]


def private(dossier: Dossier) -> list[dict[str, str]]:
    rows = Private.objects.filter(entry__record__dossier=dossier.ledger_id)
    return [row.fields for row in rows.order_by("entry__record__seq")]


def b64u(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def canonical(value: Any) -> bytes:
    """LEDGER §1, as it is printed there."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


# --- lives, and their records --------------------------------------------------------


def land() -> Dossier:
    return processing(at("2025-06-10"), procedure=LAND, case="registration")


def test_a_result() -> None:
    """Tuesday 10 June: the week ends on Sunday 15; one working day is «5wd»."""
    dossier = processing()
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=at("2025-06-11"))
    actions.hand_over(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-12"))
    first, last = said(dossier)
    assert len(first.pop("token")) == 43
    assert first == {
        "event": "received",
        "day": "2025-06-15",
        "unit": "04.01273@2021-01-01",
        "service": "OTHER",
        "limit": "5wd",
        "due": "2025-06-11",
    }
    assert last == {"event": "closed", "day": "2025-06-11", "how": "result"}
    # The exact values stand in the private fields, with the official file number.
    code = str(dossier.code)
    assert private(dossier) == [
        {"code": code, "day": "2025-06-10", "limit": "1wd", "unit": first["unit"]},
        {"code": code, "how": "result"},
    ]


def test_papers_asked_and_brought_then_a_new_date_then_a_refusal() -> None:
    dossier = land()
    assert dossier.limit_quantity == 17
    actions.ask_supplement(
        dossier_id=dossier.pk, wanted=WANTED, by=specialist(ON), at=at("2025-06-12")
    )
    actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-20"))
    actions.apologise(
        dossier_id=dossier.pk,
        reason="Đo đạc chậm",
        new_due=date(2025, 8, 29),
        by=signatory(ON),
        at=at("2025-07-01"),
    )
    actions.refuse(
        dossier_id=dossier.pk,
        reason="Không đủ điều kiện",
        by=signatory(ON),
        at=at("2025-08-28"),
    )
    received_, *rest = said(dossier)
    assert (received_["limit"], received_["day"]) == ("30wd", "2025-06-15")
    assert rest == [
        {"event": "need", "day": "2025-06-12"},
        # Friday 20 June begins anew: 17 working days later, with no holiday between.
        {"event": "got", "day": "2025-06-20", "due": "2025-07-15"},
        {"event": "extend", "day": "2025-07-01", "due": "2025-08-29"},
        # A refusal would tell the service: in public it is a result (§9).
        {"event": "closed", "day": "2025-08-28", "how": "result"},
    ]
    assert private(dossier)[-1]["how"] == "refused"
    assert private(dossier)[0]["limit"] == "17wd"


def test_withdrawn_with_the_strips_token_names_it_and_without_is_cancelled() -> None:
    receipt = actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY)
    dossier = receipt.dossier
    actions.ask_withdrawal(
        dossier_id=dossier.pk, token=receipt.token, by=applicant(dossier), at=TUESDAY
    )
    actions.grant_withdrawal(dossier_id=dossier.pk, by=head(ON), at=at("2025-06-11"))
    first, last = public(dossier)
    assert (last["how"], last["token"]) == ("withdrawn", receipt.token)
    # Whoever holds T recomputes what stood in the first record from the beginning.
    digest = hashlib.sha256(b"ledger/v1/token\n" + receipt.token.encode()).digest()
    assert first["token"] == b64u(digest)

    other = received()
    actions.ask_withdrawal(dossier_id=other.pk, by=counter(ON), at=TUESDAY)
    actions.grant_withdrawal(dossier_id=other.pk, by=head(ON), at=TUESDAY)
    assert said(other)[-1] == {
        "event": "closed",
        "day": "2025-06-10",
        "how": "cancelled",
    }


def test_stopped_is_cancelled() -> None:
    dossier = land()
    actions.stop(dossier_id=dossier.pk, reason="Hết hạn", by=signatory(ON), at=TUESDAY)
    assert said(dossier)[-1]["how"] == "cancelled"


def test_served_at_once_begins_and_ends_in_one_breath() -> None:
    signer = signatory(ON).user_id
    assert signer is not None
    receipt = actions.serve_at_once(
        opening(ON, procedure=COPIES), by=counter(ON), at=TUESDAY, signed_by=signer
    )
    first, last = said(receipt.dossier)
    assert (first["event"], first["due"], first["day"]) == (
        "received",
        "2025-06-10",
        "2025-06-15",
    )
    assert "token" not in first  # no slip was printed, so no strip
    assert last == {"event": "closed", "day": "2025-06-10", "how": "result"}


def test_a_protected_procedure_says_neither_what_nor_where() -> None:
    dossier = received(procedure=ADOPTION)
    (record,) = said(dossier)
    assert (record["service"], record["unit"]) == ("PROTECTED", "04")
    assert private(dossier)[0]["unit"] == "04.01273@2021-01-01"


# LEDGER §2: «None for: rejection at reception, payment waits, opinions, internal steps,
# re-routing, hand-over, rating». Each with the records it leaves in all.
def _rejected() -> Dossier:
    filed = actions.submit(opening(ON), by=applicant(Dossier()), at=TUESDAY).dossier
    actions.send_back(
        dossier_id=filed.pk, wanted=WANTED, by=counter(ON), at=at("2025-06-11")
    )
    actions.resubmit(
        dossier_id=filed.pk,
        papers=(actions.PaperIn(key="map", name="Mảnh", electronic=1),),
        by=applicant(filed),
        at=at("2025-06-12"),
    )
    return actions.reject(
        dossier_id=filed.pk, reason="Sai nơi", by=counter(ON), at=at("2025-06-13")
    )


def _withdrawn_before_reception() -> Dossier:
    filed = actions.submit(opening(ON), by=applicant(Dossier()), at=TUESDAY).dossier
    actions.ask_withdrawal(dossier_id=filed.pk, by=applicant(filed), at=TUESDAY)
    return actions.grant_withdrawal(dossier_id=filed.pk, by=head(ON), at=TUESDAY)


def _opinion() -> Dossier:
    dossier = land()
    opinion = actions.ask_opinion(
        dossier_id=dossier.pk,
        of=committee(ON, "01279"),
        question="?",
        answer_by=date(2025, 6, 20),
        by=specialist(ON),
        at=TUESDAY,
    )
    return actions.answer_opinion(
        dossier_id=dossier.pk,
        opinion_id=opinion.pk,
        answer="Đồng ý",
        by=specialist(ON),
        at=TUESDAY,
    )


def _steps() -> Dossier:
    dossier = land()
    actions.pass_on(
        dossier_id=dossier.pk, step="measure", by=specialist(ON), at=TUESDAY
    )
    return actions.chase(
        dossier_id=dossier.pk,
        whom="Đo đạc",
        means="call",
        note="",
        by=specialist(ON),
        at=TUESDAY,
    )


def _waits_for_payment() -> Dossier:
    return actions.ask_payment(
        dossier_id=land().pk, paper="TB 1", by=specialist(ON), at=TUESDAY
    )


def _paid_within_the_day() -> Dossier:
    dossier = _waits_for_payment()
    return actions.take_payment(
        dossier_id=dossier.pk, paper="BL 1", paid="cash", by=counter(ON), at=TUESDAY
    )


def _rerouted() -> Dossier:
    return actions.reroute(
        dossier_id=land().pk,
        to=committee(ON, "01279"),
        reason="Đất nơi khác",
        by=head(ON),
        at=TUESDAY,
    )


def _kept() -> Dossier:
    dossier = land()
    actions.ask_withdrawal(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)
    return actions.keep(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)


@pytest.mark.parametrize(
    ("life", "events"),
    [
        (_rejected, []),
        (_withdrawn_before_reception, []),
        (_opinion, ["received"]),
        (_steps, ["received"]),
        (_waits_for_payment, ["received"]),
        (_paid_within_the_day, ["received"]),
        (_rerouted, ["received"]),
        (_kept, ["received"]),
    ],
)
def test_other_verbs_write_no_record(
    life: Callable[[], Dossier], events: list[str]
) -> None:
    dossier = life()
    assert [record["event"] for record in public(dossier)] == events
    assert Entry.objects.count() == len(events)


def test_after_re_routing_the_records_stay_with_the_first_unit() -> None:
    dossier = _rerouted()
    other = specialist(ON, "01279")
    actions.take_up(dossier_id=dossier.pk, by=other, at=TUESDAY)
    actions.decide(dossier_id=dossier.pk, by=signatory(ON, "01279"), at=TUESDAY)
    records = public(dossier)
    assert [record.get("unit") for record in records] == ["04.01273@2021-01-01", None]
    assert Entry.objects.count() == 2


def test_a_decree_that_moves_a_date_is_an_extend() -> None:
    """The day it was due is given off; the clock is read anew the next morning."""
    dossier = received(procedure=LAND, case="registration")
    assert dossier.due_on is not None
    places_actions.decree_calendar(
        days=[places_actions.DayIn(dossier.due_on, DayKind.SWAPPED_OFF, "Nghỉ bù")],
        basis="TB 1",
        published_at=TUESDAY,
        by=SYSTEM,
        at=TUESDAY,
    )
    rereading.reread_all(because="TB 1", at=at("2025-06-11"))
    moved = Dossier.objects.get(pk=dossier.pk)
    assert moved.due_on is not None
    assert moved.due_on > dossier.due_on
    assert said(moved)[1:] == [
        {"event": "extend", "day": "2025-06-11", "due": moved.due_on.isoformat()}
    ]


@pytest.mark.parametrize(
    ("when", "week", "exact"),
    [
        # Sunday 15 June at 23:59 in Viet Nam is still Sunday; a filing then counts
        # from Monday 16, whose week ends on Sunday 22.
        (datetime.fromisoformat("2025-06-15T23:59+07:00"), "2025-06-22", "2025-06-16"),
        (datetime.fromisoformat("2025-06-13T16:59+07:00"), "2025-06-15", "2025-06-13"),
        (datetime.fromisoformat("2025-06-13T17:01+07:00"), "2025-06-22", "2025-06-16"),
        # In UTC it is still Monday.
        (datetime.fromisoformat("2025-06-10T06:00+07:00"), "2025-06-15", "2025-06-10"),
    ],
)
def test_the_day_is_day_zero_and_public_only_as_the_end_of_its_week(
    when: datetime, week: str, exact: str
) -> None:
    dossier = received(when)
    assert public(dossier)[0]["day"] == week
    assert private(dossier)[0]["day"] == exact


# --- §9: what could tell is rounded ---------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "public_limit"),
    [
        ("0.25 WORKING_DAY", "5wd"),
        ("5 WORKING_DAY", "5wd"),
        ("5.25 WORKING_DAY", "15wd"),
        ("15 WORKING_DAY", "15wd"),
        ("17.5 WORKING_DAY", "30wd"),
        ("30 WORKING_DAY", "30wd"),
        ("45 WORKING_DAY", "60wd"),
        ("60 WORKING_DAY", "60wd"),
        ("60.25 WORKING_DAY", "text"),
        ("4 HOUR", "5wd"),
        ("41 HOUR", "15wd"),
        ("5 DAY", "5wd"),
        ("10 DAY", "15wd"),
        ("60 DAY", "60wd"),
        ("61 DAY", "text"),
        ("1 MONTH", "30wd"),
        ("2 MONTH", "60wd"),
        ("3 MONTH", "text"),
    ],
)
def test_a_limit_is_public_only_as_its_class(limit: str, public_limit: str) -> None:
    assert rounded_limit(Allowance.parse(limit)) == public_limit


def test_a_limit_in_words_is_text() -> None:
    assert rounded_limit(None) == "text"


@pytest.mark.parametrize("unit", [Unit.WORKING_DAY, Unit.DAY, Unit.HOUR, Unit.MONTH])
def test_no_due_day_lies_beyond_what_its_class_allows(unit: Unit) -> None:
    """§10: due is never later than the ⌈n⌉-th working day after the earlier of the
    public day and the first working day after the window; rounding only loosens it."""
    calendar = decreed_calendar()
    largest = {Unit.WORKING_DAY: 60, Unit.DAY: 60, Unit.HOUR: 480, Unit.MONTH: 2}[unit]
    step = max(1, largest // 12)
    for days in range(0, 700, 3):
        day = date(2024, 12, 20) + timedelta(days=days)
        if not calendar.is_working_day(day):
            continue
        week = day + timedelta(days=6 - day.weekday())
        begins = min(week, calendar.next_working_day(day + timedelta(days=1)))
        for quantity in range(1, largest + 1, step):
            allowance = Allowance(Decimal(quantity), unit)
            reading = clock.read_clock(
                received=at(day.isoformat()),
                allowance=allowance,
                pauses=[],
                rules=clock.rules_on(day),
                calendar=calendar,
            )
            most = int(rounded_limit(allowance).removesuffix("wd"))
            assert reading.due is not None
            assert reading.due <= calendar.nth_working_day(begins, most), (
                day,
                allowance,
            )


# --- bytes ----------------------------------------------------------------------------


def whole_life() -> Dossier:
    dossier = land()
    actions.ask_supplement(
        dossier_id=dossier.pk, wanted=WANTED, by=specialist(ON), at=at("2025-06-12")
    )
    actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-20"))
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=at("2025-07-10"))
    return dossier


def test_every_entry_is_rebuilt_from_its_record_and_its_private_fields() -> None:
    whole_life(), received()
    entries = list(Entry.objects.select_related("record", "private"))
    assert len(entries) == 5
    for entry in entries:
        record = bytes(entry.record.record)
        # Stored in the one canonical form, and hashed as it is stored.
        assert canonical(json.loads(record)) == record
        pub = hashlib.sha256(b"ledger/v1/public\n" + record).digest()
        fields, salt = entry.private.fields, bytes(entry.private.salt)
        assert len(salt) == 32
        commitments = []
        for name in sorted(fields):
            key = hmac.digest(salt, b"ledger/v1/key\n" + name.encode(), "sha256")
            value = canonical([name, fields[name]])
            commitments.append(hmac.digest(key, value, "sha256"))
        prv = hashlib.sha256(b"ledger/v1/private\n" + b"".join(commitments)).digest()
        line = canonical({"k": "ev", "prv": b64u(prv), "pub": b64u(pub), "v": 1})
        assert bytes(entry.entry) == line
        assert len(line) == 120
        assert bytes(entry.leaf) == hashlib.sha256(b"\0" + line).digest()
        assert Pending.objects.filter(entry=entry).exists()


def test_one_changed_letter_anywhere_shows() -> None:
    dossier = whole_life()
    row = Record.objects.select_related("entry").filter(dossier=dossier.ledger_id)[0]
    record, line = bytes(row.record), json.loads(bytes(row.entry.entry))
    for place in range(0, len(record), 7):
        changed = bytearray(record)
        changed[place] ^= 1
        digest = hashlib.sha256(b"ledger/v1/public\n" + bytes(changed)).digest()
        assert b64u(digest) != line["pub"]


def test_members_salts_and_numbers_are_as_the_format_says() -> None:
    dossier = whole_life()
    records = public(dossier)
    assert [record["seq"] for record in records] == [0, 1, 2, 3]
    assert {record["v"] for record in records} == {1}
    assert {record["dossier"] for record in records} == {dossier.ledger_id}
    assert all(set(record) >= ALWAYS for record in records)
    allowed = {
        "received": {"unit", "service", "limit", "due", "token"},
        "need": set(),
        "got": {"due"},
        "extend": {"due"},
        "closed": {"how", "token"},
    }
    for record in records:
        assert set(record) - ALWAYS <= allowed[record["event"]]
    salts = {record["salt"] for record in records}
    assert len(salts) == 4
    for text in (*salts, dossier.ledger_id):
        assert len(base64.urlsafe_b64decode(text + "==")) == 16
    # None of the identifiers can be derived from another.
    assert (
        dossier.public_id.hex
        not in base64.urlsafe_b64decode(dossier.ledger_id + "==").hex()
    )


# --- insert only ----------------------------------------------------------------------


@pytest.mark.parametrize("table", ["ledger_event", "ledger_entry"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_pages_cannot_change_what_was_written(
    as_web: None, table: str, statement: str
) -> None:
    received()
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert Entry.objects.count() == 1
    assert Event.objects.filter(kind="dossiers.received.v1").count() == 1


def test_the_pages_have_the_rights_for_a_whole_life(as_web: None) -> None:
    dossier = whole_life()
    actions.hand_over(dossier_id=dossier.pk, by=counter(ON), at=at("2025-07-11"))
    assert Entry.objects.count() == 4


def test_one_place_in_a_dossier_is_taken_once() -> None:
    """Belt and braces: were a seq ever given twice, the constraint says no."""
    dossier = received()
    with (
        pytest.raises(IntegrityError, match="record_has_one_place_in_its_dossier"),
        transaction.atomic(),
    ):
        entries.append(
            dossier=dossier.ledger_id,
            seq=0,
            event="closed",
            day=ON,
            members={"how": "result"},
            private={"code": "x"},
        )
    assert (Entry.objects.count(), Pending.objects.count()) == (1, 1)
