"""Krippendorff's alpha: any number of coders, missing ratings, four levels of measurement.

alpha = 1 - D_o / D_e = 1 - (n - 1) sum_ck O_ck d_ck / sum_ck n_c n_k d_ck (Krippendorff 2004,
2011), with coincidences O_ck = sum_u n_uc (n_uk - [c = k]) / (m_u - 1) over units with two ratings
or more, n_c their row sums, n the total. Units with one rating change nothing. Undefined (NaN)
where no unit has two ratings or only one category occurs among such units.

Caution: a chance-corrected disagreement, not a share; one deviating rating among many gives 0.
"""

from __future__ import annotations

import numpy as np

from coder.stats.arrays import FloatArray, IntArray, floats, ratio
from coder.stats.patterns import disagreement_within
from coder.stats.weighted import nominal_distance, quadratic_distance

_CELLS_AT_ONCE = 4_000_000
"""Coincidence cells held at a time (32 MB), so that many patterns of many codes still fit."""


def interval_distance(values: FloatArray) -> FloatArray:
    """d_ck = (c - k)^2 between level values."""
    return quadratic_distance(values)


def ratio_distance(values: FloatArray) -> FloatArray:
    """d_ck = ((c - k) / (c + k))^2 between level values, which must not be negative."""
    sums = values[:, None] + values[None, :]
    gaps = values[:, None] - values[None, :]
    return np.where(gaps == 0, 0.0, ratio(gaps, sums)) ** 2


def alpha(patterns: IntArray, counts: FloatArray, distance: FloatArray) -> FloatArray:
    """Krippendorff's alpha for any fixed distance between categories.

    Args:
        patterns: (P, q) ratings of a unit per category.
        counts: (..., P) units with each pattern.
        distance: (q, q) symmetric, 0 on the diagonal: d above.
    """
    rated, paired = _pairable(patterns, counts)
    n = floats(rated)
    apart = disagreement_within(rated, distance) / (n.sum(axis=1) - 1)
    used = paired @ n
    return _from_disagreement(paired @ apart, ((used @ distance) * used).sum(axis=-1), used)


def alpha_nominal(patterns: IntArray, counts: FloatArray) -> FloatArray:
    """Alpha for unordered categories: d_ck = 1 where c and k differ (Krippendorff 2004).

    Arguments as for `alpha`; NaN where only one category occurs on units with two ratings.
    Caution: every difference counts the same; neighbouring levels of a rubric do not.
    """
    return alpha(patterns, counts, nominal_distance(patterns.shape[1]))


def alpha_ordinal(patterns: IntArray, counts: FloatArray, values: FloatArray) -> FloatArray:
    """Alpha for ordered categories: only the order of the level values counts.

    d_ck = (n_c / 2 + n_k / 2 + sum of n_g for g between c and k)^2, the squared difference of the
    levels' mid-ranks (Krippendorff 2004). It depends on how often each level was used, so it is
    taken anew for every entry of the stack.
    Caution: levels that were used seldom lie close together, so a slip between common levels costs
    more than one between rare ones.
    """
    rated, paired = _pairable(patterns, counts)
    order = np.argsort(values)
    n = floats(rated)[:, order]
    return _ordinal(_coincidences(n, paired), paired @ n)


def alpha_interval(patterns: IntArray, counts: FloatArray, values: FloatArray) -> FloatArray:
    """Alpha for levels whose differences have a meaning: d_ck = (c - k)^2 (Krippendorff 2004).

    Caution: the level values decide; a rubric numbered 1, 2, 3 claims that both steps are alike.
    """
    return alpha(patterns, counts, interval_distance(values))


def alpha_ratio(patterns: IntArray, counts: FloatArray, values: FloatArray) -> FloatArray:
    """Alpha for levels with a true zero: d_ck = ((c - k) / (c + k))^2; values from 0 up.

    For counts and the like (Krippendorff 2004).
    Caution: 0 and anything else are as far apart as can be; a rubric that starts at 0 has no true
    zero by that.
    """
    return alpha(patterns, counts, ratio_distance(values))


def pair_alpha(tables: FloatArray, distance: FloatArray) -> FloatArray:
    """Alpha of two coders from a stack of tables (..., q, q), for a fixed distance."""
    tables = floats(tables)
    used = tables.sum(axis=-1) + tables.sum(axis=-2)
    observed = 2 * (tables * distance).sum(axis=(-2, -1))
    return _from_disagreement(observed, ((used @ distance) * used).sum(axis=-1), used)


def pair_alpha_ordinal(tables: FloatArray, values: FloatArray) -> FloatArray:
    """Ordinal alpha of two coders from a stack of tables (..., q, q)."""
    order = np.argsort(values)
    tables = floats(tables)[..., order, :][..., :, order]
    used = tables.sum(axis=-1) + tables.sum(axis=-2)
    return _ordinal(tables + np.swapaxes(tables, -1, -2), used)


def _pairable(patterns: IntArray, counts: FloatArray) -> tuple[IntArray, FloatArray]:
    keep = patterns.sum(axis=1) >= 2
    return patterns[keep], floats(counts)[..., keep]


def _from_disagreement(observed: FloatArray, expected: FloatArray, used: FloatArray) -> FloatArray:
    n = used.sum(axis=-1)
    return 1 - ratio((n - 1) * observed, expected)


def _ordinal(coincidences: FloatArray, used: FloatArray) -> FloatArray:
    midranks = np.cumsum(used, axis=-1) - used / 2
    # As a matrix of squared gaps, not by the shorter sum of squares less squared sum: only this way
    # are perfect agreement and a single category exact, and those decide what is undefined.
    distance = (midranks[..., :, None] - midranks[..., None, :]) ** 2
    observed = (coincidences * distance).sum(axis=(-2, -1))
    expected = (used[..., :, None] * used[..., None, :] * distance).sum(axis=(-2, -1))
    return _from_disagreement(observed, expected, used)


def _coincidences(n: FloatArray, counts: FloatArray) -> FloatArray:
    """O (..., q, q) off the diagonal, which is all that disagreement needs."""
    q = n.shape[1]
    discordant = np.flatnonzero((n > 0).sum(axis=1) > 1)
    observed = np.zeros((*counts.shape[:-1], q * q))
    block = max(1, _CELLS_AT_ONCE // (q * q))
    for start in range(0, discordant.size, block):
        part = discordant[start : start + block]
        pairs = n[part][:, :, None] * n[part][:, None, :]
        weight = 1 / (n[part].sum(axis=1) - 1)
        observed += counts[..., part] @ (pairs * weight[:, None, None]).reshape(-1, q * q)
    observed = observed.reshape(*counts.shape[:-1], q, q)
    observed[..., range(q), range(q)] = 0
    return observed
