"""What the thin bar on every page shows; nothing of it exists outside the demo."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from gandan.site import navigation
from gandan.site.demo.roles import FARMER, JOURNALIST, PARTS, Part

SESSION_KEY = "demo_part"


@dataclass(frozen=True, slots=True)
class Bar:
    now: datetime
    here: str
    parts: tuple[Part, ...] = PARTS
    template: str = "site/demo/bar.html"

    @property
    def become_href(self) -> str:
        return reverse("demo:become")

    @property
    def move_href(self) -> str:
        return reverse("demo:move")

    @property
    def five_minutes_href(self) -> str:
        return reverse("demo:five_minutes")

    @property
    def outbox_href(self) -> str:
        return navigation.address("notices:outbox")


def bar_of(request: HttpRequest) -> Bar:
    return Bar(now=request.now, here=playing(request))  # type: ignore[attr-defined]


def playing(request: HttpRequest) -> str:
    """The part of this browser: by account, else what it last chose."""
    if request.user.is_authenticated:
        username = request.user.get_username()
        return next((p.key for p in PARTS if p.username == username), "")
    chosen = request.session.get(SESSION_KEY, "")
    return chosen if chosen in {FARMER, JOURNALIST} else ""
