"""Any number of coders, missing ratings allowed: the coefficients of Fleiss, Gwet and Conger.

Every function takes the patterns (P, q) of a `RatingCounts` and a stack of counts (..., P), and
returns one value per stack entry, NaN where undefined. n_uk is the number of coders who gave unit u
category k, m_u their sum. Observed agreement in kappas and AC1 is the mean over units with two
ratings or more of the share of agreeing pairs of coders: every unit weighs the same however many
coded it (Gwet's convention). Category shares pi_k are means over units with one rating or more of
n_uk / m_u. `distance` holds disagreement weights as in `weighted`, nominal by default.
"""

from __future__ import annotations

import numpy as np

from coder.stats.arrays import FloatArray, IntArray, floats, ratio
from coder.stats.patterns import disagreement_within
from coder.stats.weighted import nominal_distance, unit_scale


def unit_disagreement(patterns: IntArray, distance: FloatArray) -> FloatArray:
    """For each pattern (P,) the share of pairs of coders that disagree; 0 under two ratings.

    sum_kl v_kl n_uk n_ul / (m_u (m_u - 1)): exactly 0 where all coders agree.
    """
    m = floats(patterns).sum(axis=1)
    apart = disagreement_within(patterns, distance)
    return floats(np.where(m >= 2, apart / np.maximum(m * (m - 1), 1), 0.0))


def unit_shares(patterns: IntArray) -> FloatArray:
    """For each pattern the share (P, q) of its ratings in every category; 0 without ratings."""
    n = floats(patterns)
    return floats(n / np.maximum(n.sum(axis=1, keepdims=True), 1))


def category_shares(patterns: IntArray, counts: FloatArray) -> FloatArray:
    """pi_k (..., q): the mean over units with a rating of the share of their ratings in k."""
    rated = floats(patterns.sum(axis=1) >= 1)
    return ratio(counts @ unit_shares(patterns), (counts @ rated)[..., None])


def observed_disagreement(
    patterns: IntArray, counts: FloatArray, distance: FloatArray
) -> FloatArray:
    """1 - p_a (...): the mean disagreement of units with two ratings or more."""
    pairable = floats(patterns.sum(axis=1) >= 2)
    return ratio(counts @ unit_disagreement(patterns, distance), counts @ pairable)


def percent_agreement(
    patterns: IntArray, counts: FloatArray, distance: FloatArray | None = None
) -> FloatArray:
    """The mean over units of the share of pairs of coders who agree: every unit counts the same.

    p_a = mean over units with m_u >= 2 of sum_k n_uk (n_uk - 1) / (m_u (m_u - 1)) (Fleiss 1971;
    Gwet 2014). A share from 0 to 1. Undefined if no unit has two ratings.
    Caution: one of three conventions, which differ where ratings are missing; see
    `percent_agreement_values` and `percent_agreement_pairs`.
    """
    scaled = _scaled(patterns, distance)
    return 1 - observed_disagreement(patterns, floats(counts), scaled)


def percent_agreement_values(patterns: IntArray, counts: FloatArray) -> FloatArray:
    """The share of agreement with every rating counting the same: one minus alpha's disagreement.

    1 - D_o = sum_u sum_k n_uk (n_uk - 1) / (m_u - 1) / sum_u m_u over units with m_u >= 2
    (Krippendorff 2004; DKPro). A unit weighs by its ratings. Undefined if no unit has two.
    Caution: the same as `percent_agreement` unless ratings are missing; name the convention.
    """
    m = floats(patterns.sum(axis=1))
    apart = disagreement_within(patterns, nominal_distance(patterns.shape[1]))
    paired = floats(m >= 2)
    return 1 - _per(counts, paired * apart / np.maximum(m - 1, 1), paired * m)


def percent_agreement_pairs(patterns: IntArray, counts: FloatArray) -> FloatArray:
    """The share of agreement with every pair of ratings counting the same.

    sum_u sum_k n_uk (n_uk - 1) / sum_u m_u (m_u - 1): all pairs of coders on all units thrown
    together. A unit weighs by its pairs, so those that many coded decide. Undefined if no unit has
    two ratings.
    Caution: the same as `percent_agreement` unless ratings are missing; name the convention.
    """
    m = floats(patterns.sum(axis=1))
    apart = disagreement_within(patterns, nominal_distance(patterns.shape[1]))
    return 1 - _per(counts, apart, m * (m - 1))


def fleiss_kappa(
    patterns: IntArray, counts: FloatArray, distance: FloatArray | None = None
) -> FloatArray:
    """Agreement of several coders beyond chance, chance being the categories' overall shares.

    kappa = (p_a - p_e) / (1 - p_e), p_e = sum_k pi_k^2 (Fleiss 1971; with missing ratings Gwet
    2014). Scott's pi for two coders. Undefined where only one category was used or no unit has two
    ratings.
    Caution: units with one rating count for pi_k; alpha leaves them out.
    """
    scaled = _scaled(patterns, distance)
    counts = floats(counts)
    shares = category_shares(patterns, counts)
    expected = ((shares @ scaled) * shares).sum(axis=-1)
    return 1 - ratio(observed_disagreement(patterns, counts, scaled), expected)


def brennan_prediger(
    patterns: IntArray, counts: FloatArray, distance: FloatArray | None = None
) -> FloatArray:
    """Agreement of several coders beyond guessing evenly among the declared categories.

    p_e = sum_kl w_kl / q^2 (Brennan & Prediger 1981; Randolph 2005). Undefined under two declared
    categories or if no unit has two ratings.
    Caution: rises with every category that is declared and never used.
    """
    q = patterns.shape[1]
    counts = floats(counts)
    if q < 2:
        return np.full(counts.shape[:-1], np.nan)
    scaled = _scaled(patterns, distance)
    disagreement = observed_disagreement(patterns, counts, scaled)
    return floats(1 - disagreement * (q * q / float(scaled.sum())))


def gwet_ac(
    patterns: IntArray, counts: FloatArray, distance: FloatArray | None = None
) -> FloatArray:
    """Gwet's AC1, or AC2 with weights, for several coders.

    p_e = (sum_kl w_kl) / (q (q - 1)) sum_k pi_k (1 - pi_k) (Gwet 2008, 2014). Undefined under two
    declared categories or if no unit has two ratings.
    Caution: close to percent agreement where one category dominates.
    """
    q = patterns.shape[1]
    counts = floats(counts)
    if q < 2:
        return np.full(counts.shape[:-1], np.nan)
    scaled = _scaled(patterns, distance)
    shares = category_shares(patterns, counts)
    chance = (1 - scaled).sum() / (q * (q - 1)) * (shares * (1 - shares)).sum(axis=-1)
    return 1 - ratio(observed_disagreement(patterns, counts, scaled), 1 - chance)


def conger_kappa(
    patterns: IntArray,
    counts: FloatArray,
    margins: FloatArray,
    distance: FloatArray | None = None,
) -> FloatArray:
    """Agreement of several coders beyond chance, chance coming from each coder's own margins.

    p_e = the mean over pairs of coders g, h of sum_k p_gk p_hk, p_gk the share of coder g's
    ratings in k (Conger 1980). Cohen's kappa for two coders without missing ratings. Undefined
    where all coders used one and the same category only.
    Caution: with missing ratings it depends on who is missing.

    Args:
        patterns: (P, q).
        counts: (..., P).
        margins: (..., m, q) ratings of each coder in each category.
        distance: (q, q) disagreement weights.
    """
    scaled = _scaled(patterns, distance)
    margins = floats(margins)
    given = floats(margins.sum(axis=-1))
    shares = ratio(margins, given[..., None])
    shares = np.where(np.isnan(shares), 0.0, shares)
    together = shares.sum(axis=-2)
    everyone = ((together @ scaled) * together).sum(axis=-1)
    themselves = ((shares @ scaled) * shares).sum(axis=(-2, -1))
    coders = (given > 0).sum(axis=-1)
    # All coders in one category: both terms are sums of zeros, so the difference is exactly 0.
    expected = ratio(floats(everyone - themselves), floats(coders * (coders - 1)))
    return 1 - ratio(observed_disagreement(patterns, floats(counts), scaled), expected)


def specific_agreement(patterns: IntArray, counts: FloatArray) -> FloatArray:
    """For each category, how often a coder's use of it is met by another coder of the unit.

    sum_u n_uk (n_uk - 1) / (m_u - 1) / sum_u n_uk over units with m_u >= 2, of shape (..., q)
    (Cicchetti & Feinstein 1990 for several coders). NaN for a category not used there.
    Caution: not corrected for chance.
    """
    n = floats(patterns)
    m = n.sum(axis=1, keepdims=True)
    n = np.where(m >= 2, n, 0.0)
    met = n * (n - 1) / np.maximum(m - 1, 1)
    counts = floats(counts)
    return ratio(counts @ met, counts @ n)


def _per(counts: FloatArray, top: FloatArray, bottom: FloatArray) -> FloatArray:
    counts = floats(counts)
    return ratio(counts @ top, counts @ bottom)


def _scaled(patterns: IntArray, distance: FloatArray | None) -> FloatArray:
    return nominal_distance(patterns.shape[1]) if distance is None else unit_scale(distance)
