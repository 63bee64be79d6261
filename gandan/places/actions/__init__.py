"""The only code of the room that writes: one function per verb."""

from gandan.places.actions.deciding import end_seat, give_seat, name_receiver
from gandan.places.actions.decreeing import (
    DayChange,
    DayIn,
    DecreePreview,
    decree_calendar,
    preview_decree,
)
from gandan.places.actions.desks import (
    HoursIn,
    cancel_mobile_desk,
    plan_mobile_desk,
    set_contact,
    set_opening_hours,
)
from gandan.places.actions.merging import (
    MergePreview,
    NewUnit,
    merge_places,
    preview_merge,
)
from gandan.places.actions.refusals import ChangeRefused
from gandan.places.actions.renaming import (
    RenamePreview,
    bring_names_up_to,
    preview_rename_place,
    rename_organisation,
    rename_place,
)

__all__ = [
    "ChangeRefused",
    "DayChange",
    "DayIn",
    "DecreePreview",
    "HoursIn",
    "MergePreview",
    "NewUnit",
    "RenamePreview",
    "bring_names_up_to",
    "cancel_mobile_desk",
    "decree_calendar",
    "end_seat",
    "give_seat",
    "merge_places",
    "name_receiver",
    "plan_mobile_desk",
    "preview_decree",
    "preview_merge",
    "preview_rename_place",
    "rename_organisation",
    "rename_place",
    "set_contact",
    "set_opening_hours",
]
