"""Keeps rendered public pages in memory, so that the same page is rendered once until something changes.

It comes before every other middleware. What it stores is whole: headers, compressed bytes and ETag. The pages of a
process are forgotten together, as soon as a request finds that the records or the day have changed.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Lock
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from claims.models.data_version import data_version
from tracker.language import requested_language, split_language_prefix
from tracker.maintenance import maintenance_notice

# Never asked for here: the desk, health checks, files, and what is for one reader.
PRIVATE_PATHS = (
    "/admin/", "/healthz", "/readyz", "/static/", "/favicon.ico", "/report-an-error/", "/error-reports/",
)  # fmt: skip
PRIVATE_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
IN_THE_KEY = {"accept-encoding", "accept-language"}
NOT_STORED = re.compile(r"\b(no-store|no-cache|private)\b")
ACCEPTS_GZIP = re.compile(r"\bgzip\b")
LARGEST_SHARE = 20  # one page takes at most this part of the memory for all
LONGEST_WAIT = 10  # seconds for which a request waits while another renders the same page


class PageKey(NamedTuple):
    """All of a request that a public page depends on."""

    scheme: str
    host: str
    path: str
    query: str
    language: str
    is_compressed: bool


@dataclass(frozen=True, slots=True)
class StoredPage:
    content: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, headers=self.headers)


class StoredPages:
    """The pages of one version of the records, up to a number of bytes; those asked for least recently go first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._lock = Lock()
        self._version = ""
        self._bytes = 0
        self._pages: OrderedDict[PageKey, StoredPage] = OrderedDict()
        self._rendering: dict[PageKey, Event] = {}

    def find(self, version: str, key: PageKey) -> StoredPage | None:
        with self._lock:
            if version != self._version:
                self._forget_all(version)
            if page := self._pages.get(key):
                self._pages.move_to_end(key)
            return page

    def store(self, version: str, key: PageKey, page: StoredPage) -> None:
        """Keep the page, unless it is too large or another version has been asked for meanwhile."""
        size = len(page.content)
        with self._lock:
            if version != self._version or size > self.most_bytes // LARGEST_SHARE:
                return
            replaced = self._pages.pop(key, None)
            self._bytes += size - (len(replaced.content) if replaced else 0)
            self._pages[key] = page
            while self._bytes > self.most_bytes:
                self._bytes -= len(self._pages.popitem(last=False)[1].content)

    def _forget_all(self, version: str) -> None:
        self._version, self._bytes = version, 0
        self._pages.clear()

    @contextmanager
    def turn(self, key: PageKey) -> Iterator[bool]:
        """Wait while another request renders the page. Gives whether this one was the first."""
        with self._lock:
            other = self._rendering.get(key)
            if other is None:
                own = self._rendering[key] = Event()
        if other is not None:
            other.wait(LONGEST_WAIT)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                del self._rendering[key]
            own.set()


class PageCache:
    """Answers with the stored page, or with 304 if the reader has it, after one query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHE_MB:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages = StoredPages(settings.PAGE_CACHE_MB * 2**20)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = page_key(request)
        version = current_version() if key else ""
        if key is None or not version:
            return self.get_response(request)
        if page := self.pages.find(version, key):
            return answer_conditionally(request, page.response())
        with self.pages.turn(key) as is_first:
            if not is_first and (page := self.pages.find(version, key)):
                return answer_conditionally(request, page.response())
            return self._render(request, version, key)

    def _render(self, request: HttpRequest, version: str, key: PageKey) -> HttpResponseBase:
        """The whole page, even for a reader who has it: only a whole one can be stored."""
        conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        response = self.get_response(request)
        request.META.update(conditions)
        if isinstance(response, HttpResponse) and is_storable(response):
            self.pages.store(version, key, StoredPage(response.content, dict(response.items())))
        return answer_conditionally(request, response)


def page_key(request: HttpRequest) -> PageKey | None:
    """What the page is stored under; None for a request that is not answered from here."""
    named, rest = split_language_prefix(request.path_info)
    if request.method != "GET" or rest.startswith(PRIVATE_PATHS) or "HTTP_RANGE" in request.META:
        return None
    if any(name in request.COOKIES for name in PRIVATE_COOKIES) or "HTTP_AUTHORIZATION" in request.META:
        return None
    if maintenance_notice(settings.MAINTENANCE_FILE) is not None:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return PageKey(
        request.scheme or "",
        host,
        request.path,
        request.META.get("QUERY_STRING", ""),
        named or requested_language(request),
        bool(ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))),
    )


def current_version() -> str:
    """The version of everything that pages show: the records and the day. Empty if the database does not say."""
    try:
        return f"{data_version()} {timezone.localdate()}"
    except (DatabaseError, TypeError):
        return ""


def is_storable(response: HttpResponse) -> bool:
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}
    return (
        response.status_code == 200
        and not response.cookies
        and varies <= IN_THE_KEY
        and not NOT_STORED.search(response.headers.get("Cache-Control", ""))
        and response.has_header("ETag")
    )


def answer_conditionally(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response, or 304 if the reader has it."""
    tag = response.headers.get("ETag")
    answer: Any = (
        get_conditional_response(request, etag=tag, response=cast(Any, response)) if tag else response
    )
    return cast(HttpResponseBase, answer)
