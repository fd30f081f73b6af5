"""Several tables at once: the codes of a multi-label set, or all pairs of several coders.

Functions take a stack (..., K, q, q): K tables, padded with zero rows and columns where some have
fewer categories.
"""

from __future__ import annotations

import numpy as np

from coder.stats.arrays import FloatArray, floats, ratio
from coder.stats.nominal import cohen_kappa


def pooled_kappa(tables: FloatArray) -> FloatArray:
    """One kappa for several tables from their mean observed and mean expected agreement.

    (mean p_o - mean p_e) / (1 - mean p_e) (De Vries, Elliott, Kanouse & Teleki 2008). Over the
    codes of a multi-label set it is Dedoose's figure, over all pairs of coders it is Hubert's kappa
    (Hubert 1977). Undefined if one table has no unit or none of them varies.
    Caution: frequent codes dominate it, and a code that nobody used adds nothing.
    """
    tables = floats(tables)
    n = tables.sum(axis=(-2, -1))
    agreed = np.trace(tables, axis1=-2, axis2=-1)
    chance = (tables.sum(axis=-1) * tables.sum(axis=-2)).sum(axis=-1)
    observed = ratio(n - agreed, n).sum(axis=-1)
    expected = ratio(n * n - chance, n * n).sum(axis=-1)
    return 1 - ratio(observed, expected)


def mean_kappa(tables: FloatArray) -> FloatArray:
    """The plain mean of the tables' kappas.

    Over all pairs of coders it is Light's kappa (Light 1971). Undefined where one of them is.
    Caution: a rare code with an unstable kappa weighs as much as a common one.
    """
    return floats(cohen_kappa(tables).mean(axis=-1))
