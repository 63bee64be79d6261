"""What changed between two versions, field by field."""

import dataclasses
import itertools
from dataclasses import replace
from decimal import Decimal

import pytest

from gandan.kernel.clock import Unit
from gandan.procedures import queries, rules
from gandan.procedures.models import ProcedureVersion, columns_of
from gandan.procedures.rules import (
    Basis,
    Change,
    Content,
    Draft,
    Fee,
    Limit,
    Paper,
    changes,
)
from gandan.procedures.web import comparing, wording

WD = Unit.WORKING_DAY
OLD = Draft(
    code="1.000001",
    name="Một",
    content=Content(
        limits=(
            Limit(quantity=Decimal(3), unit=WD),
            Limit("c", quantity=Decimal(5), unit=WD),
        ),
        papers=(Paper("a", "Tờ khai", original=1), Paper("b", "Bản đồ", copies=1)),
        fees=(Fee("Phí", stated="amount", amount=8000),),
        basis=(Basis("61/2018/NĐ-CP"),),
        notes=("Ghi chú",),
    ),
)


def test_nothing_changed_says_nothing() -> None:
    assert changes(OLD, replace(OLD, source="other", source_date="2026-07-18")) == ()


def test_a_changed_amount_is_a_change_and_not_a_removal() -> None:
    new = OLD.with_content(
        limits=(Limit(quantity=Decimal(2), unit=WD), OLD.content.limits[1]),
        fees=(Fee("Phí", stated="amount", amount=9000),),
    )
    assert changes(OLD, new) == (
        Change("limits", "", "", "changed", "quantity", "3", "2"),
        Change("fees", "Phí", "Phí", "changed", "amount", 8000, 9000),
    )


def test_rows_come_and_go_by_their_key() -> None:
    new = OLD.with_content(
        papers=(replace(OLD.content.papers[0], original=2), Paper("c", "Ảnh")),
        basis=(Basis("118/2025/NĐ-CP"),),
        notes=(),
    )
    assert [(c.section, c.key, c.kind, c.field) for c in changes(OLD, new)] == [
        ("papers", "b", "removed", ""),
        ("papers", "a", "changed", "original"),
        ("papers", "c", "added", ""),
        ("notes", "Ghi chú", "removed", ""),
        ("basis", "61/2018/NĐ-CP", "removed", ""),
        ("basis", "118/2025/NĐ-CP", "added", ""),
    ]


def test_single_fields_show_before_and_after() -> None:
    new = replace(OLD, name="Hai", everyday={"vi": "hai"})
    assert changes(OLD, new) == (
        Change("name", "", "", "changed", "", "Một", "Hai"),
        Change("everyday", "", "", "added", "", None, {"vi": "hai"}),
    )


@pytest.mark.django_db
def test_any_difference_can_be_put_into_words() -> None:
    """Every seeded version against the next one: all kinds of rows come, go, change."""
    versions = list(ProcedureVersion.objects.order_by("code"))
    told = [
        line
        for old, new in itertools.pairwise(versions)
        for line in comparing.lines(old, new)
    ]
    assert {line.section for line in told} >= {"Giấy tờ", "Thời hạn", "Câu hỏi"}
    assert all(line.before or line.after for line in told)


@pytest.mark.django_db
def test_a_change_inside_a_row_is_put_into_words() -> None:
    """Words, conditions and options are objects, too."""
    held = queries.versions("1.001193")[0]
    data = held.draft().to_json()
    for section in ("papers", "questions", "steps", "left_out", "fees", "limits"):
        for row in data["content"][section]:
            for name, value in row.items():
                if name in ("words", "note", "rule", "owner", "opened_by"):
                    row[name] = {"vi": "khác"}
                elif name == "condition":
                    row[name] = {"var": "other"}
                elif name == "options":
                    row[name] = value[:1]
    new = ProcedureVersion(**columns_of(Draft.from_json(data)))
    lines = comparing.lines(held, new)
    assert {line.after for line in lines} >= {"khác", '{"var": "other"}'}


def test_every_field_of_every_fact_has_a_name() -> None:
    """A change is never shown under a name of the program."""
    facts = (Basis, rules.Case, Fee, rules.LeftOut, Limit, Paper)
    more = (rules.Question, rules.Result, rules.Step)
    fields = {f.name for fact in (*facts, *more) for f in dataclasses.fields(fact)}
    assert fields - {"key", "added"} == set(comparing.FIELDS)
    described = {*Draft.described(), *rules.content.SECTIONS, "conduct", "conditions"}
    assert described == set(wording.SECTIONS)
