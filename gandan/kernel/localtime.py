"""The one place that knows the province's time zone: UTC+7, no daylight saving.

A day is a local day. Nothing else in the house turns an instant into a date.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(at: datetime) -> datetime:
    """The same instant on a clock in the province; a naive datetime is refused."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(ZONE)


def local_day(at: datetime) -> date:
    """The day it is in the province at this instant: 17:00 UTC is already tomorrow."""
    return local(at).date()


def at_local(day: date, clock: time) -> datetime:
    """The instant when the province's clock shows `clock` on `day`."""
    return datetime.combine(day, clock.replace(tzinfo=None), ZONE)
