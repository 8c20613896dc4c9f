from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware


class AskedLanguageMiddleware(LocaleMiddleware):
    """The language that the browser asks for, and nothing else.

    Django also looks at a language cookie. No page of ours sets one, and answers don't vary by cookie, so with a forged
    one a stranger could have a shared cache keep the wrong language for everybody.
    """

    def process_request(self, request: HttpRequest) -> None:
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        super().process_request(request)
