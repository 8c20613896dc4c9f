"""An editor's own stances, many in one save. Two editors make a verdict; what readers see of it changes in the open."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.correction_notices import (
    CorrectionNotice,
    gap_changes,
    published_gaps,
    require_correction_notice,
)
from claims.actions.desk_memory import record_desk_step
from claims.actions.outdated_translations import translate_software_text
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Act, CorrectionKind, Step
from claims.domain.workflow import REQUIRED_GRADERS
from claims.ledger.writer import ChangeReason, append_entries
from claims.models import Correction, EvidenceLink, Rating
from claims.models.evidence_link import clause_objection
from claims.selectors.interests import objection_to_support

from .rescoring import acquire_write_lock, rescore_affected_claims

Stances = Mapping[EvidenceLink, int | None]
Clauses = Mapping[EvidenceLink, str]


@transaction.atomic
def grade_links(
    stances: Stances,
    *,
    by: User,
    now: datetime,
    clauses: Clauses | None = None,
    reason: str = "",
    notice: CorrectionNotice | None = None,
) -> list[Correction]:
    """Store, replace or (None) take back the editor's own stance on each link; the notices that were published.

    `clauses` says by which clause of the claim's test the report alone would settle it, in the editor's view; without
    one it would not. A changed mind about what readers see needs a reason, and a notice where it moves a published
    state. Raises RuleViolation.
    """
    acquire_write_lock()
    own = {
        link: (stance, clause)
        for link, stance, clause in Rating.objects.filter(link__in=list(stances), rater=by).values_list(
            "link", "stance", "decisive_clause"
        )
    }
    named = {link: (clauses or {}).get(link, "").strip() for link in stances}
    stances = {
        link: stance
        for link, stance in stances.items()
        if own.get(link.pk) != (None if stance is None else (stance, named[link]))
    }
    _refuse_unfounded_clauses({link: named[link] for link in stances if named[link]}, stances)
    _refuse_own_words_as_support(stances)
    public = set(EvidenceLink.objects.public().filter(pk__in=[link.pk for link in stances]))
    second_thoughts = {link for link in public if link.pk in own}
    _refuse_regrade_without_reason(stances, second_thoughts, reason)
    before = published_gaps({link.claim_id for link in public}, now)
    _store_gradings(stances, named, by, now)
    for link, stance in stances.items():
        stance_before, clause_before = own.get(link.pk, (None, ""))
        was = {"stance": stance_before, "clause": clause_before}
        became = {"stance": stance, "clause": named[link]}
        record_desk_step(Step.GRADE, link, by=by, now=now, reason=reason, before=was, after=became)
    append_entries(stances, ChangeReason(act=Act.GRADE, now=now, by=by, reason=reason))
    told: list[Correction] = []
    if before:
        moved = gap_changes(before, published_gaps(set(before), now))
        told = require_correction_notice(
            moved, [], notice if second_thoughts else _notice_of_further_grade(), by=by, now=now
        )
    rescore_affected_claims({link.claim for link in stances}, now=now)
    return told


def _refuse_regrade_without_reason(stances: Stances, second_thoughts: set[EvidenceLink], reason: str) -> None:
    for link in second_thoughts:
        if stances[link] is None and link.ratings.count() <= REQUIRED_GRADERS:
            raise RuleViolation(
                _(
                    "Readers see what you and one other editor made of “%(link)s”. Grade it as context instead."
                )
                % {"link": link}
            )
    if second_thoughts and not reason.strip():
        raise RuleViolation(
            _(
                "Readers see what you graded. Say why you change your mind about “%(link)s”: they will read it."
            )
            % {"link": next(iter(second_thoughts))}
        )


def _refuse_unfounded_clauses(clauses: Clauses, stances: Stances) -> None:
    """Decisive is what the claim's own written test says, of a report that speaks for or against."""
    for link in clauses:
        if objection := clause_objection(link, stances[link]):
            raise RuleViolation(objection)


def _refuse_own_words_as_support(stances: Stances) -> None:
    for link, stance in stances.items():
        if words := objection_to_support(link, stance):
            raise RuleViolation(words)


def _notice_of_further_grade() -> CorrectionNotice:
    """Whoever grades blind cannot know what their grade moves, so nobody can ask them for the words."""

    def words() -> str:
        return _(
            "One more editor graded the reports. What counts is the median of all gradings, and it has moved."
        )

    return CorrectionNotice(CorrectionKind.UPDATE, *translate_software_text("what_was_wrong", words))


def _store_gradings(stances: Stances, clauses: Clauses, by: User, now: datetime) -> None:
    taken_back = [link for link, stance in stances.items() if stance is None]
    Rating.objects.filter(link__in=taken_back, rater=by).delete()
    Rating.objects.bulk_create(
        [
            Rating(
                link=link,
                rater=by,
                stance=stance,
                decisive_clause=clauses[link],
                rated_at=now,
                first_stance=stance,
                first_rated_at=now,
            )
            for link, stance in stances.items()
            if stance is not None
        ],
        update_conflicts=True,
        unique_fields=["link", "rater"],
        update_fields=["stance", "decisive_clause", "rated_at"],
    )
