"""Why a file was not taken, in one sentence of the reader's language."""

from django.utils.translation import gettext as _

from gandan.documents.intake import (
    LONGEST_SIDE,
    MEGABYTE,
    MOST_BYTES,
    MOST_PAGES,
    FileRefused,
    Why,
)
from gandan.ui import words


def explain(refusal: FileRefused) -> str:
    match refusal.why:
        case Why.EMPTY:
            return _("This file is empty. Choose it again.")
        case Why.TOO_LARGE:
            return _("This file is larger than %(most)s MB. Scan it at 200 dpi.") % {
                "most": words.number(MOST_BYTES // MEGABYTE)
            }
        case Why.UNKNOWN_TYPE:
            return _("Send a PDF file or a picture (JPEG, PNG, WebP).")
        case Why.OFFICE_FILE:
            return _("Word and Excel files are not taken. Save it as PDF first.")
        case Why.HEIC:
            return _("This telephone's picture format is not taken. Send it as JPEG.")
        case Why.BROKEN:
            return _("This file cannot be read. Scan or save it anew.")
        case Why.TOO_MANY_DOTS:
            return _(
                "This picture is too large. Make its longer side %(most)s dots."
            ) % {"most": words.number(LONGEST_SIDE)}
        case Why.LOCKED:
            return _("This PDF is locked by a password. Send it without one.")
        case Why.TOO_MANY_PAGES:
            return _("This PDF has more than %(most)s pages. Send it in parts.") % {
                "most": words.number(MOST_PAGES)
            }
        case Why.ACTIVE_CONTENT:
            return _(
                "This PDF holds a program or an attached file. Print it to a new PDF."
            )
        case Why.SECRET_MARK:
            return _(
                "The name carries a secrecy mark. State secrets are never sent here."
            )
        case Why.TOO_MANY_FILES:
            return _("There are too many files already. Join some into one PDF.")
