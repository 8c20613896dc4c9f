"""Geometry that all drawings share, and the bar of a gap. The other charts have a module each.

Horizontal positions are in per cent of the width, so that one drawing fits every screen.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from claims.domain.dossier import Dossier, Gap
from claims.domain.gap import PRIOR_MASS

BAR_GUTTER = 0.25  # per cent of the bar between two blocks
TOLERANCE = 1e-6  # of a sum of masses
MAX_BAR_BLOCKS = 60  # blocks on one side of a bar; narrower ones cannot be told apart


def format_length(length: float) -> str:
    """Format a length for SVG, with at most two decimals and no trailing zeros."""
    return f"{length:z.2f}".rstrip("0").rstrip(".")  # z: never “-0”


@dataclass(frozen=True)
class MirrorableDrawing:
    """A drawing laid out from left to right. `mirrored` returns it laid out from right to left."""

    def mirrored(self) -> Self:
        return replace(self, **{each.name: _mirror_part(getattr(self, each.name)) for each in fields(self)})


def _mirror_part(part: Any) -> Any:
    if isinstance(part, list):
        return [_mirror_part(each) for each in part]
    return part.mirrored() if isinstance(part, MirrorableDrawing) else part


@dataclass(frozen=True)
class PlacedPart(MirrorableDrawing):
    """Something at a horizontal position: its start edge in per cent of the width, and an offset in px.

    Mirroring keeps a text's anchor: from right to left, the start of a text is at its right.
    """

    x: float
    width: float = field(default=0, kw_only=True)
    dx: float = field(default=0, kw_only=True)

    @property
    def end(self) -> float:
        return self.x + self.width

    def mirrored(self) -> Self:
        return replace(super().mirrored(), x=100 - self.x - self.width, dx=0 - self.dx)


@dataclass(frozen=True)
class LinePath(MirrorableDrawing):
    """A line through points (x in per cent of the width, y in px), in a frame that stretches with the page."""

    points: tuple[tuple[float, float], ...]
    closed: bool = False

    def mirrored(self) -> Self:
        return replace(self, points=tuple((100 - x, y) for x, y in self.points))

    @property
    def d(self) -> str:
        """The value of SVG's `d` attribute. A stroke along one axis is in the short form."""
        return "".join(self._strokes()) + ("Z" if self.closed else "")

    def _strokes(self) -> Iterator[str]:
        at: tuple[str, str] | None = None
        for x, y in ((format_length(x), format_length(y)) for x, y in self.points):
            if at is None:
                yield f"M{x} {y}"
            elif (x, y) != at:
                yield f"V{y}" if x == at[0] else f"H{x}" if y == at[1] else f"L{x} {y}"
            at = (x, y)


@dataclass(frozen=True)
class BarBlock(PlacedPart):
    side: str


@dataclass(frozen=True)
class GapBar(MirrorableDrawing):
    """The bar that shows the formula: contradicting origins, two neutral units, supporting origins."""

    blocks: list[BarBlock]
    unknown: BarBlock
    needle: float | None  # where the headline stands; None without a verdict
    low: float
    high: float
    anchor: str = "middle"  # of the needle's number, so that it stays within the frame

    def mirrored(self) -> Self:
        needle = None if self.needle is None else 100 - self.needle
        return replace(super().mirrored(), needle=needle, low=100 - self.low, high=100 - self.high)


def draw_gap_bar(dossier: Dossier, gap: Gap) -> GapBar:
    against = _masses_that_add_up(_origin_masses(dossier, gap, -1), gap.contradicting)
    for_ = _masses_that_add_up(_origin_masses(dossier, gap, 1), gap.supporting)
    total = gap.contradicting + gap.supporting + 2 * PRIOR_MASS
    share = 100 / total
    blocks, x = [], 0.0
    for mass in against:
        blocks.append(_bar_block(x, mass * share, "contradicting"))
        x += mass * share
    unknown = BarBlock(x, "unknown", width=2 * PRIOR_MASS * share)
    x += unknown.width
    for mass in reversed(for_):
        blocks.append(_bar_block(x, mass * share, "supporting"))
        x += mass * share
    low, high = gap.low or 0.0, gap.high if gap.high is not None else 100.0
    return GapBar(blocks, unknown, gap.headline, low, high, _anchor_at_edge(gap.headline or 50, 5))


def _masses_that_add_up(masses: list[float], total: float) -> list[float]:
    """The masses of the origins; one mass if the figures are older than the origins and do not agree with them."""
    if abs(sum(masses) - total) < TOLERANCE:
        return masses
    return [total] if total else []


def _anchor_at_edge(x: float, edge: float) -> str:
    """The text anchor with which a text at `x` stays inside the frame."""
    return "start" if x < edge else "end" if x > 100 - edge else "middle"


def _bar_block(x: float, width: float, side: str) -> BarBlock:
    """A block with its gap to the next one: at its end on the left side, at its start on the right, so that the bar's
    ends stay flush.
    """
    gutter = min(BAR_GUTTER, width / 4)
    return BarBlock(x + (gutter if side == "supporting" else 0), side, width=width - gutter)


def _origin_masses(dossier: Dossier, gap: Gap, sign: int) -> list[float]:
    """What each origin counts with on one side, heaviest first; the lightest of very many as one."""
    counted: dict[Hashable, float] = defaultdict(float)
    for link in dossier.links:
        part = gap.links[link.id]
        if part.is_counted and link.x * sign > 0:
            counted["shared" if link.origin is not None else "own", link.origin or link.id] += part.counted
    masses = sorted(counted.values(), reverse=True)
    if len(masses) <= MAX_BAR_BLOCKS:
        return masses
    return [*masses[: MAX_BAR_BLOCKS - 1], sum(masses[MAX_BAR_BLOCKS - 1 :])]
