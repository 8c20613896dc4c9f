"""Template tags for the drafts that a browser keeps of the forms of the desk."""

from typing import Any

from django import template
from django.utils.crypto import salted_hmac

register = template.Library()


@register.filter
def draft_owner(user: Any) -> str:
    """Names the account in the browser's store: another word for each account, and on each site."""
    return salted_hmac("claims.desk_drafts", str(user.pk), algorithm="sha256").hexdigest()[:16]
