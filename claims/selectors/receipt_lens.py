"""A claim through a reader's lens, beside the published gap, and the choices that the lens form offers."""

from dataclasses import dataclass
from functools import cached_property
from math import isinf

from claims.domain.dossier import Dossier, Gap
from claims.domain.evidence_counts import EvidenceCounts, count_evidence
from claims.domain.lens import Lens
from claims.models import Source
from claims.selectors.receipts import Receipt, ReceiptRow

MOST_OFFERED = 40  # most sources offered, and most reports listed as left out


@dataclass(frozen=True)
class ReceiptThroughLens:
    receipt: Receipt
    lens: Lens

    @cached_property
    def dossier(self) -> Dossier:
        return self.lens.through(self.receipt.dossier)

    @cached_property
    def gap(self) -> Gap:
        return self.lens.score(self.receipt.dossier, self.receipt.gap.as_of)

    @cached_property
    def counts(self) -> EvidenceCounts:
        return count_evidence(self.dossier, self.gap)

    @property
    def ages(self) -> bool:
        """Whether another half-life can change the gap."""
        return not isinf(self.receipt.dossier.half_life)

    @property
    def left_out(self) -> list[tuple[ReceiptRow, str]]:
        """The reports with a mass in the published gap that the lens leaves out, each with the reason."""
        return [(row, why) for row in self.receipt.weighed if (why := self.lens.leaves_out(row.grades))]

    @property
    def sources(self) -> list[Source]:
        """Those whose reports weigh anything, by name: what a reader may want to leave out."""
        found = {row.link.evidence.publisher for row in self.receipt.weighed}
        return sorted(found, key=lambda source: source.name)

    @property
    def offered(self) -> list[Source]:
        """The sources whose reports move the gap most, and those that are left out already."""
        heaviest = list(dict.fromkeys(row.link.evidence.publisher for row in self.receipt.weighed))
        shown = {*heaviest[:MOST_OFFERED], *self.without}
        return [source for source in self.sources if source in shown]

    @property
    def not_offered(self) -> int:
        return len(self.sources) - len(self.offered)

    @property
    def named_left_out(self) -> list[tuple[ReceiptRow, str]]:
        """The reports left out that move the gap most."""
        return self.left_out[:MOST_OFFERED]

    @property
    def more_left_out(self) -> int:
        return len(self.left_out[MOST_OFFERED:])

    @property
    def without(self) -> list[Source]:
        return [source for source in self.sources if source.slug in self.lens.without]

    @property
    def strangers(self) -> list[str]:
        """The slugs of sources that the lens leaves out and that have no report with a mass here."""
        known = {source.slug for source in self.sources}
        return [slug for slug in self.lens.without if slug not in known]
