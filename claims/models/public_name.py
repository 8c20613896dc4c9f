import re
from secrets import choice, token_hex
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import all_filled

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without those that look alike
LENGTH = 6


def make_public_name() -> str:
    """A random name, such as “editor k7m2xq”. Nothing about the account can be computed from it."""
    return f"editor {''.join(choice(LETTERS) for _n in range(LENGTH))}"


def public_name_code(name: str) -> str:
    """The random part of a public name that was made; empty for a full name."""
    found = re.fullmatch(rf"editor (\w{{{LENGTH}}})", name, re.ASCII)
    return found[1] if found else ""


def make_account_key() -> str:
    return token_hex(16)


class PublicNameManager(models.Manager["PublicName"]):
    def get_by_natural_key(self, account: str) -> "PublicName":
        return self.get(account__username=account)

    def of(self, account: User) -> "PublicName":
        """The public name of the account; made when it is first needed."""
        found: PublicName = self.get_or_create(account=account)[0]
        return found


class PublicName(models.Model):
    """By which name readers know an account that has no full name. Random, so that nobody can guess whose it is.

    `key` never leaves the desk: the ledger uses it to hold who did something.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="public_name", verbose_name=_("account")
    )
    name = models.CharField(_("public name"), max_length=40, unique=True, default=make_public_name)
    key = models.CharField(max_length=32, unique=True, default=make_account_key, editable=False)

    objects = PublicNameManager()

    class Meta:
        verbose_name = _("public name of an account")
        verbose_name_plural = _("public names of accounts")
        ordering = ("pk",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=all_filled("name", "key"), name="publicname_is_filled"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[Any, ...]:
        return (self.account.get_username(),)

    natural_key.dependencies = ["auth.user"]  # type: ignore[attr-defined]
