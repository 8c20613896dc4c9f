"""An editor's own stances, many in one save. Two editors make a verdict; what readers see of it changes in the open."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Act, CorrectionKind, Step
from claims.domain.workflow import REQUIRED_GRADERS
from claims.models import Correction, EvidenceLink, Rating

from .effects import Notice, moves, owe_notice, published_gaps
from .ledger import Why, enter
from .refusal import Refused
from .rescoring import rescore_after, take_turn
from .steps import note_step
from .translating import told_in_all

Stances = Mapping[EvidenceLink, int | None]


@transaction.atomic
def grade(
    stances: Stances, *, by: User, now: datetime, reason: str = "", notice: Notice | None = None
) -> list[Correction]:
    """Store, replace or (None) take back the editor's own stance on each link; the notices that were published.

    A changed mind about what readers see needs a reason, and a notice where it moves a published state.
    """
    take_turn()
    own = dict(Rating.objects.filter(link__in=list(stances), rater=by).values_list("link", "stance"))
    stances = {link: stance for link, stance in stances.items() if own.get(link.pk) != stance}
    public = set(EvidenceLink.objects.public().filter(pk__in=[link.pk for link in stances]))
    second_thoughts = {link for link in public if link.pk in own}
    _refuse_silence(stances, second_thoughts, reason)
    before = published_gaps({link.claim_id for link in public}, now)
    _store(stances, by, now)
    for link, stance in stances.items():
        was, became = {"stance": own.get(link.pk)}, {"stance": stance}
        note_step(Step.GRADE, link, by=by, now=now, reason=reason, before=was, after=became)
    enter(stances, Why(act=Act.GRADE, now=now, by=by, reason=reason))
    told: list[Correction] = []
    if before:
        moved = moves(before, published_gaps(set(before), now))
        told = owe_notice(moved, [], notice if second_thoughts else _of_a_further_grade(), by=by, now=now)
    rescore_after({link.claim for link in stances}, now=now)
    return told


def _refuse_silence(stances: Stances, second_thoughts: set[EvidenceLink], reason: str) -> None:
    for link in second_thoughts:
        if stances[link] is None and link.ratings.count() <= REQUIRED_GRADERS:
            raise Refused(
                _(
                    "Readers see what you and one other editor made of “%(link)s”. Grade it as context instead."
                )
                % {"link": link}
            )
    if second_thoughts and not reason.strip():
        raise Refused(
            _(
                "Readers see what you graded. Say why you change your mind about “%(link)s”: they will read it."
            )
            % {"link": next(iter(second_thoughts))}
        )


def _of_a_further_grade() -> Notice:
    """Whoever grades blind cannot know what their grade moves, so nobody can ask them for the words."""

    def words() -> str:
        return _(
            "One more editor graded the reports. What counts is the median of all gradings, and it has moved."
        )

    return Notice(CorrectionKind.UPDATE, *told_in_all("what_was_wrong", words))


def _store(stances: Stances, by: User, now: datetime) -> None:
    taken_back = [link for link, stance in stances.items() if stance is None]
    Rating.objects.filter(link__in=taken_back, rater=by).delete()
    Rating.objects.bulk_create(
        [
            Rating(link=link, rater=by, stance=stance, rated_at=now, first_stance=stance, first_rated_at=now)
            for link, stance in stances.items()
            if stance is not None
        ],
        update_conflicts=True,
        unique_fields=["link", "rater"],
        update_fields=["stance", "rated_at"],
    )
