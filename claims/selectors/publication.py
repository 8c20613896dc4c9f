"""What becomes visible with a record when it is published."""

from django.db.models import Model

from claims.domain.vocabulary import Status
from claims.models import Claim, Evidence, EvidenceLink, SearchNote


def rows_made_public(record: Model) -> list[EvidenceLink | SearchNote]:
    """The links and search notes that readers do not see now and see once the record is published."""
    graded = EvidenceLink.objects.graded().select_related("claim", "evidence")
    match record:
        case Claim():
            links = graded.filter(claim=record, evidence__status=Status.PUBLISHED)
            return [*links, *SearchNote.objects.filter(claim=record)]
        case Evidence():
            return list(graded.filter(evidence=record, claim__status=Status.PUBLISHED))
    return []
