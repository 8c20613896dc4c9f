"""oEmbed 1.0: for a claim's address, the HTML code that embeds the claim."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import resolve
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.addresses import absolute_address, mount_path
from claims.cards import CARD_HEIGHT, CARD_WIDTH
from claims.domain.dates import InvalidPartialDate
from claims.domain.slugs import normalize_slug
from claims.ledger.versions import published_version, version_on_day
from claims.localized_text import localized_plain
from claims.models import Claim
from claims.request_parameters import AS_OF_PARAMETER, requested_number
from claims.selectors.as_of_days import AsOfDay, parse_as_of_day
from claims.selectors.claim_summary import claim_summary
from claims.selectors.localized_wording import outcome_in_words
from claims.selectors.receipts import load_receipt
from claims.selectors.site import site_name
from claims.selectors.withdrawn import find_withdrawal, withdrawal_as_data
from claims.text.xml_text import strip_invalid_xml

from .embedding import HEIGHT, WIDTH, frame_html
from .withdrawn_responses import without_stored_copies

CACHE = 3600  # seconds; apart from corrections, a verdict moves at most once a day
LARGEST = 10_000


@dataclass(frozen=True)
class EmbeddedPage:
    """The page of this site that an address names."""

    slug: str
    number: int | None
    day: AsOfDay
    language: str


@require_safe
def oembed_answer(request: HttpRequest) -> HttpResponse:
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse(
            _("Only json and xml are known here."), status=501, content_type="text/plain; charset=utf-8"
        )
    asked = _page_of_address(request)
    most = _size_limit(request, "maxwidth"), _size_limit(request, "maxheight")
    try:
        with translation.override(asked.language):
            data = _answer_fields(request, asked, *most)
    except Http404:
        if (withdrawal := find_withdrawal(Claim, asked.slug, asked.day, asked.number)) is None:
            raise
        with translation.override(asked.language):
            data = withdrawal_as_data(withdrawal)
        return without_stored_copies(_oembed_in_form(form, data, 410))
    return _oembed_in_form(form, data)


def _oembed_in_form(form: str, data: dict[str, Any], status: int = 200) -> HttpResponse:
    if form == "json":
        return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(_oembed_as_xml(data), status=status, content_type="text/xml; charset=utf-8")


def _size_limit(request: HttpRequest, name: str) -> int:
    return min(requested_number(request, name, LARGEST, least=1), LARGEST)


def _page_of_address(request: HttpRequest) -> EmbeddedPage:
    """The page that an address of this site names. Answers 404 for any other address."""
    url = urlsplit_or_404(request.GET.get("url", ""))
    mount = mount_path(request)
    if url.netloc not in ("", request.get_host()) or not url.path.startswith(mount):
        raise Http404
    path = unquote(url.path.removeprefix(mount))
    language = first if (first := path.partition("/")[0]) in dict(settings.LANGUAGES) else ""
    match = resolve("/" + path.removeprefix(f"{language}/" if language else ""))
    if match.url_name not in ("claim", "pin", "embed", "pinned-embed"):
        raise Http404
    try:
        day = parse_as_of_day(parse_qs(url.query).get(AS_OF_PARAMETER, [""])[-1])
    except (InvalidPartialDate, ValueError):
        raise Http404 from None
    number = match.kwargs.get("number")
    slug = match.kwargs["slug"]
    if (spelling := normalize_slug(slug)) != slug and not Claim.objects.filter(slug=slug).exists():
        slug = spelling  # as the page of the address leads to it
    return EmbeddedPage(slug, number, day, language or get_language() or "en")


def urlsplit_or_404(text: str) -> Any:
    try:
        return urlsplit(text.strip())
    except ValueError:  # “http://[”
        raise Http404 from None


def _answer_fields(
    request: HttpRequest, asked: EmbeddedPage, most_width: int, most_height: int
) -> dict[str, Any]:
    claims = Claim.objects.visible_on(asked.day.date).select_related("statement__speaker")
    claim = get_object_or_404(claims, slug=asked.slug)
    if asked.number is None:
        pin, receipt = version_on_day(claim, asked.day), load_receipt(claim, asked.day.date)
    else:
        shown = published_version(asked.slug, asked.number, asked.day)
        if shown is None:
            raise Http404
        claim, pin, receipt = shown.claim, shown.pin, shown.receipt
    page = ("embed", [asked.slug]) if asked.number is None else ("pinned-embed", [asked.slug, asked.number])
    width, height = min(WIDTH, most_width), min(HEIGHT, most_height)
    named = localized_plain(claim)
    told = outcome_in_words(claim, receipt.gap.state, receipt.gap.as_of, tentative=receipt.gap.tentative)
    data = {
        "version": "1.0",
        "type": "rich",
        "provider_name": site_name(),
        "provider_url": absolute_address(request, "home"),
        "title": _("%(claim)s — %(verdict)s") % {"claim": named, "verdict": told},
        "description": claim_summary(receipt),
        "author_name": localized_plain(claim.statement.speaker),
        "author_url": absolute_address(request, "speaker", claim.statement.speaker.slug),
        "cache_age": CACHE,
        "html": str(frame_html(request, named, page, asked.day, width, height)),
        "width": width,
        "height": height,
    }
    if pin and most_width >= CARD_WIDTH and most_height >= CARD_HEIGHT:
        data |= {
            "thumbnail_url": absolute_address(request, "card", asked.slug, pin.number),
            "thumbnail_width": CARD_WIDTH,
            "thumbnail_height": CARD_HEIGHT,
        }
    return data


def _oembed_as_xml(data: dict[str, Any]) -> bytes:
    root = ET.Element("oembed")
    _add_elements(root, data)
    return b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + ET.tostring(root, encoding="utf-8")


def _add_elements(parent: ET.Element, data: dict[str, Any]) -> None:
    for name, value in data.items():
        element = ET.SubElement(parent, name)
        if isinstance(value, dict):
            _add_elements(element, value)
        else:
            element.text = strip_invalid_xml(str(value))
