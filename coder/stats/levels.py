"""What the categories are besides names: values on a scale, or with weights of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coder.errors import UsageError
from coder.stats.arrays import FloatArray, floats
from coder.stats.weighted import numeric_levels


@dataclass(frozen=True, eq=False)
class Levels:
    """The categories as values on a scale, or with weights that say how far apart they are.

    Args:
        values: (q,) level values; 0 to q-1 in the declared order where there are none.
        numbers: Whether they are given, or written as numbers, rather than places in the order.
        custom: (q, q) disagreement weights of the user's own, if any.
    """

    values: FloatArray
    numbers: bool
    custom: FloatArray | None = None

    @classmethod
    def of(
        cls,
        categories: Sequence[str],
        level_values: Sequence[float] | None = None,
        distance: ArrayLike | None = None,
    ) -> Levels:
        """Given level values; else categories written as numbers; else their declared order."""
        q = len(categories)
        custom = None if distance is None else custom_distance(distance, q)
        if level_values is None:
            values = numeric_levels(categories)
            if values is None:
                return cls(np.arange(q, dtype=np.float64), False, custom)
            return cls(values, True, custom)
        values = floats(list(level_values))
        if values.shape != (q,):
            raise ValueError(f"{values.size} level values for {q} categories")
        if not np.isfinite(values).all() or len(set(values.tolist())) != values.size:
            raise ValueError("level values must be different finite numbers")
        return cls(values, True, custom)

    @property
    def from_zero(self) -> bool:
        """Whether no value is negative."""
        return bool((self.values >= 0).all())

    @property
    def own_weights(self) -> FloatArray:
        """The user's own disagreement weights; there must be some."""
        assert self.custom is not None
        return self.custom


def custom_distance(distance: ArrayLike, q: int) -> FloatArray:
    """A user's disagreement weights, checked: 0 for the same category, alike in both directions.

    Only their proportions matter for kappa and alpha. Agreement weights w are turned by
    `distance_from_agreement` first.

    Args:
        distance: (q, q) weights, 0 on the diagonal, none negative.
        q: The number of categories.

    Raises:
        UsageError: They cannot be disagreement weights for these categories.
    """
    try:
        weights = floats(distance)
    except (TypeError, ValueError):
        raise UsageError("disagreement weights must be a square table of numbers") from None
    if weights.shape != (q, q):
        shape = " by ".join(map(str, weights.shape))
        raise UsageError(f"{q} categories need {q} by {q} disagreement weights, not {shape}")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise UsageError("disagreement weights must be finite and not negative")
    if np.diagonal(weights).any():
        raise UsageError(
            "disagreement weights must be 0 on the diagonal",
            "agreement weights, 1 on the diagonal, have to be turned round first",
        )
    if not np.array_equal(weights, weights.T):
        raise UsageError("disagreement weights must be the same in both directions")
    if q > 1 and not weights.any():
        raise UsageError("with all disagreement weights 0 no two codes would differ")
    return weights


def distance_from_agreement(weights: ArrayLike) -> FloatArray:
    """Agreement weights w (1 or any other highest value on the diagonal) as disagreement weights.

    v_ij = max w - w_ij; kappa and alpha are the same in either writing (Cohen 1968).

    Raises:
        UsageError: The diagonal does not hold the highest weight.
    """
    held = floats(weights)
    if held.ndim != 2 or held.shape[0] != held.shape[1] or not held.size:
        raise UsageError("agreement weights must be a square table of numbers")
    highest = held.max()
    if (np.diagonal(held) != highest).any():
        raise UsageError("agreement weights must be highest, and equal, on the diagonal")
    return floats(highest - held)
