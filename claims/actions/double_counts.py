"""Refuses a link that would count one report twice on a claim, until an editor says why the two differ."""

from claims.actions.rule_violation import RuleViolation
from claims.models import EvidenceLink
from claims.selectors.duplicates import double_count_words, double_counted


def objection_to_double_count(link: EvidenceLink) -> str:
    """Why the link may count a report twice. Empty if it does not, or if an editor has said why the two differ."""
    twins = double_counted(link)
    return double_count_words(twins[0]) if twins else ""


def refuse_double_count(link: EvidenceLink) -> None:
    """Of a new link, and of one whose reason is taken away. Links that were there before this was asked stay."""
    is_new = link._state.adding
    if link.distinct_reason.strip() or not (is_new or _was_told_apart(link)):
        return
    if words := objection_to_double_count(link):
        raise RuleViolation(words)


def _was_told_apart(link: EvidenceLink) -> bool:
    return EvidenceLink.objects.filter(pk=link.pk).exclude(distinct_reason="").exists()
