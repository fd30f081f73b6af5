"""Patterns of ratings: how many coders gave each category to a unit, each pattern held once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from coder.stats.arrays import AnyIntArray, FloatArray, IntArray, floats
from coder.stats.joint_counts import cells_of, histogram, narrowest

_LOOKUP = 1 << 16
"""Entries up to which a lookup table stays in the cache."""
_FEW = 1 << 12
"""Cells that take no time worth saving."""
_BYTE = 256
_SIDES = 32
"""Sides of a table that every numpy can number; later ones can twice as many."""
_DENSE_UP_TO = 64
"""Categories up to which a matrix product beats looking only at the few that a unit was given."""


def unique_rows(rows: AnyIntArray) -> tuple[AnyIntArray, IntArray]:
    """The different rows in ascending order, and which of them every row is.

    A row of counts is one number with a digit a category, if that number fits 64 bits; else, for
    up to 255 coders, a string of bytes. Both have the order of the rows and are sorted many times
    as fast as column by column.
    """
    base = int(rows.max(initial=0)) + 1
    if rows.size == 0 or int(rows.min()) < 0 or base > _BYTE:
        distinct, which = np.unique(rows, axis=0, return_inverse=True)
        return distinct, which.reshape(-1).astype(np.int64)
    columns = rows.shape[1]
    if base**columns <= 1 << 63:
        as_one = rows.astype(np.int64) @ base ** np.arange(columns - 1, -1, -1, dtype=np.int64)
    else:
        narrow = np.ascontiguousarray(rows.astype(np.uint8, copy=False))
        as_one = narrow.view(f"V{columns}").reshape(-1)
    ascending, which = np.unique(as_one, return_inverse=True)
    which = which.reshape(-1).astype(np.int64)
    # Any of the rows that are alike will do.
    one = np.empty(ascending.size, dtype=np.int64)
    one[which] = np.arange(len(rows))
    return rows[one], which


def distinct_patterns(patterns: IntArray, counts: IntArray) -> tuple[IntArray, IntArray]:
    """Each pattern once, sorted, with its units added up; unused and empty ones dropped.

    Args:
        patterns: (P, q) numbers of coders, perhaps with repetitions.
        counts: (G, P) units of each transcript.
    """
    used = (patterns.sum(axis=1) > 0) & (counts.sum(axis=0) > 0)
    patterns, counts = patterns[used], counts[:, used]
    distinct, which = unique_rows(patterns)
    summed = np.zeros((len(distinct), counts.shape[0]), dtype=np.int64)
    np.add.at(summed, which, counts.T)
    return distinct.astype(np.int64), summed.T


def patterns_of_units(
    rows: Sequence[AnyIntArray], q: int, units: int
) -> tuple[IntArray, AnyIntArray]:
    """The patterns of ratings that occur, (P, q), and the pattern of every unit, (N,).

    Reads a few coders at a time: pattern so far x their ratings -> new pattern, through a lookup
    table that fits the cache. Encoding a unit's whole count vector as one number would need
    (m+1)^q values, too many for a table already with 5 coders and 10 codes.

    Args:
        rows: For each coder the rating of every unit plus one, so that 0 is missing.
        q: The number of categories.
        units: The number of units N.
    """
    # One byte a count while it holds them: sorting many patterns is moving memory.
    kind = narrowest(len(rows) + 1)
    patterns: AnyIntArray = np.zeros((1, q), dtype=kind)
    state: AnyIntArray = np.zeros(units, dtype=np.uint8)
    step = np.concatenate([np.zeros((1, q), dtype=kind), np.eye(q, dtype=kind)])
    left = list(rows)
    # Cells are sorted, so that it does not pay to have nearly as many as units.
    worth = min(_LOOKUP, max(units // 8, _FEW))
    while left:
        fit = 1
        # Without categories or units no table is too large, and only its sides are counted.
        most = min(len(left), _SIDES - 1)
        while fit < most and len(patterns) * (q + 1) ** (fit + 1) <= worth:
            fit += 1
        read, left = left[:fit], left[fit:]
        sizes = [len(patterns)] + [q + 1] * fit
        cell = cells_of([state, *read], sizes)
        assert cell is not None, "a rating past the categories"
        occurring = _occurring(cell, math.prod(sizes))
        before, *ratings = np.unravel_index(occurring, sizes)
        reached = patterns[before] + step[np.stack(ratings)].sum(axis=0, dtype=kind)
        patterns, which = unique_rows(reached)
        state = _looked_up(cell, occurring, which.astype(narrowest(len(patterns))))
    return patterns.astype(np.int64), state


def _occurring(cell: AnyIntArray, cells: int) -> IntArray:
    """The numbers that occur, ascending."""
    if cells > 4 * cell.size + _LOOKUP:
        return np.unique(cell).astype(np.int64)
    return np.flatnonzero(histogram(cell, cells))


def _looked_up(cell: AnyIntArray, occurring: IntArray, values: AnyIntArray) -> AnyIntArray:
    """For every unit the value of its number among those that occur."""
    if not occurring.size or occurring[-1] > 4 * cell.size + _LOOKUP:
        return values[np.searchsorted(occurring, cell)]
    lookup = np.zeros(int(occurring[-1]) + 1, dtype=values.dtype)
    lookup[occurring] = values
    # Every number is inside; to say so spares a look at each of them.
    return lookup.take(cell, mode="clip")


def disagreement_within(patterns: IntArray, distance: FloatArray) -> FloatArray:
    """sum_kl v_kl n_k n_l for each pattern (P,): exactly 0 where all coders agree.

    Args:
        patterns: (P, q).
        distance: (q, q) disagreement weights v, 0 on the diagonal.
    """
    if patterns.shape[1] <= _DENSE_UP_TO:
        n = floats(patterns)
        return floats(((n @ distance) * n).sum(axis=1))
    # Hundreds of categories, as with sets of codes, but few on any one unit: its pairs are listed.
    row, category = np.nonzero(patterns)
    times = patterns[row, category]
    held = np.bincount(row, minlength=len(patterns))
    first = np.cumsum(held) - held
    partners = held[row]
    left = np.repeat(np.arange(row.size), partners)
    place = np.arange(left.size) - np.repeat(np.cumsum(partners) - partners, partners)
    right = first[row[left]] + place
    weight = times[left] * times[right] * distance[category[left], category[right]]
    return floats(np.bincount(row[left], weights=weight, minlength=len(patterns)))
