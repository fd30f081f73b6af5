"""Any number of coders with missing ratings: units counted by their pattern of ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coder.stats.arrays import AnyIntArray, BoolArray, IntArray, floats, read_only
from coder.stats.joint_counts import cells_of, joint_counts, narrowest
from coder.stats.labels import (
    category_positions,
    check_whole,
    checked_codes,
    cluster_index,
    collapse_matrix,
    unique_names,
)
from coder.stats.pair_tables import PairTables
from coder.stats.patterns import distinct_patterns, patterns_of_units

_TABLE = 1 << 18
"""Cells up to which a table stays near enough to the processor to count in: 2 MB."""


@dataclass(frozen=True, eq=False)
class RatingCounts:
    """How many units of each transcript have each pattern of ratings.

    A pattern says how many coders gave each category. A million units share a few hundred patterns,
    and everything after the counting works on those. Who gave which rating survives only as
    margins, which is all that Conger's kappa and the warnings need. Units with one rating are kept:
    they count for the prevalence in Fleiss' and Gwet's coefficients and must not for alpha. Units
    with none are dropped: no statistic knows them.

    Args:
        clusters: G names of transcripts.
        categories: q declared categories, also those nobody used.
        patterns: (P, q) distinct vectors of numbers of coders.
        counts: (G, P) units of each transcript with each pattern.
        coders: m names.
        margins: (G, m, q) units of each transcript that each coder put into each category.
    """

    clusters: tuple[str, ...]
    categories: tuple[str, ...]
    patterns: IntArray
    counts: IntArray
    coders: tuple[str, ...]
    margins: IntArray

    def __post_init__(self) -> None:
        unique_names("cluster", self.clusters)
        unique_names("category", self.categories)
        unique_names("coder", self.coders)
        g, q, m = len(self.clusters), len(self.categories), len(self.coders)
        patterns, counts = read_only(self.patterns), read_only(self.counts)
        margins = read_only(self.margins)
        if patterns.ndim != 2 or patterns.shape[1] != q or counts.shape != (g, len(patterns)):
            raise ValueError(f"patterns {patterns.shape} and counts {counts.shape} do not fit")
        if margins.shape != (g, m, q):
            raise ValueError(f"margins of shape {margins.shape}, expected {(g, m, q)}")
        # As floats, exact for counts and many times as fast as a product of whole numbers.
        if not np.array_equal(floats(counts) @ floats(patterns), margins.sum(axis=1)):
            raise ValueError("patterns and margins count different ratings")
        object.__setattr__(self, "patterns", patterns)
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "margins", margins)

    @classmethod
    def from_matrix(
        cls,
        ratings: ArrayLike,
        cluster: ArrayLike | None,
        categories: Sequence[str],
        coders: Sequence[str] | None = None,
        *,
        clusters: Sequence[str] | None = None,
        complete_only: bool = False,
    ) -> RatingCounts:
        """Count a matrix of ratings.

        Args:
            ratings: (m, N) categories 0 to q-1 by coder and unit; negative is missing.
            cluster: The transcript of every unit: whole numbers or names; None for a single one.
            categories: The declared categories.
            coders: m names; by default "coder 1" and so on.
            clusters: Names of the transcripts, as in `PairTables.from_codes`.
            complete_only: Keep only units that every coder finished (listwise deletion).
        """
        matrix = np.asarray(ratings)
        if matrix.ndim != 2:
            raise ValueError(f"ratings of shape {matrix.shape}; expected coders by units")
        m, units = matrix.shape
        names = unique_names("coder", coders or [f"coder {i + 1}" for i in range(m)])
        if len(names) != m:
            raise ValueError(f"{len(names)} names for {m} coders")
        q = len(categories)
        check_whole(matrix, "ratings")
        index, labels = cluster_index(cluster, units, clusters)
        if complete_only and units:
            complete = (matrix >= 0).all(axis=0)
            matrix, index = matrix[:, complete], index[complete]
        g = len(labels)
        found = _taken_together(index, matrix, g, q)
        if found is None:
            # A code is not declared, which is refused here, or missing is not written -1.
            matrix = np.maximum(checked_codes(matrix, q, "ratings"), -1)
            found = _taken_together(index, matrix, g, q)
            assert found is not None
        transcript, rows, times = found
        margins = np.zeros((g, m, q), dtype=np.int64)
        for coder, row in enumerate(rows):
            margins[:, coder] = _joint(transcript, row, g, q + 1, times)[:, 1:]
        patterns, pattern_of_unit = patterns_of_units(rows, q, transcript.size)
        counts = _joint(transcript, pattern_of_unit, g, len(patterns), times)
        rated = patterns.any(axis=1)
        return cls(labels, tuple(categories), patterns[rated], counts[:, rated], names, margins)

    @classmethod
    def from_pair_tables(
        cls, tables: PairTables, coders: tuple[str, str] = ("coder A", "coder B")
    ) -> RatingCounts:
        """The same units as patterns of two ratings."""
        q = len(tables.categories)
        one = np.eye(q, dtype=np.int64)
        patterns = (one[:, None, :] + one[None, :, :]).reshape(q * q, q)
        counts = tables.tables.reshape(len(tables.clusters), q * q)
        margins = np.stack([tables.tables.sum(axis=2), tables.tables.sum(axis=1)], axis=1)
        patterns, counts = distinct_patterns(patterns, counts)
        return cls(tables.clusters, tables.categories, patterns, counts, coders, margins)

    @property
    def pairable(self) -> BoolArray:
        """Which patterns (P,) have at least two ratings."""
        mask: BoolArray = self.patterns.sum(axis=1) >= 2
        return mask

    @property
    def units_by_cluster(self) -> IntArray:
        """Units with at least two ratings, (G,), per transcript."""
        per_cluster: IntArray = self.counts[:, self.pairable].sum(axis=1)
        return per_cluster

    @property
    def units(self) -> int:
        """Units with at least two ratings."""
        return int(self.units_by_cluster.sum())

    @property
    def units_with_one_rating(self) -> int:
        """Units that only one coder finished."""
        return int(self.counts.sum()) - self.units

    @property
    def units_by_coder(self) -> IntArray:
        """Units that each coder finished, (m,)."""
        finished: IntArray = self.margins.sum(axis=(0, 2))
        return finished

    def merged(self, other: RatingCounts) -> RatingCounts:
        """Both together: transcripts and coders with the same name are the same ones."""
        if set(other.categories) != set(self.categories):
            raise ValueError("ratings over different categories cannot be merged")
        order = category_positions(other.categories, self.categories)
        clusters = tuple(dict.fromkeys((*self.clusters, *other.clusters)))
        coders = tuple(dict.fromkeys((*self.coders, *other.coders)))
        split = len(self.patterns)
        patterns = np.concatenate([self.patterns, other.patterns[:, order]])
        counts = np.zeros((len(clusters), len(patterns)), dtype=np.int64)
        margins = np.zeros((len(clusters), len(coders), len(self.categories)), dtype=np.int64)
        for part, columns, side in (
            (self, slice(None, split), self.margins),
            (other, slice(split, None), other.margins[:, :, order]),
        ):
            rows = [clusters.index(name) for name in part.clusters]
            counts[rows, columns] += part.counts
            margins[np.ix_(rows, [coders.index(name) for name in part.coders])] += side
        patterns, counts = distinct_patterns(patterns, counts)
        return RatingCounts(clusters, self.categories, patterns, counts, coders, margins)

    def collapsed(self, mapping: Mapping[str, str]) -> RatingCounts:
        """The same units in coarser categories; `mapping` names the coarser one of each."""
        matrix, coarser = collapse_matrix(self.categories, mapping)
        return self.recoded(matrix, coarser)

    def binary(self, category: str) -> RatingCounts:
        """One category against all others, as yes (first) and no (second)."""
        category_positions(self.categories, [category])
        matrix = np.array(
            [[int(name == category), int(name != category)] for name in self.categories]
        )
        return self.recoded(matrix, (category, f"not {category}"))

    def only(self, categories: Sequence[str]) -> RatingCounts:
        """Ratings with these categories; the others count as missing (a rubric without blanks)."""
        kept = category_positions(self.categories, categories)
        matrix = np.zeros((len(self.categories), len(kept)), dtype=np.int64)
        matrix[kept, range(len(kept))] = 1
        return self.recoded(matrix, tuple(categories))

    def without(self, cluster: str) -> RatingCounts:
        """All transcripts but this one."""
        if cluster not in self.clusters:
            raise ValueError(f"there is no cluster {cluster!r}")
        left = [position for position, name in enumerate(self.clusters) if name != cluster]
        names = tuple(self.clusters[position] for position in left)
        patterns, counts = distinct_patterns(self.patterns, self.counts[left])
        return RatingCounts(
            names, self.categories, patterns, counts, self.coders, self.margins[left]
        )

    def recoded(self, matrix: IntArray, categories: tuple[str, ...]) -> RatingCounts:
        """The same units in other categories; a rating with a row of zeros becomes missing.

        Args:
            matrix: (q, q') 1 where category i becomes the new category j.
            categories: q' new names.
        """
        patterns, counts = distinct_patterns(self.patterns @ matrix, self.counts)
        margins = self.margins @ matrix
        return RatingCounts(self.clusters, categories, patterns, counts, self.coders, margins)


def _taken_together(
    index: AnyIntArray, matrix: AnyIntArray, clusters: int, q: int
) -> tuple[AnyIntArray, Sequence[AnyIntArray], IntArray | None] | None:
    """Units that are alike taken together: transcript, ratings plus one, how many they are.

    A million units of five coders and ten categories are 52,000 different ones, and one pass finds
    them. Where a table of all that are possible would be too large, every unit stays by itself,
    without a number. None if a rating is below -1 or past the categories.
    """
    m = len(matrix)
    if not q or not m or clusters * (q + 1) ** m > min(_TABLE, index.size // 4):
        # From 1, so that 0 is missing, and narrow: a million 64-bit numbers are slow to move.
        rows = [row for codes in matrix if (row := cells_of([codes], [q + 1], [-1])) is not None]
        return (index.astype(narrowest(clusters)), rows, None) if len(rows) == m else None
    sides, sizes, lowest = list(matrix), [q + 1] * m, [-1] * m
    if clusters > 1:
        # A single transcript needs no side of its own, which would be one more to read.
        sides, sizes, lowest = [index, *sides], [clusters, *sizes], [0, *lowest]
    table = joint_counts(sides, sizes, lowest)
    if table is None:
        return None
    table = table.reshape(clusters, *[q + 1] * m)
    index, *rows = (number.astype(narrowest(max(table.shape))) for number in np.nonzero(table))
    return index, rows, table[table > 0]


def _joint(
    index: AnyIntArray, column: AnyIntArray, clusters: int, size: int, times: IntArray | None
) -> IntArray:
    """How many units (G, size) of each transcript have each number."""
    # A single transcript needs no side of its own.
    if clusters == 1:
        counted = joint_counts([column], [size], times=times)
    else:
        counted = joint_counts([index, column], [clusters, size], times=times)
    assert counted is not None, "a number past its size"
    return counted.reshape(clusters, size)
