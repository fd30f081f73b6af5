"""The delete-one-transcript jackknife by recounting lists of units: no tables, no numpy.

The intervals of the clustered cases in `tests/reference_cases` are made with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import TypeAlias

from scipy import stats as scipy_stats

Unit: TypeAlias = tuple[str, list[object]]
"""The transcript, and what each coder answered; None where nothing."""


def fisher_z(value: float) -> float:
    return 0.5 * math.log((1 + value) / (1 - value))


def logit(share: float) -> float:
    return math.log(share) - math.log(1 - share)


SCALES: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "z": (fisher_z, lambda z: (math.exp(2 * z) - 1) / (math.exp(2 * z) + 1)),
    "logit": (logit, lambda y: 1 / (1 + math.exp(-y))),
}


def interval(
    units: Sequence[Unit],
    value_of: Callable[[list[list[object]]], float],
    scale: str,
    confidence: float = 0.95,
) -> dict[str, float]:
    """Estimate, standard error, degrees of freedom and both ends.

    Sizes are units with two answers; a transcript without any is never left out.
    """
    counted = [(g, sum(x is not None for x in answers) >= 2) for g, answers in units]
    sizes = {g: sum(two for other, two in counted if other == g) for g, _ in units}
    kept = [g for g in sorted(sizes) if sizes[g] > 0]
    everything = value_of([answers for _, answers in units])
    without = [value_of([answers for g, answers in units if g != gone]) for gone in kept]
    mean = sum(without) / len(kept)
    error = math.sqrt((len(kept) - 1) / len(kept) * sum((j - mean) ** 2 for j in without))
    df = sum(sizes.values()) ** 2 / sum(n * n for n in sizes.values()) - 1
    forth, back = SCALES[scale]
    # The slope of the scale at the estimate, by a small step.
    step = 1e-6
    slope = (forth(everything + step) - forth(everything - step)) / (2 * step)
    half = float(scipy_stats.t.ppf(0.5 + confidence / 2, df)) * error * slope
    return {
        "estimate": everything,
        "standard_error": error,
        "df": df,
        "low": back(forth(everything) - half),
        "high": back(forth(everything) + half),
    }


def share_agreeing(units: list[list[object]]) -> float:
    """The share of units on which two coders agree."""
    return sum(a == b for a, b in units) / len(units)


def kappa(units: list[list[object]]) -> float:
    """Cohen's kappa of two coders."""
    observed = share_agreeing(units)
    expected = sum(a == b for a, _ in units for _, b in units) / len(units) ** 2
    return (observed - expected) / (1 - expected)


def positive_agreement(yes: object) -> Callable[[list[list[object]]], float]:
    """Of all uses of `yes` by two coders the share that the other met."""

    def value_of(units: list[list[object]]) -> float:
        uses = sum((a == yes) + (b == yes) for a, b in units)
        return sum(2 * (a == yes and b == yes) for a, b in units) / uses

    return value_of


def alpha(
    distance: Callable[[object, object, list[object]], float],
) -> Callable[[list[list[object]]], float]:
    """Krippendorff's alpha; the distance may look at all answers of units with two or more."""

    def value_of(units: list[list[object]]) -> float:
        given = [[x for x in answers if x is not None] for answers in units]
        paired = [answers for answers in given if len(answers) >= 2]
        pool = [x for answers in paired for x in answers]
        between: dict[tuple[object, object], float] = {}

        def apart(a: object, b: object) -> float:
            if (a, b) not in between:
                between[a, b] = distance(a, b, pool)
            return between[a, b]

        seen = sum(apart(a, b) / (len(u) - 1) for u in paired for a, b in permutations(u, 2))
        chance = sum(apart(a, b) for a, b in permutations(pool, 2)) / (len(pool) - 1)
        return 1 - seen / chance

    return value_of


def ordinal(a: object, b: object, pool: list[object]) -> float:
    """Squared difference of mid-ranks; answers are numbers."""

    def midrank(x: object) -> float:
        below = sum(other < x for other in pool)  # type: ignore[operator]
        return below + sum(other == x for other in pool) / 2

    return (midrank(a) - midrank(b)) ** 2


def different(a: object, b: object, pool: list[object]) -> float:
    """Nominal."""
    return float(a != b)


def masi(a: object, b: object, pool: list[object]) -> float:
    """Passonneau (2006), of two frozen sets."""
    assert isinstance(a, frozenset)
    assert isinstance(b, frozenset)
    if a == b:
        return 0.0
    if not a & b:
        return 1.0
    weight = 2 / 3 if a < b or b < a else 1 / 3
    return 1 - weight * len(a & b) / len(a | b)


VALUES: dict[str, tuple[Callable[[list[list[object]]], float], str]] = {
    "cohen_kappa": (kappa, "z"),
    "percent_agreement": (share_agreeing, "logit"),
    "positive_agreement": (positive_agreement("yes"), "logit"),
    "alpha_nominal": (alpha(different), "z"),
    "alpha_ordinal": (alpha(ordinal), "z"),
    "alpha_masi": (alpha(masi), "z"),
}
"""The statistics of the clustered cases with the scale of their intervals."""


def units_of_case(body: dict[str, object]) -> list[Unit]:
    """The units of a case; lists of codes become frozen sets."""
    matrix, cluster = body["matrix"], body["cluster"]
    assert isinstance(matrix, list)
    assert isinstance(cluster, list)
    return [
        (str(g), [frozenset(x) if isinstance(x, list) else x for x in answers])
        for g, answers in zip(cluster, zip(*matrix, strict=True), strict=True)
    ]
