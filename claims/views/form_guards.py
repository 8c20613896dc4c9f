"""Guards of a form for readers, who have no cookie: against other sites, programs and floods."""

from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.client_address import client_address


def is_from_another_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of another site sent the form. Old browsers say nothing."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and _host_of(origin) != request.get_host().lower()


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


class FormToken(NamedTuple):
    """What a form was served for: the address that it is sent to, when, and a key of its own."""

    subject: str
    served_at: int  # seconds
    key: UUID

    @property
    def age(self) -> timedelta:
        return timedelta(seconds=timezone.now().timestamp() - self.served_at)


class FormTokens:
    """Signed tokens in a hidden field. One can't be made up, or used for another form or another subject."""

    def __init__(self, form_name: str) -> None:
        self._signer = signing.Signer(salt=f"claims.form.{form_name}")

    def make(self, subject: str) -> str:
        return self._signer.sign_object([subject, int(timezone.now().timestamp()), str(uuid4())])

    def read(self, text: str) -> FormToken | None:
        """The token; None if it was not signed here."""
        try:
            subject, served_at, key = self._signer.unsign_object(text)
        except (signing.BadSignature, ValueError):
            return None
        return FormToken(subject, served_at, UUID(key))


class Throttle:
    """Counts what one client has sent, for a while. It keeps a keyed digest of the client's address, in the cache only.

    The digest changes each day. Each process of the server counts for itself.
    """

    def __init__(self, name: str, *, most: int, seconds: int) -> None:
        self.name, self.most, self.seconds = name, most, seconds

    def is_used_up(self, request: HttpRequest) -> bool:
        count: Any = cache.get(self._key(request), 0)
        return count >= self.most

    def count(self, request: HttpRequest) -> None:
        key = self._key(request)
        if not cache.add(key, 1, self.seconds):
            with suppress(ValueError):  # it expired between the two
                cache.incr(key)

    def _key(self, request: HttpRequest) -> str:
        client = f"{timezone.localdate()} {client_address(request)}"
        return f"{self.name}-{salted_hmac(f'claims.throttle.{self.name}', client, algorithm='sha256').hexdigest()}"
