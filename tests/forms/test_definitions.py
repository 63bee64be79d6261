"""The three definitions as texts, and what a wrong definition is told."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from gandan.forms import conditions, loading
from gandan.forms.parties import parties
from gandan.forms.schema import Definition, Kind, Words
from gandan.kernel.text import clean
from tests.forms.cases import CASES, place

FORMS = sorted(loading.definitions())
# The procedure each form belongs to, in the national catalogue.
PROCEDURES = {
    "birth": "1.001193",
    "land": "1.013978",
    "household_business": "1.001612",
}


def every_word(thing: Any) -> list[Words]:
    if isinstance(thing, Words):
        return [thing]
    if isinstance(thing, tuple):
        return [word for part in thing for word in every_word(part)]
    if hasattr(thing, "__dataclass_fields__"):
        names = [name for name in thing.__dataclass_fields__ if name != "_pages"]
        return [word for name in names for word in every_word(getattr(thing, name))]
    return []


def test_the_three_forms_stand_for_their_procedures() -> None:
    found = {d.key: d.procedure for d in loading.definitions().values()}
    assert found == PROCEDURES
    for key, code in PROCEDURES.items():
        assert loading.for_procedure(code) is loading.definition(key)
    assert loading.for_procedure("2.000815") is None


@pytest.mark.parametrize("form", FORMS)
def test_every_word_stands_in_three_languages(form: str) -> None:
    words = every_word(loading.definition(form))
    assert len(words) > 90
    for said in words:
        assert all(part == clean(part) != "" for part in (said.vi, said.en, said.fr))
    # The same text in two languages is a translation forgotten, save names and signs.
    same = {said.vi for said in words if said.vi == said.en or said.vi == said.fr}
    assert same <= {"m²", "đồng"}


@pytest.mark.parametrize("form", FORMS)
def test_sentences_are_short(form: str) -> None:
    for said in every_word(loading.definition(form)):
        if said is loading.definition(form).declaration:
            continue  # the law's own sentence
        for sentence in said.vi.replace("?", ".").split(". "):
            assert len(sentence.split()) <= 26, sentence


@pytest.mark.parametrize("form", FORMS)
def test_every_question_names_its_source(form: str) -> None:
    definition = loading.definition(form)
    for _group, question in definition.every_question():
        assert question.source.kind in {"document", "law", "ours"}
        if question.source.kind == "document":
            assert definition.procedure in question.source.ref
    assert definition.unofficial


@pytest.mark.parametrize("form", FORMS)
def test_ethnicity_is_left_to_the_pen(form: str) -> None:
    definition = loading.definition(form)
    for _group, question in definition.every_question():
        if "ethnicity" in question.key:
            assert question.kind is Kind.ON_PAPER
        else:
            assert "dân tộc" not in question.label.vi.lower()
    assert "ethnicity" not in json.dumps(conditions.json_schema(definition))


@pytest.mark.parametrize("form", FORMS)
def test_the_json_schema_is_one_of_2020_12(form: str) -> None:
    schema = conditions.json_schema(loading.definition(form))
    assert jsonschema_rs.meta.is_valid(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


# --- parties ------------------------------------------------------------------


def named(form: str, case: str) -> list[tuple[str, str, str]]:
    definition = loading.definition(form)
    return [
        (party.role, party.name, party.birth)
        for party in parties(definition, CASES[form][case])
    ]


def test_a_birth_names_who_asks_the_child_and_the_known_parents() -> None:
    assert named("birth", "married parents, the mother asks") == [
        ("owner", "Nông Thị Ánh", "1998"),
        ("child", "Hoàng Gia Bảo An", "2025-03-27"),
        ("mother", "Nông Thị Ánh", "1998"),
        ("father", "Páo", "1987"),
    ]
    assert named("birth", "foundling") == [
        ("owner", "Nông Thị Ánh", "1998"),
        ("child", "Hoàng Gia Bảo An", "2025-03-27"),
    ]


def test_who_is_authorised_represents_and_a_parent_owns() -> None:
    assert named("birth", "surrogacy, a stranger is authorised")[:2] == [
        ("representative", "Nông Thị Ánh", "1998"),
        ("owner", "Lý Mùi", "1999-07"),
    ]
    assert named("birth", "child without mother, an aunt is authorised")[:2] == [
        ("representative", "Nông Thị Ánh", "1998"),
        ("owner", "Páo", "1987"),
    ]


def test_each_owner_of_land_comes_with_the_spouse() -> None:
    case = "two owners, two parcels, many papers"
    assert named("land", case) == [
        ("owner", "Bế Văn Đàn", "1958-11-02"),
        ("owner", "Đàm Thị Ngọc Hoài Thương My", "1961"),
        ("spouse", "Nông Thị Sen", "1960"),
        ("representative", "Bế Thanh", "1990"),
    ]
    found = parties(loading.definition("land"), CASES["land"][case])
    assert found[2].address == place("xóm Bản Giốc")
    assert found[0].phone == "0206385123"


def test_a_community_owns_as_one_and_acts_through_its_representative() -> None:
    assert named("land", "a community holds the notice") == [
        ("owner", "Xóm Pác Bó", ""),
        ("representative", "Dương Đại Lâm", "1971"),
    ]


def test_a_family_business_names_its_members() -> None:
    assert named(
        "household_business", "a family, two places, an authorised person"
    ) == [
        ("owner", "Hoàng Thắm", "1979"),
        ("member", "Hoàng Văn Sỹ Nguyên", "2001-03-15"),
        ("representative", "Sỹ", ""),
    ]


# --- wrong definitions --------------------------------------------------------

QUESTION: dict[str, Any] = {
    "key": "first",
    "kind": "yes_no",
    "label": ["một", "one", "un"],
    "source": ["ours"],
}
LATER = QUESTION | {"key": "later"}

GROUP: dict[str, Any] = {
    "kind": "group",
    "label": ["một", "one", "un"],
    "source": ["ours"],
    "item": ["a", "b", "c"],
    "pages": [{"slug": "x", "questions": [QUESTION | {"key": "inner"}]}],
}


def small(*pages: dict[str, Any], **more: Any) -> Definition:
    whole = {
        "key": "small",
        "version": 1,
        "procedure": "9.999999",
        "slug": "nho",
        "title": ["nhỏ", "small", "petit"],
        "paper_title": "Đơn nhỏ",
        "minutes": 1,
        "declaration": ["đúng", "true", "vrai"],
        "basis": [],
        "unofficial": True,
        "sections": [
            {"key": "all", "title": ["tất cả", "all", "tout"], "pages": list(pages)}
        ],
        "parties": [],
    } | more
    return loading.read(json.dumps(whole), name="small.json")


def page(*questions: dict[str, Any], slug: str = "mot") -> dict[str, Any]:
    return {"slug": slug, "questions": list(questions)}


def party(**fields: str) -> dict[str, Any]:
    return {"role": "owner", "fields": fields}


def test_a_small_definition_is_enough() -> None:
    found = small(page(QUESTION), page(LATER | {"show_if": {"var": "first"}}, slug="b"))
    assert [question.key for question in found.questions()] == ["first", "later"]


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ({"show_if": {"foo": 1}}, "unknown operator 'foo'"),
        ({"show_if": {"var": "nobody"}}, "reads 'nobody', which is not asked on an"),
        ({"show_if": {"var": "later"}}, "reads 'later', which is not asked on an"),
        ({"required": {"!": 1, "and": []}}, "one key, not 2"),
        ({"checks": [{"rule": {"var": "x"}, "words": ["a", "b", "c"]}]}, "reads 'x'"),
        ({"label": ["một", "one"]}, r"words are \[vi, en, fr\]"),
        ({"label": ["một", "one", " "]}, "empty or not clean"),
        ({"label": ["mo\u0302t", "one", "un"]}, "empty or not clean"),
        ({"source": ["document"]}, "which document"),
        ({"source": ["hearsay"]}, "document, law or ours"),
        ({"source": ["law", "Điều 1", "maybe"]}, "'maybe'"),
        ({"kind": "colour"}, "'colour' is not a valid Kind"),
        ({"kind": "choice"}, "options belong to choice and multi"),
        ({"kind": "group"}, "a group has pages and the name of its item"),
        ({"colour": "red"}, "unknown key colour"),
        ({"key": "Two words"}, "lower case letters"),
        ({"key": "today"}, "used twice"),
        ({"decimals": 3, "kind": "number"}, "three decimals"),
        (
            {
                "kind": "group",
                "item": ["a", "b", "c"],
                "pages": [page(QUESTION | {"key": "p", "kind": "file"})],
            },
            "papers are asked once",
        ),
    ],
    ids=str,
)
def test_a_wrong_question_is_refused_by_name_and_place(
    question: dict[str, Any], why: str
) -> None:
    wrong = LATER | question
    with pytest.raises(loading.DefinitionRefused, match=why) as refused:
        small(page(QUESTION), page(wrong, slug="b"))
    assert str(refused.value).startswith("small.json")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            {"parties": [{"role": "owner", "fields": {"name": "nobody"}}]},
            "reads nobody",
        ),
        ({"parties": [{"role": "owner", "fields": {"soul": "first"}}]}, "known fields"),
        ({"slug": "Nhỏ"}, "a slug is"),
        ({"version": "one"}, "int is expected"),
        ({"minutes": ...}, "'minutes' is missing"),
    ],
)
def test_a_wrong_whole_is_refused(more: dict[str, Any], why: str) -> None:
    if more.get("minutes") is ...:
        whole = json.loads(
            (Path(loading.FOLDER) / "birth.json").read_text(encoding="utf-8")
        )
        del whole["minutes"]
        with pytest.raises(loading.DefinitionRefused, match=why):
            loading.read(json.dumps(whole), name="birth.json")
        return
    with pytest.raises(loading.DefinitionRefused, match=why):
        small(page(QUESTION), **more)


def test_two_pages_cannot_share_an_address() -> None:
    with pytest.raises(loading.DefinitionRefused, match="same slug"):
        small(page(QUESTION), page(LATER))
