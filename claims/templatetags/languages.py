"""Template tags for the languages of a page: the language switch, mirrored drawings and digits."""

from typing import Any, TypeVar

from django import template
from django.conf import settings
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from claims.addresses import mount_path
from claims.drawing.gap_bar import MirrorableDrawing
from claims.text.digits import localize_figures_of_page

register = template.Library()

Picture = TypeVar("Picture", bound=MirrorableDrawing)


def mirrored_drawing(drawing: Picture) -> Picture:
    """The drawing, mirrored if the page's language runs from right to left."""
    return drawing.mirrored() if get_language_bidi() else drawing


class OwnDigitsNode(template.Node):
    def __init__(self, nodes: NodeList) -> None:
        self.nodelist = nodes

    def render(self, context: Context) -> SafeString:
        html = self.nodelist.render(context)
        return mark_safe(localize_figures_of_page(html, get_language() or ""))  # noqa: S308 - was safe before


@register.tag
def owndigits(parser: Parser, token: Token) -> OwnDigitsNode:
    """Show the figures of everything up to `endowndigits` in the digits of the page's language."""
    nodes = parser.parse(("endowndigits",))
    parser.delete_first_token()
    return OwnDigitsNode(nodes)


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[dict[str, Any]]:
    """This page in every other language: code, name and address."""
    request = context.get("request")
    here = get_language()
    return [
        {"code": code, "name": name, "address": address_in_language(request, code)}
        for code, name in settings.LANGUAGES
        if request and code != here
    ]


def address_in_language(request: Any, code: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{mount_path(request)}{code}{request.path_info}{'?' if query else ''}{query}"
