"""What a claim is: a value as somebody published it, never a figure of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from re import fullmatch


class Qualifier(StrEnum):
    """How exactly the source states the value."""

    EXACT = ""
    OVER = "over"
    ABOUT = "about"
    ESTIMATED = "estimated"


class Group(StrEnum):
    FIGURE = "A"
    MODEL = "M"
    LIMIT = "L"
    TASK = "T"


LANGUAGES = ("vi", "en", "fr")
REPORTED = "reported"
NOT_STATED = "not stated"


class ClaimUnreadable(Exception):
    """The file says what a claim cannot be."""

    def __init__(self, line: int, field: str, value: str) -> None:
        super().__init__(f"line {line}, {field}: {value!r} cannot be read")
        self.line, self.field, self.value = line, field, value


@dataclass(frozen=True, slots=True)
class Claim:
    """One row of the article. `number` of `out_of` where the value counts."""

    code: str
    quantity: str
    value: str
    unit: str
    qualifier: Qualifier
    subject: Mapping[str, str]
    period: str
    ambiguity: Mapping[str, str]
    kind: str
    lives: str

    @property
    def group(self) -> Group:
        return Group(self.code[0])

    @property
    def number(self) -> Decimal | None:
        return numbers(self.value)[0]

    @property
    def out_of(self) -> int | None:
        return numbers(self.value)[1]


def numbers(value: str) -> tuple[Decimal | None, int | None]:
    """1.5 → (1.5, none); 3/4 → (3, 4); «many» → (none, none)."""
    first, _slash, second = value.partition("/")
    try:
        return Decimal(first), int(second) if second else None
    except InvalidOperation:
        return None, None


def claim_of(row: Mapping[str, str], line: int) -> Claim:
    """A row of the file, or the field that cannot be read."""

    def refuse(field: str) -> ClaimUnreadable:
        return ClaimUnreadable(line, field, row.get(field, ""))

    code = row["id"]
    if not fullmatch(r"[AM][0-9]{2}|[LT][0-9]", code):
        raise refuse("id")
    if row["qualifier"] not in set(Qualifier):
        raise refuse("qualifier")
    if row["kind"] != REPORTED:
        raise refuse("kind")
    if not row["value"]:
        raise refuse("value")
    number, _out_of = numbers(row["value"])
    if (number is None) and row["qualifier"]:
        raise refuse("qualifier")
    if number is not None and not row["unit"]:
        raise refuse("unit")
    for name in ("subject", "ambiguity"):
        said = [bool(row[f"{name}_{language}"]) for language in LANGUAGES]
        if any(said) != all(said) or (name == "subject" and not all(said)):
            raise refuse(f"{name}_{LANGUAGES[said.index(False)]}")
    return Claim(
        code=code,
        quantity=row["quantity"],
        value=row["value"],
        unit=row["unit"],
        qualifier=Qualifier(row["qualifier"]),
        subject={language: row[f"subject_{language}"] for language in LANGUAGES},
        period=row["period"],
        ambiguity={language: row[f"ambiguity_{language}"] for language in LANGUAGES},
        kind=row["kind"],
        lives=row["lives"],
    )
