"""Other answers than 404 where a record is not there: that it was withdrawn, or where it stands now."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
Answer = Callable[[HttpRequest, str, dict[str, Any]], HttpResponse | None]


def answer_if_missing(answer: Answer) -> Callable[[View], View]:
    """A decorator for views of one record by its slug. Where they find none, `answer` is asked.

    It is given the request, the slug and the other parts of the address; where it returns None, the answer is 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
            try:
                return view(request, slug=slug, **rest)
            except Http404:
                response = answer(request, slug, rest)
                if response is None:
                    raise
                return response

        return shown

    return decorate
