"""The method's answers in readers' words. English message ids; the layers above translate them.

Thresholds that decide are in `gap.py`; here is only how their outcome is said.
"""

from collections.abc import Sequence

from .vocabulary import ClaimKind, Stance, State, gettext_noop

_ = gettext_noop

NEUTRAL_GAP = 50.0  # where nobody knows anything

_CONDUCT_VERDICTS = {
    State.MATCHES: _("Conduct matches the words"),
    State.MOSTLY_MATCHES: _("Conduct mostly matches the words"),
    State.MIXED: _("Conduct lies between"),
    State.MOSTLY_CONTRADICTS: _("Conduct mostly departs from the words"),
    State.CONTRADICTS: _("Conduct departs from the words"),
}
_FORECAST_VERDICTS = {
    State.MATCHES: _("Events match the prediction"),
    State.MOSTLY_MATCHES: _("Events mostly match the prediction"),
    State.MIXED: _("Events lie between"),
    State.MOSTLY_CONTRADICTS: _("Events mostly contradict the prediction"),
    State.CONTRADICTS: _("Events contradict the prediction"),
}
_GROUND_VERDICTS = {
    State.MATCHES: _("The ground matches the words"),
    State.MOSTLY_MATCHES: _("The ground mostly matches the words"),
    State.MIXED: _("The ground lies between"),
    State.MOSTLY_CONTRADICTS: _("Mostly contradicted"),
    State.CONTRADICTS: _("Contradicted"),
}
_COMMON_VERDICTS = {
    State.NO_EVIDENCE: _("No evidence yet"),
    State.INSUFFICIENT: _("Too little evidence for a verdict"),
    State.STALE: _("The evidence has gone stale"),
    State.CONFLICTING: _("The evidence conflicts"),
    State.UNCHECKABLE: _("Cannot be checked"),
}
_VERDICTS_BY_KIND = {
    ClaimKind.PRIORITY: _CONDUCT_VERDICTS,
    ClaimKind.COMMITMENT: _CONDUCT_VERDICTS,
    ClaimKind.PREDICTION: _FORECAST_VERDICTS,
    ClaimKind.CONDITION: _GROUND_VERDICTS,
    ClaimKind.FACT: _GROUND_VERDICTS,
    ClaimKind.DENIAL: _GROUND_VERDICTS,
}


def verdict_wording(kind: ClaimKind, state: State) -> str:
    """The headline over a gap: a fact is contradicted, a priority is something that conduct departs from."""
    return _COMMON_VERDICTS.get(state) or _VERDICTS_BY_KIND[kind][state]


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
