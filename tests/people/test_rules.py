"""When a mandate may be given or ended: a table, 31 March 2026 being today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.people.rules import MandateRefused, Term, Why, check_end, check_new

TODAY = date(2026, 3, 31)
YESTERDAY, TOMORROW = date(2026, 3, 30), date(2026, 4, 1)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("term", "held", "decision", "why"),
    [
        (Term(TODAY), [], "12/QĐ-UBND", None),
        (Term(TOMORROW, MAY), [], "12/QĐ-UBND", None),
        (Term(TODAY), [], "", Why.NO_DECISION),
        (Term(YESTERDAY), [], "12/QĐ-UBND", Why.IN_THE_PAST),
        (Term(MAY, MAY), [], "12/QĐ-UBND", Why.ENDS_TOO_EARLY),
        (Term(MAY, TODAY), [], "12/QĐ-UBND", Why.ENDS_TOO_EARLY),
        (Term(TODAY), [Term(YESTERDAY)], "12/QĐ-UBND", Why.HELD_ALREADY),
        (Term(TODAY, JUNE), [Term(MAY)], "12/QĐ-UBND", Why.HELD_ALREADY),
        # The day one term ends the next may begin.
        (Term(TODAY), [Term(YESTERDAY, TODAY)], "12/QĐ-UBND", None),
        (Term(TODAY, MAY), [Term(MAY, JUNE)], "12/QĐ-UBND", None),
        # Taken back on its first day: never held.
        (Term(TODAY), [Term(TODAY, TODAY)], "12/QĐ-UBND", None),
    ],
)
def test_a_new_mandate_needs_a_decision_and_never_reaches_back(
    term: Term, held: list[Term], decision: str, why: Why | None
) -> None:
    if why is None:
        check_new(term, on=TODAY, held=held, decision=decision)
        return
    with pytest.raises(MandateRefused) as refused:
        check_new(term, on=TODAY, held=held, decision=decision)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("term", "ends", "why"),
    [
        (Term(YESTERDAY), TODAY, None),
        (Term(YESTERDAY), MAY, None),
        (Term(YESTERDAY, JUNE), MAY, None),
        (Term(TODAY), TODAY, None),  # taken back at once
        (Term(MAY), MAY, None),  # before it began
        (Term(MAY), TODAY, Why.ENDS_TOO_EARLY),
        (Term(YESTERDAY), YESTERDAY, Why.IN_THE_PAST),
        (Term(YESTERDAY, TODAY), MAY, Why.ALREADY_ENDED),
        (Term(MAY, MAY), JUNE, Why.ALREADY_ENDED),
    ],
)
def test_an_end_comes_today_at_the_earliest(
    term: Term, ends: date, why: Why | None
) -> None:
    if why is None:
        check_end(term, ends, on=TODAY, decision="12/QĐ-UBND")
        return
    with pytest.raises(MandateRefused) as refused:
        check_end(term, ends, on=TODAY, decision="12/QĐ-UBND")
    assert refused.value.why is why


days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
terms = st.builds(
    lambda a, b: Term(min(a, b), max(a, b) if a != b else None), days, days
)


@given(one=terms, other=terms, day=days)
def test_terms_overlap_exactly_when_some_day_belongs_to_both(
    one: Term, other: Term, day: date
) -> None:
    def has(term: Term) -> bool:
        return term.starts <= day and (term.ends is None or day < term.ends)

    if has(one) and has(other):
        assert one.overlaps(other)
    assert one.overlaps(other) == other.overlaps(one)
    if not one.overlaps(other):
        assert not (has(one) and has(other))
