"""Confidence intervals that know about transcripts, and those for a single one that cannot.

Default: the delete-one-transcript jackknife on Fisher's z (proportions: on the logit) with
Student's t. Of seven methods simulated (`benchmarks/coverage.py`) it alone covers 95 % from 5
transcripts up; intervals that take units as independent cover .62 to .65 there. All hold the coders
fixed: they say nothing about other coders. No function here returns an interval of zero width.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from coder.stats.arrays import FloatArray
from coder.stats.bounds import plural
from coder.stats.quantiles import two_sided_normal, two_sided_t

IntervalMethod: TypeAlias = Literal["jackknife", "bootstrap", "analytic", "none"]
DegreesOfFreedom: TypeAlias = Literal["effective", "G-1"]
Transform: TypeAlias = Literal["z", "logit", "plain"]
"""The scale an interval is symmetric on: Fisher's z for -1 to 1, the logit for shares, the
coefficient itself where it can fall below -1 (alpha_U)."""

FEWEST_CLUSTERS = 3
ASSUMES_INDEPENDENCE = "assumes independent units"

_NO_SPREAD = 1e-9
"""A standard error this small is rounding, or a coder who all but never varies: with a million
units real ones are near 1e-5. An interval from it would print as one of no width."""
_MOST_UNDEFINED = 0.05
"""A bootstrap of which more is undefined describes only the samples that happened to work."""


@dataclass(frozen=True)
class Interval:
    """Both ends of an interval, or the reason why there is none.

    Args:
        label: How it is made.
        low: Lower end.
        high: Upper end.
        why_none: The reason, if there are no ends.
        standard_error: Of the statistic on its own scale, where the method has one.
    """

    label: str
    low: float | None = None
    high: float | None = None
    why_none: str = ""
    standard_error: float | None = None


def too_few(clusters: int, noun: str = "transcript") -> str:
    """Why so few transcripts give no interval; empty if they are enough."""
    if clusters >= FEWEST_CLUSTERS:
        return ""
    return {0: f"no {noun}", 1: f"one {noun} only"}.get(clusters, f"two {plural(noun)} are too few")


def jackknife_error(replicates: FloatArray) -> float:
    """The standard error from the values without each transcript in turn.

    SE^2 = (G - 1) / G sum_g (J_g - mean J)^2 (Quenouille 1956; Tukey 1958).
    """
    g = len(replicates)
    return math.sqrt((g - 1) / g * float(((replicates - replicates.mean()) ** 2).sum()))


def degrees_of_freedom(sizes: FloatArray, df: DegreesOfFreedom = "effective") -> float:
    """Degrees of freedom for the jackknife's t.

    (sum n_g)^2 / sum n_g^2 - 1, n_g the units of transcript g: G - 1 for equal sizes, less if a few
    transcripts hold most units, where t(G - 1) covers too little (simulated .92 to .94 against .95
    to .98).
    """
    if df == "G-1":
        return float(len(sizes) - 1)
    total = float(sizes.sum())
    return total * total / float((sizes * sizes).sum()) - 1


def jackknife_label(
    transform: Transform, sizes: FloatArray, df: DegreesOfFreedom, noun: str = "transcript"
) -> str:
    """The name of the jackknife interval; equal sizes are those where both df coincide."""
    equal = df == "G-1" or len(sizes) < FEWEST_CLUSTERS or bool((sizes == sizes[0]).all())
    return f"{noun} jackknife {transform}, t({'G-1' if equal else 'effective G-1'})"


def jackknife(
    estimate: float,
    replicates: FloatArray,
    sizes: FloatArray,
    clusters: tuple[str, ...],
    transform: Transform,
    *,
    confidence: float = 0.95,
    df: DegreesOfFreedom = "effective",
    noun: str = "transcript",
    why_without: Callable[[int], str] = lambda g: "",
) -> Interval:
    """The delete-one-transcript jackknife interval, the default.

    z = atanh k, SE_z = SE / (1 - k^2), k from tanh(z -+ t SE_z); for shares the logit and
    SE / (p (1 - p)). Deterministic. Refused, with the reason, for fewer than 3 transcripts, where
    the statistic is undefined without one of them, where leaving any out changes nothing, and where
    the result would be the whole scale.

    Args:
        estimate: The statistic over all transcripts.
        replicates: (G,) its value without each transcript.
        sizes: (G,) units of each transcript.
        clusters: G names.
        transform: The scale.
        confidence: Such as 0.95.
        df: See `degrees_of_freedom`.
        noun: What the clusters are called.
        why_without: Says why the statistic is undefined without transcript g.
    """
    label = jackknife_label(transform, sizes, df, noun)
    reason = too_few(len(clusters), noun) or outside(estimate, transform)
    if reason:
        return Interval(label, why_none=reason)
    lost = np.flatnonzero(np.isnan(replicates))
    if lost.size:
        first = int(lost[0])
        others = f" (and {lost.size - 1} more like it)" if lost.size > 1 else ""
        reason = f"undefined without {noun} {clusters[first]}{others}"
        why = why_without(first)
        return Interval(label, why_none=f"{reason}: {why}" if why else reason)
    error = jackknife_error(replicates)
    if error <= _NO_SPREAD:
        return Interval(label, why_none=f"leaving out any {noun} gives the same value")
    t = two_sided_t(confidence, degrees_of_freedom(sizes, df))
    low, high = symmetric_on(transform, estimate, error, t)
    if _whole_scale(low, high, transform):
        largest = clusters[int(np.argmax(sizes))]
        share = float(sizes.max() / sizes.sum())
        return Interval(
            label,
            why_none=f"it would cover the whole scale: {noun} {largest} holds {share:.0%} of the "
            f"units, or the {plural(noun)} differ too much",
            standard_error=error,
        )
    return Interval(label, low, high, standard_error=error)


def bootstrap(
    replicates: FloatArray,
    clusters: int,
    *,
    seed: int,
    confidence: float = 0.95,
    noun: str = "transcript",
) -> Interval:
    """The percentile interval over samples of transcripts drawn with replacement (Efron 1979).

    Samples in which the statistic is undefined are left out and counted in the label; more than one
    in twenty of them, and the interval is refused.
    Caution: covers too little under 20 transcripts (simulated .83 with 5, .91 with 12).
    """
    label = f"{noun} bootstrap percentile, {len(replicates)} samples, seed {seed}"
    reason = too_few(clusters, noun)
    if reason:
        return Interval(label, why_none=reason)
    defined = replicates[~np.isnan(replicates)]
    lost = len(replicates) - len(defined)
    if lost > _MOST_UNDEFINED * len(replicates) or not len(defined):
        return Interval(label, why_none=f"undefined in {lost} of {len(replicates)} samples")
    if lost:
        label = f"{label}, {lost} undefined left out"
    tail = (1 - confidence) / 2
    low, high = (float(end) for end in np.quantile(defined, [tail, 1 - tail]))
    error = float(np.std(defined, ddof=1)) if len(defined) > 1 else 0.0
    if high - low <= _NO_SPREAD:
        return Interval(label, why_none=f"samples of {plural(noun)} all give the same value")
    return Interval(label, low, high, standard_error=error)


def analytic(
    estimate: float,
    error: float,
    transform: Transform,
    method: str,
    *,
    confidence: float = 0.95,
) -> Interval:
    """An interval from an analytic standard error, for units of one transcript.

    Caution: units of one interview are not independent; the label says that it assumes so.
    """
    label = f"{method} {transform}, {ASSUMES_INDEPENDENCE}"
    reason = outside(estimate, transform)
    if reason:
        return Interval(label, why_none=reason)
    if math.isnan(error):
        return Interval(label, why_none="too few units for a standard error")
    if error <= _NO_SPREAD:
        return Interval(label, why_none="the standard error is 0 to nine digits")
    low, high = symmetric_on(transform, estimate, error, two_sided_normal(confidence))
    if _whole_scale(low, high, transform):
        return Interval(label, why_none="it would cover the whole scale", standard_error=error)
    return Interval(label, low, high, standard_error=error)


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson (1927) interval of a share of independent rows; n at least 1.

    Centre (p + z^2 / 2n) / (1 + z^2 / n),
    half width z sqrt(p (1 - p) / n + z^2 / 4n^2) / (1 + z^2 / n).
    Caution: covers far too little where rows share a school, a person or a transcript.
    """
    if not 0 <= successes <= n or n < 1:
        raise ValueError(f"{successes} of {n} is no share")
    z = two_sided_normal(confidence)
    p, spread = successes / n, z * z / n
    centre = (p + spread / 2) / (1 + spread)
    half = z * math.sqrt(p * (1 - p) / n + spread / (4 * n)) / (1 + spread)
    # Exactly 0 and 1 at the ends, where rounding leaves 1e-17.
    low = 0.0 if successes == 0 else centre - half
    return low, 1.0 if successes == n else centre + half


def symmetric_on(
    transform: Transform, estimate: float, error: float, quantile: float
) -> tuple[float, float]:
    """Ends of an interval that is symmetric on Fisher's z, the logit or the coefficient itself."""
    if transform == "plain":
        # No coefficient passes 1, so nothing is lost by ending there.
        return estimate - quantile * error, min(estimate + quantile * error, 1.0)
    if transform == "z":
        centre, half = math.atanh(estimate), quantile * error / (1 - estimate * estimate)
        return math.tanh(centre - half), math.tanh(centre + half)
    centre = math.log(estimate / (1 - estimate))
    half = quantile * error / (estimate * (1 - estimate))
    return _expit(centre - half), _expit(centre + half)


def outside(estimate: float, transform: Transform) -> str:
    """Why the scale has no place for this value; empty if it has."""
    if transform == "logit":
        if 0 < estimate < 1:
            return ""
        return "no interval for a share of exactly " + ("0%" if estimate <= 0 else "100%")
    if estimate < 1 and (estimate > -1 or transform == "plain"):
        return ""
    return "no interval at exactly 1" if estimate >= 1 else "no interval at or below -1"


def _whole_scale(low: float, high: float, transform: Transform) -> bool:
    if transform == "plain":
        return low <= -1 and high >= 1
    width = 2.0 if transform == "z" else 1.0
    return not high - low < 0.999 * width


def _expit(value: float) -> float:
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    grown = math.exp(value)
    return grown / (1 + grown)
