"""Dates, quotations and verdicts in words, in the current language."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, assert_never

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.dossier import Gap
from claims.domain.vocabulary import (
    Act,
    ClaimKind,
    ClaimStanding,
    Credibility,
    Directness,
    DueState,
    Reliability,
    Settlement,
    Stance,
    State,
    SuppressionGround,
)
from claims.domain.wording import whole_gap
from claims.domain.workflow import PublishingCheck
from claims.languages import primary_language
from claims.ledger.entries import LedgerScore
from claims.models import Claim
from claims.models.public_name import public_name_code
from claims.models.translated import LocalizedText
from claims.text.quotations import (
    SpanContext,
    nest_quotation_marks,
    quotation_marks,
    sentences_around_span,
    shorten_text,
)
from claims.text.spans import mark_elisions


def partial_date_in_words(value: PartialDate | date | None) -> str:
    """A date in words, no more precise than it is known."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    if not isinstance(value, PartialDate):
        return date_format(value, _("j F Y"))
    precision = value.precision
    match precision:
        case DatePrecision.DAY:
            return date_format(value.first, _("j F Y"))
        case DatePrecision.MONTH:
            return date_format(value.first, _("F Y"))
        case DatePrecision.YEAR:
            return date_format(value.first, "Y")
        case DatePrecision.RANGE:
            first, last = (partial_date_in_words(PartialDate.parse(end)) for end in str(value).split("/"))
            return f"{first} – {last}"
        case _:
            assert_never(precision)


def quoted_span(claim: Claim, most: int = 0) -> LocalizedText:
    """What was said with its language: the span, or the words that govern it, with what is left out marked.

    In its quotation marks, or without them where it was reported and not said so. `most`: letters, beyond which it
    ends in an ellipsis; 0 for the whole of it.
    """
    text, language, is_translation = claim.shown(claim.quotation_field)
    if not text:
        return LocalizedText(text, language, is_translation)
    text = mark_elisions(text)
    if not is_translation and text[:1].islower():
        text = f"… {text}"
    if most:
        text = shorten_text(text, most)
    if not claim.is_reported:
        if is_translation:  # the original words are quoted unchanged
            text = nest_quotation_marks(text, primary_language(language))
        text = text.join(quotation_marks(language))
    return LocalizedText(text, language, is_translation)


def said_on_in_words(claim: Claim) -> str:
    """The day on which a claim was said; with a remark where its words were reported and not quoted."""
    day = partial_date_in_words(claim.statement.said_on)
    return _("%(day)s, not word for word") % {"day": day} if claim.is_reported else day


def span_translator(claim: Claim) -> str:
    """Who translated the span as it is quoted in the language of the thread; empty where it stands as it was said."""
    is_translation = claim.shown(claim.quotation_field).is_translation
    return claim.translated_by(get_language() or "") if is_translation else ""


def claim_passage(claim: Claim) -> SpanContext:
    """The span within what a page quotes: the words that govern it, or the sentences around it."""
    if claim.governing_words:
        before, span, after = map(mark_elisions, claim.governing_words.partition(claim.quote))
        return SpanContext(before, span, after, opens=before[:1].islower(), closes=False)
    return statement_passage(claim)


def statement_passage(claim: Claim) -> SpanContext:
    """The span within the sentences of its statement, word for word or reported."""
    text = getattr(claim.statement, claim.statement.text_field_of(claim.quote))
    passage = sentences_around_span(text, claim.quote)
    return passage._replace(span=mark_elisions(passage.span))


def translated_passage(claim: Claim, language: str) -> SpanContext:
    """The same of the translation, in the quotation marks for words within words."""
    quote, said = claim.said_in("quote", language), claim.said_in(claim.quotation_field, language)
    if claim.governing_words:
        before, span, after = said.partition(quote) if quote else ("", said, "")
        found = SpanContext(before, span, after, opens=False, closes=False)
    else:
        whole = claim.statement.said_in(claim.statement.text_field_of(claim.quote), language)
        found = sentences_around_span(whole if said in whole else said, said)
    before, span, after = (mark_elisions(part) for part in (found.before, found.span, found.after))
    if not claim.is_reported:
        before, span, after = (nest_quotation_marks(part, language) for part in (before, span, after))
    return found._replace(before=before, span=span, after=after)


def judged_days_in_words(claim: Claim) -> str:
    """The days that the words of a claim speak for: what happened before or after them is not counted."""
    if claim.is_uncheckable:
        return _("not judged")
    start, end = partial_date_in_words(claim.valid_from), partial_date_in_words(claim.valid_until)
    if start and end:
        return _("judged from %(start)s up to %(end)s") % {"start": start, "end": end}
    if start:
        return _("judged from %(start)s on") % {"start": start}
    return _("judged up to %(end)s") % {"end": end} if end else _("open-ended")


def outcome_in_words(claim: Claim, state: State, day: date, *, tentative: bool = False) -> str:
    """The headline over a gap: how a commitment was settled by the day, if it was; then the verdict."""
    verdict, settlement = verdict_in_words(state, tentative=tentative), claim.settlement_on(day)
    return f"{_(settlement.label)} · {verdict}" if settlement else verdict


def verdict_in_words(state: State, *, tentative: bool = False) -> str:
    """The verdict, and “tentative” beside it where its range reaches to both sides of the middle."""
    verdict = _(state.label)
    return _("%(verdict)s (tentative)") % {"verdict": verdict} if tentative and state.sufficient else verdict


def said_and_now_text(said: Gap | None, state: State, headline: float | None) -> str:
    """The gap on the day of the words and at another time. A state stands for a gap without a verdict.

    Empty without a gap of the day of the words, and for a claim that cannot be checked, which never has one.
    """
    if said is None or state is State.UNCHECKABLE:
        return ""
    then = number_or_state(said.state, said.headline)
    now = number_or_state(state, headline)
    return _("When it was said: %(said)s → now: %(now)s") % {"said": then, "now": now}


def settlement_news(claim: str, outcome: Settlement, before: Settlement | None) -> str:
    """That a commitment was settled, or is said to have ended otherwise than was said before."""
    told = {"claim": claim, "outcome": _(outcome.label), "before": before and _(before.label)}
    if before is None:
        return _("%(claim)s — settled: %(outcome)s") % told
    return _("%(claim)s — settlement changed: %(before)s becomes %(outcome)s") % told


def number_or_state(state: State, headline: float | None) -> str:
    return _(state.label) if headline is None else whole_gap(headline)


def gap_in_words(gap: float, low: float, high: float) -> str:
    figures = {"gap": whole_gap(gap), "low": whole_gap(low), "high": whole_gap(high)}
    return _("Gap %(gap)s of 100, likely range %(low)s to %(high)s") % figures


VOCABULARIES: dict[str, Any] = {
    "act": Act,
    "check": PublishingCheck,
    "credibility": Credibility,
    "ground": SuppressionGround,
    "directness": Directness,
    "due": DueState,
    "kind": ClaimKind,
    "reliability": Reliability,
    "settlement": Settlement,
    "stance": Stance,
    "standing": ClaimStanding,
    "state": State,
}


def vocabulary_label(value: Any, vocabulary: str) -> str:
    """The label of a stored value of a vocabulary."""
    return _(VOCABULARIES[vocabulary](value).label)


def checks_in_words(checks: Iterable[PublishingCheck], *, alone: bool = False) -> str:
    """“Checked by the second person: words checked against the source, test applied”; empty without any.

    `alone`: who published it wrote it too.
    """
    words = _(", ").join(_(check.label) for check in checks)
    if alone:
        return words and _("Checked by the person who wrote it: %(checks)s") % {"checks": words}
    return words and _("Checked by the second person: %(checks)s") % {"checks": words}


def score_change(score: LedgerScore) -> str:
    """A score in the ledger compared with the one before: “69.3 → 73.1, still: Mostly contradicted”."""
    state = _(score.state.label)
    before, after = (f"{n:.1f}" if n is not None else "—" for n in (score.number_before, score.number))
    numbers = _("%(before)s → %(after)s") % {"before": before, "after": after}
    if score.before is None:
        words = {"state": state, "number": after}
        return _("%(state)s, %(number)s") % words if score.number is not None else state
    if score.before is score.state:
        change = _("still: %(state)s") % {"state": state}
    else:
        change = _("%(before)s becomes %(state)s") % {"before": _(score.before.label), "state": state}
    if score.number is score.number_before is None:
        return change
    return _("%(numbers)s, %(change)s") % {"numbers": numbers, "change": change}


SOFTWARE = "the software"  # the author of ledger entries that no editor decided


def signature_in_words(by: str) -> str:
    """Who made a change. The software, and an editor without a full name, are named in the language of the page."""
    if code := public_name_code(by):
        return _("editor %(code)s") % {"code": code}
    return _("the software") if by == SOFTWARE else by
