"""Answers 400 with a message to values that a database cannot store or compare. Without it they would cause a 500."""

import logging
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponseBase, QueryDict, UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from tracker.errors import bad_request

logger = logging.getLogger(__name__)

# Forms whose view refuses such text itself, so that it can show again what was typed.
CHECKED_BY_VIEW = {"report-error"}
UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}


class RefuseUnstorableText:
    """Refuses NUL and lone surrogates. SQLite accepts them, PostgreSQL fails on them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refuse_other_encodings(request)
        try:
            refuse_unstorable(texts_of(request))
            refuse_odd_lookups(request)
        except UnreadablePostError as error:  # the browser went away, or sent less than it announced
            raise BadRequest(_("The form did not arrive whole. Please send it again.")) from error
        return self.get_response(request)


class RefuseUnanswerableValues:
    """Refuses numbers and dates beyond the range of the database, in filters of pages and of the admin:
    `?id__in=10**30`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if not is_out_of_range(error):
            return None
        # Logged with traceback, because the cause may be an error in the code rather than the address.
        logger.error("Value out of range at %s", request.path, exc_info=error)
        return bad_request(
            request, BadRequest(_("The address or form holds a number or date that is out of range."))
        )


def refuse_other_encodings(request: HttpRequest) -> None:
    # Django decodes the query string and the form by the charset of Content-Type, whatever codec that names.
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in UTF_8:
        raise BadRequest(_("Please send text as UTF-8."))


def refuse_unstorable(texts: Iterable[str]) -> None:
    for text in texts:
        if "\0" in text:
            raise BadRequest(
                _("The address or form holds a NUL character, which no text here has. Please remove it.")
            )
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise _undecodable_request() from error


def refuse_odd_lookups(request: HttpRequest) -> None:
    # The admin offers no such filters, but takes them from the address. It hands the database the letters of a range,
    # one by one; a pattern may be unreadable, or take for ever.
    if any(key.endswith("__range") for key in request.GET):
        raise BadRequest(
            _("The address asks for a range in a way that is not read here. Please ask for its two ends.")
        )
    if any(key.endswith(("__regex", "__iregex")) for key in request.GET):
        raise BadRequest(
            _("The address asks for a pattern, which is not read here. Please search for words.")
        )


def is_out_of_range(error: Exception) -> bool:
    # "year 0 is out of range" comes as a plain ValueError.
    return isinstance(error, OverflowError | DataError) or (
        isinstance(error, ValueError) and "out of range" in str(error)
    )


def texts_of(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    yield query_text(request)
    yield from request.COOKIES.values()  # Django undoes "\000" in them
    yield from texts_of_query_dict(
        request.GET
    )  # may raise TooManyFieldsSent, which Django answers with a 400
    if request.method == "POST" and not is_checked_by_view(request.path_info):
        yield from texts_of_query_dict(request.POST)
        for files in request.FILES.lists():
            yield from (files[0], *(file.name or "" for file in files[1]))


def is_checked_by_view(path: str) -> bool:
    try:
        return resolve(path).url_name in CHECKED_BY_VIEW
    except Resolver404:
        return False


def query_text(request: HttpRequest) -> str:
    # Undecodable bytes would silently become U+FFFD and change the query.
    try:
        return unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1")).decode()
    except UnicodeError as error:
        raise _undecodable_request() from error


def texts_of_query_dict(data: QueryDict) -> Iterator[str]:
    for key, values in data.lists():
        yield key
        yield from (str(value) for value in values)


def _undecodable_request() -> BadRequest:
    return BadRequest(
        _("Part of the address or form is not readable as UTF-8 text. Please check what follows each %.")
    )
