"""What the counter needs of the actions: preview, parking, bundles, same day."""

from datetime import date

import pytest

from gandan.dossiers import actions, competence
from gandan.dossiers.models import Dossier, Party
from gandan.dossiers.residence import read_residence
from gandan.dossiers.rules.moves import MoveRefused
from gandan.dossiers.rules.persons import identity_problem, name_problem
from gandan.dossiers.web import presenting
from gandan.places import queries as places
from gandan.procedures import queries as procedures
from tests.factories import (
    TUESDAY,
    at,
    counter,
    opening,
    received,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db

ON = date(2025, 6, 10)
LAND = "1.013978"
COPIES = "2.000815"


def test_a_preview_reads_the_date_with_its_reasons_and_saves_nothing() -> None:
    row, needs = actions.preview(opening(ON), at=TUESDAY)
    assert (row.due_on, needs) == (date(2025, 6, 11), "")
    due = presenting.due_of(row, ON)
    assert due.day == date(2025, 6, 11)
    assert len(due.why) >= 2
    assert Dossier.objects.count() == 0


def test_a_preview_says_that_the_case_or_the_date_is_still_missing() -> None:
    _row, needs = actions.preview(opening(ON, procedure=LAND), at=TUESDAY)
    assert needs == "needs_case"
    in_words = opening(ON, procedure=LAND, case="after_notice")
    row, needs = actions.preview(in_words, at=TUESDAY)
    assert needs == "needs_date"
    assert row.limit_text


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        ("09:00", date(2025, 6, 10)),
        ("15:00", date(2025, 6, 10)),
        ("15:01", date(2025, 6, 11)),  # after 15:00: the next working day
        ("18:30", date(2025, 6, 11)),  # after closing counts from the next morning
    ],
)
def test_a_same_day_result_needs_no_date_set_by_hand(clock: str, due: date) -> None:
    dossier = received(at("2025-06-10", clock), procedure=COPIES)
    assert (dossier.due_on, dossier.set_by_hand_why) == (due, "")
    assert "Trong ngày" in str(presenting.why_lines(dossier)[0])


def test_a_parked_intake_is_changed_and_then_received_once() -> None:
    parked = actions.draft(opening(ON), by=counter(ON), at=TUESDAY, parked=True)
    people = (
        actions.PartyIn(role="owner", full_name="Sùng"),
        actions.PartyIn(role="bringer", full_name="Lý A Sùng", telephone="0912345678"),
    )
    changed = opening(ON, parties=people, village="Xóm khác")
    actions.revise(changed, dossier_id=parked.pk, by=counter(ON), at=at("2025-06-11"))
    parked.refresh_from_db()
    assert (parked.owner_name, parked.village) == ("Sùng", "Xóm khác")
    assert Party.objects.filter(dossier=parked).count() == 2
    assert "sung" in parked.words
    when = at("2025-06-11", "10:00")
    actions.receive(dossier_id=parked.pk, by=counter(ON), at=when)
    with pytest.raises(MoveRefused):
        actions.revise(changed, dossier_id=parked.pk, by=counter(ON), at=when)
    with pytest.raises(MoveRefused):
        actions.discard(dossier_id=parked.pk, by=counter(ON))


def test_only_the_desk_itself_parks_changes_and_drops_its_intakes() -> None:
    stranger = counter(ON, code="01279")
    with pytest.raises(MoveRefused):
        actions.draft(opening(ON), by=stranger, at=TUESDAY, parked=True)
    parked = actions.draft(opening(ON), by=counter(ON), at=TUESDAY, parked=True)
    for by in (stranger, specialist(ON), signatory(ON)):
        with pytest.raises(MoveRefused):
            actions.revise(opening(ON), dossier_id=parked.pk, by=by, at=TUESDAY)
        with pytest.raises(MoveRefused):
            actions.discard(dossier_id=parked.pk, by=by)
    actions.discard(dossier_id=parked.pk, by=counter(ON))
    assert Dossier.objects.count() == 0


def test_an_older_page_does_not_overwrite_a_parked_intake() -> None:
    parked = actions.draft(opening(ON), by=counter(ON), at=TUESDAY, parked=True)
    seen = parked.version
    actions.revise(opening(ON), dossier_id=parked.pk, by=counter(ON), at=TUESDAY)
    with pytest.raises(actions.DossierChanged):
        actions.revise(
            opening(ON), dossier_id=parked.pk, by=counter(ON), at=TUESDAY, version=seen
        )


def test_dossiers_filed_together_share_one_mark() -> None:
    first = received()
    mark = actions.bundle_of(dossier_id=first.pk, by=counter(ON))
    second = received(bundle=str(mark))
    assert actions.bundle_of(dossier_id=second.pk, by=counter(ON)) == mark
    first.refresh_from_db()
    assert first.bundle == mark
    with pytest.raises(MoveRefused):
        actions.bundle_of(dossier_id=first.pk, by=counter(ON, code="01279"))


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("Sùng", ""),
        ("Y Bion Niê", ""),
        ("H'Hen Niê", ""),
        ("K’Brêu", ""),
        ("Nguyễn Hoàng Thị Mai Phương Anh", ""),
        ("Nguyễn Hoàng Thị Mai Phương Anh Thư", "too_many_words"),
        ("Nông Thị 2", "not_letters"),
        ("<b>", "not_letters"),
        ("-", "not_letters"),
    ],
)
def test_a_name_has_one_to_six_words_of_letters(name: str, problem: str) -> None:
    assert name_problem(name) == problem


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("004095001234", ""),
        ("080123456", ""),
        ("B1234567", ""),
        ("0040950012", "digits"),
        ("٠٠٤٠٩٥٠٠١٢٣٤", "digits"),
        ("AB/12", "signs"),
    ],
)
def test_an_identity_number_is_nine_or_twelve_digits_or_a_foreign_paper(
    number: str, problem: str
) -> None:
    assert identity_problem(number) == problem


@pytest.mark.parametrize(
    ("text", "village", "was", "today"),
    [
        # A commune of 2025 that is part of a larger one today.
        ("Xóm Nà Lũng, Hồng Trị, Bảo Lạc, Cao Bằng", "Xóm Nà Lũng", "01342", "01321"),
        # The same name, before and after: the district tells them apart.
        ("Xóm 5, Xã Cô Ba, Huyện Bảo Lạc, Tỉnh Cao Bằng", "Xóm 5", "01330", "01327"),
        ("Xóm 5, Cô Ba, Cao Bằng", "Xóm 5", "01327", "01327"),
        ("Hợp Giang, Cao Bằng, Cao Bằng", "", "01273", "01273"),
        ("Thôn 2, Thượng Kiệm, Kim Sơn, Ninh Bình", "", "", ""),
        ("", "", "", ""),
        ("Cao Bằng", "", "", ""),
        ("Xóm 5, Không Có, Bảo Lạc, Cao Bằng", "", "", ""),
    ],
)
def test_the_commune_of_a_card_becomes_the_one_of_today(
    text: str, village: str, was: str, today: str
) -> None:
    found = read_residence(text, date(2026, 3, 3))
    assert found.village == village
    assert [place.code for place in found.today] == ([today] if today else [])
    assert (found.was.code if found.was else "") == was


@pytest.mark.parametrize(
    ("code", "commune", "body"),
    [
        ("1.001193", "01273", "Ủy ban nhân dân phường Thục Phán"),
        ("1.001193", "01279", "Ủy ban nhân dân phường Nùng Trí Cao"),
        ("1.001193", "", ""),  # the province's centre: the officer chooses
        ("1.010805", "01273", "Sở Nội vụ tỉnh Cao Bằng"),
        ("1.004964", "01273", "Ủy ban nhân dân tỉnh Cao Bằng"),
        ("1.012786", "01273", ""),  # which land office serves a ward is not known
    ],
)
def test_the_competent_body_is_proposed_by_procedure_and_commune(
    code: str, commune: str, body: str
) -> None:
    on = date(2026, 3, 31)
    place = places.place_by_code(commune, on) if commune else None
    found = competence.proposed(procedures.version_on(code, on), place, on)
    assert (found.name if found else "") == body
