"""The intervals that `coverage.py` holds against each other: ours, and others for contrast."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cached_property
from statistics import NormalDist
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from coder.stats import Estimate, PairTables, RatingCounts, agree_many, agree_pair
from coder.stats.errors_of_estimate import fleiss_cohen_everitt
from coder.stats.intervals import jackknife_error
from coder.stats.levels import Levels
from coder.stats.quantiles import two_sided_t
from coder.stats.register import MEASURES
from coder.stats.samples import ManySample, PairSample, Sample

Numbers = NDArray[np.float64]
Ends: TypeAlias = tuple[float, float] | None
"""None where the method gives no interval."""

RESAMPLES = 1000
TAILS = (0.025, 0.975)
NORMAL = NormalDist()


class Study:
    """One invented study, with what several methods share."""

    def __init__(self, sample: Sample, statistic: str, seed: int) -> None:
        self.sample, self.measure, self.seed = sample, MEASURES[statistic], seed

    @classmethod
    def of_pair(cls, tables: NDArray[np.int64], statistic: str, seed: int) -> Study:
        """Two coders, one table per transcript."""
        names = _names(tables.shape[-1])
        held = PairTables(_names(len(tables)), names, tables)
        return cls(PairSample(held, Levels.of(names), ("A", "B")), statistic, seed)

    @classmethod
    def of_many(
        cls,
        ratings: NDArray[np.int64],
        cluster: NDArray[np.int64],
        categories: int,
        statistic: str,
        seed: int,
    ) -> Study:
        """Several coders, (m, N) ratings."""
        names = _names(categories)
        held = RatingCounts.from_matrix(ratings, cluster, names)
        return cls(ManySample(held, Levels.of(names)), statistic, seed)

    @cached_property
    def value(self) -> float:
        """The estimate."""
        return self.sample.value(self.measure)

    @cached_property
    def left(self) -> Numbers:
        """The estimate without each transcript."""
        return self.sample.leave_one_out(self.measure)

    @cached_property
    def drawn(self) -> Numbers:
        """The estimate in samples of transcripts."""
        return self.sample.resampled(self.measure, RESAMPLES, self.seed)

    @property
    def pair(self) -> PairTables:
        """The tables of two coders, for methods that know only these."""
        assert isinstance(self.sample, PairSample)
        return self.sample.tables

    def row(self, df: Literal["effective", "G-1"]) -> Estimate:
        """The row that the program reports."""
        name = self.measure.name
        if isinstance(self.sample, ManySample):
            return agree_many(self.sample.counts, [name], df=df)[0]
        return agree_pair(self.pair, [name], df=df)[0]


def _names(n: int) -> tuple[str, ...]:
    return tuple(f"n{number}" for number in range(n))


def _around(study: Study, error: float, quantile: float) -> Ends:
    if not error > 0:
        return None
    return study.value - quantile * error, study.value + quantile * error


def _quantiles(values: Numbers, tails: tuple[float, float] = TAILS) -> Ends:
    low, high = np.quantile(values[~np.isnan(values)], tails)
    return (float(low), float(high)) if high > low else None


def analytic(study: Study) -> Ends:
    """Fleiss, Cohen & Everitt (1969), all units independent of each other."""
    error = fleiss_cohen_everitt(study.pair.total.astype(np.float64))
    return _around(study, error, NORMAL.inv_cdf(TAILS[1]))


def unit_bootstrap(study: Study) -> Ends:
    """Units drawn anew as if they were independent."""
    total = study.sample.sums.total
    n = int(total.sum())
    drawn = np.random.default_rng(study.seed).multinomial(n, total / n, size=RESAMPLES)
    return _quantiles(study.sample.evaluator(study.measure)(drawn.astype(np.float64)))


def transcript_bootstrap(study: Study) -> Ends:
    """Percentiles over samples of transcripts, as the program offers."""
    return _quantiles(study.drawn)


def accelerated_bootstrap(study: Study) -> Ends:
    """BCa (Efron 1987) over samples of transcripts, acceleration from the jackknife."""
    below = float(np.mean(study.drawn < study.value))
    away = study.left.mean() - study.left
    spread = float((away**2).sum())
    if not 0 < below < 1 or spread == 0:
        return None
    bias = NORMAL.inv_cdf(below)
    acceleration = float((away**3).sum()) / (6 * spread**1.5)

    def tail(probability: float) -> float:
        z = bias + NORMAL.inv_cdf(probability)
        return NORMAL.cdf(bias + z / (1 - acceleration * z))

    return _quantiles(study.drawn, (tail(TAILS[0]), tail(TAILS[1])))


def linearised(study: Study) -> Ends:
    """The delta method with transcripts as the independent units, t(G-1)."""
    tables = study.pair.tables.astype(np.float64)
    n, g = tables.sum(), len(tables)
    p = tables.sum(axis=0) / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    agreed, expected = float(np.trace(p)), float(rows @ columns)
    if expected == 1:
        return None
    influence = (np.eye(len(p)) - agreed) * (1 - expected)
    influence -= (1 - agreed) * (columns[:, None] + rows[None, :] - 2 * expected)
    by_transcript = (tables * influence).sum(axis=(1, 2)) / (1 - expected) ** 2
    spread = float(((by_transcript - by_transcript.mean()) ** 2).sum())
    return _around(study, math.sqrt(g / (g - 1) * spread) / n, two_sided_t(0.95, g - 1))


def jackknife(study: Study) -> Ends:
    """The jackknife on the coefficient itself, t(G-1)."""
    return _around(study, jackknife_error(study.left), two_sided_t(0.95, len(study.left) - 1))


def jackknife_z(study: Study) -> Ends:
    """The program's jackknife, but t(G-1) whatever the sizes of transcripts."""
    return _ends(study.row("G-1"))


def jackknife_effective(study: Study) -> Ends:
    """The program's default."""
    return _ends(study.row("effective"))


def _ends(row: Estimate) -> Ends:
    return None if row.low is None or row.high is None else (row.low, row.high)


METHODS: Mapping[str, Callable[[Study], Ends]] = {
    "analytic, units independent": analytic,
    "unit bootstrap": unit_bootstrap,
    "transcript bootstrap, percentile": transcript_bootstrap,
    "transcript bootstrap, BCa": accelerated_bootstrap,
    "linearised over transcripts, t(G-1)": linearised,
    "jackknife, t(G-1)": jackknife,
    "jackknife z, t(G-1)": jackknife_z,
    "jackknife z, t(effective)": jackknife_effective,
}
"""In the order of the table; the last is what the program does unless told otherwise."""
