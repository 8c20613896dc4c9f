"""Citations of a claim. They always cite a version, which does not change."""

import json
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.addresses import absolute_address
from claims.domain.citation import CitedVersion, build_csl_json, format_bibtex, format_ris, single_line
from claims.languages import primary_language
from claims.ledger.versions import VersionRef
from claims.localized_text import localized_plain as named
from claims.models import Claim
from claims.request_parameters import requested_version
from claims.selectors.localized_wording import outcome_in_words, partial_date_in_words, said_on_in_words
from claims.selectors.one_person import one_person_words
from claims.selectors.receipts import Receipt
from claims.selectors.site import site_name
from claims.selectors.verdict_sentence import sentence_of_version, verdict_sentence
from claims.text.quotations import nest_quotation_marks
from claims.views.withdrawn_responses import tells_withdrawn, withdrawn_as_text

FORMS: dict[str, tuple[str, Callable[[CitedVersion], str]]] = {
    "txt": ("text/plain", lambda cited: plain_citation(cited) + "\n"),
    "bib": ("application/x-bibtex", format_bibtex),
    "ris": ("application/x-research-info-systems", format_ris),
    "json": (
        "application/vnd.citationstyles.csl+json",
        lambda c: json.dumps(build_csl_json(c), ensure_ascii=False, indent=1),
    ),
}
FORM_NAMES = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}  # as they are called everywhere


@require_safe
@tells_withdrawn(Claim, withdrawn_as_text)
def citation_file(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    shown = requested_version(request, slug, number)
    kind, write = FORMS[form]
    answer = HttpResponse(
        write(cited_version(request, shown.claim, shown.pin, shown.receipt)),
        content_type=f"{kind}; charset=utf-8",
    )
    if form != "txt":
        answer.headers["Content-Disposition"] = (
            content_disposition_header(True, f"{slug}-{number}.{form}") or ""
        )
    return answer


def cited_version(
    request: HttpRequest, claim: Claim, pin: VersionRef, receipt: Receipt | None = None
) -> CitedVersion:
    """What is cited. `receipt`: the version's own, if it is at hand; it knows the publishers of each version."""
    score = pin.score
    words = {
        "claim": nest_quotation_marks(named(claim), primary_language(get_language() or "")),
        "speaker": named(claim.statement.speaker),
        "said": said_on_in_words(claim),
        "verdict": outcome_in_words(claim, score.state, pin.as_of, tentative=pin.told["tentative"]),
    }
    note = _("Ledger entry %(entry)d, SHA-256 %(hash)s.") % {
        "entry": pin.entry.number,
        "hash": pin.entry.hash,
    }
    settlement = claim.settlement_on(pin.as_of)
    if receipt:
        sentence = verdict_sentence(receipt.counts, receipt.gap, settlement)
    else:
        sentence = sentence_of_version(pin.told, pin.as_of, settlement)
    return CitedVersion(
        key=citation_key(pin),
        title=_("%(verdict)s: “%(claim)s” (%(speaker)s, %(said)s)") % words,
        site=site_name(),
        address=absolute_address(request, "pin", pin.slug, pin.number),
        day=timezone.localdate(pin.entry.at),
        version=pin.number,
        note=" ".join(filter(None, (str(sentence), one_person_words(claim), note))),
        language=get_language() or "en",
    )


def citation_key(pin: VersionRef) -> str:
    """What a text calls the version by. LaTeX reads keys of Latin letters only."""
    return f"{pin.slug}-{pin.number}" if pin.slug.isascii() else f"claim-ledger-entry-{pin.entry.number}"


def plain_citation(cited: CitedVersion) -> str:
    words = {
        "site": cited.site, "title": cited.title, "version": cited.version, "day": partial_date_in_words(cited.day),
        "address": cited.address, "note": cited.note,
    }  # fmt: skip
    return single_line(_("%(site)s. %(title)s. Version %(version)d, %(day)s. %(address)s. %(note)s") % words)
