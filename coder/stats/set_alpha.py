"""Krippendorff's alpha for answers that are sets of codes, and the mean similarity behind it.

alpha = 1 - (n - 1) sum_u sum_{i<>j} d(S_ui, S_uj) / (m_u - 1) / sum_ck n_c n_k d_ck, the alpha of
`alpha.alpha` with the different sets as categories and a distance between sets: Jaccard's, MASI's
(Passonneau 2006), or 1 for any difference. Units with one answer change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from coder.stats.arrays import FloatArray, floats, ratio
from coder.stats.set_distances import SetDistance, SetDistances
from coder.stats.sets import SetCounts

_KINDS: tuple[SetDistance, ...] = ("nominal", "jaccard", "masi")


@dataclass(frozen=True, eq=False)
class SetSums:
    """What adds up over transcripts.

    Args:
        units: (...) units with two answers or more.
        apart: (..., 3) for each distance the sum over units of the mean distance of two answers.
        coincident: (..., 3) the same sum, each unit times its number of answers.
        used: (..., q) answers with each set, on those units.
    """

    units: FloatArray
    apart: FloatArray
    coincident: FloatArray
    used: FloatArray

    @classmethod
    def from_columns(cls, columns: FloatArray) -> SetSums:
        """The sums held in columns (..., 7 + q), as `columns` gives them."""
        k = len(_KINDS)
        return cls(
            columns[..., 0],
            columns[..., 1 : 1 + k],
            columns[..., 1 + k : 1 + 2 * k],
            columns[..., 1 + 2 * k :],
        )

    @property
    def columns(self) -> FloatArray:
        """All sums side by side, (..., 7 + q), to be added and subtracted."""
        parts = [self.units[..., None], self.apart, self.coincident, self.used]
        return np.concatenate(parts, axis=-1)


def set_sums(counts: SetCounts, distances: SetDistances) -> SetSums:
    """The sums (G, ...) of every transcript."""
    g, q, kinds = len(counts.clusters), len(counts.membership), len(_KINDS)
    kept = counts.pairable
    cluster, times = counts.cluster[kept], counts.times[kept]
    answers = counts.answers[kept]
    given = floats((answers >= 0).sum(axis=1))
    apart, coincident = np.zeros((kinds, g)), np.zeros((kinds, g))
    mean = mean_distances(counts, distances)[:, kept]
    for number in range(kinds):
        apart[number] = np.bincount(cluster, weights=times * mean[number], minlength=g)
        weights = times * given * mean[number]
        coincident[number] = np.bincount(cluster, weights=weights, minlength=g)
    used = np.zeros(g * q)
    for column in answers.T:
        has = column >= 0
        cell = cluster[has] * q + column[has]
        used += np.bincount(cell, weights=times[has], minlength=g * q)
    units = np.bincount(cluster, weights=times, minlength=g)
    return SetSums(floats(units), apart.T, coincident.T, used.reshape(g, q))


def mean_distances(counts: SetCounts, distances: SetDistances) -> FloatArray:
    """For each distance and row of counts the mean distance of two answers (3, R); 0 under two."""
    found = np.zeros((len(_KINDS), len(counts.answers)))
    given = (counts.answers >= 0).sum(axis=1)
    for i, j in combinations(range(len(counts.coders)), 2):
        first, second = counts.answers[:, i], counts.answers[:, j]
        differ = np.flatnonzero((first >= 0) & (second >= 0) & (first != second))
        for number, kind in enumerate(_KINDS):
            found[number, differ] += distances.between(first[differ], second[differ], kind)
    return floats(found / np.maximum(given * (given - 1) / 2, 1))


def similarity(sums: SetSums, kind: SetDistance) -> FloatArray:
    """One minus the mean distance of two coders' sets: a mean over units, each counting the same.

    For "nominal" the share of identical sets. From 0 to 1; undefined if no unit has two answers.
    Caution: not corrected for chance, and high where most sets are empty.
    """
    return 1 - ratio(sums.apart[..., _KINDS.index(kind)], sums.units)


def alpha(sums: SetSums, distances: SetDistances, kind: SetDistance) -> FloatArray:
    """Alpha with this distance between sets. Undefined where only one set occurs.

    Caution: the distance decides the figure; name it. MASI is stricter than Jaccard with sets that
    overlap without one containing the other.
    """
    n = sums.used.sum(axis=-1)
    expected = distances.expected(sums.used, kind)
    return 1 - ratio((n - 1) * sums.coincident[..., _KINDS.index(kind)], expected)
