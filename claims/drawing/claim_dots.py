"""A claim's gap as a dot on the scale from 0 to 100, with its likely range as a line."""

from dataclasses import dataclass

from claims.drawing.gap_bar import MirrorableDrawing, PlacedPart


@dataclass(frozen=True)
class ClaimDot(MirrorableDrawing):
    dot: PlacedPart
    interval: PlacedPart


def draw_claim_dot(gap: float, low: float, high: float) -> ClaimDot:
    return ClaimDot(PlacedPart(gap), PlacedPart(low, width=high - low))
