"""Each kind of answer: read from what was typed, its JSON Schema, told in words.

Reading is forgiving where people differ (spaces in numbers, +84, a year alone, no
house number) and strict in what is kept: one canonical form per kind.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from gandan.forms.schema import Kind, Question
from gandan.kernel.text import TextRefused, clean
from gandan.ui.reading import Unreadable, read_dong, read_number

LONGEST_TEXT: Final = 300
LONGEST_NAME: Final = 120
LARGEST: Final = Decimal(10**12 - 1)
PROVINCE: Final = "Cao Bằng"

# Letters of any language with their marks; one word is a name too, twelve the most.
_LETTER = r"[^\W\d_]"
_NAME_RE = re.compile(rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f '’.\-])*")
_MOST_WORDS = 12
# What JSON Schema can promise of a name; letters and their count are ours to check.
_NAME_SCHEMA = "^[^\\d\\s]+( [^\\d\\s]+){0,11}$"
# Personal number 12 digits, old card 9, or a passport.
_IDENTITY = r"^(?:[0-9]{12}|[0-9]{9}|[A-Z]{1,2}[0-9]{6,8})$"
_PHONE = r"^0[0-9]{9,10}$"
_EMAIL = r"^[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+$"
_YEAR_MONTH = r"^[12][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?$"
_OLDEST: Final = 1900


class AnswerRefused(ValueError):
    """A code; the face says it in words, with how to mend it."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def read(question: Question, raw: Any, language: str = "vi") -> Any:
    """The answer as it is kept; None when nothing was answered.

    `raw` is what was typed, in the language of the page, or an answer kept before.
    """
    try:
        if question.kind is Kind.NUMBER:
            return _number(question, raw, language)
        if question.kind is Kind.MONEY:
            return _money(question, raw, language)
        return _READERS[question.kind](question, raw)
    except TextRefused as refused:
        raise AnswerRefused("stray", meant=refused.meant) from refused


def is_empty(answer: Any) -> bool:
    """Nothing was said: `no`, 0 and a ticked «I will bring it» are answers."""
    if isinstance(answer, Mapping):
        return not any(answer.values())
    return answer is None or answer in ("", [])


# --- reading ----------------------------------------------------------------------


def _typed(raw: Any) -> str:
    return " ".join(clean(str(raw or "")).split())


def _text(question: Question, raw: Any) -> str | None:
    text = clean(str(raw or ""))
    if question.lines == 1:
        text = " ".join(text.split())
    most = int(question.most or LONGEST_TEXT)
    if len(text) > most:
        raise AnswerRefused("too_long", most=most)
    return text or None


def _name(question: Question, raw: Any) -> str | None:
    text = _typed(raw)
    if not text:
        return None
    if len(text) > LONGEST_NAME:
        raise AnswerRefused("too_long", most=LONGEST_NAME)
    if not _NAME_RE.fullmatch(text) or len(text.split()) > _MOST_WORDS:
        raise AnswerRefused("not_a_name")
    return text


def _day_parts(raw: Any) -> tuple[str, str, str]:
    """(day, month, year) as typed: three boxes, or one ISO text from a draft."""
    if isinstance(raw, str):
        parts = [*raw.split("-"), "", ""]
        return parts[2], parts[1], parts[0]
    day, month, year = ((_typed(part)) for part in (raw or ("", "", "")))
    return day, month, year


def _whole(text: str, code: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise AnswerRefused(code)
    return int(text)


def _day(day: str, month: str, year: str) -> str:
    try:
        found = date(
            _whole(year, "not_a_date"),
            _whole(month, "not_a_date"),
            _whole(day, "not_a_date"),
        )
    except ValueError as error:
        if isinstance(error, AnswerRefused):
            raise
        raise AnswerRefused("not_a_date") from error
    if not _OLDEST <= found.year < 2200:
        raise AnswerRefused("not_a_date")
    return found.isoformat()


def _date(question: Question, raw: Any) -> str | None:
    day, month, year = _day_parts(raw)
    if not (day or month or year):
        return None
    if not (day and month and year):
        raise AnswerRefused("date_incomplete")
    return _day(day, month, year)


def _partial_date(question: Question, raw: Any) -> str | None:
    """A year alone is an answer: many older people know no more."""
    day, month, year = _day_parts(raw)
    if not (day or month or year):
        return None
    if not year or (day and not month):
        raise AnswerRefused("year_missing" if not year else "date_incomplete")
    if not _OLDEST <= _whole(year, "not_a_year") < 2200:
        raise AnswerRefused("not_a_year")
    if day:
        return _day(day, month, year)
    if month:
        if not 1 <= _whole(month, "not_a_date") <= 12:
            raise AnswerRefused("not_a_date")
        return f"{int(year)}-{int(month):02}"
    return str(int(year))


def _choice(question: Question, raw: Any) -> str | None:
    if not raw:
        return None
    if raw not in {option.key for option in question.options}:
        raise AnswerRefused("not_offered")
    return str(raw)


def _multi(question: Question, raw: Any) -> list[str] | None:
    chosen = set(raw or ())
    known = [option.key for option in question.options]
    if chosen - set(known):
        raise AnswerRefused("not_offered")
    return [key for key in known if key in chosen] or None


def _yes_no(question: Question, raw: Any) -> bool | None:
    if isinstance(raw, bool):
        return raw
    if raw not in ("", None, "yes", "no"):
        raise AnswerRefused("not_offered")
    return {"yes": True, "no": False}.get(raw)


def _exact(raw: Any, language: str, read_typed: Callable[[str, str], Any]) -> Any:
    """A number already, or one as the reader's language writes it."""
    if isinstance(raw, int | Decimal):
        return raw
    if not (text := _typed(raw)):
        return None
    try:
        return read_typed(text, language)
    except Unreadable as unreadable:
        raise AnswerRefused(unreadable.reason) from unreadable


def _number(question: Question, raw: Any, language: str) -> int | str | None:
    number = _exact(raw, language, read_number)
    if number is None:
        return None
    if number != round(number, question.decimals):
        raise AnswerRefused("too_many_decimals", decimals=question.decimals)
    _bounded(question, number)
    if question.decimals == 0:
        return int(number)
    return f"{Decimal(number).normalize():f}"


def _money(question: Question, raw: Any, language: str) -> int | None:
    amount = _exact(raw, language, read_dong)
    if amount is None:
        return None
    _bounded(question, amount)
    return int(amount)


def _bounded(question: Question, number: int | Decimal) -> None:
    least, most = question.least or Decimal(0), question.most or LARGEST
    if number < least:
        raise AnswerRefused("too_small", least=least)
    if number > most:
        raise AnswerRefused("too_big", most=most)


def _identity(question: Question, raw: Any) -> str | None:
    text = re.sub(r"[\s.\-]", "", _typed(raw)).upper()
    if text and not re.fullmatch(_IDENTITY, text):
        raise AnswerRefused("not_identity")
    return text or None


def _phone(question: Question, raw: Any) -> str | None:
    text = re.sub(r"[\s.\-()]", "", _typed(raw))
    text = re.sub(r"^(?:\+84|0084)0?", "0", text)
    if text and not re.fullmatch(_PHONE, text):
        raise AnswerRefused("not_phone")
    return text or None


def _email(question: Question, raw: Any) -> str | None:
    text = _typed(raw)
    if text and (len(text) > 254 or not re.fullmatch(_EMAIL, text)):
        raise AnswerRefused("not_email")
    return text or None


def _address(question: Question, raw: Any) -> dict[str, str] | None:
    """Commune and province; village, street and number as far as there are any."""
    parts = {k: _typed((raw or {}).get(k)) for k in ("detail", "commune", "province")}
    if any(len(part) > 160 for part in parts.values()):
        raise AnswerRefused("too_long", most=160)
    if not (parts["detail"] or parts["commune"]):
        return None  # the province stands there already
    if not parts["commune"] or not parts["province"]:
        raise AnswerRefused("place_missing")
    return parts


def _file(question: Question, raw: Any) -> dict[str, Any] | None:
    """Which stored files, and whether the paper comes to the desk instead."""
    files = [str(key) for key in (raw or {}).get("files", ())]
    bring = bool((raw or {}).get("bring"))
    return {"files": files, "bring": bring} if files or bring else None


def _group(question: Question, raw: Any) -> list[dict[str, Any]] | None:
    return [dict(item) for item in raw or ()] or None


_READERS: Final[Mapping[Kind, Callable[[Question, Any], Any]]] = {
    Kind.TEXT: _text,
    Kind.NAME: _name,
    Kind.DATE: _date,
    Kind.PARTIAL_DATE: _partial_date,
    Kind.CHOICE: _choice,
    Kind.MULTI: _multi,
    Kind.YES_NO: _yes_no,
    Kind.IDENTITY: _identity,
    Kind.ADDRESS: _address,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.FILE: _file,
    Kind.GROUP: _group,
}


# --- JSON Schema 2020-12 -----------------------------------------------------------


def json_schema(question: Question) -> dict[str, Any]:
    """The shape of a kept answer; requiredness is the conditions' matter."""
    match question.kind:
        case Kind.TEXT:
            return _string(maxLength=int(question.most or LONGEST_TEXT))
        case Kind.NAME:
            return _string(maxLength=LONGEST_NAME, pattern=_NAME_SCHEMA)
        case Kind.DATE:
            return {"type": "string", "format": "date"}
        case Kind.PARTIAL_DATE:
            year_month = {"type": "string", "pattern": _YEAR_MONTH}
            return {"anyOf": [year_month, {"type": "string", "format": "date"}]}
        case Kind.CHOICE:
            return {"enum": [option.key for option in question.options]}
        case Kind.MULTI:
            items = {"enum": [option.key for option in question.options]}
            return {"type": "array", "items": items, "uniqueItems": True}
        case Kind.YES_NO:
            return {"type": "boolean"}
        case Kind.NUMBER if question.decimals:
            pattern = rf"^[0-9]{{1,12}}(?:\.[0-9]{{0,{question.decimals - 1}}}[1-9])?$"
            return {"type": "string", "pattern": pattern}
        case Kind.NUMBER | Kind.MONEY:
            schema: dict[str, Any] = {"type": "integer", "minimum": 0}
            if question.least is not None:
                schema["minimum"] = int(question.least)
            schema["maximum"] = int(question.most or LARGEST)
            return schema
        case Kind.IDENTITY:
            return {"type": "string", "pattern": _IDENTITY}
        case Kind.PHONE:
            return {"type": "string", "pattern": _PHONE}
        case Kind.EMAIL:
            return {"type": "string", "format": "email", "maxLength": 254}
        case Kind.ADDRESS:
            parts = {key: _string(maxLength=160) for key in ("commune", "province")}
            detail = {"type": "string", "maxLength": 160}
            return _object({"detail": detail} | parts, required=list(parts))
        case Kind.FILE:
            files = {
                "type": "array",
                "items": {"type": "string", "format": "uuid"},
                "uniqueItems": True,
                "maxItems": 20,
            }
            return _object({"files": files, "bring": {"type": "boolean"}})
        case Kind.GROUP:
            items = _object(
                {p.key: json_schema(p) for p in question.parts if p.is_asked}
            )
            most = int(question.most or 50)
            return {"type": "array", "items": items, "maxItems": most}
    raise ValueError(f"{question.kind} has no data")


def _string(**more: Any) -> dict[str, Any]:
    return {"type": "string", "minLength": 1} | more


def _object(
    properties: dict[str, Any], required: list[str] | None = None
) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required if required is not None else [],
        "additionalProperties": False,
    }


# --- what conditions read ------------------------------------------------------------


def for_rules(question: Question, answer: Any) -> Any:
    """An answer as conditions see it: numbers with decimals are numbers again."""
    if question.kind is Kind.NUMBER and isinstance(answer, str) and answer:
        return Decimal(answer)
    if question.kind is Kind.GROUP:
        parts = {part.key: part for part in question.parts}
        return [
            {key: for_rules(parts[key], a) for key, a in item.items() if key in parts}
            for item in answer
        ]
    return answer
