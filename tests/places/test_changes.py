"""Rename and merge: from a day on, shown first, the past as it was."""

from datetime import date

import pytest

from gandan.kernel.actors import SYSTEM
from gandan.ledger.models import Event
from gandan.places import actions, queries, sweeps
from gandan.places.actions import ChangeRefused, MergePreview, NewUnit, RenamePreview
from gandan.places.models import Organisation, Place, PlaceAttribute, Succession
from gandan.places.rules import Kind
from tests.places import NOW

pytestmark = pytest.mark.django_db

TODAY = date(2025, 8, 6)
LATER = date(2026, 1, 1)
THUC_PHAN, NUNG_TRI_CAO, TAN_GIANG = (
    f"{code}@2025-07-01" for code in ("01273", "01279", "01288")
)


def place(key: str) -> Place:
    found = queries.place_by_key(key)
    assert found is not None
    return found


def body(key: str) -> Organisation:
    found = queries.organisation_by_key(key)
    assert found is not None
    return found


def rename(
    key: str, name: str, on: date = TODAY, kind: Kind | None = None
) -> RenamePreview:
    return actions.rename_place(
        place_id=place(key).pk,
        on=on,
        name=name,
        kind=kind,
        basis="Nghị quyết 1/NQ",
        by=SYSTEM,
        at=NOW,
    )


def test_the_preview_of_a_rename_shows_names_and_writes_nothing() -> None:
    preview = actions.preview_rename_place(
        place_id=place(TAN_GIANG).pk, on=TODAY, name="Sông Bằng"
    )
    assert (preview.before, preview.after) == ("Phường Tân Giang", "Phường Sông Bằng")
    assert {row.organisation.key: row.after for row in preview.bodies} == {
        "04.01288@2025-07-01": "Ủy ban nhân dân phường Sông Bằng",
        "04.01288@2025-07-01/mc": (
            "Trung tâm Phục vụ hành chính công phường Sông Bằng"
        ),
        "04.01288@2025-07-01/vp": (
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường Sông Bằng"
        ),
        "04.01288@2025-07-01/kt": ("Phòng Kinh tế, Hạ tầng và Đô thị phường Sông Bằng"),
        "04.01288@2025-07-01/vhxh": "Phòng Văn hóa – Xã hội phường Sông Bằng",
        "04.01288@2025-07-01/du": "Đảng ủy phường Sông Bằng",
        "04.01288@2025-07-01/hdnd": "Hội đồng nhân dân phường Sông Bằng",
        "04.01288@2025-07-01/mttq": (
            "Ủy ban Mặt trận Tổ quốc Việt Nam phường Sông Bằng"
        ),
        "04.01288@2025-07-01/ca": "Công an phường Sông Bằng",
        "04.01288@2025-07-01/qs": "Ban Chỉ huy Quân sự phường Sông Bằng",
    }
    assert place(TAN_GIANG).full_name == "Phường Tân Giang"


def test_a_renamed_unit_keeps_its_key_and_its_past() -> None:
    rename(TAN_GIANG, "Sông Bằng")
    unit = place(TAN_GIANG)
    assert unit.full_name == "Phường Sông Bằng"
    assert queries.full_name_on(unit, date(2025, 8, 5)) == "Phường Tân Giang"
    assert queries.full_name_on(unit, TODAY) == "Phường Sông Bằng"
    committee = body("04.01288@2025-07-01")
    assert committee.name == "Ủy ban nhân dân phường Sông Bằng"
    assert committee.short_name == "UBND phường Sông Bằng"
    assert queries.name_on(committee, date(2025, 8, 5)) == (
        "Ủy ban nhân dân phường Tân Giang"
    )
    assert queries.search_places("tan giang", TODAY)[0].place == unit
    event = Event.objects.get(kind="places.unit_renamed.v1")
    assert (event.subject, event.payload["after"]) == (TAN_GIANG, "Phường Sông Bằng")


def test_a_name_decided_for_later_waits_for_its_day() -> None:
    rename(TAN_GIANG, "Sông Bằng", LATER)
    assert place(TAN_GIANG).full_name == "Phường Tân Giang"
    assert queries.full_name_on(place(TAN_GIANG), LATER) == "Phường Sông Bằng"
    assert sweeps.take_names_of(date(2025, 12, 31)) == 0
    assert sweeps.take_names_of(LATER) == 11
    assert place(TAN_GIANG).full_name == "Phường Sông Bằng"
    assert sweeps.take_names_of(LATER) == 0


def test_a_commune_that_becomes_a_ward_keeps_its_name() -> None:
    rename("01290@2025-07-01", "Bảo Lâm", kind=Kind.WARD)
    unit = place("01290@2025-07-01")
    assert (unit.full_name, unit.kind) == ("Phường Bảo Lâm", "ward")
    assert body("04.01290@2025-07-01").name == "Ủy ban nhân dân phường Bảo Lâm"


@pytest.mark.parametrize(
    ("key", "name", "on", "reason"),
    [
        (TAN_GIANG, "Tân Giang", TODAY, "name_is_the_same"),
        (TAN_GIANG, "  ", TODAY, "name_is_empty"),
        (TAN_GIANG, "Sông Bằng", date(2025, 6, 30), "not_in_force"),
        (TAN_GIANG, "Sông Bằng", date(2025, 7, 1), "named_that_day"),
        ("01276@2021-01-01", "Sông Bằng", TODAY, "not_in_force"),
    ],
)
def test_a_rename_is_refused(key: str, name: str, on: date, reason: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        rename(key, name, on)
    assert refused.value.reason == reason


def test_a_name_already_decided_for_later_is_not_undone() -> None:
    rename(TAN_GIANG, "Sông Bằng", LATER)
    with pytest.raises(ChangeRefused) as refused:
        rename(TAN_GIANG, "Sông Hiến")
    assert refused.value.reason == "later_name_decided"


def test_a_body_is_renamed_alone() -> None:
    actions.rename_organisation(
        organisation_id=body("04.SO-DTTG@2025-03-01").pk,
        on=TODAY,
        name="Sở Dân tộc, Tôn giáo tỉnh Cao Bằng",
        short_name="Sở DTTG",
        basis="Quyết định 2/QĐ-UBND",
        by=SYSTEM,
        at=NOW,
    )
    renamed = body("04.SO-DTTG@2025-03-01")
    assert renamed.name == "Sở Dân tộc, Tôn giáo tỉnh Cao Bằng"
    assert queries.name_on(renamed, date(2025, 8, 5)) == (
        "Sở Dân tộc và Tôn giáo tỉnh Cao Bằng"
    )


def merge(
    *keys: str, target: str | NewUnit, on: date = LATER, preview: bool = False
) -> MergePreview:
    into = target if isinstance(target, NewUnit) else place(target).pk
    ids = [place(key).pk for key in keys]
    if preview:
        return actions.preview_merge(source_ids=ids, target=into, on=on)
    return actions.merge_places(
        source_ids=ids,
        target=into,
        on=on,
        basis="Nghị quyết 2/NQ",
        by=SYSTEM,
        at=NOW,
    )


CITY = NewUnit("01273", Kind.WARD, "Cao Bằng")


def test_the_preview_of_a_merge_shows_what_ends_and_writes_nothing() -> None:
    preview = merge(THUC_PHAN, NUNG_TRI_CAO, target=CITY, preview=True)
    assert (preview.target, preview.target_key) == (
        "Phường Cao Bằng",
        "01273@2026-01-01",
    )
    assert len(preview.bodies) == 20
    assert {row.by for row in preview.bodies if row.ended.kind == "police"} == {
        "Công an phường Cao Bằng"
    }
    assert len(preview.made) == 10
    assert len(queries.communes(LATER)) == 56
    assert queries.organisation_by_key("04.01273@2026-01-01") is None


def test_a_merge_does_what_its_preview_showed() -> None:
    assert merge(THUC_PHAN, NUNG_TRI_CAO, target=CITY, preview=True).made == (
        merge(THUC_PHAN, NUNG_TRI_CAO, target=CITY).made
    )
    assert len(queries.communes(date(2025, 12, 31))) == 56
    assert len(queries.communes(LATER)) == 55
    new = place("01273@2026-01-01")
    assert queries.place_by_code("01273", LATER) == new
    assert queries.place_by_code("01273", date(2025, 12, 31)) == place(THUC_PHAN)
    assert queries.successor(place(NUNG_TRI_CAO), LATER) == new
    # Two steps: Hợp Giang, then Thục Phán, then Cao Bằng.
    assert queries.successor(place("01273@2021-01-01"), LATER) == new
    assert str(new.area_km2) == "84.75"


def test_open_work_of_merged_units_has_its_receiver() -> None:
    merge(THUC_PHAN, NUNG_TRI_CAO, target=CITY)
    old = body("04.01279@2025-07-01")
    assert old.ends == LATER
    assert queries.receiver_of(old, LATER) == body("04.01273@2026-01-01")
    assert queries.receiver_of(old, date(2025, 12, 31)) == old
    division = body("04.01279@2025-07-01/kt")
    assert queries.receiver_of(division, LATER) == body("04.01273@2026-01-01/kt")
    assert queries.agency_by("H14.X01273", LATER) == body("04.01273@2026-01-01")


def test_units_become_part_of_one_that_stays() -> None:
    merge(NUNG_TRI_CAO, target=THUC_PHAN)
    stays = place(THUC_PHAN)
    assert stays.ends is None
    assert queries.successor(place(NUNG_TRI_CAO), LATER) == stays
    assert queries.receiver_of(body("04.01279@2025-07-01/mc"), LATER) == body(
        "04.01273@2025-07-01/mc"
    )
    event = Event.objects.get(kind="places.units_merged.v1")
    assert event.payload["sources"] == [NUNG_TRI_CAO]
    assert (event.payload["bodies_ended"], event.payload["bodies_made"]) == (10, 0)


def test_villages_move_with_their_commune_and_attributes_do_not() -> None:
    unit = place(NUNG_TRI_CAO)
    village = Place.objects.create(
        key="01279-xom-na-lum@2025-07-01",
        code="01279-xom-na-lum",
        level="village",
        kind="village",
        name="Nà Lũm",
        full_name="Xóm Nà Lũm",
        fold="xom na lum",
        sort_key="n",
        parent=unit,
        starts=date(2025, 7, 1),
        source="test",
    )
    PlaceAttribute.objects.create(
        place=unit,
        kind="mountain",
        starts=date(2025, 7, 1),
        legal_basis="Quyết định 3/QĐ",
        source="test",
    )
    preview = merge(NUNG_TRI_CAO, target=THUC_PHAN)
    assert preview.villages == (village,)
    assert [row.kind for row in preview.attributes_lost] == ["mountain"]
    assert [v.full_name for v in queries.villages(place(THUC_PHAN), LATER)] == [
        "Xóm Nà Lũm"
    ]
    assert queries.villages(place(NUNG_TRI_CAO), LATER) == []
    assert queries.attributes(place(THUC_PHAN), LATER) == frozenset()
    assert queries.attributes(place(NUNG_TRI_CAO), date(2025, 12, 31)) == {"mountain"}


@pytest.mark.parametrize(
    ("sources", "target", "reason"),
    [
        ((THUC_PHAN,), CITY, "merge_needs_two"),
        (
            (THUC_PHAN, NUNG_TRI_CAO),
            NewUnit("1273", Kind.WARD, "A"),
            "code_is_malformed",
        ),
        ((THUC_PHAN, NUNG_TRI_CAO), NewUnit("01288", Kind.WARD, "A"), "code_is_held"),
        ((THUC_PHAN, NUNG_TRI_CAO), NewUnit("01273", Kind.WARD, " "), "name_is_empty"),
        (
            (THUC_PHAN, NUNG_TRI_CAO),
            NewUnit("01273", Kind.DISTRICT, "A"),
            "kind_of_another_level",
        ),
        ((THUC_PHAN,), THUC_PHAN, "target_missing"),
        (("01276@2021-01-01",), THUC_PHAN, "not_in_force"),
        (("04@2021-01-01",), THUC_PHAN, "sources_of_several_levels"),
    ],
)
def test_a_merge_is_refused(
    sources: tuple[str, ...], target: str | NewUnit, reason: str
) -> None:
    with pytest.raises(ChangeRefused) as refused:
        merge(*sources, target=target)
    assert refused.value.reason == reason
    assert Succession.objects.filter(on=LATER).count() == 0


def test_a_unit_with_a_name_decided_for_later_is_not_merged_before() -> None:
    rename(TAN_GIANG, "Sông Bằng", date(2026, 3, 1))
    with pytest.raises(ChangeRefused) as refused:
        merge(TAN_GIANG, target=THUC_PHAN)
    assert refused.value.reason == "later_name_decided"


def test_a_merge_twice_is_refused() -> None:
    merge(NUNG_TRI_CAO, target=THUC_PHAN)
    with pytest.raises(ChangeRefused) as refused:
        merge(NUNG_TRI_CAO, target=THUC_PHAN)
    assert refused.value.reason == "not_in_force"
