"""Units, organisations and the calendar, on the seeded province."""

from datetime import date, time

from gandan.kernel.localtime import at_local

# Wednesday 6 August 2025, 9 o'clock: after the reform, no holiday near.
NOW = at_local(date(2025, 8, 6), time(9))
