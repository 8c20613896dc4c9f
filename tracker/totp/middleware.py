from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from claims.admin.kept_forms import KeptForm, is_from_this_site
from tracker.kept_pages import resend_page

from .devices import Stage, stage_of

OPEN = ("two_factor", "admin:login", "admin:logout")


class AskForCode:
    """Redirects users who owe a code or a device to its page. On all other pages they count as anonymous."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(reverse("admin:index")):
            user = request.user
            # Evaluated lazily: readers' pages must not access the session.
            request.user = cast(Any, SimpleLazyObject(lambda: AnonymousUser() if owes_code(user) else user))
        elif request.path not in map(reverse, OPEN) and owes_code(request.user):
            return led_to_the_page(request)
        return self.get_response(request)


def owes_code(user: Any) -> bool:
    return user.is_authenticated and stage_of(user) in {Stage.OWES_CODE, Stage.OWES_DEVICE}


def led_to_the_page(request: HttpRequest) -> HttpResponseBase:
    page = reverse("two_factor")
    if request.method == "GET":
        return HttpResponseRedirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
    words = _("Nothing was saved: this has to be done first.")
    kept = KeptForm.of(request) if is_from_this_site(request) else None
    if kept and kept.is_by(request.user):
        return resend_page(request, kept, words, first=page)
    messages.error(request, words)
    return HttpResponseRedirect(page)
