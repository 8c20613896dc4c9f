"""What a feed says of a claim's news: the claim first, then the quotation, the verdict and its sentence."""

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.domain.vocabulary import State
from claims.localized_text import isolated_plain, localized_html, quoted_span_html
from claims.models import Reply, Snapshot
from claims.selectors.localized_wording import (
    outcome_in_words,
    partial_date_in_words,
    said_and_now_text,
    said_on_in_words,
    score_change,
    settlement_news,
)
from claims.selectors.news import NewsItem
from claims.selectors.verdict_sentence import sentence_of_version
from claims.text.digits import localize_figures


def news_title(told: NewsItem) -> str:
    """The claim, and what is new about it. Empty without a version of the claim."""
    if told.snapshot is None or told.score is None:
        return ""
    claim = isolated_plain(told.snapshot.claim)
    if told.before:
        change = localize_figures(score_change(told.score), get_language() or "")
        return _("%(claim)s — changed: %(change)s") % {"claim": claim, "change": change}
    if told.reply:
        return _("%(claim)s — the speaker’s answer") % {"claim": claim}
    if told.settlement:
        return settlement_news(claim, told.settlement, told.settled_before)
    return _("%(claim)s — published: %(verdict)s") % {"claim": claim, "verdict": _outcome(told.snapshot)}


def news_paragraphs(told: NewsItem) -> list[str]:
    if told.snapshot is None or told.score is None:
        return []
    snapshot, claim, score = told.snapshot, told.snapshot.claim, told.score
    sentence = sentence_of_version(vars(snapshot), snapshot.as_of, claim.settlement_on(snapshot.as_of))
    speaker, said_on = localized_html(claim.statement.speaker), said_on_in_words(claim)
    return [
        *(_reply_paragraphs(told.reply) if told.reply else []),
        format_html("<b>{}</b>", localized_html(claim)),
        format_html("{}, {}: {}", speaker, said_on, quoted_span_html(claim)),
        format_html("<b>{}</b>", _outcome(snapshot)),
        str(sentence),
        localized_html(claim, "settlement") if told.settlement else "",
        localized_html(claim, "uncheckable_reason") if score.state is State.UNCHECKABLE else "",
        said_and_now_text(told.said, score.state, score.number),
    ]


def _reply_paragraphs(reply: Reply) -> list[str]:
    """The answer as it was given, after who gave it and when."""
    speaker = reply.claim.statement.speaker
    given_by = localized_html(reply, "given_by") if reply.given_by else localized_html(speaker)
    heading = format_html("{}, {}:", given_by, partial_date_in_words(reply.answered_on))
    return [heading, localized_html(reply, "text")]


def _outcome(snapshot: Snapshot) -> str:
    return outcome_in_words(snapshot.claim, snapshot.term, snapshot.as_of, tentative=snapshot.tentative)
