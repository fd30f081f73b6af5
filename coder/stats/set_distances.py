"""How far apart two sets of codes are.

Both distances run from 0 (equal) to 1 (nothing in common). The empty set is an answer, "no code
applies": 0 from itself and 1 from every other.
Caution: which distance is used decides the figure. On the same five data sets Passonneau found
nominal alphas of .01 to .24, Jaccard's of .39 to .58 and MASI's of .68 to .80: always name it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, TypeAlias

import numpy as np

from coder.stats.arrays import BoolArray, FloatArray, IntArray, floats

SetDistance: TypeAlias = Literal["nominal", "jaccard", "masi"]
"""Which distance: 1 for any difference, or one of those below."""

SUBSET, OVERLAP = 2 / 3, 1 / 3
"""MASI's weights M of a set within the other, and of sets that merely overlap."""

_NUMBERS_AT_ONCE = 4_000_000
"""Distances held at a time (32 MB): all of up to 2,000 different sets."""


def jaccard_distance(a: Collection[str], b: Collection[str]) -> float:
    """The share of the codes in either set that is not in both.

    d = 1 - |A n B| / |A u B| (Jaccard 1901); 0 for two empty sets.
    Caution: {A} and {A, B} are as far apart as {A, B} and {A, B, C, D}.
    """
    return _of_two(a, b, "jaccard")


def masi_distance(a: Collection[str], b: Collection[str]) -> float:
    """Jaccard's distance made larger where neither set contains the other.

    d = 1 - J M with J = |A n B| / |A u B| and M = 1 for equal sets, 2/3 for a subset, 1/3 for
    sets that overlap otherwise, 0 for disjoint ones (Passonneau 2006).
    Caution: DKPro computes (1 - J)(1 - M): 1/6 instead of 2/3 for {A} and {A, B}.
    """
    return _of_two(a, b, "masi")


class SetDistances:
    """The distances between all sets of a study, taken when needed.

    With thousands of different sets the matrix would fill the memory, so it is made anew in strips;
    a small one is kept.

    Args:
        membership: (q, K) which of K codes each set holds; no two sets alike.
    """

    def __init__(self, membership: BoolArray) -> None:
        self._held = floats(membership)
        self._sizes = floats(self._held.sum(axis=1))
        self._kept: dict[SetDistance, FloatArray] = {}

    def between(self, first: IntArray, second: IntArray, kind: SetDistance) -> FloatArray:
        """The distances (n,) of sets from their partners, by number."""
        common = (self._held[first] * self._held[second]).sum(axis=1)
        return _distance(common, self._sizes[first], self._sizes[second], kind)

    def matrix(self, kind: SetDistance) -> FloatArray:
        """All distances (q, q)."""
        return self._strip(slice(None), kind)

    def expected(self, used: FloatArray, kind: SetDistance) -> FloatArray:
        """sum_ck n_c n_k d_ck for each of the rows n of `used` (..., q)."""
        q = len(self._sizes)
        size = max(1, _NUMBERS_AT_ONCE // max(1, q))
        summed = np.zeros(used.shape[:-1])
        for start in range(0, q, size):
            part = slice(start, start + size)
            strip = self._kept[kind] if kind in self._kept else self._strip(part, kind)
            if size >= q:
                self._kept[kind] = strip
            summed += ((used @ strip) * used[..., part]).sum(axis=-1)
        return summed

    def _strip(self, part: slice, kind: SetDistance) -> FloatArray:
        common = self._held @ self._held[part].T
        return _distance(common, self._sizes[:, None], self._sizes[None, part], kind)


def _distance(
    common: FloatArray, size: FloatArray, other: FloatArray, kind: SetDistance
) -> FloatArray:
    """The distance of sets with so many codes in common, of so many in the one and the other."""
    if kind == "nominal":
        return floats((common != size) | (common != other))
    either = size + other - common
    similarity = np.ones_like(common)  # two empty sets
    np.divide(common, either, out=similarity, where=either > 0)
    if kind == "masi":
        similarity *= np.where(common == np.minimum(size, other), SUBSET, OVERLAP)
        similarity[either == common] = 1.0
    return 1 - similarity


def _of_two(a: Collection[str], b: Collection[str], kind: SetDistance) -> float:
    codes = sorted({*a, *b})
    held = np.array([[code in side for code in codes] for side in (a, b)], dtype=np.bool_)
    distances = SetDistances(held.reshape(2, len(codes)))
    return float(distances.matrix(kind)[0, 1])
