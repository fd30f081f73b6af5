"""Two coders, ordered categories: near misses count for less than far ones.

Distances between categories are disagreement weights v_ij with v_ii = 0; the agreement weights of
the literature are w = 1 - v / max v. Kappa does not depend on their scale, so they are left as
whole numbers where the level values are: chance terms then stay exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from coder.stats.arrays import FloatArray, floats, ratio


def numeric_levels(categories: Sequence[str]) -> FloatArray | None:
    """The categories as numbers (q,), if every one of them is written as a finite number."""
    try:
        values = [float(name) for name in categories]
    except ValueError:
        return None
    # float("nan") and float("inf") are words that a codebook may well use as codes.
    if not all(math.isfinite(value) for value in values) or len(set(values)) != len(values):
        return None
    return floats(values)


def level_ranks(values: FloatArray) -> FloatArray:
    """The place (q,) of each level when they are put in ascending order, from 0."""
    return floats(np.argsort(np.argsort(values)))


def nominal_distance(q: int) -> FloatArray:
    """1 between different categories."""
    return floats(1 - np.eye(q))


def linear_distance(values: FloatArray) -> FloatArray:
    """v_ij = |s_i - s_j| between level values s (Cicchetti & Allison 1971)."""
    return floats(np.abs(values[:, None] - values[None, :]))


def quadratic_distance(values: FloatArray) -> FloatArray:
    """v_ij = (s_i - s_j)^2 between level values s (Fleiss & Cohen 1973)."""
    return floats((values[:, None] - values[None, :]) ** 2)


def gwet_ordinal_distance(q: int) -> FloatArray:
    """v_ij = C(|i-j|+1, 2), Gwet's ordinal weights (2014), for levels in ascending order.

    Caution: not Krippendorff's ordinal metric, which depends on how often each level was used.
    """
    steps = np.abs(np.arange(q)[:, None] - np.arange(q)[None, :])
    return floats(steps * (steps + 1) / 2)


def beyond_one_level(values: FloatArray) -> FloatArray:
    """1 between levels that are not the same and not neighbours."""
    ranks = level_ranks(values)
    return floats(np.abs(ranks[:, None] - ranks[None, :]) > 1)


def unit_scale(distance: FloatArray) -> FloatArray:
    """The distances divided by the largest, so that 1 - v are agreement weights."""
    largest = float(distance.max()) if distance.size else 0.0
    return distance / largest if largest > 0 else distance


def weighted_kappa(tables: FloatArray, distance: FloatArray) -> FloatArray:
    """Agreement beyond chance with partial credit for near misses.

    kappa_w = 1 - N sum_ij v_ij n_ij / sum_ij v_ij r_i c_j (Cohen 1968). Observed and expected
    disagreement use the same v, so its scale does not matter. Undefined where both coders used one
    and the same category only. One value per table of the stack (..., q, q).
    Caution: quadratic weights grow with the number of levels; compare only rubrics alike.
    """
    tables = floats(tables)
    n = tables.sum(axis=(-2, -1))
    expected = (tables.sum(axis=-1)[..., :, None] * tables.sum(axis=-2)[..., None, :]) * distance
    observed = (tables * distance).sum(axis=(-2, -1))
    return 1 - ratio(n * observed, expected.sum(axis=(-2, -1)))


def gwet_ac2(tables: FloatArray, distance: FloatArray) -> FloatArray:
    """Gwet's coefficient with partial credit for near misses.

    AC2 = (p_o - p_e) / (1 - p_e), p_o = sum_ij w_ij p_ij, w = 1 - v / max v,
    p_e = (sum_ij w_ij) / (q (q - 1)) sum_k pi_k (1 - pi_k), pi_k = (r_k + c_k) / 2N (Gwet 2014).
    Needs units and two declared levels. One value per table of the stack (..., q, q).
    Caution: the declared levels decide: an unused one changes p_e.
    """
    tables = floats(tables)
    q = tables.shape[-1]
    if q < 2:
        return np.full(tables.shape[:-2], np.nan)
    scaled = unit_scale(distance)
    n = floats(tables.sum(axis=(-2, -1)))
    used = ratio(tables.sum(axis=-1) + tables.sum(axis=-2), 2 * n[..., None])
    chance = (1 - scaled).sum() / (q * (q - 1)) * (used * (1 - used)).sum(axis=-1)
    return 1 - ratio((tables * scaled).sum(axis=(-2, -1)), n * (1 - chance))


def within_one(tables: FloatArray, values: FloatArray) -> FloatArray:
    """The share of units on which the coders' levels are equal or neighbours.

    NaN for fewer than three levels, where it would be 1 whatever the coders did, or without units.
    Caution: not corrected for chance; with four levels more than half of all guesses are within
    one.
    """
    tables = floats(tables)
    if tables.shape[-1] < 3:
        return np.full(tables.shape[:-2], np.nan)
    n = tables.sum(axis=(-2, -1))
    near = 1 - beyond_one_level(values)
    return ratio((tables * near).sum(axis=(-2, -1)), n)
