"""Lets pages of other sites read public data: the same for everybody, without a cookie."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from claims.request_parameters import LEDGER_HEAD
from claims.selectors.site import site_licence
from claims.views.data_addresses import data_form_at

HEADERS = {
    # Without credentials: a browser sends no cookie with such a request, and shows nothing that one would open.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"ETag, Link, Retry-After, {LEDGER_HEAD}",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class OpenPublicData:
    """Adds the headers to each answer of a data address, refusals too, and names the licence. Never to the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if data_form_at(request.path_info):
            for name, value in HEADERS.items():
                response.headers[name] = value
            if licence := site_licence():
                response.headers["Link"] = f'<{licence.url}>; rel="license"'
        return response
