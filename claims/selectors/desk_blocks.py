"""What the blocks of the desk's first page list, but for unpublished records: the rows of each, as queries."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from claims.domain.vocabulary import ClaimKind, ErrorReportState, Outcome, State, Status
from claims.domain.workflow import REQUIRED_GRADERS
from claims.models import Claim, ErrorReport, Evidence, EvidenceLink, Proposal, Rating, Suppression
from claims.models.error_report import REPORTED_KINDS
from claims.models.evidence import unfindable_condition

DENIALS_LOOKED_AT = 300  # most denials whose words are read for one block
DECLINED_FOR = timedelta(days=14)  # how long a writer is shown that a proposal was sent back
# Not settled, and such that it can be.
OPEN_COMMITMENT = Q(kind=ClaimKind.COMMITMENT, settled_on=None, uncheckable_reason="")
REVISED_RECORDS = (
    "revisions__claim", "revisions__statement", "revisions__evidence", "revisions__source",
    "revisions__link__claim", "revisions__link__evidence", "revisions__reply", "revisions__about",
)  # fmt: skip

# What somebody asked for ----------------------------------------------------------------------------------------------


def may_decide_own(user: User, kind: str) -> bool:
    """Whether the user may publish, and decide on, what they wrote themselves."""
    return settings.SINGLE_EDITOR and user.has_perm(f"claims.publish_{kind}")


def pending_suppressions() -> QuerySet[Suppression]:
    return (
        Suppression.objects.filter(outcome=Outcome.PENDING)
        .select_related("asked_by")
        .order_by("asked_at", "pk")
    )


def unanswered_error_reports() -> QuerySet[ErrorReport]:
    """The readers' reports of errors that wait for an answer, oldest first."""
    waiting = ErrorReport.objects.filter(state=ErrorReportState.WAITING)
    return waiting.select_related(*REPORTED_KINDS).order_by("sent_at", "pk")


def own_proposals(user: User) -> QuerySet[Proposal]:
    """The user's proposals that wait for somebody else. Where one person may act alone, they wait for the user."""
    found = _proposals(proposed_by=user, outcome=Outcome.PENDING)
    return found.none() if may_decide_own(user, "claim") else found


def proposals_to_decide(user: User) -> QuerySet[Proposal]:
    found = _proposals(outcome=Outcome.PENDING)
    return found if may_decide_own(user, "claim") else found.exclude(proposed_by=user)


def declined_proposals(user: User, today: date) -> QuerySet[Proposal]:
    """The user's proposals that were sent back lately."""
    return _proposals(proposed_by=user, outcome=Outcome.DECLINED, decided_at__date__gte=today - DECLINED_FOR)


def _proposals(**conditions: Any) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(**conditions).select_related("proposed_by")
    return found.prefetch_related(*REVISED_RECORDS).order_by("proposed_at")


# Claims and evidence --------------------------------------------------------------------------------------------------


def ungraded_evidence() -> QuerySet[Evidence]:
    return Evidence.objects.filter(credibility=None).exclude(status=Status.WITHDRAWN)


def unfindable_evidence() -> QuerySet[Evidence]:
    return Evidence.objects.published().filter(unfindable_condition())


def stale_claims(user: User) -> QuerySet[Claim]:
    return _claims_unsealed_for(user).filter(gap__state=State.STALE).order_by("gap__moved_on")


def moved_claims(user: User, today: date) -> QuerySet[Claim]:
    found = _claims_unsealed_for(user).filter(gap__moved_on__gt=today - timedelta(days=7))
    return found.order_by("-gap__moved_on")


def overdue_claims(today: date) -> QuerySet[Claim]:
    return published_claims().filter(overdue_condition(today)).order_by("valid_until")


def due_claims(today: date) -> QuerySet[Claim]:
    return published_claims().filter(due_this_month_condition(today))


def claims_without_outcome() -> QuerySet[Claim]:
    return published_claims().filter(settled_on__isnull=False, settled_as="").order_by("settled_on")


def claims_without_answer() -> QuerySet[Claim]:
    return published_claims().filter(answer="").order_by("pk")


def denials_without_negation() -> list[Claim]:
    """Of the latest denials: those whose quotation denies nothing without the words around it."""
    denials = published_claims().filter(kind=ClaimKind.DENIAL, governing_words="").order_by("-pk")
    return [claim for claim in denials[:DENIALS_LOOKED_AT] if claim.lacks_negation]


def published_claims() -> Any:
    return Claim.objects.published().select_related("statement__speaker", "gap")


def _claims_unsealed_for(user: User) -> Any:
    """The claims whose gap does not reveal anything about a report that the editor still has to grade."""
    return published_claims().exclude(pk__in=links_sealed_for(user).values("claim"))


def due_this_month_condition(today: date) -> Q:
    """Commitments that end between `today` and the end of its month, and that are not settled."""
    after = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return OPEN_COMMITMENT & Q(
        valid_until__last__gte=today.isoformat(), valid_until__last__lt=after.isoformat()
    )


def overdue_condition(today: date) -> Q:
    """Commitments whose last day is over, until they are settled."""
    return OPEN_COMMITMENT & Q(valid_until__last__lt=today.isoformat())


# Links ----------------------------------------------------------------------------------------------------------------


def links_to_grade(user: User) -> QuerySet[EvidenceLink]:
    """The links that another editor has graded and this one has not."""
    own = Rating.objects.filter(link=OuterRef("pk"), rater=user)
    return (
        EvidenceLink.objects.exclude(evidence__status=Status.WITHDRAWN)
        .exclude(claim__status=Status.WITHDRAWN)
        .annotate(n=Count("ratings"))
        .filter(~Exists(own), n=1)
        .select_related("claim", "evidence")
        .order_by("created_at")
    )


def disagreeing_links(user: User) -> QuerySet[EvidenceLink]:
    """The links whose gradings differ in sign. Only links that the editor has graded, so that others stay blind."""
    own = Rating.objects.filter(link=OuterRef("pk"), rater=user)
    return (
        EvidenceLink.objects.annotate(least=Min("ratings__stance"), most=Max("ratings__stance"))
        .filter(Exists(own), least__lt=0, most__gt=0)
        .exclude(evidence__status=Status.WITHDRAWN)
        .select_related("claim", "evidence")
        .order_by("pk")
    )


def never_graded_links() -> QuerySet[EvidenceLink]:
    """The links that nobody has graded, of claims and reports that are not withdrawn."""
    return (
        EvidenceLink.objects.filter(~Exists(Rating.objects.filter(link=OuterRef("pk"))))
        .exclude(evidence__status=Status.WITHDRAWN)
        .exclude(claim__status=Status.WITHDRAWN)
        .select_related("claim", "evidence")
        .order_by("created_at")
    )


def links_with_sealed_words(user: User) -> QuerySet[EvidenceLink]:
    """The links that wait for a second grading, and that another editor wrote.

    How the report bears, whom it serves and why are the first one's opinion in other words, so the second grader sees
    none of it before their own grading.
    """
    graded = EvidenceLink.objects.annotate(n=Count("ratings")).filter(n__gte=1, n__lt=REQUIRED_GRADERS)
    own = Rating.objects.filter(link=OuterRef("pk"), rater=user)
    return graded.filter(~Exists(own)).exclude(changed_by=user)


def links_sealed_for(user: User) -> QuerySet[EvidenceLink]:
    """The links that others have graded and this editor has not. The editor may not yet see the result."""
    own = Rating.objects.filter(link=OuterRef("pk"), rater=user)
    others = Rating.objects.filter(link=OuterRef("pk"))
    return EvidenceLink.objects.filter(~Exists(own), Exists(others)).exclude(
        evidence__status=Status.WITHDRAWN
    )
