"""Intakes that wait, visits guided away, and work served at once."""

import uuid
from typing import Any

import pytest
from django.test import Client

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier, Visit
from gandan.ledger.models import Event
from tests.dossiers.conftest import NOW, TODAY
from tests.dossiers.desk_pages import BIRTH, CARD, COPIES, LAND, birth, text_of
from tests.factories import (
    counter,
    head,
    opening,
    signatory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


def test_a_parked_intake_comes_back_as_it_was_and_is_received_once(
    at_desk: Client,
) -> None:
    data = birth(
        act="park",
        **{
            "p-birth_paper-have": "",
            "owner-born": "03/04/1992",
            "owner-place": "01273@2025-07-01",
            "bringer-full_name": "Lý A Sùng",
        },
    )
    assert at_desk.post("/quay/moi", data)["Location"] == "/quay"
    draft = Dossier.objects.get()
    assert (draft.state, draft.code) == ("draft", None)
    page = text_of(at_desk.get(f"/quay/tam/{draft.public_id}"))
    for value in ("Nông Thị Mẩy", "03/04/1992", "Lý A Sùng", "Xóm Nà Lũng"):
        assert f'value="{value}"' in page
    assert 'name="p-declaration-have" checked' in page
    assert 'name="p-birth_paper-have" checked' not in page
    complete = birth(version=str(draft.version), key="k")
    path = f"/quay/tam/{draft.public_id}"
    first = at_desk.post(path, complete)
    second = at_desk.post(path, complete)
    assert first["Location"] == second["Location"] == f"/quay/xong/{draft.public_id}"
    draft.refresh_from_db()
    assert draft.state == "received"
    assert Dossier.objects.count() == 1
    kinds = Event.objects.filter(subject=str(draft.public_id)).values_list("kind")
    assert list(kinds) == [("dossiers.received.v1",)]


def test_parking_asks_for_a_procedure_only(at_desk: Client) -> None:
    blank = {"act": "park", "key": "k"}
    assert at_desk.post("/quay/moi", blank).status_code == 422
    assert at_desk.post("/quay/moi", blank | {"procedure": BIRTH}).status_code == 302
    assert Dossier.objects.get().owner_name == ""


def test_a_parked_intake_changed_by_a_colleague_is_not_overwritten(
    at_desk: Client,
) -> None:
    draft = actions.draft(opening(TODAY), by=counter(TODAY), at=NOW, parked=True)
    seen = str(draft.version)
    changed = opening(TODAY, village="Xóm khác")
    actions.revise(changed, dossier_id=draft.pk, by=head(TODAY), at=NOW)
    path = f"/quay/tam/{draft.public_id}"
    for act in ("park", "receive"):
        page = at_desk.post(path, birth(act=act, version=seen))
        assert page.status_code == 422
    draft.refresh_from_db()
    assert (draft.state, draft.village) == ("draft", "Xóm khác")


def test_a_parked_intake_is_dropped(at_desk: Client) -> None:
    draft = actions.draft(opening(TODAY), by=counter(TODAY), at=NOW, parked=True)
    at_desk.post(f"/quay/tam/{draft.public_id}/bo")
    assert not Dossier.objects.exists()


def test_papers_missing_print_a_list_and_are_counted(at_desk: Client) -> None:
    data = birth(
        act="guide", **{"p-birth_paper-have": "", "owner-telephone": "0912345678"}
    )
    response = at_desk.post("/quay/moi", data)
    visit = Visit.objects.get()
    assert response["Location"] == f"/quay/huong-dan/{visit.public_id}"
    assert [paper["key"] for paper in visit.missing] == ["birth_paper"]
    assert (visit.person, visit.telephone) == ("Nông Thị Mẩy", "0912345678")
    assert not Dossier.objects.exists()
    at_desk.post("/quay/moi", birth())
    visit.refresh_from_db()
    assert visit.closed_by == Dossier.objects.get()


def test_nobody_has_to_say_who_they_are(at_desk: Client) -> None:
    at_desk.post("/quay/moi", {"act": "guide", "procedure": BIRTH})
    visit = Visit.objects.get()
    assert visit.person == ""
    assert len(visit.missing) >= 1


def test_nothing_missing_is_no_guided_visit(at_desk: Client) -> None:
    assert at_desk.post("/quay/moi", birth(act="guide")).status_code == 422
    assert at_desk.post("/quay/moi", {"act": "guide"}).status_code == 422
    assert not Visit.objects.exists()


def once(**changes: Any) -> dict[str, Any]:
    chair = signatory(TODAY)
    return {
        "full_name": "Nông Thị Mẩy",
        "copies": "3",
        "fee_vnd": "6.000",
        "paid": "on",
        "signed_by": chair.id,
        "key": uuid.uuid4().hex,
        **changes,
    }


def test_certified_copies_are_recorded_signed_and_handed_over_in_one_press(
    at_desk: Client,
) -> None:
    chair = signatory(TODAY)
    page = text_of(at_desk.get("/quay/tra-ngay"))
    assert f'value="{chair.id}"' in page
    data = once()
    first = at_desk.post("/quay/tra-ngay", data)
    again = at_desk.post("/quay/tra-ngay", data)
    dossier = Dossier.objects.get()
    assert first["Location"] == again["Location"] == f"/quay/xong/{dossier.public_id}"
    assert (dossier.state, dossier.outcome) == ("returned", "result")
    assert dossier.signed_by_id == chair.user_id
    assert (dossier.fee_vnd, dossier.paid) == (6000, "cash")
    assert dossier.papers.get().copies == 3
    assert at_desk.get(first["Location"]).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": ""},
        {"copies": "0"},
        {"copies": "không"},
        {"signed_by": str(uuid.uuid4())},
        {"identity_number": "12"},
    ],
)
def test_a_bad_line_of_the_fast_path_is_named(
    at_desk: Client, changes: dict[str, str]
) -> None:
    response = at_desk.post("/quay/tra-ngay", once(**changes))
    assert response.status_code == 422
    assert not Dossier.objects.exists()


def test_who_holds_no_mandate_here_cannot_be_chosen_to_sign(at_desk: Client) -> None:
    elsewhere = signatory(TODAY, "01279")
    assert (
        at_desk.post("/quay/tra-ngay", once(signed_by=elsewhere.id)).status_code == 422
    )


def test_a_card_scanned_on_the_fast_path_fills_the_name(at_desk: Client) -> None:
    page = text_of(at_desk.post("/quay/tra-ngay", once(scan=CARD, full_name="")))
    assert 'value="Nông Thị Mẩy"' in page
    assert "|" not in page
    assert not Dossier.objects.exists()


def test_only_same_day_procedures_are_served_at_once(at_desk: Client) -> None:
    assert at_desk.get(f"/quay/tra-ngay?thu-tuc={COPIES}").status_code == 200
    assert at_desk.get(f"/quay/tra-ngay?thu-tuc={LAND}").status_code == 404
    assert at_desk.get("/quay/tra-ngay?thu-tuc=9.999999").status_code == 404
