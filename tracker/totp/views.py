"""The page /admin/two-factor/. What it shows and accepts depends on what the session has proven."""

import logging
from collections.abc import Callable
from typing import Any

import django_otp
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import devices
from .devices import Stage
from .forms import CodeForm

logger = logging.getLogger(__name__)

PENDING = "two_factor_pending"  # in the session, so that only the person who started sees the secret


@sensitive_post_parameters("code")
def two_factor_page(request: HttpRequest) -> HttpResponse:
    stage = devices.stage_of(request.user)
    form = CodeForm()
    if request.method == "POST":
        take = next((take for button, take in TAKEN[stage].items() if button in request.POST), None)
        if take is None:
            messages.error(request, _("This page was out of date. Here it is as it stands now."))
            return HttpResponseRedirect(reverse("two_factor"))
        if take in NEED_NO_CODE:
            take(request, "")
            return HttpResponseRedirect(request.get_full_path())
        form = CodeForm(request.POST)
        if form.is_valid():
            trouble = take(request, form.cleaned_data["code"])
            if not trouble:
                return HttpResponseRedirect(where_to(request))
            form.add_error("code", trouble)
    return TemplateResponse(request, "admin/two_factor.html", page_context(request, stage, form))


def page_context(request: HttpRequest, stage: Stage, form: CodeForm) -> dict[str, Any]:
    shown: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Two-factor sign-in"),
        "form": form,
        "stage": stage.name,
    }
    device = None if stage is Stage.OWES_CODE else pending_device(request)
    if device:
        shown |= {
            "secret": devices.secret_in_groups(device),
            "uri": device.config_url,
            "drawing": devices.qr_code_svg(device),
        }
    elif stage is Stage.PROVEN:
        shown["device"] = devices.confirmed_device(request.user)
    return shown


def where_to(request: HttpRequest) -> str:
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else reverse("two_factor")


def pending_device(request: HttpRequest) -> TOTPDevice | None:
    mine = TOTPDevice.objects.filter(user=request.user.pk, confirmed=False)
    return mine.filter(pk=request.session.get(PENDING, 0)).first()


# What may be sent, each answering with what is wrong or with nothing --------------------------------------------


def begin_step(request: HttpRequest, code: str) -> str:
    request.session[PENDING] = devices.begin_enrolment(request.user).pk
    return ""


def cancel_step(request: HttpRequest, code: str) -> str:
    TOTPDevice.objects.filter(user=request.user.pk, confirmed=False).delete()
    request.session.pop(PENDING, None)
    return ""


def confirm_step(request: HttpRequest, code: str) -> str:
    device = pending_device(request)
    if device is None:
        return _("This was begun anew or ended in another window. Reload the page.")
    trouble = devices.confirm_device(device, code)
    if not trouble:
        request.session.pop(PENDING, None)
        device.confirmed = True
        count_as_proven(request, device)
        logger.info("Account %s confirmed a device for sign-in", request.user.pk)
        messages.success(request, _("Done: from now on signing in asks for a code, too."))
    return trouble


def prove_step(request: HttpRequest, code: str) -> str:
    device = devices.confirmed_device(request.user)
    trouble = devices.code_fault(device, code) if device else ""
    if device and not trouble:
        count_as_proven(request, device)
    return trouble


def replace_step(request: HttpRequest, code: str) -> str:
    """Replace the device. The old one stays valid until the new one is confirmed."""
    device = devices.confirmed_device(request.user)
    trouble = devices.code_fault(device, code) if device else ""
    return trouble or begin_step(request, code)


def remove_step(request: HttpRequest, code: str) -> str:
    device = devices.confirmed_device(request.user)
    trouble = devices.code_fault(device, code) if device else ""
    if device and not trouble:
        device.delete()
        logger.info("Account %s removed its device for sign-in", request.user.pk)
        messages.success(request, _("Removed: signing in asks for no code any more."))
    return trouble


def count_as_proven(request: HttpRequest, device: TOTPDevice) -> None:
    django_otp.login(request, device)
    request.session.cycle_key()


Taker = Callable[[HttpRequest, str], str]
SETTING_UP: dict[str, Taker] = {"begin": begin_step, "confirm": confirm_step, "cancel": cancel_step}
NEED_NO_CODE = (begin_step, cancel_step)
TAKEN: dict[Stage, dict[str, Taker]] = {
    Stage.FREE: SETTING_UP,
    Stage.OWES_DEVICE: SETTING_UP,
    Stage.OWES_CODE: {"prove": prove_step},
    Stage.PROVEN: {
        "replace": replace_step,
        "remove": remove_step,
        "confirm": confirm_step,
        "cancel": cancel_step,
    },
}
