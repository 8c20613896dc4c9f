"""Dates, quotations and verdicts in words, in the current language."""

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
    Reporting,
    Stance,
    State,
    SuppressionGround,
)
from claims.domain.wording import whole_gap
from claims.languages import primary_language
from claims.ledger.entries import LedgerScore
from claims.models import Claim
from claims.models.translated import LocalizedText
from claims.text.quotations import nest_quotation_marks, quotation_marks, shorten_text


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
    """The span with its language, in quotation marks if the statement is verbatim.

    `most` is the number of letters after which it ends in an ellipsis; 0 for the whole span.
    """
    text, language, is_translation = claim.shown("quote")
    if not text:
        return LocalizedText(text, language, is_translation)
    if not is_translation and claim.excerpt != claim.quote:
        text = f"… {text}"
    if most:
        text = shorten_text(text, most)
    if claim.statement.reporting == Reporting.VERBATIM:
        if is_translation:  # the original words are quoted unchanged
            text = nest_quotation_marks(text, primary_language(language))
        text = text.join(quotation_marks(language))
    return LocalizedText(text, language, is_translation)


def span_translator(claim: Claim) -> str:
    """Who translated the span that is quoted in the current language; empty if it is quoted as it was said."""
    return claim.translated_by(get_language() or "") if claim.shown("quote").is_translation else ""


def said_and_now_text(said: Gap, state: State, headline: float | None) -> str:
    """The gap on the day of the words and at another time. A state stands for a gap without a verdict."""
    then = number_or_state(said.state, said.headline)
    now = number_or_state(state, headline)
    return _("When it was said: %(said)s → now: %(now)s") % {"said": then, "now": now}


def number_or_state(state: State, headline: float | None) -> str:
    return _(state.label) if headline is None else whole_gap(headline)


def gap_in_words(gap: float, low: float, high: float) -> str:
    figures = {"gap": whole_gap(gap), "low": whole_gap(low), "high": whole_gap(high)}
    return _("Gap %(gap)s of 100, between %(low)s and %(high)s") % figures


VOCABULARIES: dict[str, Any] = {
    "act": Act,
    "credibility": Credibility,
    "ground": SuppressionGround,
    "directness": Directness,
    "due": DueState,
    "kind": ClaimKind,
    "reliability": Reliability,
    "stance": Stance,
    "standing": ClaimStanding,
    "state": State,
}


def vocabulary_label(value: Any, vocabulary: str) -> str:
    """The label of a stored value of a vocabulary."""
    return _(VOCABULARIES[vocabulary](value).label)


def score_change(score: LedgerScore) -> str:
    """A score in the ledger compared with the one before: “69.3 → 73.1, mostly contradicts stays”."""
    state = _(score.state.label)
    before, after = (f"{n:.1f}" if n is not None else "—" for n in (score.number_before, score.number))
    numbers = _("%(before)s → %(after)s") % {"before": before, "after": after}
    if score.before is None:
        words = {"state": state, "number": after}
        return _("%(state)s, %(number)s") % words if score.number is not None else state
    if score.before is score.state:
        change = _("%(state)s stays") % {"state": state}
    else:
        change = _("%(before)s becomes %(state)s") % {"before": _(score.before.label), "state": state}
    if score.number is score.number_before is None:
        return change
    return _("%(numbers)s, %(change)s") % {"numbers": numbers, "change": change}


SOFTWARE = "the software"  # the author of ledger entries that no editor decided


def signature_in_words(by: str) -> str:
    """Who made a change. A change without an editor has its own name in each language."""
    return _("the software") if by == SOFTWARE else by
