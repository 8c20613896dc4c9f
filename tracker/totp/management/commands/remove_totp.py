from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_otp.plugins.otp_totp.models import TOTPDevice


class Command(BaseCommand):
    help = "Removes an account's device for codes, when its owner lost it. Make sure first that they ask themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", help="the name that they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["account"]
        account = User.objects.filter(username=name).first()
        if account is None:
            raise CommandError(f"There is no account {name!r}.")
        removed, _rows = TOTPDevice.objects.filter(user=account).delete()
        if not removed:
            raise CommandError(f"The account {name!r} has no device.")
        self.stdout.write(f"Removed. {name} signs in with the password alone, until a new device is set up.")
