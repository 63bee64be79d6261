"""The pattern of a page with a form: shown, refused with 422, or sent on."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_form(
    request: HttpRequest,
    template: str,
    form: BaseForm,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answers are kept; errors give 422, a linked summary and «Lỗi:» in the title."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form} | (context or {}), status=status)
