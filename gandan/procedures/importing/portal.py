"""Reading one record of the portal: what it says, and what it only seems to say.

The traps are the portal's own or the crawl's; each has a test under its name.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

from gandan.kernel.clock import Unit
from gandan.kernel.text import fold
from gandan.procedures.rules import Basis, Case, Fee, Limit, Paper, Result

_CHANNELS = {"in_person": "counter", "online": "online", "post": "post"}
_CHANNEL_WORDS = {
    "counter": ("truc tiep",),
    "online": ("truc tuyen",),
    "post": ("buu chinh", "buu dien"),
}
# "other" and "unspecified" are no units: the quantity beside them means nothing.
_UNITS = {
    "working_day": Unit.WORKING_DAY,
    "day": Unit.DAY,
    "hour": Unit.HOUR,
    "month": Unit.MONTH,
}
# The flattened pages lost first letters; only beginnings that leave no choice mend.
_MENDED = (
    ("ăn bản", "Văn bản"),
    ("ết định", "Quyết định"),
    ("ông báo", "Thông báo"),
    ("ấy chứng nhận", "Giấy chứng nhận"),
    ("ấy xác nhận", "Giấy xác nhận"),
    ("ấy đăng ký", "Giấy đăng ký"),
    ("ấy phép", "Giấy phép"),
    ("ấy ủy quyền", "Giấy ủy quyền"),
    ("áo cáo", "Báo cáo"),
    ("ờ khai", "Tờ khai"),
    ("ản lý lịch", "Bản lý lịch"),
    ("ơ quan", "Cơ quan"),
    ("ết quả", "Kết quả"),
    ("ương án", "Phương án"),
    ("ụ lục", "Phụ lục"),
    ("ẻ BHYT", "Thẻ BHYT"),
    ("ền trợ cấp", "Tiền trợ cấp"),
    ("ển tình trạng", "Chuyển tình trạng"),
    ("ửi thông tin", "Gửi thông tin"),
)
_HONEST_SMALL = (
    "văn bản",
    "đơn",
    "bản",
    "tờ khai",
    "giấy",
    "danh sách",
    "báo cáo",
    "hồ sơ",
    "quyết định",
    "thông báo",
    "chứng chỉ",
    "ảnh",
    "hộ chiếu",
    "biên bản",
    "hợp đồng",
    "các",
)
# «- », «+ », «a) », «(iv) », «1. » say where a paper stands, not what it is.
_BULLET = re.compile(
    r"^(?:[\s\-–—+*•·]+|\(?(?:[a-zđ]|[ivx]{1,4}|\d{1,2})(?:\)|\.(?!\d))\s*)+"
)
_NOTES_GROUP = re.compile(r"\b(luu y|ghi chu)\b")
_SAYS_TIME = re.compile(r"\d+\s*(?:\([^)]*\)\s*)?(?:ngay|gio|thang)\b|trong ngay")
# The flattened page puts a fee's note in brackets behind the currency.
_FEE_BRACKETS = re.compile(r"^(?:[Đđ]ồng|VNĐ|VND|Đ)?\s*\((.*?)\)?$")
_LEAST_AMOUNT = 1000
_MOST_COPIES = 30


def one_line(text: str) -> str:
    return " ".join(text.split())


def title(name: str, code: str) -> str:
    """The official name without its own code, and not in capitals only."""
    name = one_line(one_line(name).replace(f"({code})", ""))
    return name.capitalize() if name.isupper() else name


def mend(name: str) -> tuple[str, bool]:
    """(name, damaged): lost first letters restored where only one reading exists."""
    name = _BULLET.sub("", one_line(name)).strip().rstrip(" ;,")
    for lost, whole in _MENDED:
        if name.startswith(lost):
            return whole + name[len(lost) :], False
    begins_small = name[:1].islower() and not name.startswith(_HONEST_SMALL)
    return name, begins_small or name[:1] in (")", ",", ";")


# --- time ------------------------------------------------------------------------


def times(record: Mapping[str, Any]) -> tuple[tuple[Case, ...], tuple[Limit, ...]]:
    """The cases and limits that the record really states.

    The channel rows hold the published time. Where their unit is no unit, the cases
    of the procedure hold it (birth registration: 1 "other", case 1 working day).
    """
    stated = [
        (_CHANNELS[row["channel"]], time, one_line(row.get("note") or ""))
        for row in record["channels"]
        if row.get("channel") in _CHANNELS
        and (time := _time(row.get("time_qty"), row.get("time_unit")))
    ]
    by_case = _case_times(record)
    if stated:
        return _from_channels(record, stated, by_case)
    if by_case:
        return _from_cases(by_case)
    notes = {one_line(row.get("note") or "") for row in record["channels"]}
    told = sorted(filter(_tells_a_time, notes))
    return (), tuple(Limit(text=note, verified=False) for note in told[:1])


def _tells_a_time(note: str) -> bool:
    """Where no limit stands, the note is often the fee's, or half a sentence."""
    said = fold(note)
    return (
        len(said) < 300
        and _SAYS_TIME.search(said) is not None
        and not any(word in said for word in ("le phi", "dong", "usd"))
    )


_Time = tuple[Decimal, Unit]


def _time(quantity: Any, unit: Any) -> _Time | None:
    if unit not in _UNITS or isinstance(quantity, bool | str) or not quantity:
        return None
    return Decimal(quantity), _UNITS[unit]


def _case_times(record: Mapping[str, Any]) -> list[tuple[str, str, _Time]]:
    """(case code, name, time), without the same line twice."""
    found: dict[tuple[str, str, _Time], None] = {}
    for row in record.get("case_times", ()):
        if time := _time(row.get("qty"), row.get("unit")):
            line = row.get("case") or "", one_line(row.get("name") or ""), time
            found[line] = None
    return list(found)


def _from_channels(
    record: Mapping[str, Any],
    stated: list[tuple[str, _Time, str]],
    by_case: list[tuple[str, str, _Time]],
) -> tuple[tuple[Case, ...], tuple[Limit, ...]]:
    values = list(dict.fromkeys(time for _channel, time, _note in stated))
    if len(values) == 1:
        contradicted = bool(by_case) and {t for _c, _n, t in by_case} != set(values)
        notes = {note for _channel, _time, note in stated} - {""}
        text = next(iter(notes)) if len(notes) == 1 else ""
        return (), (_limit(values[0], text=text, verified=not contradicted),)
    if record.get("source") == "portal-api" and _channels_are_named(stated):
        return (), tuple(
            _limit(time, channel=channel, text=note) for channel, time, note in stated
        )
    # Several limits under several channels are cases of the procedure whose names
    # the flattened page has lost (first land registration: 17, 20, 27).
    cases, limits = [], []
    for number, time in enumerate(values, start=1):
        notes = {note for _channel, t, note in stated if t == time} - {""}
        key = f"stated_{number}"
        name = min(notes, key=len) if notes else ""
        cases.append(Case(key, name=name, verified=False))
        limits.append(_limit(time, case=key, verified=False))
    return tuple(cases), tuple(limits)


def _channels_are_named(stated: list[tuple[str, _Time, str]]) -> bool:
    """Each channel once, and every note names its own channel and no other."""
    channels = [channel for channel, _time, _note in stated]
    if len(set(channels)) != len(channels):
        return False
    for channel, _, note in stated:
        said = fold(note)
        named = {
            key
            for key, words in _CHANNEL_WORDS.items()
            if any(word in said for word in words)
        }
        if named != {channel}:
            return False
    return True


def _from_cases(
    by_case: list[tuple[str, str, _Time]],
) -> tuple[tuple[Case, ...], tuple[Limit, ...]]:
    values = {time for _code, _name, time in by_case}
    if len(values) == 1:
        return (), (_limit(values.pop()),)
    named = len({name for _code, name, _time in by_case}) == len(by_case)
    cases: dict[str, Case] = {}
    limits = []
    for number, (code, name, time) in enumerate(by_case, start=1):
        key = code if code and code not in cases else f"{code}#{number}"
        # One name for all of them is the procedure's own and tells nothing.
        cases[key] = Case(key, name=name if named else "", verified=named)
        limits.append(_limit(time, case=key, verified=named))
    return tuple(cases.values()), tuple(limits)


def _limit(time: _Time, **where: Any) -> Limit:
    return Limit(quantity=time[0], unit=time[1], **where)


# --- papers, fees, results -------------------------------------------------------


def papers(record: Mapping[str, Any]) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
    """(papers, notes): what nobody can hand in is a note, wherever it stands."""
    found: dict[str, Paper] = {}
    notes: dict[str, None] = {}
    for group in record["documents"]:
        title = one_line(group.get("group") or "").strip("* :")
        only_notes = bool(_NOTES_GROUP.search(fold(title)))
        act = "show" if "xuat trinh" in fold(title) else "submit"
        for item in group.get("items", ()):
            name, damaged = mend(item.get("name") or "")
            original, copies = item.get("original") or 0, item.get("copy") or 0
            if not name:
                continue
            if only_notes or not (original or copies):
                notes[name] = None
                continue
            if max(original, copies) > _MOST_COPIES:
                # «Mẫu số 18» and «1 bản chính» glued together: 181 originals.
                original, copies, damaged = min(original, 1), min(copies, 1), True
            key = _key(title, name)
            found.setdefault(
                key,
                Paper(
                    key=key,
                    name=name,
                    original=int(original),
                    copies=int(copies),
                    act=act,  # type: ignore[arg-type]
                    group=title,
                    damaged=damaged,
                ),
            )
    return tuple(found.values()), tuple(notes)


def _key(*parts: str) -> str:
    """Stable as long as the portal's words are; ours are given by hand."""
    return "p" + sha256("|".join(map(fold, parts)).encode()).hexdigest()[:10]


_FEE_KINDS = {"FEE": "fee", "SERVICE_FEE": "charge", "PRICE_LEVEL": "price"}
_FEE_NAMES = {
    "fee": "Phí",
    "charge": "Lệ phí",
    "price": "Giá",
    "unknown": "Phí, lệ phí",
}


def fees(record: Mapping[str, Any]) -> tuple[Fee, ...]:
    """A fee said alike of every channel is said once, of none in particular."""
    by_channel: dict[str, list[Fee]] = {}
    for row in record["channels"]:
        channel = _CHANNELS.get(row.get("channel"), "")
        by_channel.setdefault(channel, []).extend(
            _fee(line) for line in row.get("fees", ())
        )
    lines = [_once(found) for found in by_channel.values()]
    if lines and all(_same(found, lines[0]) for found in lines):
        return _telling(lines[0])
    return tuple(
        replace(fee, channel=channel)
        for channel, found in by_channel.items()
        for fee in _telling(_once(found))
    )


def _once(fees_: Iterable[Fee]) -> list[Fee]:
    found: list[Fee] = []
    for fee in fees_:
        if fee not in found:
            found.append(fee)
    return found


def _same(some: list[Fee], others: list[Fee]) -> bool:
    return len(some) == len(others) and all(fee in others for fee in some)


def _telling(found: list[Fee]) -> tuple[Fee, ...]:
    """ "Not stated" beside a stated fee says nothing more."""
    stated = tuple(fee for fee in found if fee.stated != "not_stated")
    return stated or tuple(found[:1])


def _fee(line: Mapping[str, Any]) -> Fee:
    """Zero and «Miễn phí» are never "free": the Council sets it, or the note tells."""
    word = line.get("portal_text") or ""
    kind: Any = _FEE_KINDS.get(word, "unknown")
    note = _FEE_BRACKETS.sub(r"\1", one_line(line.get("note") or ""))
    amount, currency = line.get("amount"), line.get("currency")
    if currency == "ngày":  # a time of the neighbouring column, taken for money
        amount, word = None, ""
    if amount and currency in ("VND", "VN") and amount >= _LEAST_AMOUNT:
        return Fee(
            _FEE_NAMES[kind], kind=kind, stated="amount", amount=int(amount), text=note
        )
    if amount and word:  # 10 USD, or «50 VN» that may be 50.000
        note = one_line(f"{note} (Cổng ghi: {word})")
    if note:
        return Fee(_FEE_NAMES[kind], kind=kind, stated="text", text=note)
    return Fee(_FEE_NAMES[kind], kind=kind)


def results(record: Mapping[str, Any]) -> tuple[Result, ...]:
    found = {}
    for text in record["results"]:
        name, damaged = mend(text)
        if name:
            found[name.rstrip(".")] = damaged
    return tuple(Result(name, damaged=damaged) for name, damaged in found.items())


def basis(record: Mapping[str, Any]) -> tuple[Basis, ...]:
    codes = dict.fromkeys(one_line(code) for code in record["legal_basis"])
    return tuple(Basis(code) for code in codes if code)


def channels(record: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            _CHANNELS[row["channel"]]
            for row in record["channels"]
            if row.get("channel") in _CHANNELS
        )
    )
