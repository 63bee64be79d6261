"""Our conditions against `json-logic-js`, and what ours refuses."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gandan.forms import logic

HERE = Path(__file__).parent
Ask = Callable[[Any, Any], dict[str, Any]]


def dump(thing: Any) -> str:
    """JSON with decimals written as numbers."""
    if isinstance(thing, Decimal):
        return str(thing)
    if isinstance(thing, dict):
        pairs = (f"{json.dumps(key)}:{dump(part)}" for key, part in thing.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(thing, list):
        return "[" + ",".join(map(dump, thing)) + "]"
    return json.dumps(thing)


@pytest.fixture(scope="module")
def javascript() -> Iterator[Ask]:
    beside_python = str(Path(sys.executable).parent)
    node = shutil.which("node") or shutil.which("node", path=beside_python)
    if node is None:
        pytest.fail("Node is missing: conditions cannot be compared with json-logic-js")
    if not (HERE.parents[1] / "node_modules/json-logic-js").is_dir():
        pytest.fail("json-logic-js is missing: run npm ci first")
    with subprocess.Popen(
        [node, str(HERE / "json_logic.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        to_node, from_node = process.stdin, process.stdout

        def ask(rule: Any, data: Any) -> dict[str, Any]:
            to_node.write(dump({"rule": rule, "data": data}) + "\n")
            to_node.flush()
            answer: dict[str, Any] = logic.parse(from_node.readline())
            return answer

        yield ask
        to_node.close()


def same(one: Any, other: Any) -> bool:
    """Equal, and true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


DATA: dict[str, Any] = {
    "n": 3,
    "half": Decimal("0.5"),
    "zero": 0,
    "empty": "",
    "nothing": None,
    "yes": True,
    "no": False,
    "day": "2025-07-01",
    "name": "Nông Thị Ánh",
    "list": [],
    "kinds": ["rice", "forest"],
    "owners": [{"share": 1, "alive": True}, {"share": 2, "alive": False}],
    "child": {"born": "2025-04-29", "father": {"known": False}},
}

# rule, value both must give
TABLE: list[tuple[Any, Any]] = [
    (True, True),
    ("text", "text"),
    (["a", {"var": "n"}], ["a", 3]),
    ({"var": "n"}, 3),
    ({"var": ["absent", 7]}, 7),
    ({"var": ["nothing", 7]}, None),
    ({"var": "child.father.known"}, False),
    ({"var": "child.mother.known"}, None),
    ({"var": "owners.1.share"}, 2),
    ({"var": "owners.9.share"}, None),
    ({"==": [{"var": "n"}, 3]}, True),
    ({"==": [{"var": "half"}, Decimal("0.50")]}, True),
    ({"==": [{"var": "nothing"}, None]}, True),
    ({"==": [{"var": "absent"}, None]}, True),
    ({"!=": [{"var": "day"}, "2025-06-30"]}, True),
    ({"<": [{"var": "child.born"}, {"var": "day"}]}, True),
    ({"<=": ["2025-07-01", {"var": "day"}]}, True),
    ({">": [{"var": "day"}, "2025-07-01"]}, False),
    ({">=": [{"var": "n"}, 3]}, True),
    ({"<": [1, {"var": "n"}, 5]}, True),
    ({"<": [1, {"var": "n"}, 3]}, False),
    ({"<=": [1, {"var": "n"}, 3]}, True),
    ({"<": ["\U0001f600", "\uffff"]}, True),
    ({"and": [True, {"var": "n"}]}, 3),
    ({"and": [{"var": "empty"}, {"var": "n"}]}, ""),
    ({"or": [{"var": "zero"}, {"var": "name"}]}, "Nông Thị Ánh"),
    ({"or": [{"var": "zero"}, {"var": "list"}]}, []),
    ({"!": {"var": "list"}}, True),
    ({"!": "0"}, False),
    ({"!!": [{"var": "child"}]}, True),
    ({"in": ["Thị", {"var": "name"}]}, True),
    ({"in": ["", {"var": "name"}]}, True),
    ({"in": ["", {"var": "empty"}]}, False),
    ({"in": ["rice", {"var": "kinds"}]}, True),
    ({"in": ["maize", {"var": "kinds"}]}, False),
    ({"in": ["a", {"var": "nothing"}]}, False),
    ({"in": ["a", {"var": "n"}]}, False),
    ({"in": [[1], [[1]]]}, False),
    ({"+": [1, {"var": "n"}, {"var": "half"}]}, Decimal("4.5")),
    ({"-": [{"var": "n"}, 5]}, -2),
    ({"-": [{"var": "n"}]}, -3),
    ({"*": [{"var": "n"}, {"var": "half"}]}, Decimal("1.5")),
    ({"some": [{"var": "owners"}, {">": [{"var": "share"}, 1]}]}, True),
    ({"all": [{"var": "owners"}, {"var": "alive"}]}, False),
    ({"none": [{"var": "owners"}, {"==": [{"var": "share"}, 9]}]}, True),
    ({"some": [{"var": "list"}, True]}, False),
    ({"all": [{"var": "list"}, True]}, False),
    ({"none": [{"var": "list"}, True]}, True),
    ({"all": [{"var": "absent"}, True]}, False),
    ({"none": [{"var": "absent"}, True]}, True),
    ({"some": [{"var": "kinds"}, {"==": [{"var": ""}, "forest"]}]}, True),
    ({"if": [{"var": "no"}, "a", {"var": "yes"}, "b", "c"]}, "b"),
    ({"if": [{"var": "no"}, "a", "c"]}, "c"),
    ({"if": [{"var": "no"}, "a"]}, None),
    ({"missing": ["n", "empty", "nothing", "absent"]}, ["empty", "nothing", "absent"]),
    ({"missing": "n"}, []),
    ({"count": [{"var": "owners"}]}, 2),
    ({">": [{"count": {"var": "owners"}}, 1]}, True),
    ({"count": [{"var": "absent"}]}, 0),
]

# rule, what ours gives, what JavaScript gives: the list in logic.py's docstring.
DIFFERENCES: list[tuple[Any, Any, Any]] = [
    ({"==": [1, "1"]}, False, True),
    ({"==": [0, False]}, False, True),
    ({"==": [1, True]}, False, True),
    ({"==": ["", 0]}, False, True),
    ({"==": [[1], 1]}, False, True),
    ({"!=": [1, "1"]}, True, False),
    ({"in": [1, "12"]}, False, True),
    ({"<": [{"var": "nothing"}, 1]}, False, True),
    ({"<=": [{"var": "absent"}, 0]}, False, True),
    ({"<": ["10", 9]}, False, False),
    ({">": ["10", 9]}, False, True),
    ({">": [{"var": "yes"}, 0]}, False, True),
    ({"+": [1, "2"]}, None, 3),
    ({"+": [1, {"var": "nothing"}]}, None, "NaN"),
    ({"-": [{"var": "nothing"}]}, None, 0),
    ({"*": ["2", 3]}, None, 6),
    ({"==": [{"+": [Decimal("0.1"), Decimal("0.2")]}, Decimal("0.3")]}, True, False),
    ({"var": "list.length"}, None, 0),
    ({"var": "name.length"}, None, 12),
]

REFUSED: list[tuple[Any, str]] = [
    ({"log": "x"}, "unknown operator 'log'"),
    ({"/": [1, 2]}, "unknown operator '/'"),
    ({"and": [True, {"map": [[], 1]}]}, r"rule\.and\[1\]: unknown operator 'map'"),
    ({"===": [1, 1]}, "unknown operator"),
    ({}, "one key, not 0"),
    ({"==": [1, 1], "!=": [1, 2]}, "one key, not 2"),
    ({"==": [1]}, "1 arguments"),
    ({"!": [1, 2]}, "2 arguments"),
    ({"-": [1, 2, 3]}, "3 arguments"),
    ({"and": []}, "0 arguments"),
    ({"var": 0}, "the name must be text"),
    ({"var": [{"var": "n"}]}, "the name must be text"),
    ({"missing": [{"var": "kinds"}]}, "the names must be text"),
    ({"<": [0.5, 1]}, "is a float"),
    ({"<": [Decimal("NaN"), 1]}, "not a finite number"),
    ({"in": [{1}, "a"]}, "set is not JSON"),
]


@pytest.mark.parametrize(("rule", "expected"), TABLE, ids=lambda part: str(part)[:60])
def test_both_engines_give_what_the_table_says(
    rule: Any, expected: Any, javascript: Ask
) -> None:
    logic.check(rule)
    answer = javascript(rule, DATA)
    assert same(answer["value"], expected)
    assert same(logic.value(rule, DATA), expected)
    assert logic.evaluate(rule, DATA) is answer["holds"]


def test_every_operator_stands_in_the_table() -> None:
    def used(rule: Any) -> set[str]:
        if isinstance(rule, list):
            return set().union(*map(used, rule))
        return (
            set(rule).union(*map(used, rule.values())) if type(rule) is dict else set()
        )

    assert set().union(*(used(rule) for rule, _ in TABLE)) == logic.OPERATORS


@pytest.mark.parametrize(("rule", "ours", "theirs"), DIFFERENCES, ids=str)
def test_the_known_differences_are_as_described(
    rule: Any, ours: Any, theirs: Any, javascript: Ask
) -> None:
    logic.check(rule)
    assert same(javascript(rule, DATA)["value"], theirs)
    assert same(logic.value(rule, DATA), ours)


@pytest.mark.parametrize(("rule", "why"), REFUSED)
def test_a_rule_outside_the_subset_is_refused_when_loaded(rule: Any, why: str) -> None:
    with pytest.raises(logic.RuleRefused, match=why):
        logic.check(rule)


def test_an_unknown_operator_is_refused_even_if_nobody_checked_the_rule() -> None:
    with pytest.raises(logic.RuleRefused, match="unknown operator"):
        logic.evaluate({"reduce": [[], 1, 0]}, DATA)


def test_a_rule_nested_without_end_is_refused() -> None:
    rule: Any = True
    for _ in range(100):
        rule = {"!": [rule]}
    with pytest.raises(logic.RuleRefused, match="deep"):
        logic.check(rule)


def test_numbers_of_a_text_become_exact() -> None:
    assert logic.parse('{"a": 0.10}') == {"a": Decimal("0.10")}
    with pytest.raises(logic.RuleRefused):
        logic.parse('{"a": NaN}')


def test_the_names_a_rule_reads_leave_out_the_inside_of_lists() -> None:
    rule: Any = {
        "and": [
            {"some": [{"var": "owners"}, {"var": "share"}]},
            {"missing": ["day"]},
            {"==": [{"var": ["child.born", {"var": "name"}]}, ""]},
        ]
    }
    assert logic.names(rule) == {"owners", "day", "child.born", "name"}


# --- generated rules: typed, so that no known difference can occur -----------------

# Quarters of small numbers: exact in binary, so JavaScript's floats are exact too.
numbers = st.one_of(
    st.integers(-9, 9),
    st.integers(-36, 36).map(lambda n: Decimal(n) / 4),
    st.sampled_from([{"var": "n"}, {"var": "half"}, {"var": ["absent", 2]}]),
    st.sampled_from([{"count": [{"var": "owners"}]}, {"count": {"var": "absent"}}]),
)
texts = st.one_of(
    st.text(max_size=4).filter(lambda t: t.isprintable()),
    st.dates().map(lambda d: d.isoformat()),
    st.sampled_from([{"var": "day"}, {"var": "name"}, {"var": "child.born"}]),
)
sums = st.recursive(
    numbers,
    lambda inner: st.builds(
        lambda operator, a, b: {operator: [a, b]},
        st.sampled_from(["+", "-", "*"]),
        inner,
        inner,
    ),
    max_leaves=6,
)
compared = st.one_of(
    st.builds(
        lambda operator, a, b: {operator: [a, b]},
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        sums,
        sums,
    ),
    st.builds(
        lambda operator, a, b: {operator: [a, b]},
        st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in"]),
        texts,
        texts,
    ),
    st.builds(lambda a, b, c: {"<=": [a, b, c]}, texts, texts, texts),
    st.builds(lambda text: {"in": [text, {"var": "kinds"}]}, texts),
    st.builds(
        lambda operator, limit: {
            operator: [{"var": "owners"}, {">": [{"var": "share"}, limit]}]
        },
        st.sampled_from(["some", "all", "none"]),
        st.integers(0, 3),
    ),
)
leaves = st.one_of(
    compared,
    sums,
    texts,
    st.booleans(),
    st.sampled_from([{"var": name} for name in DATA]),
    st.lists(st.sampled_from(["absent", *DATA]), min_size=1, max_size=4).map(
        lambda keys: {"missing": keys}
    ),
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"and": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"or": parts}),
        inner.map(lambda part: {"!": [part]}),
        inner.map(lambda part: {"!!": [part]}),
        st.lists(inner, min_size=2, max_size=5).map(lambda parts: {"if": parts}),
    ),
    max_leaves=10,
)


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rule=rules)
def test_generated_rules_give_the_same_in_both_engines(
    rule: Any, javascript: Ask
) -> None:
    logic.check(rule)
    answer = javascript(rule, DATA)
    assert same(logic.value(rule, DATA), answer["value"])
    assert logic.evaluate(rule, DATA) is answer["holds"]
