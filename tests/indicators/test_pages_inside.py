"""Scorecard, board, late list, and the records behind: the same numbers everywhere, and
no record to whoever may not see it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gandan.dossiers.models import Dossier
from gandan.indicators import crossing
from gandan.indicators.charts_of_units import chart_of
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.periods import parse_period
from gandan.indicators.queries import AS_IS, figures
from gandan.kernel.actors import Actor, Role
from gandan.places import queries as places
from tests.dossiers import walls
from tests.dossiers.conftest import NOW, TODAY, signed_in
from tests.factories import committee, desk, official
from tests.indicators import desk_facts
from tests.indicators.stored import store

pytestmark = pytest.mark.django_db
CARD = "/en/so-lieu/don-vi"
LAND, ADOPTION = "1.013978", "2.001255"
LONG_AGO = TODAY - timedelta(days=40)
DUE = TODAY - timedelta(days=10)


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def words_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def chair(code: str = walls.OWN) -> Actor:
    return official(
        f"chair-of-{code}", (Role.SIGNATORY, committee(TODAY, code)), on=TODAY
    )


def head() -> Actor:
    return official("head-of-desk", (Role.HEAD_ONE_STOP, desk(TODAY)), on=TODAY)


def province() -> Actor:
    whole = committee(TODAY).place.parent
    assert whole is not None
    body = places.committee_of(whole, TODAY)
    assert body is not None
    return official("steering", (Role.PROVINCE_STEERING, body), on=TODAY)


@pytest.fixture
def small(tmp_path: Path) -> walls.Province:
    """Dossiers of the walls, with facts: the ward has two late, one of them protected,
    and two that ended, one late; the far commune has one late."""
    made = walls.province(tmp_path)
    ward, far = committee(TODAY).key, committee(TODAY, walls.THIRD).key

    def waiting(dossier: Dossier, unit: str, **more: Any) -> Any:
        given = {"record": str(dossier.public_id), "unit": unit, "procedure": LAND}
        return desk_facts.open_since(LONG_AGO, DUE, **(given | more))

    rows = [
        waiting(made["ordinary", "processing"], ward, visits=2),
        waiting(
            made["protected", "processing"], ward, protected=True, procedure=ADOPTION
        ),
        waiting(made["far", "processing"], far),
        desk_facts.resolved(TODAY - timedelta(days=2), late=True, unit=ward),
        desk_facts.resolved(TODAY - timedelta(days=2), late=False, unit=ward),
    ]
    store(desk_facts.history(rows))
    return made


def test_a_leader_sees_first_what_has_cost_people_most(small: walls.Province) -> None:
    client, key = signed_in(chair()), committee(TODAY).key
    answer = client.get(f"{CARD}/{key}")
    said = words_of(answer)
    code = small["ordinary", "processing"].code
    assert code
    first = said.index("cost its owner most days")
    assert first < said.index("40 days") < said.index("What can be done right away")
    assert code in said[first : said.index("What can be done right away")]
    assert "2 visits in vain" in said
    # The protected one is counted, and stands in no list.
    assert (small["protected", "processing"].code or "?") not in said
    assert "Resolved late" in said
    assert "50.0% 1 / 2" in said
    assert "Open 1 record" in said


@pytest.mark.parametrize("language", ["", "/en", "/fr"])
def test_the_card_speaks_three_languages(small: walls.Province, language: str) -> None:
    said = words_of(
        signed_in(chair()).get(f"{language}/so-lieu/don-vi/{committee(TODAY).key}")
    )
    heading = {
        "": "Người dân đã tốn gì",
        "/en": "What it cost people",
        "/fr": "Ce que cela a coûté aux gens",
    }
    assert heading[language] in said


def test_the_head_of_a_desk_reads_the_card_of_its_committee(
    small: walls.Province,
) -> None:
    client, key = signed_in(head()), committee(TODAY).key
    assert client.get("/so-lieu/don-vi").headers["Location"].endswith(key)
    assert client.get(f"{CARD}/{key}").status_code == 200


def test_another_unit_and_a_missing_one_look_alike(small: walls.Province) -> None:
    client = signed_in(chair())
    other = committee(TODAY, walls.OTHER).key
    for key in (other, "X99", "toan-tinh"):
        for path in (f"{CARD}/{key}", f"{CARD}/{key}/ho-so/dossiers.late"):
            assert client.get(path).status_code == 404
    assert client.get(f"/so-lieu/tre-han?don-vi={other}").status_code == 404
    assert client.get("/so-lieu/bang").status_code == 404
    own = committee(TODAY).key
    for code in ("no.such", "care.rating"):
        assert client.get(f"{CARD}/{own}/ho-so/{code}").status_code == 404


def test_behind_a_number_stand_its_records_and_protected_ones_are_only_counted(
    small: walls.Province,
) -> None:
    client, key = signed_in(chair()), committee(TODAY).key
    answer = client.get(f"{CARD}/{key}/ho-so/dossiers.past_due")
    said = words_of(answer)
    assert "2 records are counted." in said
    assert "(2 of 2). Computed from dossiers, records as of" in said
    assert "1 of them is of a protected kind" in said
    assert (small["ordinary", "processing"].code or "?") in said
    hidden = str(small["protected", "processing"].public_id)
    assert hidden not in answer.content.decode()


def test_who_steers_the_province_sees_days_and_no_numbers(
    small: walls.Province,
) -> None:
    client = signed_in(province())
    answer = client.get(f"{CARD}/toan-tinh/ho-so/dossiers.past_due")
    said = words_of(answer)
    assert "3 records are counted." in said
    assert "open to the agency in charge alone" in said
    assert "40" in said
    for kind in ("ordinary", "far", "protected"):
        made = small[kind, "processing"]
        assert str(made.code) not in said
        assert str(made.public_id) not in answer.content.decode()


def test_the_board_names_field_agency_and_day_first(small: walls.Province) -> None:
    said = words_of(signed_in(province()).get("/en/so-lieu/bang"))
    field = crossing.catalogue().field_of(LAND)
    assert field
    top = said[: said.index("Open past due by agency")]
    assert f"{field} : 2 dossiers past due" in top
    assert f"{DUE + timedelta(days=1):%d/%m/%Y}" in top
    assert "Protected or without a field" in said
    # The adoption's own field would name it.
    assert crossing.catalogue().fields[ADOPTION] not in said


def test_table_list_and_figure_say_the_same_number(small: walls.Province) -> None:
    month = parse_period(f"{TODAY:%Y-%m}")
    chart = chart_of(AS_IS)
    crossed = crossing.cross(
        DEFINITIONS["dossiers.past_due"],
        period=month,
        as_of=TODAY,
        chart=chart,
        known=crossing.catalogue(),
    )
    [whole] = figures(["dossiers.past_due"], period=month, chart=AS_IS, as_of=TODAY)
    assert crossed.total.numerator == whole.numerator == 3
    assert crossed.total.denominator == whole.denominator == 3
    said = words_of(signed_in(province()).get("/en/so-lieu/tre-han"))
    assert "3 / 3 open dossiers are past due." in said
    assert "1 of them is protected" in said
    own = words_of(signed_in(chair()).get("/en/so-lieu/tre-han"))
    assert "2 / 2 open dossiers are past due." in own
    assert (small["ordinary", "processing"].code or "?") in own


def test_the_late_list_is_paged_by_key_the_longest_late_first() -> None:
    ward = committee(TODAY).key
    rows = [
        desk_facts.open_since(LONG_AGO, DUE + timedelta(days=n % 5), unit=ward)
        for n in range(70)
    ]
    store(desk_facts.history(rows))
    client = signed_in(chair())
    first = client.get("/en/so-lieu/tre-han")
    assert len(first.context["rows"]) == 50
    after = first.context["after"]
    second = client.get(f"/en/so-lieu/tre-han{after}")
    assert len(second.context["rows"]) == 20
    assert second.context["after"] == ""
    dues: list[date] = [
        row.due for page in (first, second) for row in page.context["rows"]
    ]
    assert dues == sorted(dues)
    # A cursor that is none begins at the beginning.
    assert len(client.get("/so-lieu/tre-han?sau=x").context["rows"]) == 50


@pytest.mark.parametrize("query", ["ky=2025-99", "ky=2099", "chot=never"])
def test_a_period_that_is_none_is_said_and_this_year_stands_there(
    query: str,
) -> None:
    client, key = signed_in(chair()), committee(TODAY).key
    said = words_of(client.get(f"{CARD}/{key}?{query}"))
    assert "named no period that has begun" in said
    assert f"year {TODAY.year}" in said


def test_an_empty_unit_says_what_would_be_here() -> None:
    said = words_of(signed_in(chair()).get(f"{CARD}/{committee(TODAY).key}"))
    assert "Nobody is waiting: no dossier is open." in said
    assert "Dossiers past due" in words_of(
        signed_in(chair()).get("/en/so-lieu/tre-han")
    )
    assert "There is none." in words_of(signed_in(province()).get("/en/so-lieu/bang"))


def _asked(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("path", "most"),
    [("card", 80), ("board", 80), ("late", 30), ("behind", 25)],
)
def test_pages_ask_as_often_for_many_records_as_for_few(path: str, most: int) -> None:
    ward = committee(TODAY).key
    rows = [desk_facts.open_since(LONG_AGO, DUE, unit=ward)]
    rows.append(desk_facts.resolved(TODAY - timedelta(days=2), late=True, unit=ward))
    store(desk_facts.history(rows))
    client = signed_in(province() if path == "board" else chair())
    address = {
        "card": f"{CARD}/{ward}",
        "board": "/so-lieu/bang",
        "late": "/so-lieu/tre-han",
        "behind": f"{CARD}/{ward}/ho-so/dossiers.past_due",
    }[path]
    few = _asked(client, address)
    assert few <= most
    with connection.cursor() as cursor:
        for table in ("fact_dossier", "figures_state"):
            cursor.execute(f"DELETE FROM {table}")
    store(desk_facts.history(_many(ward)))
    assert _asked(client, address) == few


def _many(unit: str) -> list[Any]:
    return [
        desk_facts.open_since(LONG_AGO, DUE, unit=unit)
        if n % 2
        else desk_facts.resolved(TODAY - timedelta(days=2), late=n % 3 == 0, unit=unit)
        for n in range(60)
    ]


def test_the_index_says_between_what_and_what_and_which_lever_helps_nobody() -> None:
    """By hand: of 4 with a result none is electronic; one open dossier is in time."""
    ward = committee(TODAY).key
    rows = [
        *(
            desk_facts.resolved(TODAY - timedelta(days=2), late=False, unit=ward)
            for _ in range(4)
        ),
        desk_facts.open_since(TODAY - timedelta(days=3), TODAY, unit=ward),
    ]
    store(desk_facts.history(rows))
    client = signed_in(chair())
    answer = client.get(f"{CARD}/{ward}")
    card = answer.context["card766"]
    by_code = {part.code: part for group in card.groups for part in group.parts}
    assert by_code["2.1"].points == "20.00"
    assert by_code["4.1"].points == "0.00"
    assert not by_code["1.1"].is_measured
    assert "3" not in by_code  # the province alone
    said = words_of(answer)
    assert "not measured" in said
    assert "Shortens nobody’s wait" in said
    electronic = next(pull for pull in card.pulls if pull.href.count("/766/4.1"))
    assert not electronic.shortens_a_wait
    assert "Issue 1 more result electronically" in electronic.said
    # Each of four results is worth a point and a half.
    assert electronic.gives == "0.1 point; 4 records can be acted upon"
    decide = next(pull for pull in card.pulls if "/766/2.1" in pull.href)
    assert decide.shortens_a_wait
    listed = client.get(electronic.href)
    assert len(listed.context["rows"]) == 4


def test_levers_are_for_the_own_unit_and_only_where_an_act_exists() -> None:
    client, own = signed_in(chair()), committee(TODAY).key
    other = committee(TODAY, walls.OTHER).key
    for path in (f"{other}/766/2.1", "toan-tinh/766/2.1", f"{own}/766/1.1"):
        assert client.get(f"{CARD}/{path}").status_code == 404
    assert client.get(f"{CARD}/{own}/766/2.1").status_code == 200
    whole = signed_in(province())
    assert whole.get(f"{CARD}/toan-tinh/766/2.1").status_code == 200


def test_a_period_that_has_ended_has_no_levers() -> None:
    ward = committee(TODAY).key
    row = desk_facts.resolved(TODAY - timedelta(days=2), late=False, unit=ward)
    store(desk_facts.history([row]))
    answer = signed_in(chair()).get(f"{CARD}/{ward}?ky={TODAY.year - 1}")
    assert answer.context["card766"].pulls == ()


def test_a_tile_of_few_records_says_its_counts_and_has_no_shade() -> None:
    few, many = committee(TODAY).key, committee(TODAY, walls.OTHER).key
    day = TODAY - timedelta(days=2)
    rows = [desk_facts.resolved(day, late=True, unit=few)]
    rows += [desk_facts.resolved(day, late=n < 3, unit=many) for n in range(12)]
    store(desk_facts.history(rows))
    tiles = signed_in(province()).get("/en/so-lieu/bang").context["tiles"]
    said = {cell.tile.said: cell.shade for cell in tiles.cells if cell.tile.href}
    assert said == {"1/1": None, "25.0%": 0}


def test_a_number_of_the_board_opens_its_own_field_and_agency(
    small: walls.Province,
) -> None:
    client = signed_in(province())
    table = client.get("/en/so-lieu/bang").context["table"]
    lines = [line for _title, group in table.groups for line in group]
    assert len(lines) == 2
    for line in lines:
        for number in (line.total, *line.numbers):
            if number.href:
                page = client.get(number.href).context["page"]
                assert page.total == number.n
    # What is protected is a number that leads nowhere.
    closed = [line.numbers[table.fields.index("")] for line in lines]
    assert sorted((one.n, one.href) for one in closed) == [(0, ""), (1, "")]


def test_no_number_is_given_of_a_sensitive_procedure_or_its_field_alone(
    small: walls.Province,
) -> None:
    known = crossing.catalogue()
    client = signed_in(province())
    address = f"{CARD}/{committee(TODAY).key}/ho-so/dossiers.past_due"
    for query in (
        {"thu-tuc": ADOPTION},
        {"linh-vuc": known.fields[ADOPTION]},
        {"thu-tuc": "9.999999"},
        {"linh-vuc": "Không có"},
    ):
        assert client.get(address, query).status_code == 404
    for query in ({"thu-tuc": LAND}, {"linh-vuc": known.fields[LAND]}):
        assert client.get(address, query).context["page"].total == 1


def test_a_sensitive_procedure_stands_in_no_field_and_opens_none() -> None:
    known = crossing.Catalogue(
        {"1": "Hộ tịch", "2": "Hộ tịch", "3": "Đất đai"}, frozenset({"2"})
    )
    assert [known.field_of(code) for code in "1239"] == ["Hộ tịch", "", "Đất đai", ""]
    # A field with a sensitive procedure in it is a number that leads nowhere.
    assert [
        known.may_part(name, None) for name in ("Hộ tịch", "Đất đai", "", None)
    ] == [
        False,
        True,
        False,
        True,
    ]
    assert [known.may_part(None, code) for code in "1239"] == [True, False, True, False]
