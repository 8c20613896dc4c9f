"""Django's handlers, with requests that can always be created.

Django decodes the query string with the charset of Content-Type while it creates the request, before any middleware
runs. `charset=hex`, or too many parameters with any charset, would then end in a plain 500.
"""

from typing import Any

import django
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest
from django.utils.http import parse_header_parameters

from claims.django_internals import ContentTypeHook
from tracker.request_lanes import RequestLanes

UNREADABLE = "unreadable"


class LateDecoding(ContentTypeHook, HttpRequest):
    """A request that stores the charset and decodes later. tracker.guards refuses all charsets except UTF-8."""

    def read_content_type(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {"charset": UNREADABLE}


class LateWSGIRequest(LateDecoding, WSGIRequest):
    pass


class LateASGIRequest(LateDecoding, ASGIRequest):
    pass


def wsgi_application() -> RequestLanes:
    django.setup(set_prefix=False)
    handler = WSGIHandler()
    handler.request_class = LateWSGIRequest
    return RequestLanes(handler)


def asgi_application() -> ASGIHandler:
    django.setup(set_prefix=False)
    handler = ASGIHandler()
    handler.request_class = LateASGIRequest
    return handler
