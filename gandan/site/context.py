"""What every page's frame needs: navigation, telephone, the officer, the demo's bar."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gandan.people.web import desk
from gandan.site import navigation
from gandan.site.demo.bar import bar_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the public and the workspace frames, read only where it is shown."""
    telephone = settings.SERVICE_TELEPHONE
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    officer = {
        "officer": SimpleLazyObject(lambda: str(user)),
        "office": SimpleLazyObject(lambda: _office(request)),
        "change_officer_href": navigation.address("people:change_officer"),
        "sign_out_href": navigation.address("account_logout"),
    }
    demo = (
        {"demo_bar": SimpleLazyObject(lambda: bar_of(request))}
        if settings.DEMO and user is not None
        else {}
    )
    return (
        (officer if signed_in else {})
        | demo
        | {
            "public_nav": SimpleLazyObject(lambda: navigation.public(request)),
            "work_nav": SimpleLazyObject(lambda: navigation.workspace(request)),
            "officials_href": navigation.address("first_page"),
            "help_href": navigation.address("help"),
            "help_phone": telephone,
            "help_phone_link": telephone.replace(" ", ""),
            "demo": settings.DEMO,
        }
    )


def _office(request: HttpRequest) -> str:
    office = desk.office(request)
    return office.name if office else ""
