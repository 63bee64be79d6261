"""What every page's frame needs: navigation, telephone, the officer, the demo's bar."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gandan.site import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the public and the workspace frames, read only where it is shown."""
    telephone = settings.SERVICE_TELEPHONE
    return {
        "public_nav": SimpleLazyObject(lambda: navigation.public(request)),
        "work_nav": SimpleLazyObject(lambda: navigation.workspace(request)),
        "officials_href": navigation.address("duties:mine"),
        "help_href": navigation.address("help"),
        "help_phone": telephone,
        "help_phone_link": telephone.replace(" ", ""),
        "sign_out_href": navigation.address("account_logout"),
        "demo": settings.DEMO,
    }
