"""Counting how many units have each combination of a few small whole numbers.

The inner loop of every coefficient that starts from arrays. With a million units the time goes into
moving memory, so each number is read once, while it is in the cache, and made narrow at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from coder.stats.arrays import AnyIntArray, IntArray, outside

_IN_CACHE = 1 << 15
"""Units to read at a time: 256 KB of 64-bit numbers."""
_AT_ONCE = 1 << 18
"""Units to count at a time: numpy widens them to 64 bits, 2 MB."""
_BYTE = 256


def joint_counts(columns: Sequence[AnyIntArray], sizes: Sequence[int]) -> IntArray | None:
    """How many units have each combination, an array of shape `sizes`.

    None if a number is negative or not below its size, so that the caller can say which: to check
    on the way is cheap, while a pass of its own costs half as much as the counting.

    Args:
        columns: The number of every unit, (N,), for each side of the table; any integer type.
        sizes: How many numbers there are on each side.
    """
    cell = cells_of(columns, sizes)
    return None if cell is None else histogram(cell, math.prod(sizes)).reshape(tuple(sizes))


def cells_of(columns: Sequence[AnyIntArray], sizes: Sequence[int]) -> AnyIntArray | None:
    """The cell of every unit as one number, the last side running fastest.

    It is of the narrowest type that holds all cells. None as for `joint_counts`.
    """
    narrow = narrowest(math.prod(sizes))
    units = len(columns[0])
    cell = np.empty(units, dtype=narrow)
    for start in range(0, units, _IN_CACHE):
        here = cell[start : start + _IN_CACHE]
        for place, (column, size) in enumerate(zip(columns, sizes, strict=True)):
            part = column[start : start + _IN_CACHE]
            if outside(part, size):
                return None
            if place:
                here *= narrow.type(size)
                here += part.astype(narrow)
            else:
                here[:] = part
    return cell


def from_one(numbers: AnyIntArray, size: int) -> AnyIntArray | None:
    """The numbers plus one, so that -1 is 0, in the narrowest type.

    None if a number is below -1 or not below the size.
    """
    raised = np.empty(numbers.size, dtype=narrowest(size + 1))
    for start in range(0, numbers.size, _IN_CACHE):
        part = numbers[start : start + _IN_CACHE]
        # Without a sign the highest number plus one would be 0.
        if part.dtype.kind == "u" and outside(part, size):
            return None
        above = np.add(part, 1, dtype=np.int64, casting="unsafe")
        if outside(above, size + 1):
            return None
        raised[start : start + _IN_CACHE] = above
    return raised


def histogram(cell: AnyIntArray, cells: int) -> IntArray:
    """How often each number below `cells` occurs."""
    if cell.itemsize == 1 and cell.size >= _AT_ONCE:
        # Two neighbouring bytes are one number below 65,536: half as many to count.
        even = cell.size // 2 * 2
        pairs = histogram(cell[:even].view(np.uint16), _BYTE * _BYTE).reshape(_BYTE, _BYTE)
        by_byte: IntArray = pairs.sum(axis=0) + pairs.sum(axis=1)
        return by_byte[:cells] + np.bincount(cell[even:], minlength=cells)
    counted = np.zeros(cells, dtype=np.int64)
    # With pieces smaller than the table most of the time would go into adding up tables.
    piece = max(_AT_ONCE, cells)
    for start in range(0, cell.size, piece):
        counted += np.bincount(cell[start : start + piece], minlength=cells)
    return counted


def narrowest(numbers: int) -> np.dtype[np.unsignedinteger[Any]] | np.dtype[np.int64]:
    """The smallest type for whole numbers from 0 that `bincount` takes."""
    return np.min_scalar_type(max(numbers - 1, 0)) if numbers <= 1 << 32 else np.dtype(np.int64)
