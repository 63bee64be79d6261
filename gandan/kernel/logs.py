"""Nothing of a capability in a log: the path that carries one is cut before writing.

Whoever reads «/k/…» could open the dossier as its applicant. Django itself logs the
path of what is not found, too large or broken.
"""

import logging
import re

# «/k/» and what follows it, with or without the language before.
_CAPABILITY = re.compile(r"(/k/)[^\s\"'<>]+")


def without_capability(text: str) -> str:
    return _CAPABILITY.sub(r"\1…", text)


class NoCapabilities(logging.Filter):
    """Stands before every handler and at the loggers that name paths."""

    def filter(self, record: logging.LogRecord) -> bool:
        # The arguments may hold the path in any form, so the finished line is kept.
        line = record.getMessage()
        cut = without_capability(line)
        if cut != line:
            record.msg, record.args = cut, ()
        if record.exc_info:
            # A traceback quotes the exception's own words, which may quote the path.
            record.exc_text = without_capability(
                logging.Formatter().formatException(record.exc_info)
            )
        return True
