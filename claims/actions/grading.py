"""An editor's own stances, many in one save. Two editors make a verdict, or one alone where the site permits it and
marks it; what readers see of it changes in the open.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.correction_notices import CorrectionNotice, demand_notice
from claims.actions.desk_memory import record_desk_step
from claims.actions.one_person import mark_graded_links, may_act_alone
from claims.actions.outdated_translations import translate_software_text
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Act, CorrectionKind, Step
from claims.ledger.writer import ChangeReason, append_entries
from claims.models import Correction, EvidenceLink, Grading, Rating
from claims.models.evidence_link import clause_objection
from claims.selectors.gradings import FirstGrading, first_gradings
from claims.selectors.interests import objection_to_support

from .rescoring import acquire_write_lock, rescore_affected_claims

Stances = Mapping[EvidenceLink, int | None]
Clauses = Mapping[EvidenceLink, str]


@dataclass(frozen=True)
class GradingReason:
    """Why an editor grades a link so, in their own words, with translations as `Translated` stores them."""

    text: str = ""
    translations: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Grade:
    """What an editor makes of a link. A stance of None takes it back, and nothing else is left of it."""

    stance: int | None = None
    clause: str = ""
    reason: GradingReason = field(default_factory=GradingReason)

    def as_step(self) -> dict[str, Any]:
        """As a step of the desk keeps it, for undo."""
        columns = self.as_columns()
        return {**columns, "clause": columns.pop("decisive_clause")}

    def as_columns(self) -> dict[str, Any]:
        return {
            "stance": self.stance,
            "decisive_clause": self.clause,
            "rationale": self.reason.text,
            "translations": self.reason.translations,
        }


Grades = Mapping[EvidenceLink, _Grade]


@transaction.atomic
def grade_links(
    stances: Stances,
    *,
    by: User,
    now: datetime,
    clauses: Clauses | None = None,
    rationales: Mapping[EvidenceLink, GradingReason] | None = None,
    reason: str = "",
    notice: CorrectionNotice | None = None,
) -> list[Correction]:
    """Store, replace or (None) take back the editor's own stance on each link; the notices that were published.

    `clauses` says by which clause of the claim's test the report alone would settle it, in the editor's view; without
    one it would not. `rationales` says why they grade it so; a link without one keeps the one that it has. Each
    grading is a row of its own, which nothing changes; `Rating` holds the last one. A changed mind about what readers
    see needs a reason, and a notice where it moves a published state. Raises RuleViolation.
    """
    acquire_write_lock()
    given = list(stances)
    own = _own_grades(stances, by)
    grades = {
        link: grade
        for link, stance in stances.items()
        if own.get(link.pk, _Grade()) != (grade := _asked_grade(link, stance, clauses, rationales, own))
    }
    stances = {link: grade.stance for link, grade in grades.items()}
    asked = (
        given if may_act_alone() else list(stances)
    )  # what one person graded before the setting counts from now on
    _refuse_unfounded_clauses({link: grade.clause for link, grade in grades.items() if grade.clause}, stances)
    _refuse_own_words_as_support(stances)
    public = set(EvidenceLink.objects.public().filter(pk__in=[link.pk for link in stances]))
    second_thoughts = {link for link in public if link.pk in own}
    _refuse_regrade_without_reason(stances, second_thoughts, reason)
    owed = notice if second_thoughts else _notice_of_further_grade(is_new=not public)
    with demand_notice({link.claim_id for link in asked}, owed, by=by, now=now) as change:
        _store_gradings(grades, by, now, public)
        for link, grade in grades.items():
            was = own.get(link.pk, _Grade()).as_step()
            record_desk_step(
                Step.GRADE, link, by=by, now=now, reason=reason, before=was, after=grade.as_step()
            )
        new = {link.pk for link in stances if link.pk not in own}
        marked = mark_graded_links(asked, public=public, first_by_grader=new)
        append_entries([*asked, *marked], ChangeReason(act=Act.GRADE, now=now, by=by, reason=reason))
    rescore_affected_claims({link.claim for link in asked}, now=now)
    return change.notices


def _own_grades(stances: Stances, by: User) -> dict[int, _Grade]:
    rows = Rating.objects.filter(link__in=list(stances), rater=by)
    return {
        link: _Grade(stance, clause, GradingReason(text, translations))
        for link, stance, clause, text, translations in rows.values_list(
            "link", "stance", "decisive_clause", "rationale", "translations"
        )
    }


def _asked_grade(
    link: EvidenceLink,
    stance: int | None,
    clauses: Clauses | None,
    rationales: Mapping[EvidenceLink, GradingReason] | None,
    own: Mapping[int, _Grade],
) -> _Grade:
    if stance is None:
        return _Grade()
    given = (rationales or {}).get(link, own.get(link.pk, _Grade()).reason)
    return _Grade(
        stance, (clauses or {}).get(link, "").strip(), GradingReason(given.text.strip(), given.translations)
    )


def _refuse_regrade_without_reason(stances: Stances, second_thoughts: set[EvidenceLink], reason: str) -> None:
    for link in second_thoughts:
        if stances[link] is None and link.ratings.count() <= link.required_graders:
            words = (
                _("Readers see what you alone made of “%(link)s”. Grade it as context instead.")
                if link.by_one_person
                else _(
                    "Readers see what you and one other editor made of “%(link)s”. Grade it as context instead."
                )
            )
            raise RuleViolation(words % {"link": link})
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


def _notice_of_further_grade(*, is_new: bool) -> CorrectionNotice:
    """Whoever grades blind cannot know what their grade moves, so nobody can ask them for the words.

    `is_new`: readers saw none of the graded reports before.
    """

    def words() -> str:
        if is_new and may_act_alone():
            return _("An editor graded a report. It counts from now on.")
        if is_new:
            return _("A second editor graded a report. It counts from now on, because two editors graded it.")
        return _(
            "One more editor graded the reports. What counts is the median of all gradings, and it has moved."
        )

    return CorrectionNotice(CorrectionKind.UPDATE, *translate_software_text("what_was_wrong", words))


def _store_gradings(grades: Grades, by: User, now: datetime, public: Collection[EvidenceLink] = ()) -> None:
    """Append the gradings, and let the ratings follow. The first stance and its time are those of the first one.

    `public` are the links that readers see.
    """
    Grading.objects.bulk_create([
        Grading(link=link, rater=by, graded_at=now, was_public=link in public, **grade.as_columns())
        for link, grade in grades.items()
    ])  # fmt: skip
    taken_back = [link for link, grade in grades.items() if grade.stance is None]
    Rating.objects.filter(link__in=taken_back, rater=by).delete()
    first = first_gradings(grades, by)
    Rating.objects.bulk_create(
        [
            _rating_of_grade(link, grade, first[link.pk], by, now)
            for link, grade in grades.items()
            if grade.stance is not None
        ],
        update_conflicts=True,
        unique_fields=["link", "rater"],
        update_fields=["stance", "decisive_clause", "rationale", "translations", "rated_at"],
    )


def _rating_of_grade(
    link: EvidenceLink, grade: _Grade, first: FirstGrading, by: User, now: datetime
) -> Rating:
    return Rating(
        link=link,
        rater=by,
        rated_at=now,
        first_stance=first.stance,
        first_rated_at=first.at,
        **grade.as_columns(),
    )


def take_back_own_grading(link: EvidenceLink, *, by: User, now: datetime) -> None:
    """Append that the editor's grading goes with its link, in the caller's transaction. Their first stance stays."""
    if Rating.objects.filter(link=link, rater=by).exists():
        _store_gradings({link: _Grade()}, by, now)
