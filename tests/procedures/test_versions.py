"""Versions are added and closed, never edited: proven below Python, in SQL."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from gandan.kernel.actors import SYSTEM
from gandan.ledger.models import Event
from gandan.procedures import actions, queries, rules
from gandan.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


def publish(code: str = "9.000001", **said: object) -> ProcedureVersion:
    starts = said.pop("valid_from", date(2025, 1, 1))
    draft = rules.Draft(code=code, name=str(said.pop("name", "Một")), **said)  # type: ignore[arg-type]
    publication = actions.Publication(draft=draft, valid_from=starts)  # type: ignore[arg-type]
    return actions.publish_version(publication=publication, by=SYSTEM, at=AT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedures_procedureversion SET name = 'x'",
        "UPDATE procedures_procedureversion SET content = '{\"a\":1}'",
        "UPDATE procedures_procedureversion SET digest = 'x'",
        "UPDATE procedures_procedureversion SET valid_from = valid_from - 1",
        "UPDATE procedures_procedureversion SET valid_to = valid_from, name = 'x'",
        "DELETE FROM procedures_procedureversion",
    ],
)
def test_the_database_refuses_to_edit_a_version(statement: str) -> None:
    version = publish()
    with (
        pytest.raises(DatabaseError, match="never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{statement} WHERE id = %s", [version.pk])


@pytest.mark.parametrize("again", ["NULL", "'2026-02-01'"])
def test_the_end_of_a_version_is_written_once(again: str) -> None:
    version = publish()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procedures_procedureversion SET valid_to = '2026-01-01' "
            "WHERE id = %s",
            [version.pk],
        )
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"UPDATE procedures_procedureversion SET valid_to = {again} WHERE id = %s",
            [version.pk],
        )


def test_the_pages_cannot_edit_a_version_either(as_web: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ProcedureVersion.objects.filter(code="1.001193").update(name="x")


def test_two_versions_never_hold_on_the_same_day() -> None:
    first = publish()
    first.valid_to = date(2025, 6, 1)
    first.save(update_fields=["valid_to"])
    row = ProcedureVersion.objects.get(pk=first.pk)
    row.pk, row.public_id, row.number = None, "00000000-0000-4000-8000-000000000001", 2
    row.valid_from, row.valid_to = date(2025, 5, 31), None
    with (
        pytest.raises(DatabaseError, match="version_holds_alone"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_the_next_version_closes_the_one_before() -> None:
    publish()
    new = publish(name="Hai", valid_from=date(2026, 1, 1))
    old = queries.versions("9.000001")[1]
    assert (new.number, old.valid_to) == (2, date(2026, 1, 1))
    assert queries.version_on("9.000001", date(2025, 12, 31)).name == "Một"
    assert queries.version_on("9.000001", date(2026, 1, 1)).name == "Hai"
    event = Event.objects.filter(subject=str(new.public_id)).get()
    assert event.kind == "procedures.version_published.v1"
    assert (event.payload["code"], event.payload["number"]) == ("9.000001", 2)


def test_a_version_replaced_on_its_first_day_was_never_in_force() -> None:
    publish()
    publish(name="Hai", valid_from=date(2026, 1, 1))
    publish(name="Ba", valid_from=date(2026, 1, 1))
    assert queries.version_on("9.000001", date(2026, 1, 1)).name == "Ba"
    assert queries.version_on("9.000001", date(2025, 12, 31)).name == "Một"


def test_the_same_words_are_no_new_version() -> None:
    publish()
    with pytest.raises(actions.NothingChanged):
        publish(valid_from=date(2026, 1, 1))


def test_a_version_does_not_begin_before_the_one_it_follows() -> None:
    publish()
    with pytest.raises(actions.TooEarly):
        publish(name="Hai", valid_from=date(2024, 12, 31))


def test_facts_that_contradict_each_other_are_refused_with_every_reason() -> None:
    content = rules.Content(
        limits=(rules.Limit(case="none"),),
        papers=(
            rules.Paper(key="a", name="A", condition={"var": "never_asked"}),
            rules.Paper(key="a", name=""),
        ),
        fees=(rules.Fee("Phí", stated="amount"),),
        steps=(rules.Step("s", {"vi": "Nhận"}, "counter", "desk"),),
    )
    with pytest.raises(rules.ContentRefused) as refused:
        publish(content=content)
    assert sorted(refused.value.reasons) == [
        "a limit names the unknown case none",
        "fee 'Phí' is stated as amount but says None",
        "paper a depends on never_asked, which no question asks",
        "paper a has no name",
        "paper a stands 2 times",
        "the shares of the steps make 0, not 1",
    ]


def test_every_seeded_version_is_sound_and_survives_its_journey_to_json() -> None:
    versions = list(ProcedureVersion.objects.all())
    assert len(versions) >= 200
    for version in versions:
        rules.check(version.facts())
        rules.draft.check_draft(version.draft())
        assert version.draft().digest == version.digest, version.code
        assert rules.Draft.from_json(version.draft().to_json()) == version.draft()


def test_the_seeds_know_where_they_come_from() -> None:
    for version in ProcedureVersion.objects.all():
        assert version.source, version.code
        assert version.national_only, version.code
        assert not version.start_known, version.code
