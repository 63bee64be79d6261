"""The words of codes: kinds, levels, refusals."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, pgettext_lazy

from gandan.places.actions import ChangeRefused
from gandan.places.rules import (
    AttributeKind,
    Level,
    OrganisationKind,
    SeatRole,
    SuccessionKind,
)
from gandan.ui import words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LEVELS: "dict[str, StrOrPromise]" = {
    Level.PROVINCE: gettext_lazy("Province"),
    Level.DISTRICT: gettext_lazy("District"),
    Level.COMMUNE: gettext_lazy("Commune"),
    Level.VILLAGE: gettext_lazy("Village"),
}

KINDS: "dict[str, StrOrPromise]" = {
    OrganisationKind.PEOPLE_COMMITTEE: gettext_lazy("People's Committee"),
    OrganisationKind.OFFICE: gettext_lazy("Office of the committee"),
    OrganisationKind.DEPARTMENT: gettext_lazy("Department"),
    OrganisationKind.DIVISION: gettext_lazy("Division"),
    OrganisationKind.DISTRICT_OFFICE: gettext_lazy("District office"),
    OrganisationKind.ONE_STOP_DESK: gettext_lazy("One-stop desk"),
    OrganisationKind.INSPECTORATE: gettext_lazy("Inspectorate"),
    OrganisationKind.PARTY_COMMITTEE: gettext_lazy("Party committee"),
    OrganisationKind.PARTY_COMMISSION: gettext_lazy("Party commission"),
    OrganisationKind.PARTY_CELL: gettext_lazy("Party cell"),
    OrganisationKind.PEOPLES_COUNCIL: gettext_lazy("People's Council"),
    OrganisationKind.FRONT: gettext_lazy("Fatherland Front"),
    OrganisationKind.UNION: gettext_lazy("Socio-political organisation"),
    OrganisationKind.POLICE: gettext_lazy("Police"),
    OrganisationKind.BORDER_GUARD: gettext_lazy("Border guard"),
    OrganisationKind.MILITARY: gettext_lazy("Military command"),
    OrganisationKind.ENTERPRISE: gettext_lazy("Enterprise"),
    OrganisationKind.STEERING_COMMITTEE: gettext_lazy("Steering committee"),
    OrganisationKind.TAX_OFFICE: gettext_lazy("Tax office"),
    OrganisationKind.LAND_OFFICE: gettext_lazy("Land registration office"),
    OrganisationKind.POST: gettext_lazy("Public post"),
}

SUCCESSIONS: "dict[str, StrOrPromise]" = {
    SuccessionKind.MERGE: pgettext_lazy("succession", "merged into"),
    SuccessionKind.SPLIT: pgettext_lazy("succession", "partly went to"),
    SuccessionKind.RENAME: pgettext_lazy("succession", "renamed"),
    SuccessionKind.TRANSFER: pgettext_lazy("succession", "continued by"),
    SuccessionKind.DISSOLVE: pgettext_lazy("succession", "ended without a successor"),
}

ATTRIBUTES: "dict[str, StrOrPromise]" = {
    AttributeKind.MOUNTAIN: gettext_lazy("mountain commune"),
    AttributeKind.REMOTE: gettext_lazy("remote area"),
    AttributeKind.BORDER: gettext_lazy("border commune"),
    AttributeKind.ISLAND: gettext_lazy("island commune"),
    AttributeKind.ESPECIALLY_DIFFICULT: gettext_lazy("especially difficult area"),
    AttributeKind.ETHNIC_MINORITY_AREA: gettext_lazy("ethnic-minority area"),
}

SEATS: "dict[str, StrOrPromise]" = {
    SeatRole.CHAIR: pgettext_lazy("seat", "Chair"),
    SeatRole.DEPUTY: pgettext_lazy("seat", "Deputy chair"),
    SeatRole.STANDING: pgettext_lazy("seat", "Standing member"),
    SeatRole.MEMBER: pgettext_lazy("seat", "Member"),
    SeatRole.SECRETARY: pgettext_lazy("seat", "Secretary"),
}

DAY_KINDS: "dict[str, StrOrPromise]" = {
    "holiday": gettext_lazy("Holiday"),
    "substitute_off": gettext_lazy("Substitute day off"),
    "swapped_off": gettext_lazy("Swapped day off"),
    "swapped_work": gettext_lazy("Swapped working day"),
}

HALVES: "dict[str, StrOrPromise]" = {
    "": gettext_lazy("Whole day"),
    "morning": gettext_lazy("Morning"),
    "afternoon": gettext_lazy("Afternoon"),
}

_REFUSALS: "dict[str, StrOrPromise]" = {
    "basis_is_empty": gettext_lazy("Write the number of the decision."),
    "name_is_empty": gettext_lazy("Write the new name."),
    "name_is_the_same": gettext_lazy("This is the name already in force that day."),
    "not_in_force": gettext_lazy("It is not in force on that day."),
    "later_name_decided": gettext_lazy(
        "A new name is already decided for a later day. Choose a day after it."
    ),
    "named_that_day": gettext_lazy("A name already begins on that day."),
    "sources_missing": gettext_lazy("Choose the units that are merged."),
    "sources_of_several_levels": gettext_lazy(
        "Only communes with communes, or villages with villages, are merged here."
    ),
    "sources_of_several_parents": gettext_lazy(
        "The units lie in different units above. Import such a change from its list."
    ),
    "target_missing": gettext_lazy("Choose the unit they go to, or name a new one."),
    "merge_needs_two": gettext_lazy("A new unit is made of two or more."),
    "kind_of_another_level": gettext_lazy("This type belongs to another level."),
    "code_is_malformed": gettext_lazy("A commune's code has five digits."),
    "code_is_held": gettext_lazy("Another unit holds this code on that day."),
    "nothing_decreed": gettext_lazy("Write at least one day or one year."),
    "nothing_changes": gettext_lazy("Nothing in the calendar changes."),
    "day_given_twice": gettext_lazy("The same day stands twice."),
    "year_out_of_range": gettext_lazy("Write a year between 2000 and 2100."),
    "day_without_name": gettext_lazy("Write why this day is special."),
    "worked_day_is_no_rest_day": gettext_lazy(
        "A swapped working day is a Saturday or a Sunday."
    ),
    "day_off_is_a_rest_day": gettext_lazy(
        "A substitute or swapped day off is a weekday."
    ),
    "years_are_the_provinces": gettext_lazy(
        "Only the province's decree settles a year."
    ),
    "no_such_day": gettext_lazy("This day is not in the calendar of that scope."),
    "later_hours_decided": gettext_lazy("Hours are already decided from a later day."),
    "hours_out_of_order": gettext_lazy(
        "Opening comes before closing, and spans of one day do not overlap."
    ),
    "location_is_empty": gettext_lazy("Write where the desk sits."),
    "desk_sits_elsewhere": gettext_lazy("The desk sits elsewhere at that time."),
    "still_in_force": gettext_lazy("The body still exists on that day."),
    "receiver_of_another_sphere": gettext_lazy(
        "Work of the State goes to a State body, of the Party to a Party body."
    ),
    "receiver_named_that_day": gettext_lazy(
        "A receiver for this field is already named from that day."
    ),
    "no_committee": gettext_lazy("Seats belong to a steering committee."),
    "office_is_empty": gettext_lazy("Write the office that holds the seat."),
    "chair_is_taken": gettext_lazy("The committee already has a chair on that day."),
}


def explain(refusal: ChangeRefused) -> str:
    """The refusal in one sentence, with the day, unit or name it is about."""
    sentence = str(_REFUSALS[refusal.reason])
    detail = refusal.detail
    if "day" in detail:
        return f"{words.day(detail['day'])}: {sentence}"
    for about in ("place", "cause"):
        if about in detail:
            return f"{detail[about]}: {sentence}"
    return sentence
