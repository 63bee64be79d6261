"""French: 03/04/2026 is 3 April; 1 234,5 with a narrow no-break space."""

from gandan.ui.formats.day_first import *  # noqa: F403  # Django reads these by name

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u202f"
