"""Template tags for the site as a whole: its name, contact and licence, and whether it can save.

Built into every template.
"""

from django import template
from django.conf import settings
from django.template.context import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from claims.models.error_report import REPORTED_KINDS
from claims.selectors import site, storage_state
from claims.selectors.one_person import one_person_words
from claims.text.scripts import language_of_letters

register = template.Library()

# The record that a page is about, by the name of the page's address.
RECORDS_OF_PAGES = {"claim": "claim", "statement": "statement", "evidence": "evidence", "source": "source",
                    "pin": "claim"}  # fmt: skip

register.simple_tag(site.site_name)
register.simple_tag(storage_state.why_nothing_can_be_saved, name="saving_obstacle")


register.simple_tag(one_person_words)


@register.simple_tag(takes_context=True)
def one_person_banner(context: Context) -> str:
    """The words of the standing banner, of the record that the page is about; empty if two people agreed to it."""
    match = getattr(context.get("request"), "resolver_match", None)
    kind = RECORDS_OF_PAGES.get(match.url_name or "", "") if match else ""
    return one_person_words(*([context[kind]] if kind in context else []))


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
def site_purpose(*, has_others: bool) -> SafeString:
    """What the site does and on what subject, in one sentence. `has_others`: not only officials are quoted."""
    name, subject = site.site_name(), site.site_subject()
    marked = {
        "site": format_html(
            '<bdi lang="{}">{}</bdi>', language_of_letters(name, settings.LANGUAGE_CODE), name
        ),
        "who": _("officials and others") if has_others else _("officials"),
        "subject": format_html(
            '<bdi lang="{}">{}</bdi>', language_of_letters(subject, settings.LANGUAGE_CODE), subject
        ),
    }
    if subject:
        words = _(
            "At %(site)s we take what %(who)s said about %(subject)s, one claim at a time, and collect reports that "
            "support or contradict it."
        )
    else:
        words = _(
            "At %(site)s we take what %(who)s said, one claim at a time, and collect reports that support or "
            "contradict it."
        )
    return format_html(words % {field: f"{{{field}}}" for field in marked}, **marked)


@register.simple_tag
def site_contact() -> SafeString:
    """The last item of the footer; empty if the operator set no contact."""
    contact = site.site_contact()
    if not contact:
        return mark_safe("")
    address = contact if contact.startswith(("http://", "https://")) else f"mailto:{contact}"
    shown = format_html(' · {} <a href="{}"><bdi lang="en">{}</bdi></a>', _("Contact:"), address, contact)
    if contact != settings.EXAMPLE_CONTACT:
        return shown
    return format_html("{} {}", shown, _("(an example; nobody reads it)"))


@register.simple_tag(takes_context=True)
def report_error_link(context: Context) -> SafeString:
    """An item of the footer on the page of a record that readers may report; empty on other pages."""
    match = getattr(context.get("request"), "resolver_match", None)
    kind = match.url_name if match else ""
    if kind not in REPORTED_KINDS or kind not in context:
        return mark_safe("")
    address = reverse("report-error", args=[kind, context[kind].slug])
    return format_html(' · <a href="{}" rel="nofollow">{}</a>', address, _("Report an error"))


@register.simple_tag
def site_licence() -> SafeString:
    """An item of the footer; empty if the operator set no licence."""
    licence = site.site_licence()
    if licence is None:
        return mark_safe("")
    link = format_html(
        '<a href="{}" rel="license noopener external"><bdi lang="en">{}</bdi></a>', licence.url, licence.name
    )
    return format_html(" · {} {}", _("Our texts and figures:"), link)
