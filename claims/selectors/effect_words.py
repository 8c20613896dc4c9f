"""What a correction changed, in the present words for verdicts: notices keep the words of their day."""

import re
from typing import Final

from django.utils.translation import gettext as _

from claims.domain.vocabulary import Settlement, State

EARLIER_LABELS: Final = {
    "no evidence": State.NO_EVIDENCE,
    "stale": State.STALE,
    "matches": State.MATCHES,
    "mostly matches": State.MOSTLY_MATCHES,
    "mostly contradicts": State.MOSTLY_CONTRADICTS,
    "contradicts": State.CONTRADICTS,
}
TERM_OF_LABEL: Final[dict[str, State | Settlement]] = {
    **EARLIER_LABELS,
    **{term.label.lower(): term for term in (*State, *Settlement)},
}
LABEL: Final = "|".join(map(re.escape, sorted(TERM_OF_LABEL, key=len, reverse=True)))
# The change of one claim's gap as the software writes it, with the claim where the notice is of another record.
WRITTEN_BY_SOFTWARE: Final = re.compile(
    rf"(?:(?P<claim>.+?): )?(?P<old>—|\d+) → (?P<new>—|\d+), "
    rf"(?:(?P<before>{LABEL}) becomes (?P<after>{LABEL})|still: (?P<same>{LABEL}))(?:; |$)",
    re.IGNORECASE,
)
CLAIM_IN_ANY_LANGUAGE: Final = re.compile(r"(?:^|; )([^;]+?): (?=(?:—|\d+) [→←] )")


def effect_in_words(effect: str) -> list[tuple[str, str]]:
    """The changes that the software wrote into a notice: each with its claim, if it names one, and the change.

    The changes are in the language of the page, the claims as they stand there. Empty for any other text.
    """
    changes, end = [], 0
    while end < len(effect):
        found = WRITTEN_BY_SOFTWARE.match(effect, end)
        if not found:
            return []
        changes.append((found["claim"] or "", _change_in_words(found)))
        end = found.end()
    return changes


def claims_in_effect(effect: str) -> list[str]:
    """The claims that an effect names, also one in another language."""
    return CLAIM_IN_ANY_LANGUAGE.findall(effect)


def _change_in_words(found: re.Match[str]) -> str:
    before, after, same = (
        _(TERM_OF_LABEL[label.lower()].label) if label else ""
        for label in (found["before"], found["after"], found["same"])
    )
    numbers = _("%(before)s → %(after)s") % {"before": found["old"], "after": found["new"]}
    if same:
        return _("%(numbers)s, still: %(after)s") % {"numbers": numbers, "after": same}
    if found["old"] == found["new"] == "—":
        return _("%(before)s becomes %(state)s") % {"before": before, "state": after}
    return _("%(numbers)s, %(before)s becomes %(after)s") % {
        "numbers": numbers,
        "before": before,
        "after": after,
    }
