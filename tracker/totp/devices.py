"""The device of an account (at most one), and what a session has proven with it."""

from base64 import b32encode
from enum import Enum, auto
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_totp.models import TOTPDevice

PUBLISHED = ("claim", "statement", "evidence")
DECISIONS = [f"claims.{verb}_{noun}" for verb in ("publish", "withdraw") for noun in PUBLISHED]
DECISIONS.append("claims.decide_suppression")


class Stage(Enum):
    FREE = auto()  # has no device and needs none
    OWES_DEVICE = auto()  # may decide what readers see, and the operator requires a device for that
    OWES_CODE = auto()  # has a device, but this session has not used it
    PROVEN = auto()


def stage_of(user: Any) -> Stage:
    if user.is_verified():
        return Stage.PROVEN
    if confirmed_device(user):
        return Stage.OWES_CODE
    return Stage.OWES_DEVICE if settings.REQUIRE_TOTP and is_decider(user) else Stage.FREE


def is_decider(user: Any) -> bool:
    return any(user.has_perm(permission) for permission in DECISIONS)  # a superuser has each


def confirmed_device(user: Any) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user.pk, confirmed=True).first()


def begin_enrolment(user: Any) -> TOTPDevice:
    """Create an unconfirmed device with a new secret. Somebody may have seen the secret of an earlier attempt."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user.pk, confirmed=False).delete()
        return TOTPDevice.objects.create(user_id=user.pk, name="authenticator", confirmed=False)


def code_fault(device: TOTPDevice, code: str) -> str:
    """What is wrong with the code; empty if nothing.

    Returns a message instead of raising, so that the count of failures is stored.
    """
    with transaction.atomic():
        locked = TOTPDevice.objects.select_for_update().filter(pk=device.pk).first()
        if locked is None:
            return _("This was begun anew or ended in another window. Reload the page.")
        allowed, why = locked.verify_is_allowed()
        if not allowed:
            seconds = int((why["locked_until"] - timezone.now()).total_seconds()) + 1
            wait = ngettext(
                "Too many wrong codes. Please wait %(n)d second.",
                "Too many wrong codes. Please wait %(n)d seconds.",
                seconds,
            )
            return wait % {"n": seconds}
        if locked.verify_token(code):
            return ""
    return _("This code is wrong, or was used already. Please wait for the next one that your app shows.")


def confirm_device(device: TOTPDevice, code: str) -> str:
    with transaction.atomic():
        trouble = code_fault(device, code)
        if not trouble:
            TOTPDevice.objects.filter(user=device.user_id).exclude(pk=device.pk).delete()
            TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    return trouble


def secret_in_groups(device: TOTPDevice) -> str:
    """The secret in groups of four characters, as apps show it."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def qr_code_svg(device: TOTPDevice) -> SafeString:
    code = segno.make(device.config_url, micro=False, error="m")
    return mark_safe(code.svg_inline(scale=4, light="#fff"))  # noqa: S308 numbers and colours only
