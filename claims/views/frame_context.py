from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone

from claims.request_parameters import requested_as_of


def frame_context(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: the requested day (None if invalid), today, and whether this is the demo."""
    try:
        day = requested_as_of(request)
    except BadRequest:
        day = None  # the error page needs this context too
    return {"day": day, "today": timezone.localdate(), "demo": settings.DEMO}
