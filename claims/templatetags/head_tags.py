"""Template tags for the head of a page: metadata for search engines and link previews."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from claims.addresses import absolute_address, mount_path
from claims.cards import CARD_HEIGHT, CARD_WIDTH
from claims.languages import rules_for
from claims.selectors.site import site_name
from claims.text.digits import localize_figures_of_page
from claims.text.directions import strip_isolate

register = template.Library()

VARIANT_PARAMETERS = {"as_of", "page"}  # pages with only these parameters may be indexed


@register.inclusion_tag("_head.html", takes_context=True)
def page_head(context: Context) -> dict[str, Any]:
    """The metadata of the page.

    Built inside the base template, because only there can a block's text be read twice.
    """
    request, here = context["request"], get_language() or settings.LANGUAGE_CODE
    pin = context.get("pin") or getattr(context.get("pinned"), "pin", None)
    title = _block_on_one_line(context, "title").removesuffix(f" · {escape(site_name())}")
    return {
        "title": mark_safe(strip_isolate(title)),  # noqa: S308 - escaped as a page's text
        "description": _block_on_one_line(context, "description"),
        "canonical": _page_address_in(request, here),
        "alternates": [(code, _page_address_in(request, code)) for code, _name in settings.LANGUAGES],
        "default": _page_address_in(request, ""),
        "locale": open_graph_locale(here),
        "other_locales": [open_graph_locale(code) for code, _name in settings.LANGUAGES if code != here],
        "hidden": bool(set(request.GET) - VARIANT_PARAMETERS),
        "kind": "article" if "claim" in context else "website",
        "card": absolute_address(request, "card", pin.slug, pin.number) if pin else "",
        "width": CARD_WIDTH,
        "height": CARD_HEIGHT,
    }


def open_graph_locale(language: str) -> str:
    """A language code in OpenGraph's spelling."""
    return rules_for(language).open_graph or language


def _block_on_one_line(context: Context, name: str) -> SafeString:
    """The text of a template block, on one line, with the figures of the page's language."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    text = " ".join(block.nodelist.render(context).split())
    return mark_safe(localize_figures_of_page(text, get_language() or ""))  # noqa: S308 - rendered, so escaped


def _page_address_in(request: Any, language: str) -> str:
    """The page's address in a language, without a day and without parameters that only sort or filter."""
    page = request.GET.get("page", "1")
    query = f"?{urlencode({'page': page})}" if page != "1" else ""
    mounted = f"{mount_path(request)}{language}".rstrip("/")
    return request.build_absolute_uri(f"{mounted}{request.path_info}{query}")
