"""Answers 400 with a message to requests for the desk that no page of it sends, or that would cost too much."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

LONGEST_SEARCH = 200  # letters, as in the readers' search
MOST_WORDS = 20  # of a search: each is compared with each searched field
MOST_ROWS = 1000  # of one table in a form
SEARCHES = ("q", "term")  # of a list, and of a field that completes itself


class RefuseCostlyDeskRequests:
    """Refuses searches of too many words, forms of too many rows, and “Save as new”, which the desk does not offer.

    “Save as new” would store a copy of a record without the checks of a change.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(reverse("admin:index")):
            refuse_long_searches(request)
            if request.method == "POST":
                refuse_odd_forms(request)
        return self.get_response(request)


def refuse_long_searches(request: HttpRequest) -> None:
    for name in SEARCHES:
        text = request.GET.get(name, "")
        if len(text) > LONGEST_SEARCH or len(text.split()) > MOST_WORDS:
            raise BadRequest(
                _("A search has at most %(letters)s letters and %(words)s words. Please shorten it.")
                % {"letters": LONGEST_SEARCH, "words": MOST_WORDS}
            )


def refuse_odd_forms(request: HttpRequest) -> None:
    if "_saveasnew" in request.POST:
        raise BadRequest(_("A record can't be saved as a new one. Please open an empty form instead."))
    for name, value in request.POST.items():
        if name.endswith("-TOTAL_FORMS") and _is_more_than(str(value), MOST_ROWS):
            raise BadRequest(
                _("One table of a form has at most %(rows)s rows. Please save them in parts.")
                % {"rows": MOST_ROWS}
            )


def _is_more_than(value: str, most: int) -> bool:
    digits = value.strip().lstrip("+0")
    return digits.isdecimal() and (len(digits) > len(str(most)) or int(digits) > most)
