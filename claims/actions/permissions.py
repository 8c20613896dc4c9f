"""What an account may do, asked by actions that no page has to have asked before."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def check_permission(by: User, codename: str) -> None:
    """Raise PermissionDenied unless the account has the permission."""
    if not by.has_perm(f"claims.{codename}"):
        raise PermissionDenied(_("Your account may not do this: ask a publisher."))
