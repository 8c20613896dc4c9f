"""What the figures in a claim's data are about: the words, who said them, the verdict, and where each report stands.

Texts are in the language of the page where they are translated.
"""

from collections.abc import Collection
from typing import Any

from claims.domain.dossier import Dossier, Gap
from claims.domain.evidence_counts import count_evidence
from claims.models import Claim, Evidence, Source
from claims.selectors.localized_wording import outcome_in_words, quoted_span
from claims.selectors.verdict_sentence import verdict_sentence


def words_as_json(claim: Claim) -> dict[str, Any]:
    """The claim, the quotation with the words that govern it, who said it where and when, and how it is tested."""
    statement = claim.statement
    role = statement.speaker.role_on(statement.said_on.last)
    return {
        "text": claim.called,
        "quotation": quoted_span(claim).text,
        "quotation_as_said": {"span": claim.quote, "with_governing_words": claim.governing_words},
        "criterion": claim.shown("criterion").text,
        "speaker": {
            "id": statement.speaker.slug,
            "name": statement.speaker.called,
            "office": role.called if role else "",
        },
        "statement": {
            "id": statement.slug,
            "title": statement.called,
            "said_on": str(statement.said_on),
            "source": _source_as_json(statement.source),
            "url": statement.url,
            "archived_url": statement.archived_url,
        },
    }


def verdict_as_json(claim: Claim, dossier: Dossier, gap: Gap) -> dict[str, Any]:
    """The verdict in words, and its sentence."""
    sentence = verdict_sentence(count_evidence(dossier, gap), gap, claim.settlement_on(gap.as_of))
    words = outcome_in_words(claim, gap.state, gap.as_of, tentative=gap.tentative)
    return {"words": words, "sentence": str(sentence)}


def reports_as_json(slugs: Collection[str]) -> list[dict[str, Any]]:
    """Where each report of a dossier can be read, in the order of the links. The caller chose what is public."""
    rows = Evidence.objects.published().filter(slug__in=slugs).select_related("source", "relays")
    of_slug = {row.slug: row for row in rows}
    return [_report_as_json(of_slug[slug]) for slug in slugs if slug in of_slug]


def _report_as_json(report: Evidence) -> dict[str, Any]:
    return {
        "id": report.slug,
        "summary": report.called,
        "source": _source_as_json(report.source),
        "passes_on": _source_as_json(report.relays) if report.relays else None,
        "publisher": _source_as_json(report.publisher),
        "url": report.url,
        "archived_url": report.archived_url,
        "reference": report.shown("reference").text,
        "no_address_reason": report.shown("no_address_reason").text,
    }


def _source_as_json(source: Source) -> dict[str, str]:
    return {"id": source.slug, "name": source.called}
