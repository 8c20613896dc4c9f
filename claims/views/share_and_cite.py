"""The context for sharing a claim: the citation of its version, the code that embeds it, and its ClaimReview
(schema.org).
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from claims.addresses import absolute_address
from claims.domain.claimreview import (
    ClaimAppearance,
    ReviewedClaim,
    ReviewedSpeaker,
    build_claim_review,
    escape_for_script,
)
from claims.domain.vocabulary import Nature
from claims.ledger.versions import VersionRef, version_on_day
from claims.localized_text import localized_plain as named
from claims.models import Claim
from claims.request_parameters import keep_as_of
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.localized_wording import outcome_in_words
from claims.selectors.one_person import one_person_words
from claims.selectors.receipts import Receipt
from claims.selectors.site import site_contact, site_licence, site_name
from claims.selectors.verdict_sentence import verdict_sentence
from claims.views.citations import FORM_NAMES, cited_version, plain_citation
from claims.views.embedding import HEIGHT, WIDTH, frame_html

OEMBED = {"json": "application/json+oembed", "xml": "text/xml+oembed"}


def sharing_context(request: HttpRequest, shown: Receipt, day: AsOfDay) -> dict[str, Any]:
    """The context for sharing. There is no version before the first snapshot, and no review for a past day."""
    claim = shown.claim
    pin = version_on_day(claim, day)
    found = {
        "embed_code": frame_html(request, named(claim), ("embed", [claim.slug]), day, WIDTH, HEIGHT),
        "oembed": oembed_links(request, keep_as_of(absolute_address(request, "claim", claim.slug), day)),
    }
    if pin:
        found |= version_context(request, claim, pin)
    if pin and not day.asked:
        found["review"] = claim_review_script(request, shown, pin)
    return found


def version_context(
    request: HttpRequest, claim: Claim, pin: VersionRef, receipt: Receipt | None = None
) -> dict[str, Any]:
    return {
        "pin": pin,
        "citation": plain_citation(cited_version(request, claim, pin, receipt)),
        "forms": FORM_NAMES,
    }


def oembed_links(request: HttpRequest, page: str) -> list[tuple[str, str]]:
    """The kind and address of each oEmbed answer for a page."""
    return [
        (kind, f"{absolute_address(request, 'oembed')}?{urlencode({'url': page, 'format': form})}")
        for form, kind in OEMBED.items()
    ]


def claim_review_script(request: HttpRequest, shown: Receipt, pin: VersionRef) -> SafeString:
    claim, statement = shown.claim, shown.claim.statement
    role, gap = statement.speaker.role_on(statement.said_on.last), shown.gap
    data = ReviewedClaim(
        url=absolute_address(request, "claim", claim.slug),
        claim=named(claim),
        verdict=outcome_in_words(claim, gap.state, gap.as_of, tentative=gap.tentative),
        gap=gap.headline,
        explanation=str(verdict_sentence(shown.counts, gap, claim.settlement_on(gap.as_of))),
        published=timezone.localdate(claim.published_at),
        modified=timezone.localdate(pin.entry.at),
        language=get_language() or "en",
        speaker=ReviewedSpeaker(
            named(statement.speaker), statement.speaker.nature == Nature.PERSON,
            named(role) if role else "", statement.speaker.url,
        ),
        appearance=ClaimAppearance(
            named(statement), statement.said_on, named(statement.source),
            tuple(filter(None, (statement.url, statement.archived_url))),
        ),
        site=site_name(),
        site_url=absolute_address(request, "home"),
        contact=site_contact(),
        licence=licence.url if (licence := site_licence()) else "",
        one_person=one_person_words(claim),
    )  # fmt: skip
    script = f'<script type="application/ld+json">{escape_for_script(build_claim_review(data))}</script>'
    return mark_safe(script)  # noqa: S308 - escaped for the one element that it stands in
