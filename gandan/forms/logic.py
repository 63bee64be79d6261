"""Conditions of forms and paper lists: a closed subset of JSON Logic, pure Python.

Numbers are int or Decimal, never float. A rule is checked when its definition is
loaded, so an unknown operator is found at the desk that wrote it, not by a citizen.

Known differences from `json-logic-js`; each has a row in the tests:

- `==`, `!=` and `in` never convert: `1 == "1"`, `0 == false`, `"" == 0` are false.
- `<` `<=` `>` `>=` compare number with number or text with text (so ISO dates);
  anything else, an unanswered question above all, is false. JS says `null < 1`.
- `+` `-` `*` of anything but numbers is null: an unknown part makes the sum
  unknown. JS reads "2" as 2, and null becomes NaN.
- Decimals are exact: 0.1 + 0.2 equals 0.3.
- `var` reads keys of objects and places of lists only: no `length`, no inherited
  property. `count` gives the length of a list and is ours; so is the empty-list
  case 0 for an unanswered one.
- An object with no key, or with several, is refused: it is a typing mistake.

Alike in both: truthiness ([], "", 0, null, false are false; "0" and {} are true),
`and`/`or` giving the deciding value, `all` of nothing being false.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import prod
from typing import Any, Final, TypeAlias, TypeGuard

Json: TypeAlias = (
    bool | int | Decimal | str | Sequence["Json"] | Mapping[str, "Json"] | None
)
Data: TypeAlias = Mapping[str, Json] | Json

DEEPEST: Final = 24


class RuleRefused(ValueError):
    """The rule is outside our subset; the message says where and what."""


def parse(text: str | bytes) -> Any:
    """JSON with exact decimals instead of floats."""
    return json.loads(text, parse_float=Decimal, parse_constant=_no_constant)


def evaluate(rule: Json, data: Data) -> bool:
    """Whether the condition holds for these answers."""
    return truthy(value(rule, data))


def truthy(found: Json) -> bool:
    return isinstance(found, Mapping) or bool(found)


def value(rule: Json, data: Data) -> Json:
    """What the rule computes; `evaluate` asks only whether it holds."""
    if isinstance(rule, str) or rule is None or isinstance(rule, int | Decimal):
        return rule
    if isinstance(rule, Sequence):
        return [value(part, data) for part in rule]
    operator, arguments = _operation(rule, "rule")
    if special := _LAZY.get(operator):
        return special(arguments, data)
    return _EAGER[operator]([value(argument, data) for argument in arguments])


def check(rule: Json, *, where: str = "rule") -> None:
    """Raise `RuleRefused` unless every part of the rule is in our subset."""
    _check(rule, where, DEEPEST)


def names(rule: Json) -> frozenset[str]:
    """The answers a rule reads from the outermost data, as written in `var`."""
    if isinstance(rule, str) or not isinstance(rule, Mapping | Sequence):
        return frozenset()
    if not isinstance(rule, Mapping):
        return frozenset().union(*(names(part) for part in rule))
    operator, arguments = _operation(rule, "rule")
    if operator == "var":
        return frozenset({str(arguments[0])}).union(*map(names, arguments[1:]))
    if operator == "missing":
        return frozenset(str(name) for name in arguments)
    if operator in _SCOPED:  # the inner rule reads the element, not the answers
        return names(arguments[0])
    return frozenset().union(*map(names, arguments))


def _no_constant(name: str) -> Json:
    raise RuleRefused(f"{name} is not a number we accept")


def _operation(rule: Mapping[str, Json], where: str) -> tuple[str, Sequence[Json]]:
    if len(rule) != 1:
        raise RuleRefused(f"{where}: an operation has one key, not {len(rule)}")
    ((operator, arguments),) = rule.items()
    if operator not in _ARITY:
        raise RuleRefused(f"{where}: unknown operator {operator!r}")
    if isinstance(arguments, str) or not isinstance(arguments, Sequence):
        arguments = [arguments]
    return operator, arguments


def _check(rule: Json, where: str, left: int) -> None:
    if left == 0:
        raise RuleRefused(f"{where}: nested more than {DEEPEST} deep")
    if isinstance(rule, float):
        raise RuleRefused(f"{where}: {rule!r} is a float; use int or Decimal")
    if isinstance(rule, Decimal) and not rule.is_finite():
        raise RuleRefused(f"{where}: {rule} is not a finite number")
    if rule is None or isinstance(rule, str | int | Decimal):
        return
    if not isinstance(rule, Mapping):
        if not isinstance(rule, Sequence):
            raise RuleRefused(f"{where}: {type(rule).__name__} is not JSON")
        for number, part in enumerate(rule):
            _check(part, f"{where}[{number}]", left - 1)
        return
    operator, arguments = _operation(rule, where)
    here = f"{where}.{operator}"
    fewest, most = _ARITY[operator]
    if len(arguments) < fewest or (most is not None and len(arguments) > most):
        raise RuleRefused(f"{here}: {len(arguments)} arguments")
    if operator == "var" and not isinstance(arguments[0], str):
        raise RuleRefused(f"{here}: the name must be text")
    if operator == "missing" and not all(isinstance(a, str) for a in arguments):
        raise RuleRefused(f"{here}: the names must be text")
    for number, argument in enumerate(arguments):
        _check(argument, f"{here}[{number}]", left - 1)


# --- reading answers -------------------------------------------------------------


def _look(name: Json, data: Data) -> tuple[bool, Json]:
    """(found, value); the empty name is the whole."""
    found: Json = data
    if name == "":
        return True, found
    for part in str(name).split("."):
        if isinstance(found, Mapping) and part in found:
            found = found[part]
        elif _is_list(found) and _is_place(part) and int(part) < len(found):
            found = found[int(part)]
        else:
            return False, None
    return True, found


def _is_list(found: Json) -> TypeGuard[Sequence[Json]]:
    return isinstance(found, Sequence) and not isinstance(found, str)


def _is_place(part: str) -> bool:
    return part.isascii() and part.isdigit() and str(int(part)) == part


def _var(arguments: Sequence[Json], data: Data) -> Json:
    found, answer = _look(arguments[0], data)
    if found or len(arguments) == 1:
        return answer
    return value(arguments[1], data)


def _missing(arguments: Sequence[Json], data: Data) -> Json:
    return [name for name in arguments if _look(name, data)[1] in (None, "")]


# --- operators that choose what to evaluate --------------------------------------


def _and(arguments: Sequence[Json], data: Data) -> Json:
    last: Json = None
    for argument in arguments:
        last = value(argument, data)
        if not truthy(last):
            break
    return last


def _or(arguments: Sequence[Json], data: Data) -> Json:
    last: Json = None
    for argument in arguments:
        last = value(argument, data)
        if truthy(last):
            break
    return last


def _if(arguments: Sequence[Json], data: Data) -> Json:
    """Pairs of condition and value, then perhaps a value for all other cases."""
    for place in range(0, len(arguments) - 1, 2):
        if evaluate(arguments[place], data):
            return value(arguments[place + 1], data)
    return value(arguments[-1], data) if len(arguments) % 2 else None


def _elements(rule: Json, data: Data) -> Sequence[Json]:
    found = value(rule, data)
    return found if _is_list(found) else ()


def _some(arguments: Sequence[Json], data: Data) -> Json:
    return any(evaluate(arguments[1], e) for e in _elements(arguments[0], data))


def _all(arguments: Sequence[Json], data: Data) -> Json:
    elements = _elements(arguments[0], data)
    return bool(elements) and all(evaluate(arguments[1], e) for e in elements)


def _none(arguments: Sequence[Json], data: Data) -> Json:
    return not _some(arguments, data)


# --- operators on values ---------------------------------------------------------


def _is_number(found: Json) -> bool:
    return isinstance(found, int | Decimal) and not isinstance(found, bool)


def _equal(one: Json, other: Json) -> bool:
    if _is_number(one) and _is_number(other):
        return one == other
    return type(one) is type(other) and one == other


def _scalar_equal(one: Json, other: Json) -> bool:
    """Lists and objects equal nothing, as in JS, where they differ by identity."""
    if _is_list(one) or isinstance(one, Mapping):
        return False
    return _equal(one, other)


def _ordered(
    before: Callable[[Any, Any], bool],
) -> Callable[[Sequence[Json]], Json]:
    def compare(values: Sequence[Json]) -> Json:
        if all(_is_number(v) for v in values):
            keys: list[Any] = list(values)
        elif all(isinstance(v, str) for v in values):
            # JS orders text by UTF-16 units.
            keys = [str(v).encode("utf-16-be", "surrogatepass") for v in values]
        else:
            return False
        return all(before(a, b) for a, b in pairwise(keys))

    return compare


def _in(values: Sequence[Json]) -> Json:
    needle, hay = values
    if isinstance(hay, str):
        # Nothing is found in an empty text, as in JS, not even an empty text.
        return isinstance(needle, str) and hay != "" and needle in hay
    if not _is_list(hay):
        return False
    return any(_scalar_equal(needle, e) for e in hay)


def _numbers(values: Sequence[Json]) -> list[Any] | None:
    return list(values) if all(_is_number(v) for v in values) else None


def _plus(values: Sequence[Json]) -> Json:
    numbers = _numbers(values)
    total: Json = None if numbers is None else sum(numbers)
    return total


def _times(values: Sequence[Json]) -> Json:
    if (numbers := _numbers(values)) is None:
        return None
    product: Json = prod(numbers)
    return product


def _minus(values: Sequence[Json]) -> Json:
    if (numbers := _numbers(values)) is None:
        return None
    rest: Json = -numbers[0] if len(numbers) == 1 else numbers[0] - numbers[1]
    return rest


def _count(values: Sequence[Json]) -> Json:
    return len(first) if _is_list(first := values[0]) else 0


# (fewest, most) arguments; None is any number.
_ARITY: Final[Mapping[str, tuple[int, int | None]]] = {
    "var": (1, 2),
    "missing": (1, None),
    "and": (1, None),
    "or": (1, None),
    "!": (1, 1),
    "!!": (1, 1),
    "if": (2, None),
    "some": (2, 2),
    "all": (2, 2),
    "none": (2, 2),
    "==": (2, 2),
    "!=": (2, 2),
    "<": (2, 3),
    "<=": (2, 3),
    ">": (2, 2),
    ">=": (2, 2),
    "in": (2, 2),
    "+": (1, None),
    "-": (1, 2),
    "*": (1, None),
    "count": (1, 1),
}
OPERATORS: Final = frozenset(_ARITY)
_SCOPED: Final = frozenset({"some", "all", "none"})
_LAZY: Final[Mapping[str, Callable[[Sequence[Json], Data], Json]]] = {
    "var": _var,
    "missing": _missing,
    "and": _and,
    "or": _or,
    "if": _if,
    "some": _some,
    "all": _all,
    "none": _none,
}
_EAGER: Final[Mapping[str, Callable[[Sequence[Json]], Json]]] = {
    "!": lambda values: not truthy(values[0]),
    "!!": lambda values: truthy(values[0]),
    "==": lambda values: _scalar_equal(values[0], values[1]),
    "!=": lambda values: not _scalar_equal(values[0], values[1]),
    "<": _ordered(lambda a, b: a < b),
    "<=": _ordered(lambda a, b: a <= b),
    ">": _ordered(lambda a, b: a > b),
    ">=": _ordered(lambda a, b: a >= b),
    "in": _in,
    "+": _plus,
    "-": _minus,
    "*": _times,
    "count": _count,
}
