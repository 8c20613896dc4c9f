"""Error pages. They say what happened and what to do, and must not fail themselves."""

from copy import copy

from django.core.exceptions import BadRequest, DisallowedHost
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        # Plain text, because the page's frame would read the invalid host again.
        text = _(
            "This server does not answer to that name. If it should, its operator adds the name to ALLOWED_HOSTS."
        )
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    # Only the messages of this project. Those of other exceptions are meant for logs.
    explained = isinstance(exception, BadRequest) and exception.args
    reason = str(exception) if explained else ""
    return render(without_what_was_asked(request), "400.html", {"reason": reason}, status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    advice = _(
        "The form was open too long or came from another site. Go back, reload the page, and send it again."
    )
    return render(request, "403.html", {"reason": advice}, status=403)


def without_what_was_asked(request: HttpRequest) -> HttpRequest:
    """A copy of the request without query and path.

    The page's frame repeats search words and links, which could cause the same error again.
    """
    plain = copy(request)
    plain.path = plain.path_info = "/"
    plain.META = {**request.META, "QUERY_STRING": "", "PATH_INFO": "/"}
    plain.GET = plain.POST = QueryDict()
    return plain
