"""A statement with its claims, their reports and searches: what is handed over as one unit."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Prefetch

from claims.domain.vocabulary import Status, Step
from claims.domain.workflow import REQUIRED_GRADERS, STATUS_TRANSITIONS
from claims.models import Claim, Evidence, EvidenceLink, SearchNote, Statement
from claims.selectors.readiness import ReadinessItem, readiness_items

DossierRecord = Claim | Evidence | Statement
# What a claim lacks only until another record of the dossier is published: the field of the form that names it.
GOES_ALONG = ("statement", "repeats")


@dataclass(frozen=True)
class StatementDossier:
    """The statement, its claims and their reports, without what was withdrawn."""

    statement: Statement
    claims: list[Claim]
    links: list[EvidenceLink]

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Each report once, in the order of the links."""
        return list({link.evidence_id: link.evidence for link in self.links}.values())

    @property
    def records(self) -> list[DossierRecord]:
        """All records in the order in which they can be published."""
        return [self.statement, *self.evidence, *self._earlier_claims_first()]

    def _earlier_claims_first(self) -> Iterator[Claim]:
        """The claims, each after the one that it says again."""
        waiting = list(self.claims)
        while waiting:
            keys = {claim.pk for claim in waiting}
            free = [claim for claim in waiting if claim.repeats_id not in keys] or waiting
            yield from free
            waiting = [claim for claim in waiting if claim not in free]

    def records_for(self, step: Step) -> list[DossierRecord]:
        """The records that take the step together. Where one person may act alone, drafts are published at once."""
        sources = set(STATUS_TRANSITIONS[step].sources)
        if step is Step.PUBLISH and settings.SINGLE_EDITOR:
            sources.add(Status.DRAFT)
        return [record for record in self.records if record.status in sources]

    def links_of(self, claim: Claim) -> list[EvidenceLink]:
        return [link for link in self.links if link.claim_id == claim.pk]

    def links_to_grade(self, user: User) -> list[EvidenceLink]:
        """The links that still need a grading, and that the user has not graded."""
        return [
            link
            for link in self.links
            if len(link.ratings.all()) < REQUIRED_GRADERS
            and all(rating.rater_id != user.pk for rating in link.ratings.all())
        ]


def load_statement_dossier(statement: Statement) -> StatementDossier:
    """The dossier, in a fixed number of queries."""
    notes = Prefetch("search_notes", SearchNote.objects.select_related("searched_by"))
    claims = list(
        statement.claims.exclude(status=Status.WITHDRAWN)
        .select_related("repeats")
        .prefetch_related(notes)
        .order_by("position", "pk")
    )
    for claim in claims:
        claim.statement = statement
    links = list(
        EvidenceLink.objects.filter(claim__in=claims)
        .exclude(evidence__status=Status.WITHDRAWN)
        .select_related("evidence__source", "evidence__relays", "evidence__origin")
        .prefetch_related("ratings")
        .order_by("claim__position", "claim_id", "evidence__known", "pk")
    )
    of_key, reports = (
        {claim.pk: claim for claim in claims},
        {link.evidence_id: link.evidence for link in links},
    )
    for link in links:
        link.claim, link.evidence = of_key[link.claim_id], reports[link.evidence_id]
    return StatementDossier(statement, claims, links)


def missing_in_dossier(
    record: DossierRecord, published_with: Collection[DossierRecord] = ()
) -> list[ReadinessItem]:
    """What the record lacks for publication, if the others in `published_with` are published before it."""
    return [
        item
        for item in readiness_items(record)
        if not item.done
        and not (item.field in GOES_ALONG and getattr(record, item.field, None) in published_with)
    ]
