"""The name of the site, its subject, its contact and its licence."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext


def site_name() -> str:
    """SITE_NAME, in the language of the page if the catalogue translates it."""
    return gettext(settings.SITE_NAME)


def site_subject() -> str:
    """SITE_SUBJECT, in the language of the page if the catalogue translates it; empty if the operator set none."""
    return (
        gettext(settings.SITE_SUBJECT) if settings.SITE_SUBJECT else ""
    )  # the message "" is the catalogue's head


def site_contact() -> str:
    """An e-mail address or the address of a page; empty if the operator set none."""
    return str(settings.SITE_CONTACT)


class Licence(NamedTuple):
    name: str
    url: str


def site_licence() -> Licence | None:
    """Under what others may use the site's own texts and figures; None if the operator set none."""
    name, _blank, url = str(settings.SITE_LICENCE).rpartition(" ")
    return Licence(name, url) if name else None


def licence_as_json() -> dict[str, str] | None:
    licence = site_licence()
    return {"name": licence.name, "url": licence.url} if licence else None
