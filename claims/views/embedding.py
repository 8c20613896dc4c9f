"""Embedding in other sites: the small page for their frames, and its HTML code."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from claims.addresses import absolute_address
from claims.models import Claim
from claims.request_parameters import keep_as_of, requested_as_of, requested_version
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.receipts import load_receipt
from claims.selectors.withdrawn import find_withdrawal
from claims.views.withdrawn_responses import without_stored_copies

WIDTH, HEIGHT = 600, 440  # px; high enough for the longest quotation and answer on a phone
View = Callable[..., HttpResponse]


def allow_framing(view: View) -> View:
    """Allow any site to frame the view. Its page runs no script and sends no form, so a frame cannot be abused."""

    @wraps(view)
    def shown(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        try:
            answer = view(request, slug, **rest)
        except Http404:
            withdrawal = find_withdrawal(Claim, slug, requested_as_of(request), rest.get("number"))
            context, status = {"withdrawal": withdrawal}, 410 if withdrawal else 404
            answer = without_stored_copies(render(request, "claims/embed_none.html", context, status=status))
        return answer

    policy = {"frame-ancestors": ["*"], "script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]}
    return xframe_options_exempt(csp_replace(policy)(shown))  # type: ignore[arg-type, return-value]


@require_safe
@allow_framing
def embed_page(request: HttpRequest, slug: str) -> HttpResponse:
    day = requested_as_of(request)
    claims = Claim.objects.visible_on(day.date).select_related("statement__speaker")
    claim = get_object_or_404(claims, slug=slug)
    shown = load_receipt(claim, day.date)
    leads = keep_as_of(absolute_address(request, "claim", slug), day)
    return render(
        request, "claims/embed.html", {"claim": claim, "gap": shown.gap, "receipt": shown, "leads": leads}
    )


@require_safe
@allow_framing
def version_embed_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    shown = requested_version(request, slug, number)
    leads = keep_as_of(absolute_address(request, "pin", slug, number), requested_as_of(request))
    context = {
        "claim": shown.claim,
        "gap": shown.gap,
        "receipt": shown.receipt,
        "leads": leads,
        "pin": shown.pin,
    }
    return render(request, "claims/embed.html", context)


def frame_html(
    request: HttpRequest, title: str, page: tuple[str, list[Any]], day: AsOfDay, width: int, height: int
) -> SafeString:
    """The HTML code that embeds the small page, for pasting."""
    name, args = page
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0" style="max-width:100%">'
        "</iframe>",
        keep_as_of(absolute_address(request, name, *args), day), width, height, title,
    )  # fmt: skip
