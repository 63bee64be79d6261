"""Words of people for templates."""

from django import template

from gandan.kernel.actors import Role
from gandan.people.models import ROLE_WORDS

register = template.Library()


@register.filter
def role(value: str) -> str:
    """Counter officer, signatory … in the reader's language."""
    return str(ROLE_WORDS[Role(value)])
