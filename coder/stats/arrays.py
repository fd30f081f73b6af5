"""Array types and the two helpers every coefficient uses."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
AnyIntArray: TypeAlias = NDArray[np.integer[Any]]
BoolArray: TypeAlias = NDArray[np.bool_]


def floats(values: ArrayLike) -> FloatArray:
    """Counts as 64-bit floats: whole numbers stay exact up to 2^53."""
    return np.asarray(values, dtype=np.float64)


def ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Divide element by element, giving NaN where the denominator is zero.

    Coefficients keep their chance term as a sum of products of whole counts, so a zero here is an
    exact zero (only one category was used), not a rounding accident.
    """
    top, bottom = floats(numerator), floats(denominator)
    shape = top.shape if top.shape == bottom.shape else np.broadcast_shapes(top.shape, bottom.shape)
    quotient = np.full(shape, np.nan)
    np.divide(top, bottom, out=quotient, where=bottom != 0)
    return quotient


def read_only(values: ArrayLike) -> IntArray:
    """A private, unwritable int64 copy, so that a frozen dataclass is frozen all the way down."""
    given = np.asarray(values)
    held = given.astype(np.int64)
    if not np.array_equal(held, given):
        raise ValueError("counts must be whole numbers")
    held.flags.writeable = False
    return held


def outside(numbers: NDArray[Any], size: int) -> bool:
    """Whether one of these whole numbers is negative or not below the size, in one pass."""
    return bool(numbers.size) and int(without_sign(numbers, size).max()) >= size


def without_sign(numbers: NDArray[Any], size: int) -> AnyIntArray:
    """Whole numbers read without a sign: a negative one is then a huge one, not below the size."""
    if numbers.dtype.kind == "i" and size > np.iinfo(numbers.dtype).max:
        # 8 bits have no number that is huge beside 200.
        numbers = numbers.astype(np.int64)
    return numbers.view(numbers.dtype.str.replace("i", "u"))
