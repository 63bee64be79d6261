"""The facts of a procedure version, each a frozen value that JSON can carry.

`to_json` leaves out what has its default, so two sources that say the same thing
give the same bytes; `from_json` refuses a key it does not know.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    TypeAlias,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

from gandan.kernel.clock import Allowance, Unit

Words: TypeAlias = Mapping[str, str]
Condition: TypeAlias = Mapping[str, Any]


class FactRefused(ValueError):
    """A stored or given fact has not the shape it must have."""


class Channel(StrEnum):
    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


def said(words: Words, language: str) -> tuple[str, str]:
    """(text, its language): the asked language, else Vietnamese, else nothing."""
    for code in (language, "vi"):
        if text := words.get(code):
            return text, code
    return "", language


@dataclass(frozen=True, slots=True)
class Case:
    """One of the situations for which the procedure has its own limit or papers."""

    key: str
    name: str = ""
    words: Words = field(default_factory=dict)
    basis: str = ""
    # False where the source gives several limits without saying which is for what.
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal time; an empty case, channel or attribute means "any".

    `attribute` may list several place attributes, separated by spaces: one of them is
    enough. A limit that `adds` is put on top of the base limit, once. Without a
    quantity the law speaks in words only, and the officer sets the date with a reason,
    unless it is `same_day`: the result comes the day of receipt, or on the next
    working day for what arrives after 15:00.
    """

    case: str = ""
    channel: str = ""
    attribute: str = ""
    quantity: Decimal | None = None
    unit: Unit | None = None
    # The source's own words; `words` name what an addition is for, in three languages.
    text: str = ""
    words: Words = field(default_factory=dict)
    basis: str = ""
    adds: bool = False
    same_day: bool = False
    verified: bool = True
    # Only on a chosen limit: the additions its quantity already contains.
    added: "tuple[Limit, ...]" = ()

    @property
    def allowance(self) -> Allowance | None:
        if self.quantity is None or self.unit is None:
            return None
        return Allowance(self.quantity, self.unit)

    @property
    def attributes(self) -> frozenset[str]:
        return frozenset(self.attribute.split())


LeftOutKind: TypeAlias = Literal[
    "supplement",
    "tax_assessment",
    "payment",
    "measuring",
    "public_posting",
    "expert_opinion",
    "inheritance",
    "applicant_confirmation",
    "other_agency",
]
OwnerKind: TypeAlias = Literal[
    "applicant", "tax", "surveyor", "commune", "expert", "agency"
]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Time the law does not count, whose it is, and the papers that bound it.

    Without the opening paper the time counts: a pause nobody wrote down is no pause.
    """

    key: str
    kind: LeftOutKind
    owner_kind: OwnerKind
    owner: Words
    quantity: Decimal | None = None
    unit: Unit | None = None
    opened_by: Words = field(default_factory=dict)
    closed_by: Words = field(default_factory=dict)
    case: str = ""
    basis: str = ""
    verified: bool = False

    @property
    def allowance(self) -> Allowance | None:
        if self.quantity is None or self.unit is None:
            return None
        return Allowance(self.quantity, self.unit)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to hand in or to show. Without a condition everybody needs it."""

    key: str
    name: str
    words: Words = field(default_factory=dict)
    condition: Condition | None = None
    original: int = 0
    copies: int = 0
    act: Literal["submit", "show"] = "submit"
    group: str = ""
    note: Words = field(default_factory=dict)
    basis: str = ""
    # The source lost letters of the name, and we could not restore them with certainty.
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Fee:
    """What is paid. `not_stated` is not `free`: often the People's Council sets it."""

    name: str
    kind: Literal["fee", "charge", "price", "unknown"] = "unknown"
    stated: Literal["amount", "text", "free", "not_stated"] = "not_stated"
    amount: int | None = None
    rule: Words = field(default_factory=dict)
    text: str = ""
    channel: str = ""
    condition: Condition | None = None
    basis: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    code: str = ""
    words: Words = field(default_factory=dict)
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    code: str
    name: str = ""
    articles: str = ""
    # The source names it although a later text may have replaced it.
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One internal step: who, where, and which part of the limit is theirs."""

    key: str
    words: Words
    role: str
    office: Literal["desk", "division", "signatory", "outside"]
    share: Decimal = Decimal(0)
    owner: Words = field(default_factory=dict)
    # An outside body's own limit; the internal ones live within the shares.
    quantity: Decimal | None = None
    unit: Unit | None = None
    left_out: str = ""
    verified: bool = False

    @property
    def allowance(self) -> Allowance | None:
        if self.quantity is None or self.unit is None:
            return None
        return Allowance(self.quantity, self.unit)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question on the way from the official list to mine. No option: yes or no."""

    key: str
    words: Words
    hint: Words = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    shown_if: Condition | None = None
    decides: Literal["", "case", "channel"] = ""


# --- JSON ------------------------------------------------------------------------

FactT = TypeVar("FactT")


def to_json(fact: Any) -> dict[str, Any]:
    """A dict without defaults, fit for JSON and for canonical bytes."""
    out: dict[str, Any] = {}
    for each in fields(fact):
        value = getattr(fact, each.name)
        if each.default is not MISSING and value == each.default:
            continue
        if each.default_factory is not MISSING and value == each.default_factory():
            continue
        out[each.name] = _plain(value)
    return out


def from_json(kind: type[FactT], data: Any) -> FactT:
    """The reverse of `to_json`; says which key is wrong."""
    if not isinstance(data, Mapping):
        raise FactRefused(f"{kind.__name__}: an object is needed, not {data!r}")
    hints = get_type_hints(kind)
    if unknown := set(data) - set(hints):
        raise FactRefused(f"{kind.__name__}: unknown key {min(unknown)!r}")
    try:
        return kind(
            **{k: _typed(hints[k], v, f"{kind.__name__}.{k}") for k, v in data.items()}
        )
    except TypeError as missing:
        raise FactRefused(f"{kind.__name__}: {missing}") from None


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return format(value.normalize(), "f")
        case StrEnum():
            return value.value
        case bool() | int() | str() | None:
            return value
        case Mapping():
            return {str(k): _plain(v) for k, v in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return to_json(value)


def _typed(hint: Any, value: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin is UnionType:
        if value is None and NoneType in get_args(hint):
            return None
        (hint,) = (a for a in get_args(hint) if a is not NoneType)
        return _typed(hint, value, where)
    if origin is Literal:
        if value not in get_args(hint):
            raise FactRefused(f"{where}: {value!r} is none of {get_args(hint)}")
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise FactRefused(f"{where}: a list is needed, not {value!r}")
        return tuple(_typed(get_args(hint)[0], item, where) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise FactRefused(f"{where}: an object is needed, not {value!r}")
        return dict(value)
    if hint is Decimal:
        return _decimal(value, where)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        try:
            return hint(value)
        except ValueError:
            raise FactRefused(f"{where}: unknown {value!r}") from None
    if hint in (str, int, bool):
        if type(value) is not hint:
            raise FactRefused(f"{where}: {value!r} is not of type {hint.__name__}")
        return value
    return from_json(hint, value)


def _decimal(value: Any, where: str) -> Decimal:
    """Decimals travel as text; a float would carry its own noise."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise FactRefused(f"{where}: write {value!r} as text")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise FactRefused(f"{where}: {value!r} is not a number") from None
    if not number.is_finite():
        raise FactRefused(f"{where}: {value!r} is not a number")
    return number
