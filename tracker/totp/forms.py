import re
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import devices


class CodeField(forms.CharField):
    """A code of six digits. Spaces are accepted, because apps show one in the middle."""

    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 10})

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s", "", super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"[0-9]{6}", value):
            raise ValidationError(_("A code has six digits, such as 123 456."))


class CodeForm(forms.Form):
    code = CodeField(label=_("Code"), max_length=20)


class SignInForm(AdminAuthenticationForm):
    """Name, password and code in one form. A session begins only if all are correct."""

    code = CodeField(label=_("Code from your app"), max_length=20, required=False)

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        device = devices.confirmed_device(user)
        if device is None:
            return
        code = self.cleaned_data.get("code")
        trouble = (
            devices.code_fault(device, code) if code else _("This account asks for a code from its app, too.")
        )
        if trouble:
            # Counted like a wrong password, so that guesses lock the sign-in.
            credentials = {"username": user.get_username()}
            user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
            raise ValidationError(trouble, code="code")
        user.otp_device = device
