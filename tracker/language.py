"""The language of a page: the one in its address (/ar/…, /en/…), otherwise the one that the browser asks for.

The language is a prefix of the whole address, like the path of a mounted site: all links on a page keep it. Addresses
without it work too.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers


class AskedLanguageMiddleware:
    """Sets the language from the address or the browser.

    Django's LocaleMiddleware also reads a cookie. This site sets none, and its answers do not vary by cookie: with a
    forged cookie, anybody could make a shared cache store a page in the wrong language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        mount, language_before = get_script_prefix(), translation.get_language()
        named, rest = split_language_prefix(request.path_info)
        if named and not rest:
            query = request.META.get("QUERY_STRING", "")
            response: HttpResponseBase = HttpResponsePermanentRedirect(
                f"{mount}{named}/{'?' if query else ''}{query}"
            )
        else:
            activate_language(request, named or requested_language(request))
            if named:
                request.path_info = rest
                set_script_prefix(f"{mount}{named}/")
            response = self.get_response(request)
        set_script_prefix(mount)
        if not named:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        # Reset the language: the next use of this thread may be for another reader.
        translation.activate(language_before or settings.LANGUAGE_CODE)
        return response


def requested_language(request: HttpRequest) -> str:
    """The language of a page whose address names none."""
    request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)  # Django would read it
    return translation.get_language_from_request(request)


def activate_language(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


def split_language_prefix(path: str) -> tuple[str, str]:
    """Split a path into its language, empty if it has none, and the rest."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return (first, slash + rest) if first in dict(settings.LANGUAGES) else ("", path)
