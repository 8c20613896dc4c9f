"""Django's handlers, with requests that can always be built.

Django decodes the query string by the charset that Content-Type names, and it does so while it builds the request:
before any middleware could refuse. `charset=hex`, or too many parameters beside any charset, ends in a bare 500 then.
"""

from typing import Any

import django
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest
from django.utils.http import parse_header_parameters

from claims.django_internals import ContentTypeHook

UNREADABLE = "unreadable"


class LateDecoding(ContentTypeHook, HttpRequest):
    """Notes the charset and leaves the decoding for later; tracker.guards refuses what is not UTF-8."""

    def read_content_type(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {"charset": UNREADABLE}


class LateWSGIRequest(LateDecoding, WSGIRequest):
    pass


class LateASGIRequest(LateDecoding, ASGIRequest):
    pass


def wsgi_application() -> WSGIHandler:
    django.setup(set_prefix=False)
    handler = WSGIHandler()
    handler.request_class = LateWSGIRequest
    return handler


def asgi_application() -> ASGIHandler:
    django.setup(set_prefix=False)
    handler = ASGIHandler()
    handler.request_class = LateASGIRequest
    return handler
