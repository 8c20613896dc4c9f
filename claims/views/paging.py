from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

PER_PAGE = 25


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Any:
    """The page that `?page=` asks for; one that does not exist is a 404."""
    asked = request.GET.get("page", "1")
    try:
        return Paginator(rows, per_page).page(asked)
    except (EmptyPage, PageNotAnInteger):
        raise Http404(_("There is no such page of this list.")) from None
