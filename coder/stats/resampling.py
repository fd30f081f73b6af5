"""Leaving transcripts out and drawing them anew, for any statistic that is a function of sums.

A statistic joins by giving one row of additive counts per transcript and a function from such rows
to values. All replicates are then evaluated in a few calls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np

from coder.stats.arrays import FloatArray, floats

Evaluate: TypeAlias = Callable[[FloatArray], FloatArray]
"""From a stack of sums (R, K) to one value each (R,), NaN where undefined."""

_NUMBERS_AT_ONCE = 2_000_000
"""Sums held at a time (16 MB; functions need a few times that): bounds memory for 1e5 clusters."""


@dataclass(frozen=True, eq=False)
class ClusterSums:
    """Additive counts by transcript.

    Transcripts without a unit that the statistic rests on are no evidence on how transcripts vary:
    they are not left out or drawn, but their counts stay in every replicate.

    Args:
        clusters: All transcripts.
        sums: (G, K) counts of each.
        sizes: (G,) units of each.
    """

    clusters: tuple[str, ...]
    sums: FloatArray
    sizes: FloatArray
    active: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "active", tuple(np.flatnonzero(self.sizes > 0).tolist()))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Transcripts with units, in order."""
        return tuple(self.clusters[g] for g in self.active)

    @cached_property
    def active_sizes(self) -> FloatArray:
        """Units of each transcript that has some."""
        return floats(self.sizes[list(self.active)])

    @cached_property
    def total(self) -> FloatArray:
        """Counts (K,) over all transcripts."""
        return floats(self.sums.sum(axis=0))

    @cached_property
    def _left(self) -> FloatArray:
        """Counts (active, K) without each transcript that has units."""
        has_all = len(self.active) == len(self.sums)
        return floats(self.total - (self.sums if has_all else self.sums[list(self.active)]))

    def value(self, evaluate: Evaluate) -> float:
        """The statistic over all transcripts."""
        return float(evaluate(self.total[None, :])[0])

    def leave_one_out(self, evaluate: Evaluate) -> FloatArray:
        """The statistic without each transcript that has units, in the order of `names`."""
        return self._in_blocks(len(self.active), lambda part: evaluate(self._left[part]))

    def resampled(self, evaluate: Evaluate, replicates: int, seed: int) -> FloatArray:
        """The statistic over samples of as many transcripts, drawn with replacement.

        Transcripts are put in order of their names first, so that a study gives the same interval
        whatever the order in which they were read.
        """
        weights = self.draws(replicates, seed)
        return self._in_blocks(replicates, lambda part: evaluate(weights[part] @ self.sums))

    def draws(self, replicates: int, seed: int) -> FloatArray:
        """How often each transcript is in each sample, (R, G); always once if it has no unit."""
        order = sorted(self.active, key=lambda g: self.clusters[g])
        g = len(order)
        random = np.random.default_rng(seed)
        weights = np.ones((replicates, len(self.clusters)))
        size = max(1, _NUMBERS_AT_ONCE // max(1, g))
        for start in range(0, replicates, size):
            rows = min(size, replicates - start)
            # Drawn one by one and counted: a fifth of the time of multinomial numbers.
            drawn = random.integers(0, g, size=(rows, g)) + g * np.arange(rows)[:, None]
            times = np.bincount(drawn.reshape(-1), minlength=rows * g).reshape(rows, g)
            weights[start : start + rows, order] = times
        return weights

    def _in_blocks(self, rows: int, evaluate: Callable[[slice], FloatArray]) -> FloatArray:
        size = max(1, _NUMBERS_AT_ONCE // max(1, self.sums.shape[1]))
        parts = [evaluate(slice(start, start + size)) for start in range(0, rows, size)]
        return floats(np.concatenate(parts)) if parts else np.zeros(0)
