"""Editions: two people, vintages that stay, small counts that nobody can tell."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from gandan.dossiers.models import Dossier
from gandan.figures.hiding import spans
from gandan.figures.models import Edition, EditionValue
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.editions import actions, queries
from gandan.indicators.editions.tables import ALL, name_of, table_of
from gandan.indicators.periods import parse_period
from gandan.indicators.states.counting_anew import know_measures
from gandan.indicators.states.following import catch_up
from gandan.kernel.actors import Actor, Role
from gandan.ledger.models import Event
from gandan.places import queries as places
from gandan.places.models import Organisation
from tests.dossiers.book import book, line, load
from tests.factories import at, official

pytestmark = pytest.mark.django_db(transaction=True)

AS_OF = date(2025, 4, 30)
LATE = {"ended_on": "2025-03-20", "returned_on": "2025-03-20"}


def steering(name: str = "steering") -> Actor:
    return official(name, (Role.PROVINCE_STEERING, province()), on=date(2025, 5, 5))


def province() -> Organisation:
    found = places.agency_by("04", AS_OF)
    assert found is not None
    return found


def history(folder: Path, late: dict[str, int], in_time: dict[str, int]) -> None:
    lines, number = [], 0
    for rows, more in ((late, LATE), (in_time, {})):
        for commune, many in rows.items():
            for _one in range(many):
                number += 1
                lines.append(line(number, competent=commune, **more))
    load(book(folder, *lines))
    know_measures()
    catch_up()


@pytest.fixture
def quarter(tmp_path: Path) -> None:
    history(
        tmp_path,
        late={"01273": 2, "01279": 7, "01288": 0},
        in_time={"01273": 20, "01279": 30, "01288": 40},
    )


def drafted(**more: Any) -> Edition:
    given: dict[str, Any] = {
        "slug": "ho-so-2025-q1",
        "period": "2025-Q1",
        "by": steering(),
        "at": at("2025-05-05"),
        "as_of": AS_OF,
    }
    return actions.draft(**(given | more))


def approve(edition: Edition) -> Edition:
    return actions.approve(
        edition_id=edition.pk, by=steering("second"), at=at("2025-05-06")
    )


def value(
    edition: Edition, code: str, place: str = ALL, period: str = "2025-Q1"
) -> Any:
    """Of the province, or of the unit whose name ends so."""
    found = edition.values.filter(code=code, period=period)
    return found.get(name__endswith=place) if place else found.get(place=ALL)


def test_an_edition_says_what_it_knew_and_by_which_definitions(quarter: None) -> None:
    edition = drafted()
    assert value(edition, "dossiers.received").numerator == 99
    assert edition.number == 1
    assert edition.as_of == AS_OF
    assert edition.event > 0
    assert edition.definitions["dossiers.late"] == DEFINITIONS["dossiers.late"].version


def test_whoever_drafts_does_not_approve(quarter: None) -> None:
    edition = drafted()
    with pytest.raises(actions.EditionRefused, match="another person"):
        actions.approve(edition_id=edition.pk, by=steering(), at=at("2025-05-06"))
    approve(edition)
    kinds = Event.objects.filter(kind__contains="edition").values_list(
        "kind", flat=True
    )
    assert list(kinds) == [
        "indicators.edition_drafted.v1",
        "indicators.edition_approved.v1",
    ]


def test_only_the_steering_office_publishes(quarter: None) -> None:
    other = official("leader", (Role.UNIT_LEADER, province()), on=AS_OF)
    with pytest.raises(actions.EditionRefused, match="steering"):
        drafted(by=other)


def test_a_period_that_has_not_ended_is_not_published(quarter: None) -> None:
    with pytest.raises(actions.EditionRefused, match="not ended"):
        drafted(as_of=date(2025, 3, 30))


def test_an_approved_edition_stays_whatever_a_shell_tries(quarter: None) -> None:
    edition = approve(drafted())
    tries = (
        lambda: Edition.objects.filter(pk=edition.pk).update(number=7),
        lambda: EditionValue.objects.filter(edition=edition).update(numerator=0),
        lambda: EditionValue.objects.filter(edition=edition).delete(),
        lambda: EditionValue.objects.create(
            edition=edition, code="x", place="", name="x", period="2025-Q1"
        ),
    )
    for attempt in tries:
        with (
            pytest.raises(ProgrammingError, match="stays as it is"),
            transaction.atomic(),
        ):
            attempt()


def test_a_discarded_draft_leaves_no_number_behind(quarter: None) -> None:
    draft = drafted()
    actions.discard(edition_id=draft.pk, by=steering(), at=at("2025-05-06"))
    assert drafted().number == 1


def test_a_small_count_is_hidden_with_what_would_give_it_away(quarter: None) -> None:
    edition = drafted()
    small = value(edition, "dossiers.late", "Hợp Giang")
    assert small.numerator is None
    assert small.numerator_hidden
    assert small.value is None
    assert small.denominator == 22
    hidden = edition.values.filter(
        code="dossiers.late", period="2025-Q1", numerator_hidden=True
    )
    assert hidden.count() > 1  # two communes at least, or the sum would tell


def test_whoever_knows_every_published_cell_tells_none_of_the_hidden(
    quarter: None,
) -> None:
    """An attacker with the whole edition, and every sum in it."""
    edition = drafted()
    period = parse_period("2025-Q1")
    definitions = [DEFINITIONS[code] for code in actions.DEFAULT_CODES]
    months = [month.label for month in period.months()]
    found = actions.computed(definitions, period, as_of=AS_OF, chart="as-was")
    table = table_of(definitions, found, period=period.label, months=months)
    published: dict[Any, int | None] = {
        cell: 0 for cell in table.cells if table.cells[cell] == 0
    }
    for one in edition.values.all():
        definition = DEFINITIONS[one.code]
        where = (one.place, one.period)
        published[name_of(definition.numerator), *where] = one.numerator
        if definition.denominator is not None:
            published[name_of(definition.denominator), *where] = one.denominator
    for key in table.cells:
        published.setdefault(key, None)
    bounds = spans(published, table.lines, table.shares)
    assert bounds
    for key, span in bounds.items():
        assert span.is_wide(5), (key, span)
        assert span.low <= table.cells[key]


def test_a_late_correction_is_a_new_edition_and_shows_in_the_triangle(
    quarter: None, tmp_path: Path
) -> None:
    first = approve(drafted())
    with pytest.raises(actions.EditionRefused, match="says why"):
        drafted()
    (tmp_path / "more").mkdir()
    load(
        book(
            tmp_path / "more",
            *[line(900 + n, competent="01288", **LATE) for n in range(6)],
        )
    )
    catch_up()
    second = approve(drafted(reason="Sáu hồ sơ của phường Tân Giang vào sổ sau"))
    assert (first.number, second.number) == (1, 2)
    rows = {row.period: row for row in queries.triangle(first.series, "dossiers.late")}
    known = [v and v.numerator for v in rows["2025-Q1"].values]
    assert known == [9, 15]
    assert rows["2025-Q1"].is_revised
    assert not rows["2025-01"].is_revised


def test_an_old_edition_keeps_its_definition_when_the_meaning_changes(
    quarter: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = approve(drafted())
    changed = dict(DEFINITIONS)
    late = changed["dossiers.late"]
    changed["dossiers.late"] = replace(late, version=late.version + 1)
    monkeypatch.setattr(actions, "DEFINITIONS", changed)
    second = approve(drafted(reason="Định nghĩa mới"))
    assert second.definitions["dossiers.late"] == late.version + 1
    first.refresh_from_db()
    assert first.definitions["dossiers.late"] == late.version


def test_a_merge_adds_up_in_an_edition_on_todays_chart(quarter: None) -> None:
    as_was = drafted()
    as_is = drafted(slug="ho-so-2025-q1-nay", chart="as-is")
    assert value(as_was, "dossiers.received").numerator == 99
    assert value(as_is, "dossiers.received").numerator == 99
    # Old units of 2025 end in units that are in force today.
    names = set(as_is.values.exclude(place="").values_list("place", flat=True))
    assert names
    assert all("@2025-07-01" in key or "@2021" in key for key in names)
    assert Dossier.objects.count() == 99
