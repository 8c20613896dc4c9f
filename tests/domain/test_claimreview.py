"""ClaimReview against what schema.org and the search engines ask of it, written down here as rules."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.claimreview import (
    ClaimAppearance,
    ReviewedClaim,
    ReviewedSpeaker,
    build_claim_review,
    escape_for_script,
)
from claims.domain.dates import PartialDate

URL, DAY, TEXT = r"https?://\S+", r"\d{4}-\d{2}-\d{2}", r"(?s).*\S.*"
PARTIAL = r"\d{4}(-\d{2}(-\d{2})?)?"
ORGANIZATION = {"@type": ("Organization",), "name": TEXT, "url?": URL}
SPEAKER = {"@type": ("Person", "Organization"), "name": TEXT, "jobTitle?": TEXT, "sameAs?": URL}
# By type: the property, with ? where it may be left out, and what its value has to be: a pattern, the types
# of a number, an object by the same rules, or the names of types.
RULES = {
    "@context": r"https://schema\.org",
    "@type": ("ClaimReview",),
    "url": URL,
    "claimReviewed": TEXT,
    "datePublished": DAY,
    "dateModified": DAY,
    "inLanguage": r"en|ar",
    "author": ORGANIZATION,
    "publisher": ORGANIZATION,
    "reviewRating": {
        "@type": ("Rating",),
        "alternateName": TEXT,
        "ratingValue?": float,
        "bestRating?": float,
        "worstRating?": float,
        "ratingExplanation?": TEXT,
    },
    "itemReviewed": {
        "@type": ("Claim",),
        "author": SPEAKER,
        "datePublished?": PARTIAL,
        "temporalCoverage?": f"{PARTIAL}/{PARTIAL}",
        "appearance": {
            "@type": ("CreativeWork",),
            "headline": TEXT,
            "url?": URL,
            "archivedAt?": URL,
            "author": SPEAKER,
            "publisher": ORGANIZATION,
            "datePublished?": PARTIAL,
            "temporalCoverage?": f"{PARTIAL}/{PARTIAL}",
        },
    },
}


def faults(data, rules, path="ClaimReview"):
    """What is missing, what is not known, and what is not as it has to be."""
    names = {name.rstrip("?"): rule for name, rule in rules.items()}
    yield from (f"{path}.{name} is missing" for name in rules if name[-1] != "?" and name not in data)
    for name, value in data.items():
        rule = names.get(name)
        match rule:
            case None:
                yield f"{path}.{name} is not known"
            case dict():
                yield from faults(value, rule, f"{path}.{name}")
            case tuple() if value not in rule:
                yield f"{path}.{name} is none of {rule}"
            case str() if not (isinstance(value, str) and re.fullmatch(rule, value)):
                yield f"{path}.{name} is {value!r}"
            case type() if isinstance(value, bool) or not isinstance(value, int | float):
                yield f"{path}.{name} is no number"


def reviewed(**changes):
    fields = {
        "url": "https://example.org/en/claims/aid/",
        "claim": "Aid is growing",
        "verdict": "Mostly contradicted",
        "gap": 72.46,
        "explanation": "7 events against. Gap 72 of 100.",
        "published": date(2026, 11, 1),
        "modified": date(2026, 11, 2),
        "language": "en",
        "speaker": ReviewedSpeaker("Antony Blinken", True, "US Secretary of State", "https://example.gov/"),
        "appearance": ClaimAppearance(
            "Remarks",
            PartialDate.parse("2021-10-13"),
            "US State Department",
            ("https://example.gov/remarks",),
        ),
        "site": "Words & Ground",
        "site_url": "https://example.org/en/",
    }
    return build_claim_review(ReviewedClaim(**{**fields, **changes}))


def test_it_keeps_every_rule():
    assert list(faults(reviewed(), RULES)) == []


@pytest.mark.parametrize(
    ("break_it", "fault"),
    [
        (lambda data: data.pop("url"), "ClaimReview.url is missing"),
        (
            lambda data: data["reviewRating"].pop("alternateName"),
            "ClaimReview.reviewRating.alternateName is missing",
        ),
        (
            lambda data: data["reviewRating"].update(ratingValue="72"),
            "ClaimReview.reviewRating.ratingValue is no number",
        ),
        (lambda data: data.update(stars=5), "ClaimReview.stars is not known"),
        (
            lambda data: data["itemReviewed"].update(datePublished="soon"),
            "ClaimReview.itemReviewed.datePublished is 'soon'",
        ),
    ],
)
def test_the_rules_can_be_broken(break_it, fault):
    data = reviewed()
    break_it(data)
    assert list(faults(data, RULES)) == [fault]


def test_the_rating_is_what_the_gap_leaves_on_a_scale_that_rises_as_every_reader_of_ratings_expects():
    rating = reviewed()["reviewRating"]
    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == (27.5, 100, 0)
    assert rating["worstRating"] < rating["ratingValue"] < rating["bestRating"]
    assert rating["alternateName"] == "Mostly contradicted"
    assert rating["ratingExplanation"] == "7 events against. Gap 72 of 100."


def test_without_a_verdict_there_is_no_number_and_no_scale():
    data = reviewed(gap=None, verdict="Too little evidence", explanation="That weighs too little.")
    assert data["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Too little evidence",
        "ratingExplanation": "That weighs too little.",
    }
    assert list(faults(data, RULES)) == []


@pytest.mark.parametrize(
    ("said_on", "field"),
    [
        ("2021-10-13", {"datePublished": "2021-10-13"}),
        ("2021-10", {"datePublished": "2021-10"}),
        ("2021", {"datePublished": "2021"}),
        ("2020-03/2021-10", {"temporalCoverage": "2020-03/2021-10"}),
    ],
)
def test_the_day_is_as_precise_as_it_is_known(said_on, field):
    data = reviewed(appearance=ClaimAppearance("Remarks", PartialDate.parse(said_on), "A source"))
    claim = data["itemReviewed"]
    for part in (claim, claim["appearance"]):
        assert {n: v for n, v in part.items() if n in ("datePublished", "temporalCoverage")} == field
    assert list(faults(data, RULES)) == []


def test_an_institution_is_an_organization_without_a_job():
    data = reviewed(speaker=ReviewedSpeaker("The United States", False, "a state"))
    assert data["itemReviewed"]["author"] == {"@type": "Organization", "name": "The United States"}


@given(
    text=st.one_of(
        st.sampled_from(["</script><script>alert(1)//", "<!--", "]]>", "\u2028\u2029&amp;"]), st.text()
    )
)
def test_no_text_leads_out_of_its_script_element(text):
    written = escape_for_script(reviewed(claim=text))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["claimReviewed"] == text
