"""Krippendorff's alpha for ordered grades, from the counts of pairs of grades.

K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections C and D. 1 is full agreement, 0 is chance,
below 0 is worse than chance.
"""

from collections.abc import Mapping


def krippendorff_alpha(pairs: Mapping[tuple[int, int], float]) -> float | None:
    """Alpha of units that two editors graded, from the number of units with each pair of grades.

    None for fewer than two units, or if all grades are the same: agreement then cannot be told from habit.
    """
    margins: dict[int, float] = {}
    for pair, n in pairs.items():
        for grade in pair:
            margins[grade] = margins.get(grade, 0.0) + n
    units = sum(pairs.values())
    if units < 2 or len(margins) < 2:
        return None
    observed = sum(n * _distance(margins, *pair) for pair, n in pairs.items()) / units
    expected = sum(
        n * m * _distance(margins, one, other) for one, n in margins.items() for other, m in margins.items()
    )
    graded = 2 * units
    return 1 - observed * graded * (graded - 1) / expected


def _distance(margins: Mapping[int, float], one: int, other: int) -> float:
    """The squared distance of two grades on an ordinal scale: how many grades lie between them."""
    low, high = sorted((one, other))
    between = sum(n for grade, n in margins.items() if low <= grade <= high)
    return (between - (margins[low] + margins[high]) / 2) ** 2
