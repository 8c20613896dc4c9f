"""Template tags for a statement's transcript: its words as links to the claims that they carry."""

from collections.abc import Mapping

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.vocabulary import State
from claims.drawing.state_stacks import STATE_ORDER
from claims.models.translated import page_language
from claims.selectors.localized_wording import gap_in_words
from claims.selectors.transcripts import NumberedClaim, Passage, Transcript
from claims.text.digits import localize_figures
from claims.text.transcripts import Mark, Segment

from .claims import record_url
from .sentences import fill_message

register = template.Library()
register.simple_tag(gap_in_words)

LINES = 3  # under one segment; claims beyond that share the last


@register.simple_tag
def marked_claims(transcript: Transcript, page: Page) -> SafeString:
    """How many claims are underlined in the words; on one of several pages, which of how many."""
    if page.has_other_pages():
        message = _("Claims %(first)s to %(last)s of %(all)s, underlined in the words")
        whole = page.paginator.count
        return fill_message(message, first=page.start_index(), last=page.end_index(), all=whole)
    if not (n := transcript.marked):
        return format_html("{}", _("Claims by verdict"))
    if transcript.unmarked:
        message = _("Claims: %(all)s, of which %(n)s underlined in the words")
        return fill_message(message, all=len(transcript.claims), n=n)
    message = ngettext(
        "%(n)s claim, underlined in the words", "%(n)s claims, each underlined in the words", n
    )
    return fill_message(message, n=n)


@register.simple_tag
def verdict_key(verdicts: Mapping[State, int]) -> list[tuple[State, int]]:
    """The verdicts that claims have, with their number of claims, in the order of the bar."""
    return [(state, verdicts[state]) for state in STATE_ORDER if verdicts.get(state)]


@register.simple_tag(takes_context=True)
def marked_passage(
    context: Context, passage: Passage, claims: Mapping[int, NumberedClaim], *, named: bool = False
) -> SafeString:
    """The words of a passage, letter for letter; those of a claim are a link that its note describes.

    `named`: the words can be addressed, as `#words-` and the claim's name.
    """
    segments = ((_segment_html(context, each, claims, named),) for each in passage.segments)
    return format_html("{}{}{}", passage.opening, format_html_join("", "{}", segments), passage.closing)


def _segment_html(
    context: Context, segment: Segment, claims: Mapping[int, NumberedClaim], named: bool
) -> SafeString:
    html: SafeString = conditional_escape(segment.text)
    if not segment.marks:
        return html
    for mark in reversed(segment.marks):
        html = _underlined(html, mark, claims[mark.number], named)
    if segment.text.isspace():  # a line without words is no link
        return html
    ends = " ".join(str(mark.number) for mark in segment.marks if mark.ends)
    return format_html(
        '<a class="words-of" href="{}" aria-describedby="{}"{}>{}</a>',
        record_url(context, claims[segment.marks[-1].number].row.claim),
        " ".join(f"note-{mark.number}" for mark in segment.marks),
        format_html(' data-numbers="{}"', localize_figures(ends, page_language())) if ends else "",
        html,
    )


def _underlined(html: SafeString, mark: Mark, claim: NumberedClaim, named: bool) -> SafeString:
    """The words with the line of the claim's verdict."""
    address = format_html(' id="words-{}"', claim.row.claim.slug) if named and mark.begins else ""
    line = f" line-{min(mark.level, LINES - 1)}" if mark.level else ""
    return format_html(
        '<span class="underlined {}{}"{}>{}</span>', State(claim.row.gap.state).value, line, address, html
    )
