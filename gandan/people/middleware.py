"""`request.actor`: who is asking, with the mandates of the page's day."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.people.actors import ANONYMOUS, actor_of
from gandan.people.models import User


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    if not isinstance(user, User):
        return ANONYMOUS
    return actor_of(user, local_day(request.now))  # type: ignore[attr-defined]


class RequestActor:
    """Sets `request.actor`, read only when a page asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)
