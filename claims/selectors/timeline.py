"""Data for the timeline of a dossier: the days of statements, and the days when reports became known."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.domain.wording import nearest_stance
from claims.drawing.timeline_chart import MAX_TIMELINE_MARKS, GroundReport
from claims.models import Claim, Evidence, Statement
from claims.selectors.claim_lists import MOST, ClaimGaps


@dataclass(frozen=True)
class DossierTimeline:
    """A dossier's timeline.

    `evidence` holds the reports by slug; it is empty if they are too many to draw one by one.
    """

    statements: list[Statement]
    ground: list[GroundReport]
    evidence: dict[str, Evidence]
    cut: bool  # there are more claims than these

    @property
    def reports(self) -> list[tuple[GroundReport, Evidence]]:
        return [(each, self.evidence[each.key]) for each in self.ground if each.key in self.evidence]


def build_timeline(gaps: ClaimGaps) -> DossierTimeline:
    """The timeline of the latest claims, as known on the day, in a fixed number of queries."""
    latest = gaps.claims.select_related("statement__speaker").order_by("-statement__said_on", "pk")
    claims = list(latest[: MOST + 1])
    found = {claim.statement.pk: claim.statement for claim in claims[:MOST]}
    statements = sorted(found.values(), key=lambda each: (each.said_on.last, each.pk))
    ground = sorted(_ground_reports(gaps, claims[:MOST]), key=lambda each: (each.day, each.key, each.side))
    evidence: dict[str, Evidence] = {}
    if len(statements) + len(ground) <= MAX_TIMELINE_MARKS:
        evidence = Evidence.objects.in_bulk({each.key for each in ground}, field_name="slug")
    return DossierTimeline(statements, ground, evidence, len(claims) > MOST)


def _ground_reports(gaps: ClaimGaps, claims: Iterable[Claim]) -> Iterable[GroundReport]:
    """Each report once for each side, with its greatest strength on any of the claims."""
    found: dict[tuple[str, str], GroundReport] = {}
    for dossier in gaps.dossiers(claims).values():
        for link in dossier.links:
            if link.x and link.known_day <= gaps.day.date:
                each = GroundReport(link.known_day, str(link.id), nearest_stance(link.x))
                known = found.setdefault((each.key, each.side), each)
                if each.strong and not known.strong:
                    found[each.key, each.side] = each
    return found.values()
