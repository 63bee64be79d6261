"""English here: the day first, as on every paper of the province; 1,234.5."""

from gandan.ui.formats.day_first import *  # noqa: F403  # Django reads these by name

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
