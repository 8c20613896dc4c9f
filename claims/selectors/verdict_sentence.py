"""The verdict's sentence: how much evidence there is on each side, from how many publishers, and what that comes to.

Pages, cards, feeds, embeds, exports and ClaimReview all take it from here, in the current language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from claims.domain.dossier import Dossier, Gap
from claims.domain.dossier_inputs import dossier_from_inputs
from claims.domain.evidence_counts import EvidenceCounts, count_evidence
from claims.domain.gap import ENOUGH_MASS
from claims.domain.methods import score_by_method
from claims.domain.vocabulary import Settlement, State
from claims.domain.wording import rests_on_little, whole_gap
from claims.ledger.versions import published_gap

MANY_EVENTS = 9  # with more, evidence is not little; it may still be weak


@dataclass(frozen=True, slots=True)
class VerdictSentence:
    """“7 events against, 1 for, reported by 4 publishers.” and “Gap 75 of 100; …”. Either part may be empty."""

    evidence: str
    result: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.evidence, self.result)))


def verdict_sentence(
    counts: EvidenceCounts, gap: Gap, settlement: Settlement | None = None
) -> VerdictSentence:
    """The sentence for a gap with its counts. `settlement`: how editors have decided that a commitment ended."""
    if gap.state is State.UNCHECKABLE:
        return VerdictSentence("", _("No evidence can settle it, so it has no verdict and no number."))
    if not counts.events:
        return _sentence_without_events(gap)
    evidence = evidence_sentence(counts)
    if gap.headline is not None:
        return VerdictSentence(evidence, _result_sentence(gap, counts.events))
    if settlement:
        return VerdictSentence(
            evidence, _("That is too little for a gap; how the promise ended was decided by editors.")
        )
    if gap.state is State.STALE:
        return VerdictSentence(evidence, _("Those reports are too old to say what is so today."))
    return VerdictSentence(evidence, _shortfall(gap))


def sentence_of_version(
    told: Mapping[str, Any], as_of: date, settlement: Settlement | None = None
) -> VerdictSentence:
    """The sentence for what a version of a claim said, from its figures and inputs.

    The inputs of the first method name no publishers; then none are counted.
    """
    dossier = dossier_from_inputs(told["inputs"])
    gap = published_gap(told, score_by_method(told["method"], dossier, as_of))
    counts = count_evidence(dossier, gap)
    if not _names_publishers(dossier, gap):
        counts = replace(counts, publishers=0)
    return verdict_sentence(counts, gap, settlement)


def _names_publishers(dossier: Dossier, gap: Gap) -> bool:
    return all(link.publisher is not None for link in dossier.links if gap.links[link.id].mass)


def evidence_sentence(counts: EvidenceCounts) -> str:
    """“7 events against, 1 for, reported by 4 publishers.” Nothing is said as 0, and few publishers in words."""
    events, n = counts.events, counts.publishers
    if events > 1 < n and counts.of_one_publisher == events:
        publishers = ngettext("reported by %(n)s publisher", "reported by %(n)s publishers", n) % {"n": n}
        words = {"sides": _sides(counts), "publishers": publishers}
        return _("%(sides)s, %(publishers)s, each event by only one.") % words
    if not n:
        return _("%(sides)s.") % {"sides": _sides(counts)}
    return _("%(sides)s, %(publishers)s.") % {"sides": _sides(counts), "publishers": _publishers(n)}


def _sentence_without_events(gap: Gap) -> VerdictSentence:
    if gap.headline is not None:  # stored by an older release, which counted no events
        return VerdictSentence("", _result_sentence(gap, MANY_EVENTS + 1))
    if gap.state is State.STALE:
        return VerdictSentence(_("The reports on it are too old to say what is so today."), "")
    return VerdictSentence(_("No report that we found counts for or against it."), "")


def _sides(counts: EvidenceCounts) -> str:
    against, for_ = counts.against, counts.for_
    if not against:
        return ngettext("%(n)s event for, none against", "%(n)s events for, none against", for_) % {"n": for_}
    if not for_:
        return ngettext("%(n)s event against, none for", "%(n)s events against, none for", against) % {
            "n": against
        }
    sides = [
        ngettext("%(n)s event against", "%(n)s events against", against) % {"n": against},
        npgettext("events", "%(n)s for", "%(n)s for", for_) % {"n": for_},
    ]
    return _(", ").join(sides)


def _publishers(n: int) -> str:
    if n == 1:
        return pgettext("events", "reported by one publisher only")
    if n == 2:
        return pgettext("events", "reported by two publishers only")
    return ngettext("reported by %(n)s publisher", "reported by %(n)s publishers", n) % {"n": n}


def _shortfall(gap: Gap) -> str:
    """Which part of the two-source rule is not met."""
    if max(gap.contradicting, gap.supporting) < ENOUGH_MASS:
        return _("That weighs too little for a verdict.")
    return _("For a verdict, too few publishers report the stronger side.")


def _result_sentence(gap: Gap, events: int) -> str:
    figures = {"gap": _figure(gap.gap), "low": _figure(gap.low), "high": _figure(gap.high)}
    if rests_on_little(gap) and events > MANY_EVENTS:
        message = _("Gap %(gap)s of 100; with evidence so weak it may lie between %(low)s and %(high)s.")
        return message % figures
    if rests_on_little(gap):
        message = _("Gap %(gap)s of 100; with so little evidence it may lie between %(low)s and %(high)s.")
        return message % figures
    return _("Gap %(gap)s of 100. It may lie between %(low)s and %(high)s.") % figures


def _figure(value: float | None) -> str:
    """A whole number. Nought is a word in languages whose sign for it is easily overlooked."""
    whole = whole_gap(value or 0)
    return pgettext("figure", "0") if whole == "0" else whole
