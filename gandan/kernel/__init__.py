"""Pure Python: clock, calendar, text, canonical JSON. No Django, no wall clock.

The one file it reads is the decreed calendar that comes with it.
"""
