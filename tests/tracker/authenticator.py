"""An authenticator app, and the clock that it shares with the site."""

import time
from base64 import b32decode

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PAGE = "/admin/two-factor/"


class App:
    def __init__(self, monkeypatch):
        self.now = 1_800_000_000.0
        self.key = b""
        monkeypatch.setattr(time, "time", lambda: self.now)  # sessions and throttles keep Django's own clock

    def scan(self, response):
        """Read the secret from the page into the app."""
        self.type(response.context["secret"])

    def type(self, secret):
        self.key = b32decode(secret.replace(" ", ""))

    @property
    def code(self):
        totp = TOTP(self.key)
        totp.time = self.now
        return f"{totp.token():06}"

    @property
    def next_code(self):
        self.now += 30
        return self.code

    @property
    def wrong_code(self):
        return f"{(int(self.code) + 1) % 1_000_000:06}"


def press(client, button, code="", **query):
    return client.post(PAGE, {button: "1", "code": code}, query_params=query or None)


def set_up(client, app):
    """Set up the app: every step from no device to a confirmed one."""
    press(client, "begin")
    app.scan(client.get(PAGE))
    assert press(client, "confirm", app.code).status_code == 302
    return TOTPDevice.objects.get(user=client.user, confirmed=True)


def errors(response):
    return " ".join(response.context["form"].errors.get("code", []))
