"""The pages that keep a form of the desk which could not be saved: to sign in and send it again."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from claims.admin.kept_forms import KEPT, LOOK, KeptForm, is_from_this_site, sign_writer


class KeepFormsOfTheSignedOut:
    """Answers a form of the desk with a sign-in that keeps it, unless the account that opened it is signed in.

    Django's admin would lead to the sign-in and drop it, or save it in the name of another. The check of the token
    comes before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.method != "POST" or not request.path.startswith(reverse("admin:index")):
            return None
        kept = None if request.path == reverse("admin:login") else KeptForm.of(request)
        if kept is None or (admin.site.has_permission(request) and kept.is_by(request.user)):
            return None
        return keep_form(request, kept, why_signed_out(kept))


def why_signed_out(kept: KeptForm) -> str:
    if User.objects.filter(pk=kept.writer, is_active=True).exists():
        return _("You are signed out: your session has ended, or you signed out in another window.")
    return _("This account was deactivated. Copy what you need below, and ask a colleague.")


def form_kept_after_csrf_failure(request: HttpRequest) -> HttpResponse | None:
    """The page that keeps a form whose token is too old; None for what another site sent."""
    kept = KeptForm.of(request) if is_from_this_site(request) else None
    if kept is None:
        return None
    if not request.user.is_authenticated:
        return keep_form(request, kept, why_signed_out(kept))
    return keep_form(request, kept, _("Since the form was opened, somebody signed in anew in this browser."))


def keep_form(request: HttpRequest, kept: KeptForm, why: str) -> HttpResponse:
    """The form to send again, for the account that opened it; for others, a sign-in that keeps it unread."""
    user: Any = request.user
    if admin.site.has_permission(request) and kept.is_by(user):
        return resend_page(request, kept, why)
    if user.is_authenticated:
        why = _("Another account opened this form. It is kept here for that account.")
    context = {
        **admin.site.each_context(request),
        "title": _("Nothing was saved yet"),
        "app_path": reverse("admin:login"),
        "username": user.get_username(),
        "next": kept.path,
        "form": (admin.site.login_form or AdminAuthenticationForm)(request),
        **kept_context(request, kept, why),
    }
    return answer(request, "admin/sign_in.html", context)


def kept_context(request: HttpRequest, kept: KeptForm | None, why: str) -> dict[str, Any]:
    """What the sign-in shows of a kept form. Its texts are not shown to another account."""
    return {"kept": kept, "why": why, "is_readable": not request.user.is_authenticated}


def resend_page(request: HttpRequest, kept: KeptForm, why: str, *, first: str = "") -> HttpResponse:
    """The form to send again. `first` is the address of a page to go to before."""
    context = {
        **admin.site.each_context(request),
        "title": _("Nothing was saved yet"),
        "kept": kept,
        "why": why,
        "look": LOOK,
        "first": first,
        "writer": sign_writer(request.user),
    }
    return answer(request, "admin/kept.html", context)


def answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context, status=403)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The admin's sign-in. One that holds a kept form leads to that form instead of another page."""
    kept = KeptForm.of(request) if KEPT in request.POST else None
    context = kept_context(request, kept, why_signed_out(kept) if kept else "")
    response = admin.site.login(request, extra_context=context)
    if kept is None or response.status_code != 302:
        return response
    return keep_form(request, kept, _("You are signed in again."))
