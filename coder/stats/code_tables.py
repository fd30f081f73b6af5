"""Two coders who may put several codes on a unit: the table of every code at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from coder.stats.arrays import BoolArray, IntArray, outside
from coder.stats.joint_counts import joint_counts
from coder.stats.labels import check_whole, cluster_index, unique_names
from coder.stats.pair_tables import PairTables


def tables_of_codes(
    a: ArrayLike,
    b: ArrayLike,
    finished: ArrayLike,
    cluster: ArrayLike | None,
    codes: Sequence[str],
    *,
    clusters: Sequence[str] | None = None,
) -> dict[str, PairTables]:
    """For each code a table of applied (first) and not applied, from rows of codings.

    All codes are counted in one go: hundreds of codes on 1e5 units take a fraction of a second.
    A code that a coder put on a unit twice counts once.

    Args:
        a: (n, 2) rows of coder A: unit, 0 to N-1, and code, 0 to K-1.
        b: The same for coder B.
        finished: (N,) whether both finished the unit; the others are left out, and a unit without
            a row is one where no code applied.
        cluster: The transcript of every unit, as in `PairTables.from_codes`.
        codes: K declared codes.
        clusters: Names of the transcripts, as in `PairTables.from_codes`.
    """
    names = unique_names("code", codes)
    both_finished = np.asarray(finished, dtype=np.bool_)
    index, labels = cluster_index(cluster, both_finished.size, clusters)
    by_a = _codings(a, both_finished, len(names), "coder A")
    by_b = _codings(b, both_finished, len(names), "coder B")
    g, k = len(labels), len(names)

    def uses(codings: IntArray) -> IntArray:
        unit, code = np.divmod(codings, max(k, 1))
        counted = joint_counts([index[unit], code], [g, k])
        assert counted is not None
        return counted

    both = uses(np.intersect1d(by_a, by_b, assume_unique=True))
    only_a, only_b = uses(by_a) - both, uses(by_b) - both
    units = np.bincount(index[both_finished], minlength=g)[:, None]
    cells = [[both, only_a], [only_b, units - both - only_a - only_b]]
    tables = np.array(cells).transpose(3, 2, 0, 1)
    return {
        name: PairTables(labels, (name, f"not {name}"), table)
        for name, table in zip(names, tables, strict=True)
    }


def _codings(rows: ArrayLike, finished: BoolArray, codes: int, whose: str) -> IntArray:
    """Each code on each finished unit once, as the number unit x K + code."""
    held = np.asarray(rows)
    check_whole(held, whose)
    if not held.size:
        return np.zeros(0, dtype=np.int64)
    if held.ndim != 2 or held.shape[1] != 2:
        raise ValueError(f"{whose}: rows of shape {held.shape}, expected unit and code")
    unit, code = held.T.astype(np.int64)
    for numbers, size, what in ((unit, finished.size, "unit"), (code, codes, "code")):
        if outside(numbers, size):
            raise ValueError(f"{whose}: a {what} is not among the {size} there are")
    # Sorted, and the first of each kept: `np.unique` takes ten times as long for numbers.
    found = np.sort((unit * codes + code)[finished[unit]])
    return found[np.diff(found, prepend=-1) > 0]
