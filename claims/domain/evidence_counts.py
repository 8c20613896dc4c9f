"""How many events speak for and against a claim, and how many publishers report them."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from .dossier import Dossier, Gap


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """Events that count on each side, the publishers that report any of them, and events that only one reports."""

    against: int
    for_: int
    publishers: int
    of_one_publisher: int

    @property
    def events(self) -> int:
        return self.against + self.for_


def count_evidence(dossier: Dossier, gap: Gap) -> EvidenceCounts:
    """Count the visible reports that have any mass. A report without an event or publisher has its own."""
    publishers: dict[tuple[Hashable, bool], set[Hashable]] = defaultdict(set)
    for link in dossier.links:
        if gap.links[link.id].mass:
            event = ("own", link.id) if link.origin is None else ("shared", link.origin)
            publisher = ("own", link.id) if link.publisher is None else ("named", link.publisher)
            publishers[event, link.x > 0].add(publisher)
    return EvidenceCounts(
        against=sum(not is_for for _, is_for in publishers),
        for_=sum(is_for for _, is_for in publishers),
        publishers=len(set().union(*publishers.values())),
        of_one_publisher=sum(len(names) == 1 for names in publishers.values()),
    )
