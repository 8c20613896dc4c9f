"""The name of the site and its contact."""

from django.conf import settings
from django.utils.translation import gettext


def site_name() -> str:
    """SITE_NAME, in the language of the page if the catalogue translates it."""
    return gettext(settings.SITE_NAME)


def site_contact() -> str:
    """An e-mail address or the address of a page; empty if the operator set none."""
    return str(settings.SITE_CONTACT)
