"""Cao Bằng's units before and after 1 July 2025, against the handbook's own table."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gandan.places import queries
from gandan.places.models import Place, PlaceName, Succession
from gandan.places.rules import Level

pytestmark = pytest.mark.django_db

LAST_DAY = date(2025, 6, 30)
FIRST_DAY = date(2025, 7, 1)
SEED = Path("gandan/places/seed")

# Handbook §9.3, written out by hand: the code's old unit, and its new one.
RE_USED = {
    "01273": ("Phường Hợp Giang", "Phường Thục Phán"),
    "01279": ("Phường Ngọc Xuân", "Phường Nùng Trí Cao"),
    "01288": ("Phường Duyệt Trung", "Phường Tân Giang"),
    "01290": ("Thị trấn Pác Miầu", "Xã Bảo Lâm"),
    "01304": ("Xã Thạch Lâm", "Xã Quảng Lâm"),
    "01327": ("Xã Thượng Hà", "Xã Cô Ba"),
    "01392": ("Thị trấn Xuân Hòa", "Xã Trường Hà"),
    "01438": ("Xã Ngọc Đào", "Xã Hà Quảng"),
    "01501": ("Xã Chí Viễn", "Xã Đàm Thủy"),
    "01558": ("Thị trấn Thanh Nhật", "Xã Hạ Lang"),
    "01618": ("Xã Ngọc Động", "Xã Hạnh Phúc"),
    "01636": ("Xã Cách Linh", "Xã Bế Văn Đàn"),
    "01648": ("Thị trấn Hòa Thuận", "Xã Phục Hòa"),
    "01654": ("Thị trấn Nước Hai", "Xã Hòa An"),
    "01807": ("Xã Vân Trình", "Xã Thạch An"),
}

# The same name under another code: old code, new code.
SAME_NAME = {
    "Tân Giang": ("01276", "01288"),
    "Quảng Lâm": ("01303", "01304"),
    "Cô Ba": ("01330", "01327"),
    "Trường Hà": ("01399", "01392"),
    "Đàm Thủy": ("01495", "01501"),
    "Hạnh Phúc": ("01624", "01618"),
    "Bế Văn Đàn": ("01630", "01636"),
}

# Handbook §9.1: communes of each district on the last day.
DISTRICTS = {
    "040": ("Thành phố Cao Bằng", 11),
    "042": ("Huyện Bảo Lâm", 13),
    "043": ("Huyện Bảo Lạc", 17),
    "045": ("Huyện Hà Quảng", 21),
    "047": ("Huyện Trùng Khánh", 21),
    "048": ("Huyện Hạ Lang", 13),
    "049": ("Huyện Quảng Hòa", 19),
    "051": ("Huyện Hòa An", 15),
    "052": ("Huyện Nguyên Bình", 17),
    "053": ("Huyện Thạch An", 14),
}


def at(code: str, on: date) -> Place:
    place = queries.place_by_code(code, on)
    assert place is not None
    return place


def test_there_were_161_communes_and_are_56() -> None:
    assert len(queries.communes(LAST_DAY)) == 161
    assert Counter(place.kind for place in queries.communes(FIRST_DAY)) == {
        "commune": 53,
        "ward": 3,
    }


def test_districts_end_with_june_2025_and_have_no_successor() -> None:
    communes = Counter(
        place.parent.code for place in queries.communes(LAST_DAY) if place.parent
    )
    found = {
        place.code: (place.full_name, communes[place.code])
        for place in queries.districts(LAST_DAY)
    }
    assert found == DISTRICTS
    assert queries.districts(FIRST_DAY) == []
    for code in DISTRICTS:
        assert queries.successor(at(code, LAST_DAY), FIRST_DAY) is None


def test_every_old_commune_went_whole_to_exactly_one() -> None:
    old = queries.communes(LAST_DAY)
    rows = Succession.objects.filter(source__in=old)
    assert Counter(rows.values_list("source_id", flat=True)) == {p.pk: 1 for p in old}
    assert set(rows.values_list("extent", flat=True)) == {"full"}
    today = {place.pk for place in queries.communes(FIRST_DAY)}
    assert {queries.successor(place, FIRST_DAY).pk for place in old} == today  # type: ignore[union-attr]


def test_successors_follow_the_seed_table() -> None:
    """Recomputed another way: by the codes of the table alone."""
    with (SEED / "successions.csv").open(encoding="utf-8") as lines:
        table = {row["old_code"]: row["new_code"] for row in csv.DictReader(lines)}
    assert {
        place.code: (queries.successor(place, FIRST_DAY) or place).code
        for place in queries.communes(LAST_DAY)
    } == table


@pytest.mark.parametrize(("code", "names"), RE_USED.items())
def test_a_re_used_code_names_another_unit(code: str, names: tuple[str, str]) -> None:
    old, new = at(code, LAST_DAY), at(code, FIRST_DAY)
    assert (old.full_name, new.full_name) == names
    assert old.key != new.key


def test_no_other_code_changed_its_name() -> None:
    changed = {
        place.code
        for place in queries.communes(FIRST_DAY)
        if at(place.code, LAST_DAY).name != place.name
    }
    assert changed == set(RE_USED)


@pytest.mark.parametrize(("name", "codes"), SAME_NAME.items())
def test_the_same_name_has_another_code(name: str, codes: tuple[str, str]) -> None:
    old, new = at(codes[0], LAST_DAY), at(codes[1], FIRST_DAY)
    assert (old.name, new.name) == (name, name)
    assert queries.successor(old, FIRST_DAY) == new
    assert queries.place_by_code(codes[0], FIRST_DAY) is None


@pytest.mark.parametrize(
    ("code", "on", "key"),
    [
        ("01273", date(2025, 6, 30), "01273@2021-01-01"),
        ("01273", date(2025, 7, 1), "01273@2025-07-01"),
        ("01705", date(2025, 6, 30), "01705@2021-01-01"),
        ("01705", date(2025, 7, 1), None),  # its code was not used again
        ("01273", date(2020, 12, 31), None),  # before our records
        ("04", date(2030, 1, 1), "04@2021-01-01"),
    ],
)
def test_a_code_is_read_on_a_day(code: str, on: date, key: str | None) -> None:
    place = queries.place_by_code(code, on)
    assert (place.key if place else None) == key


def test_areas_of_the_communes_sum_to_the_province() -> None:
    total = sum(place.area_km2 or 0 for place in queries.communes(FIRST_DAY))
    assert str(total) == "6700.38"


def test_a_district_reaches_the_communes_made_of_its_own() -> None:
    """Đức Hạnh of Bảo Lâm went to Cốc Pàng, in what was Bảo Lạc (handbook §9.4)."""
    found = queries.communes_out_of(at("042", LAST_DAY), FIRST_DAY)
    assert [place.name for place in found] == [
        "Bảo Lâm",
        "Cốc Pàng",
        "Lý Bôn",
        "Nam Quang",
        "Quảng Lâm",
        "Yên Thổ",
    ]


def test_communes_stand_in_vietnamese_order() -> None:
    names = [place.name for place in queries.communes(FIRST_DAY)]
    order = ["Bạch Đằng", "Bảo Lạc", "Bảo Lâm", "Ca Thành", "Cô Ba", "Đàm Thủy"]
    assert [name for name in names if name in order] == order


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("thuc phan", "Phường Thục Phán"),
        ("Thục Phán", "Phường Thục Phán"),
        ("hop giang", "Phường Hợp Giang"),
        ("phuong hop", "Phường Hợp Giang"),
        ("nuoc hai", "Thị trấn Nước Hai"),
        ("dam thuy", "Xã Đàm Thủy"),
        ("ha quang", "Xã Hà Quảng"),
    ],
)
def test_search_needs_no_accents(typed: str, first: str) -> None:
    assert queries.search_places(typed, FIRST_DAY)[0].name == first


def test_an_old_name_leads_to_todays_unit() -> None:
    hit = queries.search_places("nuoc hai", FIRST_DAY)[0]
    assert hit.is_past
    assert [place.full_name for place in hit.today] == ["Xã Hòa An"]


def test_todays_unit_stands_before_its_old_namesake() -> None:
    hits = queries.search_places("tan giang", FIRST_DAY)
    assert [(hit.place.code, hit.is_past) for hit in hits] == [
        ("01288", False),
        ("01276", True),
    ]


def test_homonyms_of_old_communes_are_all_found() -> None:
    codes = {hit.place.code for hit in queries.search_places("hung dao", FIRST_DAY)}
    assert codes >= {"01705", "01783", "01351"}


def test_words_that_match_nothing_find_nothing() -> None:
    assert queries.search_places("", FIRST_DAY) == []
    assert queries.search_places("ha noi", FIRST_DAY) == []


def test_every_unit_has_its_first_name_on_record() -> None:
    assert PlaceName.objects.count() == Place.objects.count() == 228


def test_no_attribute_is_assumed() -> None:
    for place in queries.communes(FIRST_DAY):
        assert queries.attributes(place, FIRST_DAY) == frozenset()


def test_no_village_is_seeded() -> None:
    assert not Place.objects.filter(level=Level.VILLAGE).exists()
