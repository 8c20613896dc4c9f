"""A claim's page as schema.org's ClaimReview, which search engines and fact-check archives read.

Statement → Claim.appearance, claim → itemReviewed, verdict → reviewRating.alternateName, the verdict's sentence →
ratingExplanation, and 100 less the gap → ratingValue: schema.org's scales rise to the best, and search engines refuse
one that falls. Without a verdict there is no rating's value, nor a scale that would ask for one.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from .dates import DatePrecision, PartialDate

BEST_RATING, WORST_RATING = 100, 0
# What a browser could take for the end of the script, and what JavaScript takes for the end of a line.
_SCRIPT_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class ReviewedSpeaker:
    name: str
    is_person: bool
    office: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ClaimAppearance:
    """Where the words stand."""

    title: str
    said_on: PartialDate
    publisher: str
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewedClaim:
    url: str
    claim: str
    verdict: str
    gap: float | None  # the headline: None where the evidence does not suffice
    explanation: str  # the verdict's sentence
    published: date
    modified: date
    language: str
    speaker: ReviewedSpeaker
    appearance: ClaimAppearance
    site: str
    site_url: str
    contact: str = ""  # an e-mail address or the address of a page
    licence: str = ""  # its address
    one_person: str = ""  # that one person published it alone


def build_claim_review(of: ReviewedClaim) -> dict[str, Any]:
    publisher: dict[str, Any] = {"@type": "Organization", "name": of.site, "url": of.site_url}
    if of.contact.startswith(("http://", "https://")):
        publisher["contactPoint"] = {"@type": "ContactPoint", "url": of.contact}
    elif of.contact:
        publisher["email"] = of.contact
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": of.url,
        "claimReviewed": of.claim,
        "datePublished": of.published.isoformat(),
        "dateModified": of.modified.isoformat(),
        "inLanguage": of.language,
        "author": publisher,
        "publisher": publisher,
        "reviewRating": _rating_as_jsonld(of),
        "itemReviewed": _claim_as_jsonld(of),
    }
    return review | ({"license": of.licence} if of.licence else {})


def _rating_as_jsonld(of: ReviewedClaim) -> dict[str, Any]:
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": of.verdict}
    if of.gap is not None:
        value = round(BEST_RATING - of.gap, 1)
        rating |= {"ratingValue": value, "bestRating": BEST_RATING, "worstRating": WORST_RATING}
    return rating | {"ratingExplanation": " ".join(filter(None, (of.explanation, of.one_person)))}


def _claim_as_jsonld(of: ReviewedClaim) -> dict[str, Any]:
    speaker = _drop_empty_fields(
        {
            "@type": "Person" if of.speaker.is_person else "Organization",
            "name": of.speaker.name,
            "jobTitle": of.speaker.office if of.speaker.is_person else "",
            "sameAs": of.speaker.url,
        }
    )
    appearance = _drop_empty_fields(
        {
            "@type": "CreativeWork",
            "headline": of.appearance.title,
            "url": next(iter(of.appearance.urls), ""),
            "archivedAt": of.appearance.urls[-1] if len(of.appearance.urls) > 1 else "",
            "author": speaker,
            "publisher": {"@type": "Organization", "name": of.appearance.publisher},
        }
    )
    said = _dated_properties(of.appearance.said_on)
    return {"@type": "Claim", "author": speaker, **said, "appearance": {**appearance, **said}}


def _dated_properties(period: PartialDate) -> dict[str, str]:
    """At the precision at which it is known; a range is no date, but a time that the words cover."""
    name = "temporalCoverage" if period.precision is DatePrecision.RANGE else "datePublished"
    return {name: str(period)}


def _drop_empty_fields(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def escape_for_script(data: dict[str, Any]) -> str:
    """As JSON that no text in it can lead out of its script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_ESCAPES)
