"""The geometry of the pictures: plain numbers in per cent of the width, so that one drawing fits every screen.

What all drawings have in common, and the bar; the other charts have a module each.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from .dossier import Dossier, Gap
from .gap import PRIOR

GUTTER = 0.25  # per cent of the bar between two blocks
MOST_BLOCKS = 60  # on one side of a bar: narrower ones cannot be told apart


def plain(length: float) -> str:
    """A length as SVG reads it, in as few signs as the eye needs."""
    return f"{length:z.2f}".rstrip("0").rstrip(".")  # z: nothing is never less than nothing


@dataclass(frozen=True)
class Drawing:
    """Drawn from where reading starts to where it ends; mirrored, for who reads from right to left."""

    def mirrored(self) -> Self:
        return replace(self, **{each.name: _mirrored(getattr(self, each.name)) for each in fields(self)})


def _mirrored(part: Any) -> Any:
    if isinstance(part, list):
        return [_mirrored(each) for each in part]
    return part.mirrored() if isinstance(part, Drawing) else part


@dataclass(frozen=True)
class Placed(Drawing):
    """Something at a place across the width: its start edge in per cent, and px that it stands off from there.

    A text keeps its anchor in the mirror: from right to left, its start is at the right.
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
class Path(Drawing):
    """A line through points (per cent of the width, px of the height), in a frame that stretches with the page."""

    points: tuple[tuple[float, float], ...]
    closed: bool = False

    def mirrored(self) -> Self:
        return replace(self, points=tuple((100 - x, y) for x, y in self.points))

    @property
    def d(self) -> str:
        """As SVG reads it, each stroke along one axis in its short form."""
        return "".join(self._strokes()) + ("Z" if self.closed else "")

    def _strokes(self) -> Iterator[str]:
        at: tuple[str, str] | None = None
        for x, y in ((plain(x), plain(y)) for x, y in self.points):
            if at is None:
                yield f"M{x} {y}"
            elif (x, y) != at:
                yield f"V{y}" if x == at[0] else f"H{x}" if y == at[1] else f"L{x} {y}"
            at = (x, y)


@dataclass(frozen=True)
class Block(Placed):
    side: str


@dataclass(frozen=True)
class Bar(Drawing):
    """The bar that is the formula: contradicting origins, two units of not knowing, supporting origins."""

    blocks: list[Block]
    unknown: Block
    needle: float | None  # where the headline stands; None without a verdict
    low: float
    high: float
    anchor: str = "middle"  # of the needle's number, so that it stays within the frame

    def mirrored(self) -> Self:
        needle = None if self.needle is None else 100 - self.needle
        return replace(super().mirrored(), needle=needle, low=100 - self.low, high=100 - self.high)


def bar(dossier: Dossier, gap: Gap) -> Bar:
    against, for_ = _origins(dossier, gap, -1), _origins(dossier, gap, 1)
    total = gap.contradicting + gap.supporting + 2 * PRIOR
    share = 100 / total
    blocks, x = [], 0.0
    for mass in against:
        blocks.append(_block(x, mass * share, "contradicting"))
        x += mass * share
    unknown = Block(x, "unknown", width=2 * PRIOR * share)
    x += unknown.width
    for mass in reversed(for_):
        blocks.append(_block(x, mass * share, "supporting"))
        x += mass * share
    low, high = gap.low or 0.0, gap.high if gap.high is not None else 100.0
    return Bar(blocks, unknown, gap.headline, low, high, _anchor(gap.headline or 50, 5))


def _anchor(x: float, edge: float) -> str:
    """On which side of its place a text has room."""
    return "start" if x < edge else "end" if x > 100 - edge else "middle"


def _block(x: float, width: float, side: str) -> Block:
    """A block with its gutter: after it on the left side, before it on the right, so that the ends stay flush."""
    gutter = min(GUTTER, width / 4)
    return Block(x + (gutter if side == "supporting" else 0), side, width=width - gutter)


def _origins(dossier: Dossier, gap: Gap, sign: int) -> list[float]:
    """The mass of each origin on one side, heaviest first; the lightest of very many as one."""
    strongest: dict[Hashable, float] = defaultdict(float)
    for link in dossier.links:
        part = gap.links[link.id]
        if part.strongest and link.x * sign > 0:
            key = ("shared", link.origin) if link.origin is not None else ("own", link.id)
            strongest[key] = max(strongest[key], part.mass)
    masses = sorted(strongest.values(), reverse=True)
    if len(masses) <= MOST_BLOCKS:
        return masses
    return [*masses[: MOST_BLOCKS - 1], sum(masses[MOST_BLOCKS - 1 :])]
