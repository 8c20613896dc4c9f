"""Template tags for the site's name and contact. Built into every template."""

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from claims.selectors import site
from claims.text.scripts import language_of_letters

register = template.Library()

register.simple_tag(site.site_name)


@register.simple_tag
def untranslated_site_name() -> str:
    """The name without translation, for the error page: the catalogue may be what failed."""
    return str(settings.SITE_NAME)


@register.simple_tag
def site_speaks(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


@register.simple_tag
def site_brand(*, bold: bool = False) -> SafeString:
    """The name as HTML for the site's mark: with its own direction and digits, an & in italics."""
    name = site.site_name()
    mark = mark_safe(conditional_escape(name).replace("&amp;", "<i>&amp;</i>"))  # noqa: S308 - escaped before
    if bold:
        mark = format_html("<b>{}</b>", mark)
    return format_html('<bdi lang="{}">{}</bdi>', language_of_letters(name, settings.LANGUAGE_CODE), mark)


@register.simple_tag
def site_contact() -> SafeString:
    """The last item of the footer; empty if the operator set no contact."""
    contact = site.site_contact()
    if not contact:
        return mark_safe("")
    address = contact if contact.startswith(("http://", "https://")) else f"mailto:{contact}"
    return format_html(' · {} <a href="{}"><bdi lang="en">{}</bdi></a>', _("Contact:"), address, contact)
