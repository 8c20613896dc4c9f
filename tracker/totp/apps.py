from django.apps import AppConfig
from django.contrib import admin


class TotpConfig(AppConfig):
    name = "tracker.totp"

    def ready(self) -> None:
        from .forms import SignInForm

        admin.site.login_form = SignInForm
