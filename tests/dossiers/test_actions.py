"""Every verb: done, refused, late, twice; what it does to the clock and the ledger."""

import json
from datetime import date

import pytest

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused, State
from gandan.duties.models import Duty
from gandan.ledger.models import Event, Record
from tests.factories import (
    TUESDAY,
    applicant,
    at,
    counter,
    head,
    opening,
    processing,
    received,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db

LAND = "1.013978"
ON = date(2025, 6, 10)


def land(when: str = "2025-06-10", **changes: object) -> Dossier:
    """A first land registration in process: 17 working days, or as its case says."""
    return processing(at(when), procedure=LAND, **{"case": "registration"} | changes)


def kinds(dossier: Dossier) -> list[str]:
    rows = Event.objects.filter(subject=str(dossier.public_id)).order_by("id")
    return [row.kind for row in rows]


def records(dossier: Dossier) -> list[dict[str, object]]:
    rows = Record.objects.filter(dossier=dossier.ledger_id).order_by("seq")
    return [json.loads(bytes(row.record)) for row in rows]


def duty(dossier: Dossier) -> list[tuple[str, str]]:
    rows = Duty.objects.filter(subject=str(dossier.public_id), done_at__isnull=True)
    return [(row.kind, row.role) for row in rows]


def test_a_birth_received_at_nine_is_due_by_its_limit_with_code_and_slip() -> None:
    receipt = actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY)
    dossier = receipt.dossier
    assert dossier.state == State.RECEIVED
    assert dossier.code is not None
    assert dossier.code.endswith("-250610-0001")
    # 1 working day: Wednesday 11 June 2025.
    assert (dossier.day_zero, dossier.due_on) == (ON, date(2025, 6, 11))
    assert dossier.promised_on == dossier.due_on
    assert len(receipt.token) == 22
    assert receipt.token not in repr(Dossier.objects.filter(pk=dossier.pk).values()[0])
    assert duty(dossier) == [("take_up", "specialist")]
    assert kinds(dossier) == ["dossiers.received.v1"]


def test_numbers_of_a_desk_follow_each_other_and_begin_anew_each_day() -> None:
    first, second = received(), received()
    next_day = received(at("2025-06-11"))
    tails = [str(d.code)[-11:] for d in (first, second, next_day)]
    assert tails == ["250610-0001", "250610-0002", "250611-0001"]


def test_the_same_key_gives_the_same_dossier_and_another_body_is_refused() -> None:
    first = actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY, key="k1")
    again = actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY, key="k1")
    assert (again.dossier, again.token) == (first.dossier, "")
    assert again.secret == first.secret
    other = opening(ON, village="Xóm khác")
    changed = actions.Opening(
        **{name: getattr(other, name) for name in other.__slots__}
        | {"parties": (actions.PartyIn(role="owner", full_name="Lý A Sùng"),)}
    )
    with pytest.raises(actions.KeyReused):
        actions.open_and_receive(changed, by=counter(ON), at=TUESDAY, key="k1")
    assert Dossier.objects.count() == 1


def test_the_public_record_of_reception_rounds_what_could_tell() -> None:
    dossier = received()
    (record,) = records(dossier)
    assert record["event"] == "received"
    assert record["service"] == "OTHER"
    assert record["day"] == "2025-06-15"  # the Sunday that ends the week
    assert record["limit"] == "5wd"
    assert record["due"] == "2025-06-11"
    assert record["unit"] == dossier.competent.key
    assert str(dossier.code) not in json.dumps(record)


def test_a_stranger_desk_cannot_receive_for_another() -> None:
    with pytest.raises(MoveRefused):
        actions.open_and_receive(opening(ON), by=counter(ON, code="01279"), at=TUESDAY)
    assert Dossier.objects.count() == 0


def test_a_slip_of_tomorrow_is_refused() -> None:
    with pytest.raises(MoveRefused) as refusal:
        actions.open_and_receive(
            opening(ON), by=counter(ON), at=TUESDAY, received_at=at("2025-06-11")
        )
    assert refusal.value.why == "in_the_future"


def test_asking_in_time_stops_the_clock_and_the_papers_restart_it() -> None:
    dossier = land()
    due = dossier.due_on
    actions.ask_supplement(
        dossier_id=dossier.pk,
        wanted=[{"key": "map", "name": "Mảnh trích đo", "why": "chưa ký"}],
        by=specialist(ON),
        at=at("2025-06-12"),
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_on, dossier.supplements) == (
        "supplement",
        None,
        1,
    )
    assert duty(dossier) == [("await_papers", "specialist")]
    actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-20"))
    dossier.refresh_from_db()
    assert dossier.state == "processing"
    assert dossier.due_on is not None
    assert due is not None
    assert dossier.due_on > due  # counted anew from Friday 20 June
    assert dossier.promised_on == due
    assert [r["event"] for r in records(dossier)] == ["received", "need", "got"]


def test_asking_after_the_due_date_is_allowed_and_stops_nothing() -> None:
    dossier = processing()
    actions.ask_supplement(
        dossier_id=dossier.pk,
        wanted=[{"key": "a", "name": "Giấy chứng sinh", "why": ""}],
        by=specialist(ON),
        at=at("2025-06-13"),
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_on) == ("supplement", date(2025, 6, 11))
    actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-20"))
    dossier.refresh_from_db()
    assert dossier.due_on == date(2025, 6, 11)


def test_a_second_list_needs_a_signatory_and_a_reason() -> None:
    dossier = land()
    wanted = [{"key": "a", "name": "Tờ khai", "why": ""}]
    actions.ask_supplement(
        dossier_id=dossier.pk, wanted=wanted, by=specialist(ON), at=at("2025-06-11")
    )
    actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-12"))
    with pytest.raises(MoveRefused):
        actions.ask_supplement(
            dossier_id=dossier.pk, wanted=wanted, by=specialist(ON), at=at("2025-06-13")
        )
    with pytest.raises(MoveRefused) as refusal:
        actions.ask_supplement(
            dossier_id=dossier.pk, wanted=wanted, by=signatory(ON), at=at("2025-06-13")
        )
    assert refusal.value.why == "second_needs_reason"
    actions.ask_supplement(
        dossier_id=dossier.pk,
        wanted=wanted,
        reason="Thửa đất có tranh chấp phát sinh",
        by=signatory(ON),
        at=at("2025-06-13"),
    )
    dossier.refresh_from_db()
    assert dossier.supplements == 2


def test_an_apology_moves_the_date_once_and_only_before_it() -> None:
    dossier = land()
    due = dossier.due_on
    assert due is not None
    new_due = date(2025, 7, 21)
    with pytest.raises(MoveRefused) as refusal:
        actions.apologise(
            dossier_id=dossier.pk,
            reason="Đo đạc chậm",
            new_due=new_due,
            by=signatory(ON),
            at=at(due.isoformat()),
        )
    assert refusal.value.why == "too_late_to_extend"
    actions.apologise(
        dossier_id=dossier.pk,
        reason="Đo đạc chậm",
        new_due=new_due,
        by=signatory(ON),
        at=at("2025-06-20"),
    )
    dossier.refresh_from_db()
    assert (dossier.due_on, dossier.promised_on) == (new_due, due)
    assert [r["event"] for r in records(dossier)] == ["received", "extend"]
    with pytest.raises(MoveRefused) as refusal:
        actions.apologise(
            dossier_id=dossier.pk,
            reason="Lại chậm",
            new_due=date(2025, 8, 1),
            by=signatory(ON),
            at=at("2025-06-23"),
        )
    assert refusal.value.why == "extended_already"


def test_a_result_goes_out_although_it_is_late_and_says_so() -> None:
    dossier = processing()
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=at("2025-06-16"))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.outcome) == ("done", "result")
    ended = Event.objects.get(kind="dossiers.ended.v1")
    assert (ended.payload["judged"], ended.payload["days"]) == ("late", 6)
    assert duty(dossier) == [("hand_over", "counter")]
    actions.hand_over(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-17"))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.returned_on) == ("returned", date(2025, 6, 17))
    assert duty(dossier) == []


def test_a_refusal_needs_its_reason_and_reads_as_a_result_in_public() -> None:
    dossier = processing()
    with pytest.raises(MoveRefused):
        actions.refuse(dossier_id=dossier.pk, reason=" ", by=signatory(ON), at=TUESDAY)
    actions.refuse(
        dossier_id=dossier.pk, reason="Không đủ điều kiện", by=signatory(ON), at=TUESDAY
    )
    assert records(dossier)[-1]["how"] == "result"


def test_withdrawn_with_the_strip_says_so_and_without_it_is_cancelled() -> None:
    receipt = actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY)
    dossier = receipt.dossier
    with pytest.raises(MoveRefused) as refusal:
        actions.ask_withdrawal(
            dossier_id=dossier.pk, token="x" * 22, by=applicant(dossier), at=TUESDAY
        )
    assert refusal.value.why == "wrong_token"
    actions.ask_withdrawal(
        dossier_id=dossier.pk, token=receipt.token, by=applicant(dossier), at=TUESDAY
    )
    actions.grant_withdrawal(dossier_id=dossier.pk, by=head(ON), at=TUESDAY)
    last = records(dossier)[-1]
    assert (last["how"], last["token"]) == ("withdrawn", receipt.token)

    other = received()
    actions.ask_withdrawal(dossier_id=other.pk, by=applicant(other), at=TUESDAY)
    actions.grant_withdrawal(dossier_id=other.pk, by=head(ON), at=TUESDAY)
    assert records(other)[-1]["how"] == "cancelled"


def test_who_keeps_the_dossier_after_all_finds_it_where_it_stood() -> None:
    dossier = land()
    actions.ask_withdrawal(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)
    actions.keep(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)
    dossier.refresh_from_db()
    assert dossier.state == "processing"


def test_left_out_time_needs_its_paper_and_gives_its_days_back() -> None:
    dossier = land()
    due = dossier.due_on
    assert due is not None
    with pytest.raises(MoveRefused) as refusal:
        actions.open_left_out(
            dossier_id=dossier.pk,
            kind="public_posting",
            owner="UBND",
            paper="",
            by=specialist(ON),
            at=at("2025-06-11"),
        )
    assert refusal.value.why == "needs_paper"
    actions.open_left_out(
        dossier_id=dossier.pk,
        kind="public_posting",
        owner="UBND",
        paper="TB 12/2025",
        by=specialist(ON),
        at=at("2025-06-11"),
    )
    actions.close_left_out(
        dossier_id=dossier.pk,
        kind="public_posting",
        paper="BB 3/2025",
        by=specialist(ON),
        at=at("2025-06-26"),
    )
    dossier.refresh_from_db()
    assert dossier.due_on is not None
    assert dossier.due_on > due
    assert dossier.left_out_days == 15


def test_a_rerouted_dossier_is_one_and_its_public_unit_stays() -> None:
    dossier = land()
    other = opening(ON, code="01279").competent
    actions.reroute(
        dossier_id=dossier.pk,
        to=other,
        reason="Đất ở Nùng Trí Cao",
        by=head(ON),
        at=TUESDAY,
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.competent, dossier.reroutings) == (
        "received",
        other,
        1,
    )
    assert Dossier.objects.count() == 1
    assert dossier.first_competent != other


def test_a_form_opened_before_another_move_is_refused() -> None:
    dossier = processing()
    seen = dossier.version
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=TUESDAY)
    with pytest.raises(actions.DossierChanged):
        actions.refuse(
            dossier_id=dossier.pk,
            reason="x",
            by=signatory(ON),
            at=TUESDAY,
            version=seen,
        )


def test_a_rating_waits_for_the_day_after_and_is_given_once() -> None:
    dossier = processing()
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=TUESDAY)
    actions.hand_over(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)
    asker = applicant(dossier)
    with pytest.raises(Exception, match="too_early"):
        actions.rate(dossier_id=dossier.pk, score=5, means="page", by=asker, at=TUESDAY)
    later = at("2025-06-11", "00:30")
    actions.rate(dossier_id=dossier.pk, score=5, means="page", by=asker, at=later)
    with pytest.raises(Exception, match="rated_already"):
        actions.rate(dossier_id=dossier.pk, score=1, means="page", by=asker, at=later)


def test_a_guided_visit_is_counted_and_a_slip_within_thirty_days_closes_it() -> None:
    visit = actions.guide_visit(
        desk=opening(ON).received_by,  # type: ignore[arg-type]
        procedure=opening(ON).procedure,
        missing=[{"key": "cs", "name": "Giấy chứng sinh"}],
        person="Nông Thị Mẩy",
        by=counter(ON),
        at=TUESDAY,
    )
    dossier = received(at("2025-06-12"))
    visit.refresh_from_db()
    assert visit.closed_by == dossier
    assert kinds(dossier)[-1] == "dossiers.received.v1"
