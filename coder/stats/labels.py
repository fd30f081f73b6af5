"""Labels of units (codes, transcripts) turned into small whole numbers, fast and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coder.stats.arrays import IntArray, outside

WHOLE_STUDY = "all units"
"""The name of the only cluster where no transcripts were given."""
NO_CODE = "(no code)"
"""The name of the empty set of codes: finished, nothing applied."""


def unique_names(kind: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names as a tuple, refused if one comes twice."""
    held = tuple(names)
    if len(set(held)) != len(held):
        twice = next(name for name in held if held.count(name) > 1)
        raise ValueError(f"{kind} {twice!r} is listed twice")
    return held


def check_whole(codes: NDArray[np.generic], whose: str) -> None:
    """Refuse codes that are not whole numbers; none at all can be of any type."""
    if codes.size and not np.issubdtype(codes.dtype, np.integer):
        raise ValueError(f"{whose}: codes must be whole numbers (-1 for missing)")


def checked_codes(codes: ArrayLike, categories: int, whose: str) -> IntArray:
    """Codes as an int64 array of values below the number of categories; negative means missing.

    A code past the end would be counted silently in a neighbouring cell, hence the check.
    """
    array = np.asarray(codes)
    check_whole(array, whose)
    highest = int(array.max()) if array.size else -1
    if highest >= categories:
        raise ValueError(f"{whose}: code {highest} is outside the {categories} declared categories")
    return array.astype(np.int64, copy=False)


def cluster_index(
    cluster: ArrayLike | None, units: int, clusters: Sequence[str] | None
) -> tuple[IntArray, tuple[str, ...]]:
    """The transcript of every unit as a number, and the names the numbers stand for.

    Args:
        cluster: One label per unit (whole numbers or text); None puts all units in one cluster.
        units: The number of units.
        clusters: The names in order. Whole numbers are then positions in it and text is looked up;
            without it the names are the labels that occur, sorted.
    """
    if cluster is None:
        if clusters is not None and len(clusters) != 1:
            raise ValueError("several clusters are named but the units do not say which is theirs")
        # One zero seen from every unit: nothing to fill and nothing to read.
        return np.broadcast_to(np.int64(0), (units,)), tuple(clusters or (WHOLE_STUDY,))
    labels = np.asarray(cluster)
    if labels.shape != (units,):
        raise ValueError(f"{units} units but cluster labels of shape {labels.shape}")
    if clusters is not None:
        return _position(labels, unique_names("cluster", clusters))
    # Units of a transcript mostly stand together, so that only the first of each run is looked at.
    starts = np.concatenate([[0], np.flatnonzero(labels[1:] != labels[:-1]) + 1])[:units]
    if starts.size > units // 4:
        return _sorted_out(labels)
    which, names = _sorted_out(labels[starts])
    if np.issubdtype(labels.dtype, np.integer) and np.array_equal(labels[starts], which):
        return labels.astype(np.int64, copy=False), names
    return np.repeat(which, np.diff(starts, append=units)), names


def _sorted_out(labels: NDArray[np.generic]) -> tuple[IntArray, tuple[str, ...]]:
    """Which of the sorted different labels each one is, and these as text."""
    if labels.size and np.issubdtype(labels.dtype, np.integer):
        low, high = int(labels.min()), int(labels.max())
        # Counting beats sorting tenfold, but only while the table of labels stays small.
        if low >= 0 and high <= 8 * labels.size + 1024:
            present = np.flatnonzero(np.bincount(labels))
            lookup = np.zeros(high + 1, dtype=np.int64)
            lookup[present] = np.arange(present.size)
            return lookup[labels], tuple(map(str, present.tolist()))
    elif labels.dtype.kind == "O":
        labels = labels.astype(str)
    names, index = np.unique(labels, return_inverse=True)
    return index.reshape(-1).astype(np.int64), tuple(str(name) for name in names)


def _position(
    labels: NDArray[np.generic], names: tuple[str, ...]
) -> tuple[IntArray, tuple[str, ...]]:
    if np.issubdtype(labels.dtype, np.integer):
        if outside(labels, len(names)):
            raise ValueError(f"a cluster number is outside the {len(names)} named clusters")
        return labels.astype(np.int64, copy=False), names
    place = {name: position for position, name in enumerate(names)}
    try:
        return np.array([place[str(label)] for label in labels], dtype=np.int64), names
    except KeyError as missing:
        raise ValueError(f"cluster {missing} is not among the named clusters") from None


def collapse_matrix(
    categories: Sequence[str], mapping: Mapping[str, str]
) -> tuple[IntArray, tuple[str, ...]]:
    """The 0/1 matrix (q, q') that adds up categories with one coarser name, and those names.

    The coarser names come in the order in which the categories first reach them.
    """
    missing = [name for name in categories if name not in mapping]
    if missing:
        raise ValueError(f"no coarser category is given for {', '.join(map(repr, missing))}")
    coarser = tuple(dict.fromkeys(mapping[name] for name in categories))
    matrix = np.zeros((len(categories), len(coarser)), dtype=np.int64)
    for position, name in enumerate(categories):
        matrix[position, coarser.index(mapping[name])] = 1
    return matrix, coarser


def category_positions(categories: Sequence[str], wanted: Iterable[str]) -> list[int]:
    """Where the wanted categories stand, in the order asked for."""
    positions = []
    for name in unique_names("category", wanted):
        if name not in categories:
            raise ValueError(f"{name!r} is not one of the categories {', '.join(categories)}")
        positions.append(list(categories).index(name))
    return positions


def name_of_set(codes: Iterable[str]) -> str:
    """The name of a set: its codes sorted and joined by +, or `NO_CODE`.

    A plus sign within a code is written with a backslash, so that no two sets share a name.
    """
    written = [
        ("\\" if code == NO_CODE else "") + code.replace("\\", "\\\\").replace("+", "\\+")
        for code in sorted(set(codes))
    ]
    return "+".join(written) or NO_CODE
