"""Service desks and communes for everybody; units and calendar for administrators."""
