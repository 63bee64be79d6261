"""A reading in words, in three languages: the very same under every due date.

The command `gandan due` runs without Django, so these few messages stand here in tables
and not in gettext files. Pages call `explain` with their own language.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from gandan.kernel.clock import Allowance, Reading, RuleVersion, Span, Unit
from gandan.kernel.clock.allowance import plain
from gandan.kernel.messages import MESSAGES, Messages

REST_DAYS = {"holiday", "substitute_off", "swapped_off"}
NOT_COUNTED_BY_LAW = {"paused", "left_out"}
DEFAULT_LANGUAGE = "vi"

Addition = tuple[Decimal, str]


def explain(
    reading: Reading, lang: str = DEFAULT_LANGUAGE, additions: Iterable[Addition] = ()
) -> list[str]:
    """Why this date, in sentences: the count, its days by reason, the time left out.

    `additions` are parts of the allowance to be named, each with its words in the
    reader's language: (10, «thêm cho xã miền núi»).
    """
    words = messages(lang)
    return [
        *_headline(reading, words, lang, tuple(additions)),
        *_days(reading, words),
        *_waits(reading, words),
        *([words.provisional] if reading.provisional else []),
    ]


def messages(lang: str) -> Messages:
    """The table of a language; `en-gb` reads `en`, an unknown one Vietnamese."""
    return MESSAGES.get(lang.split("-")[0].lower(), MESSAGES[DEFAULT_LANGUAGE])


def day_in_words(day: date, lang: str = DEFAULT_LANGUAGE) -> str:
    """«thứ Ba 10/06/2025»."""
    return f"{messages(lang).weekdays[day.weekday()]} {day:%d/%m/%Y}"


def number_in_words(number: Decimal, lang: str = DEFAULT_LANGUAGE) -> str:
    """7,5 with the language's decimal sign."""
    return plain(number).replace(".", messages(lang).decimal_sign)


def allowance_in_words(allowance: Allowance, lang: str = DEFAULT_LANGUAGE) -> str:
    """«7,5 ngày làm việc»."""
    words = messages(lang)
    one, many = words.units[allowance.unit]
    quantity = allowance.quantity
    return f"{number_in_words(quantity, lang)} {one if quantity <= 1 else many}"


def due_in_words(reading: Reading, lang: str = DEFAULT_LANGUAGE) -> str:
    """The answer alone: the date, since when the clock stands, or that one sets it."""
    words = messages(lang)
    if reading.due is not None:
        due = _due(reading, lang)
        return (words.due_provisional if reading.provisional else words.due).format(
            due=due
        )
    if reading.stopped_since is not None:
        return words.stopped.format(since=day_in_words(reading.stopped_since, lang))
    return words.set_by_officer


def rules_in_words(rules: RuleVersion, lang: str = DEFAULT_LANGUAGE) -> str:
    """Which rule was applied, with a visible mark where nobody has read its text."""
    words = messages(lang)
    mark = "" if rules.verified else f" ({words.unverified})"
    return words.rule.format(id=rules.id, basis=rules.basis) + mark


def kind_in_words(kind: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """What was waited for; an unknown kind is named in general."""
    words = messages(lang)
    return words.kinds.get(kind, words.other_kind)


def _due(reading: Reading, lang: str) -> str:
    assert reading.due is not None
    words = day_in_words(reading.due, lang)
    return f"{reading.due_at:%H:%M} {words}" if reading.due_at else words


def _headline(
    reading: Reading, words: Messages, lang: str, additions: tuple[Addition, ...]
) -> Iterator[str]:
    if reading.allowance is None:
        yield words.set_by_officer
        return
    since = _since(reading, words, lang)
    added = "".join(
        words.of_which.format(quantity=number_in_words(quantity, lang), what=what)
        for quantity, what in additions
    )
    sentence = f"{allowance_in_words(reading.allowance, lang)}, {since}{added}"
    yield f"{sentence} → {_due(reading, lang)}" if reading.due else sentence
    if reading.stopped_since is not None:
        yield words.stopped.format(since=day_in_words(reading.stopped_since, lang))
        if reading.days_left is not None:
            working = reading.allowance.unit in {Unit.WORKING_DAY, Unit.HOUR}
            unit = words.units[Unit.WORKING_DAY if working else Unit.DAY]
            yield words.days_left.format(
                days=number_in_words(reading.days_left, lang),
                unit=unit[reading.days_left > 1],
            )


def _since(reading: Reading, words: Messages, lang: str) -> str:
    zero = reading.counted_from
    restarted = zero != reading.day_zero
    by_the_hour = reading.allowance is not None and reading.allowance.is_by_the_hour
    if by_the_hour and not restarted:
        moment = _moment(reading.starts_at, lang)
        return words.from_moment.format(moment=moment)
    if by_the_hour:
        sentence = words.hours_from_completion
    else:
        sentence = words.from_completion if restarted else words.from_receipt
    return sentence.format(zero=day_in_words(zero, lang))


def _moment(at: datetime, lang: str) -> str:
    return f"{at:%H:%M} {day_in_words(at.date(), lang)}"


def _days(reading: Reading, words: Messages) -> Iterator[str]:
    """Day by day, grouped; weekends stand together in one last line."""
    reached = Decimal(0)
    rests: list[Span] = []
    for span in (*reading.reasoning, None):
        if rests and (span is None or span.why not in REST_DAYS):
            yield _rest_line(rests, words, reading)
            rests = []
        if span is None:
            break
        if span.why in REST_DAYS:
            rests.append(span)
        elif span.why in {"counted", "swapped_work"}:
            yield _counted_line(span, reached, words, reading)
            reached += span.counts
        elif template := words.days.get(span.why):
            yield template.format(days=_range(span, reading))
    weekends = [
        _range(span, reading) for span in reading.reasoning if span.why == "weekend"
    ]
    if weekends:
        yield words.weekends.format(days=", ".join(weekends))


def _rest_line(spans: list[Span], words: Messages, reading: Reading) -> str:
    joined = Span(spans[0].starts, spans[-1].ends, Decimal(0), "")
    reasons = dict.fromkeys(words.rests[span.why] for span in spans)
    return words.not_counted.format(
        days=_range(joined, reading), why=", ".join(reasons)
    )


def _counted_line(
    span: Span, reached: Decimal, words: Messages, reading: Reading
) -> str:
    days = _range(span, reading)
    if reading.allowance is not None and reading.allowance.is_by_the_hour:
        return words.in_hours.format(days=days, hours=span.detail)
    first = int(reached.to_integral_value(ROUND_FLOOR)) + 1
    last = int((reached + span.counts).to_integral_value(ROUND_CEILING))
    numbers = str(first) if first == last else f"{first}–{last}"
    line = words.counted[first < last].format(days=days, numbers=numbers)
    return f"{line} ({words.made_up})" if span.why == "swapped_work" else line


def _waits(reading: Reading, words: Messages) -> Iterator[str]:
    """Time that does not count, whose it is, from when to when."""
    for span in reading.reasoning:
        if span.why not in NOT_COUNTED_BY_LAW:
            continue
        what = words.kinds.get(span.detail, words.other_kind)
        if span.owner:
            what += f" ({words.owners.get(span.owner, span.owner)})"
        if span.ends is None:
            yield words.waiting.format(day=_short(span.starts, reading), why=what)
        else:
            days = (span.ends - span.starts).days + 1
            line = words.not_counted.format(days=_range(span, reading), why=what)
            unit = words.units[Unit.DAY][days > 1]
            yield f"{line}, {days} {unit}"
    if reading.left_out_days:
        yield words.left_out.format(
            days=reading.left_out_days,
            unit=words.units[Unit.DAY][reading.left_out_days > 1],
        )


def _short(day: date, reading: Reading) -> str:
    """29/04; with its year where that is not the year of reception."""
    return f"{day:%d/%m}" if day.year == reading.day_zero.year else f"{day:%d/%m/%Y}"


def _range(span: Span, reading: Reading) -> str:
    """05–09/05, 30/04–02/05, or one day alone."""
    first, last = span.starts, span.ends or span.starts
    if first == last:
        return _short(first, reading)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}–{_short(last, reading)}"
    return f"{_short(first, reading)}–{_short(last, reading)}"
