"""The article as data: values copied by hand from the handbook, not from the file."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from gandan.programmes import recorded
from gandan.programmes.models import Claim
from gandan.programmes.recorded import Recorded
from gandan.programmes.rules import ClaimUnreadable, claim_of
from gandan.programmes.seeding import ARTICLE, read, seed
from gandan.programmes.web.wording import LIVES, PERIODS, SAID, UNITS, claimed

# id: qualifier as the handbook writes it, value, unit. Copied by hand.
FIGURES = {
    "A01": ("=", "4930", "conferences"),
    "A02": (">", "231000", "attendances"),
    "A03": ("=", "100", "%"),
    "A04": ("=", "100", "%"),
    "A05": ("=", "100", "%"),
    "A06": ("=", "100", "%"),
    "A07": ("=", "100", "%"),
    "A08": ("", "yes", ""),
    "A09": ("=", "3", "teams"),
    "A10": ("=", "16", "units"),
    "A11": ("=", "6", "units"),
    "A12": ("", "yes", ""),
    "A20": ("=", "98.56", "%"),
    "A21": ("=", "74.34", "%"),
    "A22": ("=", "82.55", "%"),
    "A23": (">", "85", "%"),
    "A24": ("=", "100", "%"),
    "A25": ("", "yes", ""),
    "A26": ("", "many", "localities"),
    "A27": ("=", "5", "units"),
    "A30": ("=", "12/18", "targets"),
    "A31": ("est", "4.46", "% a year"),
    "A32": ("=", "50.73", "million VND a year"),
    "A33": ("=", "4.24", "% or points a year"),
    "A34": ("=", "12630", "billion VND"),
    "A35": ("=", "12.06", "% a year"),
    "A36": ("=", "25.5", "%"),
    "A37": ("≈", "20000", "households"),
    "A38": (">", "98", "%"),
    "A39": ("=", "88000", "people"),
    "A40": ("=", "95", "%"),
    "A41": (">", "211334", "m²"),
    "A42": (">", "80466", "days"),
    "A43": ("=", "85", "%"),
    "A44": ("=", "81", "%"),
    "A45": ("=", "95", "%"),
    "A46": ("", "yes", ""),
    "A47": ("", "statement", ""),
    "A48": ("", "statement", ""),
    "A50": ("=", "100", "%"),
}
OTHERS = [
    *(f"M{n:02}" for n in range(1, 16)),
    *(f"L{n}" for n in range(1, 4)),
    *(f"T{n}" for n in range(1, 6)),
]
QUALIFIERS = {"=": "", "": "", ">": "over", "≈": "about", "est": "estimated"}
UNIT_OF = {
    "": "",
    "%": "percent",
    "% a year": "percent_a_year",
    "% or points a year": "percent_or_points_a_year",
    "million VND a year": "million_dong_a_year",
    "billion VND": "billion_dong",
    "m²": "square_metres",
}


def test_every_claim_of_the_handbook_is_there_once() -> None:
    assert [claim.code for claim in read()] == [*FIGURES, *OTHERS]


@pytest.mark.parametrize("code", FIGURES)
def test_value_unit_and_qualifier_are_those_of_the_handbook(code: str) -> None:
    claim = next(claim for claim in read() if claim.code == code)
    qualifier, value, unit = FIGURES[code]
    assert (claim.qualifier.value, claim.value) == (QUALIFIERS[qualifier], value)
    assert claim.unit == UNIT_OF.get(unit, unit)


def test_every_claim_is_reported_in_three_complete_languages() -> None:
    for claim in read():
        assert claim.kind == "reported"
        assert all(claim.subject[language] for language in ("vi", "en", "fr"))
        assert len(set(claim.subject.values())) == 3, claim.code
        assert claim.period in PERIODS
        assert claim.lives in {*LIVES, "none"}
        assert claim.unit in {*UNITS, "", "localities"}
        if claim.number is None:
            assert claim.value in SAID


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("A20", "vi|chưa kiểm chứng"),
        ("A22", "vi|chưa kiểm chứng"),
        ("A02", "en|not persons"),
        ("A34", "en|not stated"),
        ("A07", "fr|30/6/2025"),
        ("A27", "vi|sáp nhập năm 2025"),
    ],
)
def test_what_is_ambiguous_says_so(code: str, said: str) -> None:
    language, _bar, words = said.partition("|")
    claim = next(claim for claim in read() if claim.code == code)
    assert words in claim.ambiguity[language]


def test_the_traps_of_translation_are_not_repeated() -> None:
    text = ARTICLE.read_text()
    for wrong in ("qualifiées", "qualifiés", "5 personnes", "ministère", "sections"):
        assert wrong not in text
    for right in ("Dân vận khéo", "5 không, 3 sạch", "Con nuôi đồn biên phòng"):
        assert right in text


@pytest.mark.parametrize(
    ("code", "vi", "en", "fr"),
    [
        ("A01", "4.930 hội nghị", "4,930 conferences", "4 930 conférences"),
        (
            "A02",
            "hơn 231.000 lượt người",
            "more than 231,000 attendances",
            "plus de 231 000 présences",
        ),
        ("A20", "98,56%", "98.56%", "98,56 %"),
        ("A30", "12 trên 18 chỉ tiêu", "12 of 18 targets", "12 sur 18 objectifs"),
        (
            "A31",
            "ước 4,46% mỗi năm",
            "an estimated 4.46% a year",
            "4,46 % par an (estimation)",
        ),
        (
            "A37",
            "khoảng 20.000 hộ",
            "about 20,000 households",
            "environ 20 000 ménages",
        ),
        ("A36", "25,5%", "25.5%", "25,5 %"),
    ],
)
@pytest.mark.django_db
def test_numbers_and_qualifiers_are_said_in_each_language(
    code: str, vi: str, en: str, fr: str
) -> None:
    seed()
    claim = Claim.objects.get(pk=code)
    for language, wanted in (("vi", vi), ("en", en), ("fr", fr)):
        with translation.override(language):
            said = re.sub(r"[\u00a0\u202f]", " ", claimed(claim))
        assert said == wanted


@pytest.mark.django_db
def test_seeding_twice_changes_nothing_and_drops_what_left_the_file() -> None:
    assert seed() == seed() == 63
    before = list(Claim.objects.values())
    stranger = {"ordinal": 99, "subject": {}, "ambiguity": {}, "lives": "none"}
    Claim.objects.create(code="A99", value="yes", **stranger)
    seed()
    assert list(Claim.objects.values()) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "B01"),
        ("qualifier", "nearly"),
        ("kind", "computed"),
        ("value", ""),
        ("unit", ""),
        ("subject_fr", ""),
    ],
)
def test_a_row_that_cannot_be_a_claim_is_refused_by_line_and_field(
    field: str, value: str
) -> None:
    good = {
        "id": "A01",
        "quantity": "dissemination_conferences",
        "value": "4930",
        "unit": "conferences",
        "qualifier": "",
        "period": "not stated",
        "kind": "reported",
        "lives": "programmes",
        **{f"subject_{language}": "…" for language in ("vi", "en", "fr")},
        **{f"ambiguity_{language}": "" for language in ("vi", "en", "fr")},
    }
    assert claim_of(good, 2).number == Decimal(4930)
    with pytest.raises(ClaimUnreadable) as unreadable:
        claim_of(good | {field: value}, 7)
    assert (unreadable.value.line, unreadable.value.field) == (7, field)


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
@pytest.mark.django_db
def test_the_page_shows_every_claim_beside_not_recorded_yet(
    client: Client, prefix: str
) -> None:
    seed()
    answer = client.get(f"{prefix}/chuong-trinh/08-da-tu")
    page = answer.content.decode()
    assert answer.status_code == 200
    for code in [*FIGURES, *OTHERS]:
        assert f'id="{code}"' in page
    missing = {"": "chưa ghi nhận", "/en": "not recorded yet", "/fr": "pas encore"}
    assert page.count(missing[prefix]) == 63 - 2  # A47 and A48 no record can show


@pytest.mark.django_db
def test_a_reader_puts_our_counts_beside_the_claim(client: Client) -> None:
    seed()
    recorded.register("A21", lambda on: Recorded(24558, 34530, href="/so-lieu"))
    try:
        page = client.get("/chuong-trinh/08-da-tu").content.decode()
    finally:
        recorded.forget("A21")
    assert "71,12% (24.558 trên 34.530)" in re.sub(r"[\u00a0\u202f]", "", page)
    assert "74,34%" in page


@pytest.mark.django_db
def test_nothing_counted_is_not_a_percentage(client: Client) -> None:
    seed()
    recorded.register("A21", lambda on: Recorded(0, 0))
    try:
        page = client.get("/en/chuong-trinh/08-da-tu").content.decode()
    finally:
        recorded.forget("A21")
    assert "n/a (0 of 0)" in page


def test_no_template_and_no_catalogue_holds_a_value_of_the_article() -> None:
    room = Path(recorded.__file__).parent
    values = {value for _q, value, _u in FIGURES.values() if value[:2].isdigit()}
    said = {v for v in values if len(v) > 3} | {"231.000", "4.930", "98,56", "74,34"}
    for path in [*room.rglob("*.html"), *room.rglob("*.po"), *room.rglob("*.py")]:
        text = path.read_text()
        assert not {value for value in said if value in text}, path
