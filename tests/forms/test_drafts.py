"""A draft: kept thirty days, opened by code and secret, submitted once, then empty."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from pytest_django import Settings

from gandan.forms import actions, codes, loading, sweeps, tasks
from gandan.forms.models import KEPT_FOR, Draft
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import at_local
from gandan.ledger.models import Event
from tests.forms.cases import BIRTH, LAND, ON, PARCEL

pytestmark = pytest.mark.django_db

CITIZEN = Actor(kind="citizen", id="", user_id=None)
AT = at_local(ON, time(9))
MARRIED = BIRTH["married parents, the mother asks"]


def started(form: str = "birth", **more: Any) -> Draft:
    return actions.start(
        definition=loading.definition(form), language="vi", by=CITIZEN, at=AT, **more
    )


def saved(draft: Draft, answers: dict[str, Any], at: datetime = AT) -> Draft:
    return actions.save(
        draft_id=draft.pk,
        definition=loading.definition(draft.form_key),
        page="truong-hop",
        answers=answers,
        by=CITIZEN,
        at=at,
    )


def submitted(draft: Draft, at: datetime = AT, dossier: UUID | None = None) -> UUID:
    return actions.submit(
        draft_id=draft.pk,
        definition=loading.definition(draft.form_key),
        send=lambda _draft, _answers: dossier or uuid4(),
        by=CITIZEN,
        at=at,
    )


def kinds_of(draft: Draft) -> list[str]:
    events = Event.objects.filter(subject=str(draft.public_id)).order_by("id")
    return [event.kind for event in events]


def test_a_code_is_read_from_paper_without_doubt() -> None:
    for _try in range(50):
        code = codes.new_code()
        assert re.fullmatch(r"N-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", code)
        for written in (code, code.lower(), code.replace("-", " "), code[2:]):
            assert codes.normal_code(written) == code


def test_a_secret_opens_only_its_own_code() -> None:
    kept = codes.secret_hash("N-7F3K-92QD", "K7QP-3MXD")
    assert codes.is_secret("N-7F3K-92QD", "k7qp 3mxd", kept)
    assert not codes.is_secret("N-7F3K-92QE", "K7QP-3MXD", kept)
    assert not codes.is_secret("N-7F3K-92QD", "K7QP-3MXE", kept)


def test_starting_writes_one_event_and_no_answer() -> None:
    draft = started(helped_by="village_head")
    event = Event.objects.get(subject=str(draft.public_id))
    assert event.kind == "forms.draft_started.v1"
    assert event.payload == {
        "form": "birth.1",
        "channel": "online",
        "helped_by": "village_head",
        "language": "vi",
    }
    assert draft.answers == {}
    assert draft.expires_at == AT + KEPT_FOR


def test_saving_drops_what_became_hidden_and_moves_the_last_day() -> None:
    draft = saved(started(), MARRIED)
    assert draft.answers == MARRIED
    later = AT + timedelta(days=3)
    draft = saved(draft, {"situation": "mother_only"}, at=later)
    assert "father_name" not in draft.answers
    assert draft.expires_at == later + KEPT_FOR
    assert draft.seen == ["truong-hop"]


def test_no_event_of_a_draft_carries_an_answer() -> None:
    draft = saved(started(), MARRIED)
    told = actions.leave(draft_id=draft.pk, by=CITIZEN, at=AT)
    assert told is not None
    submitted(draft)
    written = str(list(Event.objects.values_list("payload", flat=True)))
    for word in ("Nông", "Hoàng", "004198001234", told.code, told.secret):
        assert word not in written


def test_the_secret_is_told_once_and_renewed_on_request() -> None:
    draft = started()
    first = actions.leave(draft_id=draft.pk, by=CITIZEN, at=AT)
    assert first is not None
    assert actions.leave(draft_id=draft.pk, by=CITIZEN, at=AT) is None
    second = actions.leave(draft_id=draft.pk, by=CITIZEN, at=AT, renew=True)
    assert second is not None
    assert first.code == second.code
    with pytest.raises(actions.ResumeRefused):
        actions.resume(code=first.code, secret=first.secret, by=CITIZEN, at=AT)
    found = actions.resume(code=second.code, secret=second.secret, by=CITIZEN, at=AT)
    assert found == draft
    draft.refresh_from_db()
    assert second.secret.replace("-", "").encode() not in bytes(draft.secret_hash)


@pytest.mark.parametrize(
    "situation",
    ["unknown code", "wrong secret", "no secret yet", "expired", "submitted"],
)
def test_every_refusal_to_resume_is_the_same(situation: str) -> None:
    draft = saved(started(), MARRIED)
    code, secret, at = draft.code, "2222-2222", AT
    if situation != "no secret yet":
        told = actions.leave(draft_id=draft.pk, by=CITIZEN, at=AT)
        assert told is not None
        secret = told.secret
    if situation == "unknown code":
        code = "N-2222-2222"
    elif situation == "wrong secret":
        secret = "2222-2222"
    elif situation == "expired":
        at = AT + KEPT_FOR
    elif situation == "submitted":
        submitted(draft)
    with pytest.raises(actions.ResumeRefused) as refused:
        actions.resume(code=code, secret=secret, by=CITIZEN, at=at)
    assert refused.value.args == ()


def test_a_group_grows_changes_and_shrinks() -> None:
    definition = loading.definition("land")
    draft = started("land")

    def item(number: int, answers: dict[str, Any], version: int) -> Draft:
        return actions.save_item(
            draft_id=draft.pk,
            definition=definition,
            page="thua-dat",
            group="parcels",
            item=number,
            answers=answers,
            row_version=version,
            by=CITIZEN,
            at=AT,
        )

    one = item(0, {"parcel_address": PARCEL["parcel_address"]}, 1)
    two = item(1, {"land_use": "rice"}, one.row_version)
    assert len(two.answers["parcels"]) == 2
    with pytest.raises(actions.DraftChanged):
        item(1, {"land_use": "forest"}, one.row_version)
    with pytest.raises(actions.DraftChanged):
        item(3, {"land_use": "forest"}, two.row_version)
    left = actions.remove_item(
        draft_id=draft.pk,
        definition=definition,
        group="parcels",
        item=0,
        row_version=two.row_version,
        by=CITIZEN,
        at=AT,
    )
    assert left.answers["parcels"] == [{"land_use": "rice"}]
    with pytest.raises(actions.DraftChanged):
        actions.remove_item(
            draft_id=draft.pk,
            definition=definition,
            group="parcels",
            item=0,
            row_version=two.row_version,
            by=CITIZEN,
            at=AT,
        )


def test_submitting_twice_gives_the_first_dossier_and_sends_once() -> None:
    draft = saved(started(), MARRIED)
    first, second = uuid4(), uuid4()
    assert submitted(draft, dossier=first) == first
    assert submitted(draft, dossier=second) == first
    draft.refresh_from_db()
    assert (draft.state, draft.answers) == (Draft.State.SUBMITTED, {})
    assert kinds_of(draft).count("forms.draft_submitted.v1") == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_once() -> None:
    draft = saved(started(), MARRIED)
    sent: list[UUID] = []
    together = Barrier(2)

    def send(_draft: Draft, _answers: dict[str, Any]) -> UUID:
        sent.append(uuid4())
        return sent[-1]

    def press() -> UUID:
        together.wait(timeout=10)
        try:
            return actions.submit(
                draft_id=draft.pk,
                definition=loading.definition("birth"),
                send=send,
                by=CITIZEN,
                at=AT,
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = {future.result() for future in [pool.submit(press), pool.submit(press)]}
    assert found == set(sent)
    assert len(sent) == 1


def test_what_the_room_above_refuses_changes_nothing() -> None:
    draft = saved(started(), MARRIED)

    def refuse(_draft: Draft, _answers: dict[str, Any]) -> UUID:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.submit(
            draft_id=draft.pk,
            definition=loading.definition("birth"),
            send=refuse,
            by=CITIZEN,
            at=AT,
        )
    draft.refresh_from_db()
    assert draft.state == Draft.State.OPEN
    assert draft.answers == MARRIED


def test_an_incomplete_draft_is_not_sent() -> None:
    draft = saved(started(), {"situation": "both"})
    with pytest.raises(actions.NotReady):
        submitted(draft)


def test_discarding_leaves_nothing_but_the_event() -> None:
    draft = saved(started(), MARRIED)
    actions.discard(draft_id=draft.pk, by=CITIZEN, at=AT)
    assert not Draft.objects.filter(public_id=draft.public_id).exists()
    assert kinds_of(draft)[-1] == "forms.draft_discarded.v1"


@pytest.mark.parametrize(("days", "gone"), [(29, False), (30, True), (31, True)])
def test_thirty_days_after_the_last_save_a_draft_is_gone(days: int, gone: bool) -> None:
    draft = saved(started(), MARRIED)
    at = AT + timedelta(days=days)
    if gone:
        with pytest.raises(actions.DraftClosed):
            saved(draft, {"situation": "foundling"}, at=at)
    assert sweeps.delete_expired(at) == int(gone)
    assert Draft.objects.filter(pk=draft.pk).exists() is not gone
    assert ("forms.draft_expired.v1" in kinds_of(draft)) is gone
    assert sweeps.delete_expired(at) == 0


def test_a_submitted_draft_is_swept_without_a_word() -> None:
    draft = saved(started(), MARRIED)
    submitted(draft)
    assert sweeps.delete_expired(AT + KEPT_FOR) == 1
    assert "forms.draft_expired.v1" not in kinds_of(draft)


def test_an_older_version_keeps_what_the_new_one_still_asks() -> None:
    draft = saved(started(), MARRIED)
    Draft.objects.filter(pk=draft.pk).update(
        form_version=0, answers={**MARRIED, "child_sex": "x", "father_mood": "glad"}
    )
    carried = actions.carry_over(
        draft_id=draft.pk, definition=loading.definition("birth"), by=CITIZEN, at=AT
    )
    assert carried.answers == {k: v for k, v in MARRIED.items() if k != "child_sex"}
    assert (carried.form_version, carried.seen) == (1, [])


@pytest.mark.parametrize(
    "broken",
    [
        {"channel": "dream"},
        {"helped_by": "a neighbour"},
        {"state": "submitted"},
        {"submitted_as": UUID(int=4)},
        {"state": "submitted", "submitted_as": UUID(int=4), "answers": {"a": 1}},
    ],
    ids=str,
)
def test_the_table_itself_refuses_what_may_not_be(broken: dict[str, Any]) -> None:
    draft = started()
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(**broken)


def test_an_item_after_the_last_allowed_is_told_before_filing() -> None:
    draft = started("land")
    full = LAND["a couple and their house"] | {"parcels": [PARCEL] * 31}
    saved(draft, full | {"same_place": True})
    with pytest.raises(actions.NotReady):
        submitted(draft)


def test_pages_may_write_drafts_but_not_change_their_events(as_web: None) -> None:
    draft = saved(started(), MARRIED)
    actions.discard(draft_id=draft.pk, by=CITIZEN, at=AT)
    assert kinds_of(draft) == [
        "forms.draft_started.v1",
        "forms.draft_discarded.v1",
    ]


def test_the_nightly_task_deletes_all_that_expired(settings: Settings) -> None:
    for _draft in range(3):
        saved(started(), MARRIED)
    settings.GANDAN_NOW = "tests.forms.journey_urls.a_month_later"
    tasks.delete_expired_drafts(0)
    assert not Draft.objects.exists()
