"""Answers 400 with a message to requests for the desk that no page of it sends, or that would cost too much."""

import re
from collections.abc import Callable

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

LONGEST_SEARCH = 200  # letters, as in the readers' search
MOST_WORDS = 20  # of a search: each is compared with each searched field
MOST_ROWS = 1000  # of one table in a form
SEARCHES = ("q", "term")  # of a list, and of a field that completes itself
COUNT_OF_ROWS = re.compile(r"(?P<table>.+)-(TOTAL|INITIAL)_FORMS")
ROW_OF_TABLE = re.compile(r"(?P<table>.+?)-(?P<row>[0-9]{1,9})-.+")
KEY = re.compile(r"[0-9]{1,18}")  # of a record; a database stores no more digits


class RefuseCostlyDeskRequests:
    """Refuses searches of too many words, forms whose rows are too many or miscounted, lists in which something
    other than records is chosen, and “Save as new”, which the desk does not offer.

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
    if not all(KEY.fullmatch(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
        raise BadRequest(_("What is chosen in the list can't be read. Please open the list again."))
    refuse_odd_tables(request)


def refuse_odd_tables(request: HttpRequest) -> None:
    """Refuses tables that announce too many rows, or fewer than they hold: those would be dropped without a word."""
    announced: dict[str, int] = {}
    for name, value in request.POST.items():
        if (count := COUNT_OF_ROWS.fullmatch(name)) is None:
            continue
        if _is_more_than(str(value), MOST_ROWS):
            raise BadRequest(
                _("One table of a form has at most %(rows)s rows. Please save them in parts.")
                % {"rows": MOST_ROWS}
            )
        if not (str(value).isascii() and str(value).isdecimal()):
            raise _broken_table()
        announced.setdefault(count["table"], 0)
        if name.endswith("-TOTAL_FORMS"):
            announced[count["table"]] = int(str(value))
    for name in request.POST:
        row = ROW_OF_TABLE.fullmatch(name)
        if row and int(row["row"]) >= announced.get(row["table"], int(row["row"]) + 1):
            raise _broken_table()


def _broken_table() -> BadRequest:
    return BadRequest(
        _(
            "The form did not arrive whole: the rows of one of its tables can't be counted. Nothing was saved. "
            "Please go back, copy what is new, and open the page again."
        )
    )


def _is_more_than(value: str, most: int) -> bool:
    digits = value.strip().lstrip("+0")
    return digits.isdecimal() and (len(digits) > len(str(most)) or int(digits) > most)
