"""Local accounts: officials are made by the administrator, residents sign up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class LocalAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Residents need no account; the receipt's code and secret are enough.

        Accounts of residents come with electronic identification, later.
        """
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/viec-cua-toi"
