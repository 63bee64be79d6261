"""Another province, villages, attributes: all of a file or nothing, each twice."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gandan.kernel.actors import SYSTEM
from gandan.ledger.models import Event
from gandan.places import queries
from gandan.places.importing.attributes import import_attributes
from gandan.places.importing.provinces import import_province
from gandan.places.importing.seeding import seed_places
from gandan.places.importing.tables import ImportRefused
from gandan.places.importing.villages import import_villages
from gandan.places.models import Organisation, Place, PlaceAttribute, Succession
from tests.places import NOW

pytestmark = pytest.mark.django_db

JUNE, JULY = date(2025, 6, 30), date(2025, 7, 1)

# Two old provinces made one, one commune split, one island district without communes.
FILES = {
    "provinces_34.csv": """\
code,name,full_name,type_2025_07_01,type_2026_09_20,name_en,merged_from_old_codes,org_code
98,Núi Đôi,Tỉnh Núi Đôi,Tỉnh,Tỉnh,Nui Doi,97 98,H98
""",
    "provinces_63_old.csv": """\
code,name,full_name,type,name_en,new_province_code
97,Núi Một,Tỉnh Núi Một,Tỉnh,Nui Mot,98
98,Núi Hai,Tỉnh Núi Hai,Tỉnh,Nui Hai,98
""",
    "districts_696_old.csv": """\
code,name,full_name,type,province_code
971,Đông,Huyện Đông,Huyện,97
981,Tây,Thành phố Tây,Thành phố,98
982,Đảo,Huyện Đảo,Huyện,98
""",
    "communes_10035_old.csv": """\
code,name,full_name,type,district_code,province_code
97001,An,Xã An,Xã,971,97
97002,Bình,Thị trấn Bình,Thị trấn,971,97
98001,Cao,Phường Cao,Phường,981,98
98002,Dương,Phường Dương,Phường,981,98
""",
    "communes_3321.csv": """\
code,name,full_name,type,province_code
97001,An Bình,Xã An Bình,Xã,98
98001,Cao,Phường Cao,Phường,98
98002,Dương,Phường Dương,Phường,98
98009,Đảo,Đặc khu Đảo,Đặc khu,98
""",
    "commune_map_2025.csv": """\
old_code,new_code,extent
97001,97001,full
97002,97001,full
98001,98001,full
98002,98001,part
98002,98002,part
""",
    "island_district_map_2025.csv": """\
old_district_code,old_district_name,new_code
982,Huyện Đảo,98009
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def load(folder: Path) -> int:
    return import_province(folder, "98", by=SYSTEM, at=NOW).units


def successors(code: str) -> list[str]:
    place = queries.place_by_code(code, JUNE)
    assert place is not None
    return [unit.code for unit in queries.successors(place, JULY)]


def test_another_province_comes_with_its_past(folder: Path) -> None:
    assert load(folder) == 14
    new = queries.place_by_code("98", JULY)
    old = queries.place_by_code("98", JUNE)
    assert new is not None
    assert old is not None
    assert (old.full_name, new.full_name) == ("Tỉnh Núi Hai", "Tỉnh Núi Đôi")
    assert successors("97") == ["98"]
    assert successors("97002") == ["97001"]


def test_a_split_commune_has_two_successors_and_no_single_one(folder: Path) -> None:
    load(folder)
    split = queries.place_by_code("98002", JUNE)
    assert split is not None
    assert successors("98002") == ["98001", "98002"]
    assert queries.successor(split, JULY) is None
    assert set(
        Succession.objects.filter(source=split).values_list("kind", "extent")
    ) == {("split", "part")}
    committee = queries.committee_of(split, JUNE)
    assert committee is not None
    assert queries.receiver_of(committee, JULY) is None


def test_an_island_district_goes_to_its_zone_and_others_end(folder: Path) -> None:
    load(folder)
    assert successors("982") == ["98009"]
    assert successors("981") == []


def test_its_bodies_are_made_by_the_same_rules(folder: Path) -> None:
    load(folder)
    commune = queries.agency_by("97001", JULY)
    assert commune is not None
    assert (commune.key, commune.agency_code) == ("98.97001@2025-07-01", "H98.X97001")
    assert commune.agency_code_synthetic
    assert queries.desk_of(commune, JULY) is not None
    old = queries.agency_by("97001", JUNE)
    assert old is not None
    # Codes of a province that ended are not known: none is made up.
    assert (old.key, old.agency_code) == ("97.97001@2021-01-01", "")
    assert queries.receiver_of(old, JULY) == commune


def test_our_own_province_stays_the_only_one_pages_list(folder: Path) -> None:
    load(folder)
    assert len(queries.communes(JULY)) == 56
    assert queries.search_places("an binh", JULY) == []
    assert len(queries.to_be_assigned(JULY)) == 10


def test_an_import_twice_changes_nothing(folder: Path) -> None:
    load(folder)
    rows = (Place.objects.count(), Organisation.objects.count())
    written = import_province(folder, "98", by=SYSTEM, at=NOW)
    assert (written.units, written.bodies, written.successions) == (0, 0, 0)
    assert (Place.objects.count(), Organisation.objects.count()) == rows
    assert Event.objects.filter(kind="places.imported.v1").count() == 1


def test_files_may_have_a_mark_and_semicolons(folder: Path) -> None:
    path = folder / "commune_map_2025.csv"
    text = path.read_text(encoding="utf-8").replace(",", ";")
    path.write_text(text, encoding="utf-8-sig")
    assert load(folder) == 14


# file, what is replaced, by what, the sentence.
BAD = [
    (
        "communes_10035_old.csv",
        "97002,Bình",
        "9702,Bình",
        "communes_10035_old.csv, line 3, code: '9702' is not a code of 5 digits",
    ),
    (
        "communes_10035_old.csv",
        "97002,Bình,Thị trấn Bình,Thị trấn",
        "97002,Bình,Thị trấn Bình,Bản",
        (
            "communes_10035_old.csv, line 3, type: 'Bản' is none of "
            "Phường, Thị trấn, Xã, Đặc khu"
        ),
    ),
    (
        "communes_10035_old.csv",
        "97002,Bình,Thị trấn Bình",
        "97002,Bình,Thị trấn Bính",
        (
            "communes_10035_old.csv, line 3, full_name: 'Thị trấn Bính' is not "
            "Thị trấn Bình"
        ),
    ),
    (
        "communes_10035_old.csv",
        "97002,Bình",
        "97001,Bình",
        "communes_10035_old.csv, line 3, code: 97001 stands twice",
    ),
    (
        "communes_10035_old.csv",
        "97002,Bình,Thị trấn Bình,Thị trấn,971",
        "97002,Bình,Thị trấn Bình,Thị trấn,975",
        (
            "communes_10035_old.csv, line 3, district_code: '975' is no district of "
            "the province"
        ),
    ),
    (
        "communes_10035_old.csv",
        "97002,Bình,Thị trấn Bình,Thị trấn,971,97",
        "97002,Bình,Thị trấn Bình,Thị trấn,971",
        "communes_10035_old.csv, line 3: has 5 cells, the header has 6",
    ),
    (
        "communes_10035_old.csv",
        "An,Xã An",
        "\u00d0n,Xã \u00d0n",
        (
            "communes_10035_old.csv, line 2, name: the character U+00D0 is refused, "
            "write Đ (U+0110)"
        ),
    ),
    (
        "communes_10035_old.csv",
        "district_code",
        "huyen",
        "communes_10035_old.csv, line 1, district_code: this column is missing",
    ),
    (
        "commune_map_2025.csv",
        "98001,98001,full",
        "98001,98007,full",
        (
            "commune_map_2025.csv, line 4, new_code: '98007' is no new commune of the "
            "province"
        ),
    ),
    (
        "commune_map_2025.csv",
        "98002,98002,part",
        "98002,98002,full",
        "commune_map_2025.csv, line 6, extent: 98002 went whole to several",
    ),
    (
        "commune_map_2025.csv",
        "98001,98001,full",
        "98001,98001,whole",
        "commune_map_2025.csv, line 4, extent: 'whole' is none of full, part",
    ),
    (
        "commune_map_2025.csv",
        "97002,97001,full\n",
        "",
        (
            "communes_10035_old.csv, line 3, code: 97002 has no row in "
            "commune_map_2025.csv"
        ),
    ),
    (
        "provinces_34.csv",
        "98,Núi Đôi",
        "96,Núi Đôi",
        "provinces_34.csv, code: no province 98",
    ),
    (
        "provinces_34.csv",
        "97 98",
        "95 98",
        (
            "provinces_34.csv, line 2, merged_from_old_codes: 95 is not in "
            "provinces_63_old.csv"
        ),
    ),
]


@pytest.mark.parametrize(("name", "good", "bad", "sentence"), BAD)
def test_a_bad_row_is_named_and_nothing_is_written(
    folder: Path, name: str, good: str, bad: str, sentence: str
) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    before = Place.objects.count()
    with pytest.raises(ImportRefused) as refused:
        load(folder)
    assert str(refused.value) == sentence
    assert Place.objects.count() == before


def test_a_later_contradiction_names_its_line(folder: Path) -> None:
    load(folder)
    path = folder / "communes_3321.csv"
    text = path.read_text(encoding="utf-8").replace("An Bình,Xã An Bình", "A,Xã A")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        load(folder)
    assert str(refused.value) == (
        "communes_3321.csv, line 2, code: 97001@2025-07-01 is known as "
        "'Xã An Bình', not 'Xã A'"
    )


def test_a_code_held_by_another_unit_is_refused(folder: Path) -> None:
    for name in ("communes_3321.csv", "commune_map_2025.csv"):
        path = folder / name
        text = path.read_text(encoding="utf-8").replace("98009", "01273")
        path.write_text(text, encoding="utf-8")
    path = folder / "island_district_map_2025.csv"
    text = path.read_text(encoding="utf-8").replace("98009", "01273")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        load(folder)
    assert refused.value.line == 5
    assert "01273@2025-07-01" in str(refused.value)


def test_a_missing_or_broken_file_is_one_sentence(folder: Path) -> None:
    (folder / "communes_3321.csv").write_bytes(b"code,name\n\xff\xfe\n")
    with pytest.raises(ImportRefused) as refused:
        load(folder)
    assert str(refused.value) == "communes_3321.csv, line 2: is not UTF-8"
    (folder / "communes_3321.csv").unlink()
    with pytest.raises(ImportRefused) as refused:
        load(folder)
    assert str(refused.value) == "communes_3321.csv: No such file or directory"


def test_the_command_prints_counts_or_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_places", folder, "--province", "98", "--json")
    assert json.loads(capsys.readouterr().out)["units"] == 14
    with pytest.raises(CommandError) as refused:
        call_command("import_places", folder, "--province", "96")
    assert str(refused.value) == "provinces_34.csv, code: no province 96"
    assert refused.value.returncode == 1


def test_seeding_again_changes_nothing() -> None:
    seeded = seed_places()
    assert (seeded.written.units, seeded.written.bodies) == (0, 0)
    assert (seeded.calendar_days, seeded.opening_hours) == (0, 0)


Write = Callable[[str], Path]


@pytest.fixture
def file(tmp_path: Path) -> Write:
    def write(text: str) -> Path:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


VILLAGES = """\
commune_code,type,name,code,starts,ends,legal_basis,source
01273,Tổ dân phố,1,,,,,Danh sách xóm 2025
01290,Xóm,Nà Lũm,,,,,Danh sách xóm 2025
01290,Xóm,Bản Chang,0129099,2025-10-01,,Nghị quyết 4/NQ-HĐND,Danh sách xóm 2025
"""


def test_villages_lie_in_their_commune(file: Write) -> None:
    path = file(VILLAGES)
    assert import_villages(path, on=JULY, by=SYSTEM, at=NOW).units == 3
    commune = queries.place_by_code("01290", JULY)
    assert commune is not None
    names = [place.full_name for place in queries.villages(commune, JULY)]
    assert names == ["Xóm Nà Lũm"]
    later = [p.full_name for p in queries.villages(commune, date(2025, 10, 1))]
    assert later == ["Xóm Bản Chang", "Xóm Nà Lũm"]
    assert queries.place_by_code("01290-xom-na-lum", JULY) is not None
    assert import_villages(path, on=JULY, by=SYSTEM, at=NOW).units == 0


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "01267,Xóm,A,,,,,s",
            "list.csv, line 2, commune_code: no commune 01267 on 2025-07-01",
        ),
        (
            "01290,Làng,A,,,,,s",
            "list.csv, line 2, type: 'Làng' is none of Bản, Thôn, Tổ dân phố, Xóm",
        ),
        ("01290,Xóm,,,,,,s", "list.csv, line 2, name: is empty"),
        ("01290,Xóm,A,,,,,", "list.csv, line 2, source: is empty"),
        (
            "01290,Xóm,A,,1/7/2025,,,s",
            "list.csv, line 2, starts: '1/7/2025' is not a day (YYYY-MM-DD)",
        ),
        (
            "01290,Xóm,A,,2025-08-01,2025-08-01,,s",
            "list.csv, line 2, ends: 2025-08-01 is not after 2025-08-01",
        ),
        (
            "01290,Xóm,A,,,,,s\n01290,Xóm,A,,,,,s",
            "list.csv, line 3, name: Xóm A stands twice",
        ),
    ],
)
def test_a_bad_village_is_named(file: Write, row: str, sentence: str) -> None:
    path = file(VILLAGES.splitlines()[0] + "\n" + row + "\n")
    with pytest.raises(ImportRefused) as refused:
        import_villages(path, on=JULY, by=SYSTEM, at=NOW)
    assert str(refused.value) == sentence
    assert not Place.objects.filter(level="village").exists()


ATTRIBUTES = """\
code,kind,value,starts,ends,legal_basis,source
01290,mountain,,2025-07-01,,Quyết định 5/QĐ,Công báo
01290,border,,2025-07-01,2026-01-01,Quyết định 5/QĐ,Công báo
"""


def test_attributes_hold_on_their_days(file: Write) -> None:
    path = file(ATTRIBUTES)
    assert import_attributes(path, by=SYSTEM, at=NOW).added == 2
    commune = queries.place_by_code("01290", JULY)
    old = queries.place_by_code("01290", JUNE)
    assert commune is not None
    assert old is not None
    assert queries.attributes(commune, JULY) == {"mountain", "border"}
    assert queries.attributes(commune, date(2026, 1, 1)) == {"mountain"}
    assert queries.attributes(old, JUNE) == frozenset()
    again = import_attributes(path, by=SYSTEM, at=NOW)
    assert (again.added, again.unchanged) == (0, 2)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "01267,mountain,,2025-07-01,,b,s",
            "list.csv, line 3, code: no unit 01267 on 2025-07-01",
        ),
        (
            "01290,high,,2025-07-01,,b,s",
            (
                "list.csv, line 3, kind: 'high' is none of border, "
                "especially_difficult, ethnic_minority_area, island, mountain, remote"
            ),
        ),
        ("01290,border,,,,b,s", "list.csv, line 3, starts: is empty"),
        (
            "01290,mountain,,2025-09-01,,b,s",
            "list.csv, line 3, starts: mountain holds already on some of these days",
        ),
        (
            "01290,mountain,II,2025-07-01,,b,s",
            "list.csv, line 3, starts: mountain from 2025-07-01 is known otherwise",
        ),
        ("01290,border,,2025-07-01,,,s", "list.csv, line 3, legal_basis: is empty"),
    ],
)
def test_a_bad_attribute_is_named(file: Write, row: str, sentence: str) -> None:
    path = file("\n".join([*ATTRIBUTES.splitlines()[:2], row]) + "\n")
    with pytest.raises(ImportRefused) as refused:
        import_attributes(path, by=SYSTEM, at=NOW)
    assert str(refused.value) == sentence
    assert not PlaceAttribute.objects.exists()
