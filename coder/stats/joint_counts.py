"""Counting how many units have each combination of a few small whole numbers.

The inner loop of every coefficient that starts from arrays. With a million units the time goes into
moving memory, so each number is fetched once, and checked and made narrow while it is in the cache.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Any

import numpy as np

from coder.stats.arrays import AnyIntArray, IntArray, without_sign

_IN_CACHE = 1 << 16
"""Units to read at a time: 512 KB of 64-bit numbers, half of a common second-level cache."""
_AT_ONCE = 1 << 17
"""Numbers to count at a time: numpy widens them to 64 bits, 1 MB."""
_WORTH_A_THREAD = 1 << 19
"""Units from which half of them take longer than to start a thread, about 0.1 ms."""
_BYTE = 256


def joint_counts(
    columns: Sequence[AnyIntArray],
    sizes: Sequence[int],
    lowest: Sequence[int] | None = None,
    times: IntArray | None = None,
) -> IntArray | None:
    """How many units have each combination, an array of shape `sizes`.

    None if a number is below its lowest or too high, so that the caller can say which: to check on
    the way is cheap, while a pass of its own costs half as much as the counting.

    Args:
        columns: The number of every unit, (N,), for each side of the table; any integer type.
        sizes: How many numbers there are on each side.
        lowest: The first of them on each side; 0 unless said otherwise.
        times: How many units each one stands for, (N,); 1 unless said otherwise.
    """
    units = len(columns[0])
    if times is not None or units < _WORTH_A_THREAD:
        return _counted(columns, sizes, lowest, times)
    # numpy lets other threads run while it reads, and sums of counts do not depend on who is first.
    half = units // 2
    found: list[IntArray | None] = []

    def count_before() -> None:
        with suppress(MemoryError):  # raised again below, where somebody hears it
            found.append(_counted([column[:half] for column in columns], sizes, lowest))

    helper = Thread(target=count_before)
    helper.start()
    after = _counted([column[half:] for column in columns], sizes, lowest)
    helper.join()
    if not found:
        found.append(_counted([column[:half] for column in columns], sizes, lowest))
    before = found[0]
    return None if before is None or after is None else before + after


def _counted(
    columns: Sequence[AnyIntArray],
    sizes: Sequence[int],
    lowest: Sequence[int] | None = None,
    times: IntArray | None = None,
) -> IntArray | None:
    cell = cells_of(columns, sizes, lowest)
    if cell is None:
        return None
    cells = math.prod(sizes)
    if times is None:
        counted = histogram(cell, cells)
    else:
        # numpy adds up as floats, which hold whole numbers exactly up to 2^53.
        counted = np.bincount(cell, weights=times, minlength=cells).astype(np.int64)
    return counted.reshape(tuple(sizes))


def cells_of(
    columns: Sequence[AnyIntArray], sizes: Sequence[int], lowest: Sequence[int] | None = None
) -> AnyIntArray | None:
    """The cell of every unit as one number, the last side running fastest.

    It is of the narrowest type that holds all cells. None as for `joint_counts`.
    """
    kind = narrowest(math.prod(sizes))
    firsts = list(lowest or [0] * len(sizes))
    before = math.prod(sizes[:-1])
    if len(columns) > 1 and narrowest(before).itemsize < kind.itemsize:
        # The narrower, the faster moved: the last side alone needs the wider type.
        cell_before = cells_of(columns[:-1], sizes[:-1], firsts[:-1])
        if cell_before is None:
            return None
        columns, sizes, firsts = [cell_before, columns[-1]], [before, sizes[-1]], [0, firsts[-1]]
    # Without a sign one look finds what is negative too; from -1 on it takes two.
    sides = [
        (column if first else without_sign(column, size), size, first)
        for column, size, first in zip(columns, sizes, firsts, strict=True)
    ]
    units = len(columns[0])
    cell = np.empty(units, dtype=kind)
    for start in range(0, units, _IN_CACHE):
        here = cell[start : start + _IN_CACHE]
        for place, (column, size, first) in enumerate(sides):
            part = column[start : start + _IN_CACHE]
            if part.max() >= first + size or (first and part.min() < first):
                return None
            if place:
                here *= kind.type(size)
                here += part.astype(kind)
            else:
                here[:] = part
            if first:
                # Only now that it is narrow. A number below 0 became a huge one and overflows back.
                here -= np.asarray(first).astype(kind)
    return cell


def histogram(cell: AnyIntArray, cells: int) -> IntArray:
    """How often each number below `cells` occurs."""
    if cell.itemsize == 1 and cell.size >= _AT_ONCE:
        # Two neighbouring bytes are one number below 65,536: half as many to count.
        even = cell.size // 2 * 2
        pairs = histogram(cell[:even].view(np.uint16), cells * _BYTE).reshape(cells, _BYTE)
        pairs = pairs[:, :cells]
        by_byte: IntArray = pairs.sum(axis=0) + pairs.sum(axis=1)
        return by_byte + np.bincount(cell[even:], minlength=cells)
    counted = np.zeros(cells, dtype=np.int64)
    # With pieces not much larger than the table most of the time would go into adding up tables.
    piece = max(_AT_ONCE, 4 * cells)
    for start in range(0, cell.size, piece):
        # It ends with the highest number there is, which spares an empty rest of the table.
        found = np.bincount(cell[start : start + piece])
        counted[: found.size] += found
    return counted


def narrowest(numbers: int) -> np.dtype[np.unsignedinteger[Any]] | np.dtype[np.int64]:
    """The smallest type for whole numbers from 0 that `bincount` takes."""
    return np.min_scalar_type(max(numbers - 1, 0)) if numbers <= 1 << 32 else np.dtype(np.int64)
