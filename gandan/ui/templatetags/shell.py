"""What the frame of a page needs: the same page in each language."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

register = template.Library()


@dataclass(frozen=True, slots=True)
class PageInLanguage:
    code: str
    name: str
    href: str
    current: bool


@register.simple_tag(takes_context=True)
def same_page(context: dict[str, Any]) -> list[PageInLanguage]:
    """This page's address in every language; what a form sent is not repeated."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    here = get_language()
    return [
        PageInLanguage(code, name, translate_url(path, code), code == here)
        for code, name in settings.LANGUAGES
    ]
