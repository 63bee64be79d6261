"""Questions other floors may ask about units, organisations and working time.

Rows come from a directory kept in memory: read them, never change them.
"""

from gandan.places.queries.committees import seats
from gandan.places.queries.directory import Directory, directory
from gandan.places.queries.hours import (
    hours_verified,
    is_open,
    office_hours,
    reception_spans,
    work_calendar,
)
from gandan.places.queries.kept import pinned, unpin
from gandan.places.queries.organisations import (
    Unassigned,
    agency_by,
    agency_code,
    agency_holder,
    committee_of,
    desk_of,
    desks,
    name_on,
    of_kind,
    organisation_by_key,
    organisations_at,
    reach,
    receiver_of,
    to_be_assigned,
    within,
)
from gandan.places.queries.search import PlaceHit, search_places
from gandan.places.queries.territory import (
    attributes,
    communes,
    communes_out_of,
    districts,
    full_name_on,
    place_by_code,
    place_by_key,
    predecessors,
    province,
    successor,
    successors,
    villages,
)

__all__ = [
    "Directory",
    "PlaceHit",
    "Unassigned",
    "agency_by",
    "agency_code",
    "agency_holder",
    "attributes",
    "committee_of",
    "communes",
    "communes_out_of",
    "desk_of",
    "desks",
    "directory",
    "districts",
    "full_name_on",
    "hours_verified",
    "is_open",
    "name_on",
    "of_kind",
    "office_hours",
    "organisation_by_key",
    "organisations_at",
    "pinned",
    "place_by_code",
    "place_by_key",
    "predecessors",
    "province",
    "reach",
    "receiver_of",
    "reception_spans",
    "search_places",
    "seats",
    "successor",
    "successors",
    "to_be_assigned",
    "unpin",
    "villages",
    "within",
    "work_calendar",
]
