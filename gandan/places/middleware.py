"""One question about the versions of the directory and the calendar per request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gandan.places import queries


class PinnedPlaces:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with queries.pinned():
            return self.get_response(request)
