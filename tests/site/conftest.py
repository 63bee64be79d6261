"""Accounts of the demo have no password worth a slow hash."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _passwords_are_hashed_quickly(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
