"""The method's figures as readers see them. Thresholds that decide are in `gap.py`."""

from collections.abc import Sequence

from .dossier import Gap
from .gap import PRIOR_MASS
from .vocabulary import Stance

NEUTRAL_GAP = 50.0  # where nobody knows anything


def rests_on_little(gap: Gap) -> bool:
    """Whether the evidence is so little that its range is wide: less than twice the allowance for what is not known."""
    return gap.tentative and gap.mass < 2 * (2 * PRIOR_MASS)


def nearest_stance(x: float) -> Stance:
    """A median, ÷ 2, as one of the five stances: the milder where it lies between two, but never context for a side."""
    stance = int(x * 2)
    return Stance(stance if stance or not x else 1 if x > 0 else -1)


def whole_gap(gap: float) -> str:
    """A gap as headlines say it."""
    return f"{gap:.0f}"


def signed_points(points: float, places: int = 1) -> str:
    """Points of a gap with their sign, a true minus, and no sign on nothing."""
    text = f"{points:+.{places}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{places}f}"


def round_to_sum(gap: float | None, contributions: Sequence[float], places: int = 2) -> list[str]:
    """Signed points of each contribution, so rounded that 50 and they make the gap (largest remainder).

    Without a gap every contribution is 0. Raises nothing; the sum of contributions must be gap − 50.
    """
    unit = 10**places
    scaled = [contribution * unit for contribution in contributions]
    rounded = [round(value) for value in scaled]
    if gap is not None:
        short = round(round(gap, places) * unit) - round(NEUTRAL_GAP * unit) - sum(rounded)
        step = 1 if short > 0 else -1
        moving = [i for i, value in enumerate(scaled) if value]
        moving.sort(key=lambda i: step * (scaled[i] - rounded[i]), reverse=True)
        for i in moving[: abs(short)]:
            rounded[i] += step
    return [signed_points(value / unit, places) for value in rounded]
