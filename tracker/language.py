"""Which language a page is in: the one that its address names (/ar/…, /en/…), otherwise the one the browser asks for.

The language goes before the whole address, the way a site is mounted below another: every address that a page makes
keeps it, and without it the address answers as before.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers


class AskedLanguageMiddleware(LocaleMiddleware):
    """The language of the address or of the browser, and nothing else.

    Django also looks at a language cookie. No page of ours sets one, and answers don't vary by cookie, so with a forged
    one a stranger could have a shared cache keep the wrong language for everybody.
    """

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:  # type: ignore[override]
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        mount, request.spoken_before = get_script_prefix(), translation.get_language()  # type: ignore[attr-defined]
        named, rest = parted(request.path_info)
        request.mount, request.named_language = mount, named  # type: ignore[attr-defined]
        if named and not rest:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{mount}{named}/{'?' if query else ''}{query}")
        language = named or translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        if named:
            request.path_info = rest
            set_script_prefix(f"{mount}{named}/")
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        set_script_prefix(getattr(request, "mount", "/"))
        if not getattr(request, "named_language", ""):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        # What comes next in this thread, another door's refusal or a task, is not in this reader's language.
        translation.activate(getattr(request, "spoken_before", None) or settings.LANGUAGE_CODE)
        return response


def parted(path: str) -> tuple[str, str]:
    """The language that a path begins with, empty if none, and the path behind it."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return (first, slash + rest) if first in dict(settings.LANGUAGES) else ("", path)
