"""A claim's receipt: its gap, with every report and grade behind it.

The page, the desk and the command line show it.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf

from django.contrib.auth.models import User

from claims.domain.dossier import Dossier, Gap, Link, LinkScore, score_dossier
from claims.domain.evidence_counts import EvidenceCounts, count_evidence
from claims.domain.history import gap_change_days, gap_line_days
from claims.domain.mass_products import MassProduct, mass_product
from claims.domain.sensitivity import TurningPoints, VerdictHinge, find_hinge, find_turning_points
from claims.domain.vocabulary import Stance, State, Status
from claims.domain.wording import nearest_stance, round_to_sum
from claims.models import Claim, EvidenceLink, Source
from claims.selectors.claim_lists import day_said, is_scored_when_said

from .dossiers import PUBLIC, build_dossiers


@dataclass(frozen=True)
class ReceiptRow:
    """A link with its grades and its part in the gap. `points` is rounded so that the receipt adds up."""

    link: EvidenceLink
    grades: Link
    score: LinkScore
    points: str
    product: MassProduct  # the factors of its mass
    sharers: int = 1  # reports of its origin with the same mass; they share the origin's points

    @property
    def side(self) -> str:
        """The part of the page that shows it: contradicting, supporting or context.

        For a claim that cannot be checked, all reports are context.
        """
        if self.score.state_without is State.UNCHECKABLE:
            return "context"
        return "contradicting" if self.grades.x < 0 else "supporting" if self.grades.x > 0 else "context"

    @property
    def stance(self) -> Stance:
        return nearest_stance(self.grades.x)

    @property
    def disputed(self) -> bool:
        """Whether editors' gradings differ in sign."""
        return min(self.grades.stances, default=0) < 0 < max(self.grades.stances, default=0)

    @property
    def origin(self) -> Hashable:
        """The origin under which it is counted: a shared one, or its own."""
        return (self.grades.origin, None if self.grades.origin else self.grades.id)

    @property
    def entered(self) -> float:
        """Its position in the order of entry. A row that is not stored yet is last."""
        return self.link.pk or inf

    @property
    def is_echo(self) -> bool:
        """Counts nothing by itself, because a stronger report tells of the same event."""
        return self.score.mass > 0 and not self.score.is_counted

    @property
    def counted_in_part(self) -> bool:
        """Whether less than its mass counts, as only one publisher reports its event."""
        return self.score.is_counted and self.score.counted * self.sharers < self.score.mass


@dataclass(frozen=True)
class Receipt:
    claim: Claim
    dossier: Dossier
    gap: Gap
    rows: list[ReceiptRow]  # links visible on the day, heaviest first
    outside: list[ReceiptRow]  # links known on the day, about events outside the claim's time; never counted

    @property
    def early(self) -> list[ReceiptRow]:
        """Links about events before the claim's first day."""
        start = self.dossier.valid_from
        return [row for row in self.outside if start and row.grades.event_day < start.first]

    @property
    def late(self) -> list[ReceiptRow]:
        """Links about events after the claim's last day."""
        early = {row.grades.id for row in self.early}
        return [row for row in self.outside if row.grades.id not in early]

    def side(self, name: str) -> list[ReceiptRow]:
        """The rows of one side, latest known first."""
        rows = [row for row in self.rows if row.side == name]
        return sorted(rows, key=lambda row: (row.grades.visible_from, row.entered), reverse=True)

    @property
    def contradicting(self) -> list[ReceiptRow]:
        return self.side("contradicting")

    @property
    def supporting(self) -> list[ReceiptRow]:
        return self.side("supporting")

    @property
    def context(self) -> list[ReceiptRow]:
        return self.side("context")

    @property
    def weighed(self) -> list[ReceiptRow]:
        """The rows with a mass: those that count, and echoes that add nothing."""
        return [row for row in self.rows if row.score.mass]

    @cached_property
    def counts(self) -> EvidenceCounts:
        return count_evidence(self.dossier, self.gap)

    @property
    def counted(self) -> list[ReceiptRow]:
        return [row for row in self.rows if row.score.is_counted]

    @cached_property
    def said(self) -> Gap | None:
        """The gap on the day the words were said; None if that has no figure."""
        if not is_scored_when_said(self.claim):
            return None
        return score_dossier(self.dossier, day_said(self.claim, self.gap.as_of))

    @cached_property
    def line(self) -> list[Gap]:
        return gap_line_days(self.dossier, day_said(self.claim, self.gap.as_of), self.gap.as_of)

    @property
    def days_left_out(self) -> int:
        """The number of days with new evidence that the line has no point for, because it has too many days."""
        shown = {gap.as_of for gap in self.line}
        days = gap_change_days(self.dossier, self.gap.as_of)
        return sum(day not in shown for day in days if day > self.line[0].as_of)

    @cached_property
    def hinge(self) -> VerdictHinge:
        return find_hinge(self.dossier, self.gap)

    @cached_property
    def turns(self) -> TurningPoints:
        return find_turning_points(self.dossier, self.gap)

    @property
    def labels(self) -> dict[Hashable, str]:
        return {row.grades.id: row.link.evidence.called for row in [*self.rows, *self.outside]}

    @property
    def hinges_on(self) -> list["ReceiptRow"]:
        """The reports each of which alone decides the verdict."""
        return [self.row(key) for key in self.hinge.reports]

    @property
    def widest(self) -> "ReceiptRow | None":
        """The report that moves the gap most."""
        return self.row(self.hinge.widest) if self.hinge.widest is not None else None

    @property
    def one_publisher_row(self) -> "ReceiptRow | None":
        """A report of the publisher on which the verdict rests, where one publisher alone carries it."""
        publishers = self.hinge.publishers
        return next((row for row in self.counted if row.grades.publisher in publishers), None)

    @property
    def publishers_it_hangs_on(self) -> list[Source]:
        """The publishers each of which alone carries the verdict."""
        of_slug = {row.grades.publisher: row.link.evidence.publisher for row in self.rows}
        return [of_slug[slug] for slug in self.hinge.publishers]

    def row(self, slug: object) -> ReceiptRow:
        return next(row for row in self.rows if row.grades.id == slug)


def load_receipt(
    claim: Claim, as_of: date, statuses: Collection[Status] = PUBLIC, rater: User | None = None
) -> Receipt:
    """The claim's receipt as of a day. Links that were not visible on that day are left out."""
    dossier = build_dossiers([claim], statuses, rater)[claim.pk]
    links = (
        EvidenceLink.objects.filter(claim=claim, evidence__slug__in=[link.id for link in dossier.links])
        .select_related("evidence__source", "evidence__relays", "evidence__origin", "evidence__place")
        .prefetch_related("ratings")
    )
    return build_receipt(claim, dossier, links, score_dossier(dossier, as_of))


def build_receipt(claim: Claim, dossier: Dossier, links: Iterable[EvidenceLink], gap: Gap) -> Receipt:
    """The receipt of a dossier with its score, present or past; `links` are those of its evidence."""
    as_of = gap.as_of
    of_slug = {link.evidence.slug: link for link in links}
    known = [link for link in dossier.graded_on(as_of).links if link.visible_from <= as_of]
    points = round_to_sum(gap.gap, [gap.links[link.id].contribution for link in known])
    ties = _count_ties(dossier, gap)
    rows = [
        ReceiptRow(
            of_slug[str(link.id)],
            link,
            gap.links[link.id],
            text,
            mass_product(dossier, link, as_of),
            ties[_origin_side(link)],
        )
        for link, text in zip(known, points, strict=True)
    ]
    rows.sort(key=lambda row: (-abs(row.score.contribution), -row.score.mass, row.entered))
    shown = [row for row in rows if row.score.visible]
    return Receipt(claim, dossier, gap, shown, outside=[row for row in rows if not row.score.visible])


def _origin_side(link: Link) -> tuple[Hashable, Hashable, bool]:
    """The key under which a report is counted: one side of an origin, shared or its own."""
    return link.origin, None if link.origin is not None else link.id, link.x > 0


def _count_ties(dossier: Dossier, gap: Gap) -> Counter[tuple[Hashable, Hashable, bool]]:
    """How many reports lead each side of each origin."""
    return Counter(_origin_side(link) for link in dossier.links if gap.links[link.id].is_counted)
