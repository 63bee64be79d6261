"""Local accounts of officials: how allauth signs them in, and what is written down."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gandan.kernel.actors import Actor
from gandan.ledger import journal
from gandan.people import events
from gandan.people.models import User
from gandan.people.web import desk


class LocalAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "username_password_mismatch": _("The username or the password is not right."),
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait five minutes, or ask your administrator."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Residents need no account; the receipt's code and secret are enough.

        Accounts of residents come with electronic identification, later.
        """
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Officials only: a resident and an official never share a session."""
        user = super().authenticate(request, **credentials)
        return user if isinstance(user, User) and user.official else None

    def login(self, request: HttpRequest, user: User) -> None:
        """Nothing a visitor held in this browser comes along: dossiers opened by a
        slip belong to no official."""
        request.session.flush()
        super().login(request, user)

    def post_login(
        self, request: HttpRequest, user: User, **kwargs: Any
    ) -> HttpResponse:
        """Each sign-in is an event, and this computer offers the officer today."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        way = "desk" if getattr(request, "changes_officer", False) else "password"
        signed_in = events.SignedIn(subject=str(user.public_id), way=way)
        who = Actor(kind="official", id=str(user.public_id), user_id=user.pk)
        journal.record(signed_in, by=who, at=request.now)  # type: ignore[attr-defined]
        desk.remember(request, response, user)
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page itself shows who is signed in; no banner says it again."""
