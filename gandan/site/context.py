"""What every page's frame needs: navigation, telephone, and the demo's bar."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the public and the workspace frames."""
    return {"help_phone": settings.SERVICE_TELEPHONE, "demo": settings.DEMO}
