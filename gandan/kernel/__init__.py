"""Pure Python: clock, calendar, text, canonical JSON. No Django, no I/O."""
