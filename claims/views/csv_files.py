"""The list of claims and their reports as CSV: the list's own filters and order, streamed in batches."""

import csv
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from claims.addresses import absolute_address
from claims.domain.dossier import Gap
from claims.domain.gap import METHOD_VERSION
from claims.domain.hash_chain import canonical_json
from claims.domain.wording import nearest_stance
from claims.filters import ClaimFilter
from claims.ledger.entries import format_head, ledger_head_on
from claims.ledger.verification import ledger_head
from claims.models import Claim, EvidenceLink
from claims.request_parameters import LEDGER_HEAD, requested_as_of
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps, ListedClaim, TooManyClaims
from claims.selectors.localized_wording import outcome_in_words, quoted_span
from claims.selectors.one_person import one_person_words
from claims.views.csv_columns import CLAIM_COLUMNS, REPORT_COLUMNS
from claims.views.old_addresses import redirect_merged_choice

AT_ONCE: Final = 500  # claims read at once; for reports 50, as a claim may have many
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Line:
    """A file that hands back what is written to it, so that each row is sent at once."""

    def write(self, text: str) -> str:
        return text


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula. Numbers are left as they are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.6g}" if isinstance(value, float) else str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


@require_safe
def claims_csv(request: HttpRequest) -> HttpResponseBase:
    return _csv_answer(request, "claims", tuple(CLAIM_COLUMNS), _claim_rows, AT_ONCE)


@require_safe
def evidence_csv(request: HttpRequest) -> HttpResponseBase:
    """A row for each report on each of the claims that readers see, counted or not."""
    return _csv_answer(request, "evidence", tuple(REPORT_COLUMNS), _report_rows, AT_ONCE // 10)


def _csv_answer(
    request: HttpRequest, name: str, columns: tuple[str, ...], rows_of: Any, at_once: int
) -> HttpResponseBase:
    if moved := redirect_merged_choice(request, "speaker", "speaker"):
        return moved
    day = requested_as_of(request)
    keys = _chosen_keys(request, day)
    head = format_head(ledger_head_on(day))
    language = translation.get_language() or "en"

    def lines() -> Iterator[str]:
        write = csv.writer(_Line()).writerow
        yield write(columns)
        waiting = iter(keys)
        while batch := list(islice(waiting, at_once)):
            # Set anew for each batch: between two of them the thread may answer somebody else.
            with translation.override(language):
                found = [write(map(safe_cell, row)) for row in rows_of(request, batch, day)]
            yield from found

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Cache-Control"] = "no-cache"
    if head:
        answer.headers[LEDGER_HEAD] = head
        answer.headers["ETag"] = _entity_tag(request, columns, day, language)
    return answer


def _entity_tag(request: HttpRequest, columns: tuple[str, ...], day: AsOfDay, language: str) -> str:
    """What the file is made of: every public change has an entry in the ledger, and the gaps are those of a day.

    The head is today's, because a past day's file has today's words. Nothing is rendered for it.
    """
    head = format_head(ledger_head())
    parts = (
        head,
        str(day.date),
        language,
        request.build_absolute_uri(),
        METHOD_VERSION,
        one_person_words(),
        *columns,
    )
    return f'W/"{sha256(canonical_json(parts).encode()).hexdigest()[:32]}"'


def _chosen_keys(request: HttpRequest, day: AsOfDay) -> list[int]:
    """The keys of the claims that the list would show. Answers 400 to a filter that the list would not take."""
    chosen = ClaimFilter(request.GET, gaps=ClaimGaps(Claim.objects.published(), day), request=request)
    if not chosen.is_valid():
        raise BadRequest(" ".join(f"{name}: {' '.join(e)}" for name, e in chosen.form.errors.items()))
    try:
        return list(chosen.keys)
    except TooManyClaims as refusal:
        raise BadRequest(str(refusal)) from None


def _listed(keys: list[int], day: AsOfDay) -> list[ListedClaim]:
    """The claims of a batch that are still published."""
    public = set(Claim.objects.visible_on(day.date).filter(pk__in=keys).values_list("pk", flat=True))
    return ClaimGaps(Claim.objects.published(), day).listed([key for key in keys if key in public])


def _claim_rows(request: HttpRequest, keys: list[int], day: AsOfDay) -> Iterable[tuple[Any, ...]]:
    rows = _listed(keys, day)
    prefetch_related_objects([row.claim for row in rows], "topics", "places")
    for row in rows:
        claim, gap, counts = row.claim, row.gap, row.counts
        has_verdict = gap.headline is not None
        settled = claim.settlement_on(day.date)
        figures = (gap.headline, gap.low, gap.high) if has_verdict else (None, None, None)
        yield (
            claim.slug, absolute_address(request, "claim", claim.slug), claim.called, claim.kind,
            quoted_span(claim).text, claim.shown("criterion").text, claim.shown("answer").text,
            claim.shown("uncheckable_reason").text, claim.statement.speaker.slug, claim.statement.speaker.called,
            claim.statement.slug, claim.statement.said_on, ";".join(topic.slug for topic in claim.topics.all()),
            ";".join(place.slug for place in claim.places.all()), claim.valid_from, claim.valid_until,
            settled and settled.value, claim.settled_on if settled else None, day.date, gap.state.value,
            outcome_in_words(claim, gap.state, day.date), gap.tentative if has_verdict else None, *figures,
            counts.against, counts.for_, counts.publishers, *_figures_when_said(row.said),
            one_person_words(claim),
        )  # fmt: skip


def _figures_when_said(said: Gap | None) -> tuple[str | None, float | None]:
    return (said.state.value, said.headline) if said else (None, None)


def _report_rows(request: HttpRequest, keys: list[int], day: AsOfDay) -> Iterable[tuple[Any, ...]]:
    listed = {row.claim.pk: row for row in _listed(keys, day)}
    links = EvidenceLink.objects.public().filter(claim__in=listed).order_by("claim", "pk")
    of_claim: dict[int, list[EvidenceLink]] = {key: [] for key in listed}
    for link in links.select_related("evidence__source", "evidence__relays").prefetch_related("ratings"):
        of_claim[link.claim_id].append(link)
    for key, row in listed.items():
        grades = {grade.id: grade for grade in row.dossier.graded_on(day.date).links}
        for link in of_claim[key]:
            report, grade = link.evidence, grades.get(link.evidence.slug)
            if grade is None or grade.visible_from > day.date:
                continue
            part = row.gap.links[grade.id]
            yield (
                row.claim.slug, report.slug, absolute_address(request, "evidence", report.slug), report.called,
                report.event, report.known, report.source.slug, report.source.called, report.publisher.slug,
                report.publisher.called, report.url, report.archived_url, report.shown("reference").text,
                report.shown("no_address_reason").text, grade.reliability.value, int(grade.credibility),
                grade.directness.value, grade.interested, nearest_stance(grade.x).name.lower(), part.mass,
                part.is_counted, part.contribution, reasons_in_words(link), one_person_words(row.claim, link, report),
                day.date,
            )  # fmt: skip


def reasons_in_words(link: EvidenceLink) -> str:
    """Why the report bears on the claim: what stands for all graders, then each grader's own reason, a line each."""
    return "\n".join(text for each in (link, *link.reasons) if (text := each.shown("rationale").text))
