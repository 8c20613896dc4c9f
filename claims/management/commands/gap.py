"""Prints a claim's receipt, with the figures that the page and the desk show."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from textwrap import fill
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.domain.gap import METHOD_VERSION
from claims.domain.slugs import is_slug, normalize_slug
from claims.domain.vocabulary import ClaimKind, Directness, State, Status
from claims.domain.wording import NEUTRAL_GAP
from claims.ledger.entries import format_head, ledger_head_on
from claims.models import Claim
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_outcomes import outcome_as_json
from claims.selectors.localized_wording import (
    judged_days_in_words,
    outcome_in_words,
    partial_date_in_words,
    quoted_span,
)
from claims.selectors.receipts import Receipt, ReceiptRow, load_receipt
from claims.selectors.verdict_sentence import verdict_sentence

from .score_dossier import gap_as_json, link_part_as_json, parse_day_option

WIDTH = 100
LOOKED_AT = 10_000  # slugs compared with a mistyped one
STARTED = "Starting point with no evidence"


class Command(BaseCommand):
    help = "Print a claim's gap with the receipt that adds up to it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("claim", help="the end of the claim's web address")
        parser.add_argument("--as-of", metavar="DAY", help="as known on that day; today if left out")
        parser.add_argument("--json", action="store_true", help="figures in full precision, as JSON")

    def handle(self, *, claim: str, as_of: str | date | None = None, **options: Any) -> None:
        found = find_claim(claim)
        shown = load_receipt(found, parse_as_of(found, as_of))
        if options.get("json"):
            self.stdout.write(
                json.dumps(receipt_as_json(shown), indent=2, ensure_ascii=False, allow_nan=False)
            )
        else:
            self.stdout.write("\n".join(receipt_as_text(shown)))


def find_claim(slug: str) -> Claim:
    claims = Claim.objects.select_related("statement__speaker", "statement__place")
    address = slug if is_slug(slug) else normalize_slug(slug)
    claim = claims.filter(slug=address).first() if is_slug(address) else None
    if claim:
        return claim
    slugs = Claim.objects.order_by("slug").values_list("slug", flat=True)[:LOOKED_AT]
    near = get_close_matches(slug, slugs, cutoff=0.4) or [known for known in slugs if slug in known][:3]
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise CommandError(f"No claim has the address {slug!r}.{hint}", returncode=2)


def parse_as_of(claim: Claim, as_of: str | date | None) -> date:
    today, said = timezone.localdate(), claim.statement.said_on
    asked = parse_day_option(as_of) or today
    if asked > today:
        raise CommandError(f"--as-of: {asked} has not come yet; today is {today}.", returncode=2)
    if asked < said.last:
        raise CommandError(
            f"On {asked} these words were not known to have been said: their date is {said}. "
            "Ask for a later day.",
            returncode=2,
        )
    return asked


def receipt_as_json(shown: Receipt) -> dict[str, Any]:
    """The receipt as a dictionary with the field names of the test vectors.

    Reports not yet known on the day are left out.
    """
    claim, links = shown.claim, [*shown.rows, *shown.outside]
    return {
        "claim": claim.slug,
        "proposition": claim.proposition,
        "words": claim.quote,
        "governing_words": claim.governing_words,
        **outcome_as_json(claim, shown.gap.as_of),
        "speaker": claim.statement.speaker.name,
        "said_on": str(claim.statement.said_on),
        "status": claim.status,
        "kind": claim.kind,
        "valid_from": str(claim.valid_from) if claim.valid_from else None,
        "valid_until": str(claim.valid_until) if claim.valid_until else None,
        "method": METHOD_VERSION,
        "ledger_head": format_head(
            ledger_head_on(AsOfDay(shown.gap.as_of, asked=shown.gap.as_of != timezone.localdate()))
        ),
        **gap_as_json(shown.gap),
        "said": shown.said.as_json() if shown.said else None,
        "links": {str(row.grades.id): {**link_inputs(row), **link_part_as_json(row.score)} for row in links},
    }


def link_inputs(row: ReceiptRow) -> dict[str, Any]:
    grades, evidence = row.grades, row.link.evidence
    return {
        "summary": evidence.summary,
        "source": evidence.source.name,
        "relays": evidence.relays.name if evidence.relays else None,
        "url": evidence.url,
        "archived_url": evidence.archived_url,
        "reference": evidence.reference,
        "no_address_reason": evidence.no_address_reason,
        "stances": list(grades.stances),
        "reliability": str(grades.reliability),
        "credibility": int(grades.credibility),
        "directness": str(grades.directness),
        "event": str(grades.event) if grades.event else None,
        "known": str(grades.known),
        "origin": grades.origin,
        "publisher": grades.publisher,
        "interested": grades.interested,
        "rationale": row.link.rationale,
        "reasons": [{"stance": rating.stance, "rationale": rating.rationale} for rating in row.link.reasons],
    }


def receipt_as_text(shown: Receipt) -> Iterator[str]:
    yield from heading_lines(shown.claim)
    yield from verdict_lines(shown)
    if shown.rows or shown.gap.gap is not None:
        yield ""
        yield from receipt_table(shown)
    for row in shown.outside:
        yield wrap_text(
            f"Not counted, as the claim is {judged_days_in_words(shown.claim)}: "
            f"{row.link.evidence.summary} ({partial_date_in_words(row.grades.event or row.grades.known)})"
        )


def heading_lines(claim: Claim) -> Iterator[str]:
    statement = claim.statement
    role = statement.speaker.role_on(statement.said_on.last)
    who = f"{statement.speaker}, {role}" if role else str(statement.speaker)
    reported = "reported, not word for word" if claim.is_reported else ""
    if not claim.is_visible:
        yield f"NOT PUBLISHED ({hiding_reason(claim)}): readers do not see this claim."
        yield "Only published evidence counts below."
        yield ""
    yield wrap_text(quoted_span(claim).text)
    yield " · ".join(
        filter(None, [who, partial_date_in_words(statement.said_on), str(statement.place or ""), reported])
    )
    yield wrap_text(
        f"The claim: {claim.proposition} ({ClaimKind(claim.kind).label}, {judged_days_in_words(claim)})"
    )
    yield ""


def hiding_reason(claim: Claim) -> str:
    if claim.is_published:
        return f"its statement: {Status(claim.statement.status).label}"
    return Status(claim.status).label


def verdict_lines(shown: Receipt) -> Iterator[str]:
    gap = shown.gap
    verdict = outcome_in_words(shown.claim, gap.state, gap.as_of, tentative=gap.tentative)
    yield f"As known on {partial_date_in_words(gap.as_of)}: {verdict}."
    yield wrap_text(str(verdict_sentence(shown.counts, gap, shown.claim.settlement_on(gap.as_of))))
    if gap.state is State.UNCHECKABLE:
        yield wrap_text(f"It has no score: {shown.claim.uncheckable_reason}")
    elif gap.gap is None:
        yield "There is no number."
    else:
        alone = "" if gap.state.sufficient else " (calculated, but too little evidence to publish)"
        yield f"gap {gap.gap:.2f}, likely range (90 % interval) {gap.low:.2f} to {gap.high:.2f}{alone}"
        yield (
            f"contradicting S = {gap.contradicting:.2f}, supporting R = {gap.supporting:.2f}, "
            f"publishers N = {gap.publishers_against} against, {gap.publishers_for} for; "
            f"events: {gap.events_against} against, {gap.events_for} for"
        )
    if settlement := shown.claim.settlement_on(gap.as_of):
        yield wrap_text(
            f"Settled on {partial_date_in_words(shown.claim.settled_on)}: {settlement.label}. {shown.claim.settlement}"
        )
    if gap.state is State.UNCHECKABLE:
        return
    yield then_and_now_line(shown)
    if gap.state.sufficient:
        yield from hinge_lines(shown)


def then_and_now_line(shown: Receipt) -> str:
    said, gap = shown.said, shown.gap
    said_on = partial_date_in_words(shown.claim.statement.said_on)
    if said is None:
        return f"It was said in {said_on}: on no known day or month, so there is no gap “when it was said”."
    number = "" if said.headline is None else f"{said.headline:.2f}, "
    now = "no verdict" if gap.headline is None else f"{gap.headline:.2f}"
    then = f"When it was said, {said_on}: {number}{said.state.label}"
    return f"{then}; on {partial_date_in_words(gap.as_of)}: {now}."


def hinge_lines(shown: Receipt) -> Iterator[str]:
    """Lines that say which reports or sources alone carry the verdict."""
    hinge = shown.hinge
    if hinge.reports:
        yield "Without any one of these the verdict would be another:"
        yield from (wrap_text(without_report_text(shown.row(slug)), indent="  ") for slug in hinge.reports)
    elif hinge.widest is not None:
        yield wrap_text(
            f"It depends on no single report. Without {without_report_text(shown.row(hinge.widest))}"
        )
    for publisher in shown.publishers_it_hangs_on:
        yield f"Without everything that {publisher.name} reports the verdict would be another."


def without_report_text(row: ReceiptRow) -> str:
    score = row.score
    number = "no number" if score.gap_without is None else f"{score.gap_without:.2f}"
    return f"“{row.link.evidence.summary}” it would be {number}, {State(score.state_without).label}."


def receipt_table(shown: Receipt) -> Iterator[str]:
    """Lines from 50.00 to the gap. The points are rounded so that the printed numbers add up."""
    lines = [("points", "mass", "stance", "grade", "known", "report")]
    lines += [
        (
            row.points,
            f"{row.score.mass:.2f}",
            row.stance.label,
            grade_column(row),
            str(row.grades.known),
            note_column(row),
        )
        for row in shown.rows
    ]
    if shown.gap.gap is not None:
        lines.insert(1, (f"{NEUTRAL_GAP:.2f}", "", "", "", "", STARTED))
        lines.append((f"{shown.gap.gap:.2f}", "", "", "", "", "gap"))
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for points, mass, *texts, last in lines:
        shaped = [text.ljust(width) for text, width in zip(texts, wide[2:-1], strict=True)]
        yield "  ".join([points.rjust(wide[0]), mass.rjust(wide[1]), *shaped, last])


def grade_column(row: ReceiptRow) -> str:
    grades = row.grades
    letter = f"{grades.reliability}{int(grades.credibility)}"
    return letter if grades.directness is Directness.DIRECT else f"{letter} {grades.directness.label}"


def note_column(row: ReceiptRow) -> str:
    summary = row.link.evidence.summary
    return f"{summary} (same event, not counted again)" if row.is_echo else summary


def wrap_text(text: str, indent: str = "") -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
