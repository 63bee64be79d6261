"""The tables of the room, by family."""

from gandan.places.models.calendar import (
    CalendarDay,
    DecreedYear,
    MobileDesk,
    OpeningHours,
)
from gandan.places.models.dated import Dated, DatedQuerySet
from gandan.places.models.organisations import (
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Receiver,
    Seat,
)
from gandan.places.models.territory import (
    Place,
    PlaceAttribute,
    PlaceName,
    Succession,
)
from gandan.places.models.version import DataVersion

__all__ = [
    "CalendarDay",
    "DataVersion",
    "Dated",
    "DatedQuerySet",
    "DecreedYear",
    "MobileDesk",
    "OpeningHours",
    "Organisation",
    "OrganisationName",
    "OrganisationSuccession",
    "Place",
    "PlaceAttribute",
    "PlaceName",
    "Receiver",
    "Seat",
    "Succession",
]
