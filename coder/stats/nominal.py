"""Two coders, unordered categories: agreement beyond chance and what surrounds it.

Every function takes a stack of tables (..., q, q) of counts and returns one value per table, NaN
where the statistic is undefined. Chance terms are kept as sums of products of whole counts, exact
in floating point up to 1e7 units, so "undefined", 0 and 1 are exact too. In the formulas N is the
number of units, n_ij the counts, r_i and c_j the margins of coder A and B, p the same divided by N.
"""

from __future__ import annotations

import numpy as np

from coder.stats.arrays import FloatArray, floats, ratio


def _units(tables: FloatArray) -> FloatArray:
    return floats(tables.sum(axis=(-2, -1)))


def _agreed(tables: FloatArray) -> FloatArray:
    return floats(np.trace(tables, axis1=-2, axis2=-1))


def _rows(tables: FloatArray) -> FloatArray:
    return floats(tables.sum(axis=-1))


def _columns(tables: FloatArray) -> FloatArray:
    return floats(tables.sum(axis=-2))


def _undefined(tables: FloatArray) -> FloatArray:
    return np.full(tables.shape[:-2], np.nan)


def percent_agreement(tables: FloatArray) -> FloatArray:
    """The share of units that both coders put into the same category.

    p_o = sum_i p_ii. A share from 0 to 1, not per cent. Undefined without units.
    Caution: high by chance alone where one category dominates.
    """
    tables = floats(tables)
    return ratio(_agreed(tables), _units(tables))


def cohen_kappa(tables: FloatArray) -> FloatArray:
    """Agreement beyond what the two coders' own margins would give by chance.

    kappa = (p_o - p_e) / (1 - p_e), p_e = sum_i r_i c_i / N^2 (Cohen 1960). Undefined where
    p_e = 1: both used one and the same category only. Exactly 0 where one coder never varies.
    Caution: low for rare codes at high percent agreement; rises when the margins differ.
    """
    tables = floats(tables)
    n = _units(tables)
    chance = (_rows(tables) * _columns(tables)).sum(axis=-1)
    return 1 - ratio(n * (n - _agreed(tables)), n * n - chance)


def kappa_max(tables: FloatArray) -> FloatArray:
    """The highest kappa that the two coders' margins allow.

    kappa with p_o replaced by sum_i min(r_i, c_i) / N (Cohen 1960). Undefined where kappa is.
    Caution: a ceiling, not an estimate of agreement; do not divide kappa by it.
    """
    tables = floats(tables)
    n, rows, columns = _units(tables), _rows(tables), _columns(tables)
    possible = np.minimum(rows, columns).sum(axis=-1)
    return 1 - ratio(n * (n - possible), n * n - (rows * columns).sum(axis=-1))


def scott_pi(tables: FloatArray) -> FloatArray:
    """Agreement beyond chance if both coders shared one set of margins.

    pi = (p_o - p_e) / (1 - p_e), p_e = sum_i ((r_i + c_i) / 2N)^2 (Scott 1955); Fleiss' kappa for
    two coders. Undefined where only one category was used.
    Caution: counts a difference between the coders' margins as disagreement; kappa does not.
    """
    tables = floats(tables)
    n = _units(tables)
    both = _rows(tables) + _columns(tables)
    return 1 - ratio(4 * n * (n - _agreed(tables)), 4 * n * n - (both * both).sum(axis=-1))


def brennan_prediger(tables: FloatArray) -> FloatArray:
    """Agreement beyond guessing evenly among the declared categories.

    S = (p_o - 1/q) / (1 - 1/q) (Bennett, Alpert & Goldstein 1954; Brennan & Prediger 1981).
    Undefined for fewer than two declared categories or no units.
    Caution: rises with every category that is declared and never used.
    """
    tables = floats(tables)
    q = tables.shape[-1]
    if q < 2:
        return _undefined(tables)
    n = _units(tables)
    return 1 - ratio(q * (n - _agreed(tables)), (q - 1) * n)


def gwet_ac1(tables: FloatArray) -> FloatArray:
    """Agreement beyond the chance that arises only on units that are hard to code.

    AC1 = (p_o - p_e) / (1 - p_e), p_e = sum_k pi_k (1 - pi_k) / (q - 1), pi_k = (r_k + c_k) / 2N
    (Gwet 2008). Defined wherever there are units and two declared categories, also where only one
    was used. Caution: close to percent agreement where one category dominates.
    """
    tables = floats(tables)
    q = tables.shape[-1]
    if q < 2:
        return _undefined(tables)
    n = _units(tables)
    both = _rows(tables) + _columns(tables)
    # Both terms times 4 N^2 (q - 1), which keeps them whole numbers.
    chance = 4 * n * n * (q - 2) + (both * both).sum(axis=-1)
    return 1 - ratio(4 * n * (n - _agreed(tables)) * (q - 1), chance)


def pabak(tables: FloatArray) -> FloatArray:
    """Kappa as it would be if both categories were equally common and used alike.

    PABAK = 2 p_o - 1, for two categories (Byrt, Bishop & Carlin 1993). NaN for any other number.
    Caution: percent agreement on another scale, nothing more.
    """
    tables = floats(tables)
    if tables.shape[-1] != 2:
        return _undefined(tables)
    return 2 * ratio(_agreed(tables), _units(tables)) - 1


def specific_agreement(tables: FloatArray) -> FloatArray:
    """For each category, how often one coder's use of it is met by the other's.

    2 n_kk / (r_k + c_k), of shape (..., q) (Cicchetti & Feinstein 1990); the mean of the two
    coders' F1 (Hripcsak & Rothschild 2005). NaN for a category that nobody used.
    Caution: not corrected for chance.
    """
    tables = floats(tables)
    used = _rows(tables) + _columns(tables)
    return ratio(2 * np.diagonal(tables, axis1=-2, axis2=-1), used)


def positive_agreement(tables: FloatArray) -> FloatArray:
    """Specific agreement on the first of two categories: the code applies.

    2a / (2a + b + c) (Cicchetti & Feinstein 1990). NaN unless there are two categories and
    somebody used the first.
    Caution: not corrected for chance; for a common code high by chance alone.
    """
    tables = floats(tables)
    if tables.shape[-1] != 2:
        return _undefined(tables)
    return floats(specific_agreement(tables)[..., 0])


def negative_agreement(tables: FloatArray) -> FloatArray:
    """Specific agreement on the second of two categories: the code does not apply.

    2d / (2d + b + c) (Cicchetti & Feinstein 1990). NaN unless there are two categories and
    somebody used the second.
    Caution: not corrected for chance; near 1 for every rare code.
    """
    tables = floats(tables)
    if tables.shape[-1] != 2:
        return _undefined(tables)
    return floats(specific_agreement(tables)[..., 1])


def prevalence_index(tables: FloatArray) -> FloatArray:
    """How far agreed use of the first of two categories outweighs agreed use of the second.

    (a - d) / N, from -1 to 1 (Byrt, Bishop & Carlin 1993). NaN unless there are two categories.
    Caution: beyond .6 either way kappa and percent agreement tell different stories.
    """
    tables = floats(tables)
    if tables.shape[-1] != 2:
        return _undefined(tables)
    return ratio(tables[..., 0, 0] - tables[..., 1, 1], _units(tables))


def bias_index(tables: FloatArray) -> FloatArray:
    """How much more often coder A than coder B used the first of two categories.

    (b - c) / N, from -1 to 1 (Byrt, Bishop & Carlin 1993). NaN unless there are two categories.
    Caution: a difference between the coders raises kappa at the same percent agreement.
    """
    tables = floats(tables)
    if tables.shape[-1] != 2:
        return _undefined(tables)
    return ratio(tables[..., 0, 1] - tables[..., 1, 0], _units(tables))
