"""What a verdict hangs on: whether it would stand without one report, or without one source."""

from collections.abc import Hashable
from dataclasses import dataclass

from .dossier import Dossier, Gap, score_dossiers


@dataclass(frozen=True, slots=True)
class Hinge:
    """`reports`, `sources`: each alone, taken away, changes the state. `widest` moves it most."""

    reports: tuple[Hashable, ...]
    sources: tuple[Hashable, ...]
    widest: Hashable | None
    gap_without_widest: float | None


def hinge(dossier: Dossier, gap: Gap) -> Hinge:
    strongest = {key: part for key, part in gap.links.items() if part.strongest}
    # Also an echo may: aged beyond its origin's strongest, it can be what makes the evidence stale, not too little.
    reports = tuple(key for key, part in gap.links.items() if part.state_without != gap.state)
    widest = max(strongest, key=lambda key: _shift(gap.gap, strongest[key].gap_without), default=None)
    return Hinge(
        reports=reports,
        sources=_sources(dossier, gap),
        widest=widest,
        gap_without_widest=strongest[widest].gap_without if widest is not None else None,
    )


def _sources(dossier: Dossier, gap: Gap) -> tuple[Hashable, ...]:
    sources = list(dict.fromkeys(link.source for link in dossier.links if gap.links[link.id].visible))
    without = score_dossiers([(dossier.without_source(source), gap.as_of) for source in sources])
    return tuple(source for source, rest in zip(sources, without, strict=True) if rest.state != gap.state)


def _shift(gap: float | None, without: float | None) -> float:
    return abs((gap if gap is not None else 50) - (without if without is not None else 50))
