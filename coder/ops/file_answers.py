"""Answers of a file of ratings as arrays: a matrix of coders by units, sets numbered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.formats.ratings import Ratings
    from coder.ops.agreement_report import DisagreedUnit
    from coder.stats.arrays import BoolArray, IntArray

MISSING = -1
"""In a matrix of coders by units: the coder did not rate the unit."""

_BITS = 62
"""Codes that one whole number can hold as a set, with room for the sign."""


def matrix_of(ratings: Ratings, place: IntArray) -> IntArray:
    """The category of every unit by every coder (m, U); `MISSING` where there is none.

    Args:
        ratings: One row for a coder and unit, no sets.
        place: (q + 1,) what each code counts as; the last one is that of an answer without a code.
    """
    import numpy as np

    matrix = np.full((len(ratings.coders), len(ratings.units)), MISSING, dtype=np.int64)
    # NOTHING_APPLIED is -1 and finds the last place.
    matrix[ratings.coder, ratings.unit] = place[ratings.code]
    return matrix


@dataclass(frozen=True, eq=False)
class AnsweredSets:
    """Answers that are sets of codes.

    Args:
        sets: The different sets, as codes.
        matrix: (m, U) which of them each coder gave each unit; `MISSING` where there is none.
    """

    sets: tuple[tuple[str, ...], ...]
    matrix: IntArray


def sets_of(ratings: Ratings, wanted: BoolArray | None = None) -> AnsweredSets:
    """The sets of codes that coders gave: no rows is no answer, a row without a code the empty set.

    Args:
        ratings: Any number of rows for a coder and unit.
        wanted: (q,) codes to look at; all by default.
    """
    import numpy as np

    m, units, q = len(ratings.coders), len(ratings.units), len(ratings.codes)
    key = ratings.coder * units + ratings.unit
    present, which = np.unique(key, return_inverse=True)
    words = max(1, -(-q // _BITS))
    masks = np.zeros((present.size, words), dtype=np.int64)
    kept = ratings.code >= 0
    if wanted is not None:
        kept &= wanted[ratings.code]
    row, code = which[kept], ratings.code[kept]
    np.bitwise_or.at(masks, (row, code // _BITS), np.left_shift(1, code % _BITS))
    different, number = np.unique(masks, axis=0, return_inverse=True)
    matrix = np.full(m * units, MISSING, dtype=np.int64)
    matrix[present] = number.reshape(-1)
    sets = tuple(
        tuple(
            name for k, name in enumerate(ratings.codes) if int(mask[k // _BITS]) >> (k % _BITS) & 1
        )
        for mask in different
    )
    return AnsweredSets(sets, matrix.reshape(m, units))


def disagreed_units(
    ratings: Ratings, matrix: IntArray, names: Sequence[str]
) -> list[DisagreedUnit]:
    """The units that two coders or more answered, and not alike, in the order of the file.

    Args:
        ratings: What was read.
        matrix: (m, U) answers as positions in `names`.
        names: The words for each answer.
    """
    import numpy as np

    from coder.ops.agreement_report import DisagreedUnit

    given = matrix >= 0
    lowest = np.where(given, matrix, len(names)).min(axis=0, initial=len(names))
    highest = matrix.max(axis=0, initial=MISSING)
    apart = np.flatnonzero((given.sum(axis=0) >= 2) & (lowest != highest))
    rows = np.zeros(matrix.shape, dtype=np.int64)
    # Backwards, so that the first row of a set stays.
    rows[ratings.coder[::-1], ratings.unit[::-1]] = ratings.row[::-1]
    found = []
    for unit in apart.tolist():
        who = np.flatnonzero(given[:, unit]).tolist()
        cluster = "" if ratings.cluster is None else ratings.clusters[ratings.cluster[unit]]
        found.append(
            DisagreedUnit(
                ratings.name,
                ratings.units[unit],
                cluster,
                tuple(ratings.coders[coder] for coder in who),
                tuple(names[matrix[coder, unit]] for coder in who),
                tuple(int(rows[coder, unit]) for coder in who),
            )
        )
    return found
