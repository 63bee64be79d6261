"""What a day alone makes true: a name decided for today becomes the name."""

from datetime import date

from gandan.places import actions


def take_names_of(day: date) -> int:
    """Repeatable; how many units and bodies took another name."""
    return actions.bring_names_up_to(day)
