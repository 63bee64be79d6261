"""Which legal time applies. The table is written by hand from the procedures' texts."""

from decimal import Decimal

import pytest

from gandan.kernel.clock import Allowance, Unit
from gandan.procedures.rules import Limit, LimitUnclear, choose_limit

WD, DAY = Unit.WORKING_DAY, Unit.DAY


def limit(quantity: str, unit: Unit = WD, **where: object) -> Limit:
    return Limit(quantity=Decimal(quantity), unit=unit, **where)  # type: ignore[arg-type]


LAND = (
    limit("17", case="registration"),
    limit("20", case="certificate"),
    limit("10", attribute="mountain border island especially_difficult", adds=True),
)
BIRTH = (limit("1", case="same_day"), limit("1", case="online"))
RESIDENCE = (
    limit("3"),
    limit("1", channel="online"),
    limit("5", case="complex"),
    limit("7", attribute="island"),
)
HOUSE = (limit("10", case="works"), limit("7", case="house"))


@pytest.mark.parametrize(
    ("limits", "case", "channel", "places", "quantity", "unit"),
    [
        (LAND, "registration", "", (), "17", WD),
        (LAND, "certificate", "", (), "20", WD),
        (LAND, "registration", "counter", ("mountain",), "27", WD),
        (LAND, "certificate", "online", ("mountain",), "30", WD),
        # Mountain and border at once still add ten days, not twenty.
        (LAND, "certificate", "", ("mountain", "border"), "30", WD),
        (LAND, "certificate", "", ("ethnic_minority_area",), "20", WD),
        # The case is unknown, but every case has the same time.
        (BIRTH, "", "", (), "1", WD),
        (BIRTH, "online", "counter", (), "1", WD),
        (RESIDENCE, "", "", (), "3", WD),
        (RESIDENCE, "", "counter", (), "3", WD),
        (RESIDENCE, "", "online", (), "1", WD),
        # A named case says more than a place, a place more than a channel.
        (RESIDENCE, "complex", "online", ("island",), "5", WD),
        (RESIDENCE, "", "online", ("island",), "7", WD),
        (HOUSE, "house", "", (), "7", WD),
        ((limit("0.5", DAY),), "", "", (), "0.5", DAY),
    ],
)
def test_the_limit_follows_case_channel_and_place(
    limits: tuple[Limit, ...],
    case: str,
    channel: str,
    places: tuple[str, ...],
    quantity: str,
    unit: Unit,
) -> None:
    chosen = choose_limit(
        limits, case=case, channel=channel, attributes=frozenset(places)
    )
    assert chosen.allowance == Allowance(Decimal(quantity), unit)


def test_the_chosen_limit_keeps_what_was_added_for_the_place() -> None:
    chosen = choose_limit(LAND, case="registration", attributes={"mountain"})
    assert [part.quantity for part in chosen.added] == [Decimal(10)]
    assert chosen.quantity == Decimal(27)


def test_an_unverified_addition_makes_the_whole_unverified() -> None:
    limits = (limit("17"), limit("10", attribute="mountain", adds=True, verified=False))
    assert choose_limit(limits).verified
    assert not choose_limit(limits, attributes={"mountain"}).verified


def test_different_times_of_unnamed_cases_are_not_guessed() -> None:
    with pytest.raises(LimitUnclear) as unclear:
        choose_limit(HOUSE)
    assert unclear.value.cases == ("works", "house")


def test_without_a_limit_the_time_is_not_stated() -> None:
    assert choose_limit(()).allowance is None
    assert choose_limit(HOUSE, case="other").allowance is None


def test_a_limit_in_words_has_no_allowance() -> None:
    words = Limit(text="theo quy định của Hội đồng nhân dân cấp tỉnh")
    chosen = choose_limit((words,), attributes={"mountain"})
    assert (chosen.allowance, chosen.text) == (None, words.text)


def test_an_addition_in_another_unit_is_not_added() -> None:
    limits = (limit("15", DAY), limit("10", WD, attribute="mountain", adds=True))
    assert choose_limit(limits, attributes={"mountain"}).quantity == Decimal(15)
