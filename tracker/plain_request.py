"""A request that an error page can be rendered for."""

from copy import copy

from django.http import HttpRequest, QueryDict


def without_what_was_asked(request: HttpRequest) -> HttpRequest:
    """A copy of the request without query and path.

    The page's frame repeats search words and links, which could cause the same error again.
    """
    plain = copy(request)
    plain.path = plain.path_info = "/"
    plain.META = {**request.META, "QUERY_STRING": "", "PATH_INFO": "/"}
    plain.GET = plain.POST = QueryDict()
    return plain
