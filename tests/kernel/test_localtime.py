"""A day is a day in the province."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from gandan.kernel.localtime import ZONE, at_local, local, local_day


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-12-31T16:59:59+00:00", date(2026, 12, 31)),  # 23:59:59
        ("2026-12-31T17:00:00+00:00", date(2027, 1, 1)),  # midnight
        ("2026-06-30T23:59:00+07:00", date(2026, 6, 30)),
        ("2026-02-28T20:00:00-05:00", date(2026, 3, 1)),  # 08:00 next day
    ],
)
def test_a_day_begins_at_midnight_in_the_province(instant: str, day: date) -> None:
    assert local_day(datetime.fromisoformat(instant)) == day


def test_a_clock_in_the_province_shows_seven_hours_more() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)

    assert local(noon).hour == 19
    assert local(noon) == noon
    assert local(noon).utcoffset() == timedelta(hours=7)


def test_a_moment_is_built_from_day_and_clock() -> None:
    at = at_local(date(2025, 4, 29), time(9))

    assert at == datetime(2025, 4, 29, 2, tzinfo=UTC)
    assert at.tzinfo is ZONE


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2025, 4, 29, 9))  # noqa: DTZ001
