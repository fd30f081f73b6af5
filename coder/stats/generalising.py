"""Shaffer's rho: would a kappa this high be rare if the true one were too low?

Caution: not the chance that agreement is too low. It depends on the flat prior over kappas below
the threshold, on the base rate that is assumed, and on the seed; it takes units as independent,
which those of one interview are not. Prefer to ask whether the lower end of the interval of kappa
reaches the threshold.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from coder.errors import UsageError
from coder.stats.arrays import FloatArray, IntArray, floats
from coder.stats.nominal import cohen_kappa

LOWEST_KAPPA, LOWEST_PRECISION = 0.4, 0.6
POPULATION = 10_000
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Rho:
    """Shaffer's rho with what it rests on.

    Args:
        value: The share of simulated test sets with a kappa as high; 1 for a kappa below their
            mean.
        kappa: The kappa observed.
        threshold: The kappa to be reached.
        units: Units of the test set.
        base_rate: The share of all units with the code that was assumed.
        replicates: Simulated test sets.
        seed: Of the simulation.
    """

    value: float
    kappa: float
    threshold: float
    units: int
    base_rate: float
    replicates: int
    seed: int

    @property
    def accepted(self) -> bool:
        """Whether rho is below .05, its authors' rule."""
        return self.value < SIGNIFICANT

    @property
    def label(self) -> str:
        """How it was made, to be printed with it."""
        return (
            f"Shaffer's rho for kappa above {self.threshold:g}, base rate {self.base_rate:.2f}, "
            f"{self.replicates} samples, seed {self.seed}; depends on a flat prior over kappas "
            f"from {LOWEST_KAPPA:g} to {self.threshold:g} and assumes independent units"
        )


def shaffers_rho(
    kappa: float,
    units: int,
    base_rate: float,
    *,
    threshold: float = 0.65,
    inflation: float = 0.0,
    replicates: int = 800,
    seed: int = 1,
) -> Rho:
    """How often coders whose true kappa is below the threshold would agree this well by luck.

    Per replicate K ~ U(.4, threshold) and P ~ U(.6, 1) with
    P > (2 b K - 2 b - K) / (K - 2); R = K P / (2 P - 2 b - K + 2 b K); a population of 10 000 units
    with base rate b, true positives round(R x positives), false ones round(TP (1 - P) / P); from it
    a test set of n units, the first ceil(n x inflation) among coder A's positives, and its kappa.
    rho is the share of those at or above the observed one, and 1 if that is below their mean
    (Shaffer 2017; Eagan, Rogers, Serlin, Ruis, Arastoopour Irgens & Shaffer 2017).
    Caution: see the module; two coders and one yes/no code only.

    Args:
        kappa: The kappa observed on the test set.
        units: n.
        base_rate: b, the share of all units to which coder A would give the code.
        threshold: The kappa to be reached.
        inflation: The share of the test set that was drawn among coder A's positives.
        replicates: Simulated test sets.
        seed: Of the simulation.

    Raises:
        UsageError: A value cannot be.
    """
    if not -1 <= kappa <= 1:
        raise UsageError(f"a kappa lies between -1 and 1, not at {kappa}")
    found = simulated_kappas(
        units,
        base_rate,
        threshold=threshold,
        inflation=inflation,
        replicates=replicates,
        seed=seed,
    )
    # Test sets in which nothing varies have no kappa: none of them is as high, all of them count.
    low = kappa < float(np.nanmean(found)) if not np.isnan(found).all() else True
    value = 1.0 if low else float((found >= kappa).mean())
    return Rho(value, kappa, threshold, units, base_rate, replicates, seed)


def simulated_kappas(
    units: int,
    base_rate: float,
    *,
    threshold: float = 0.65,
    inflation: float = 0.0,
    replicates: int = 800,
    seed: int = 1,
) -> FloatArray:
    """The kappas (replicates,) of simulated test sets, NaN where nothing varies.

    Arguments and errors as for `shaffers_rho`. The four cells of a test set are drawn as counts
    (hypergeometric), not unit by unit.
    """
    _check(units, base_rate, threshold, inflation, replicates)
    rng = np.random.default_rng(seed)
    recall, precision = _populations(rng, base_rate, threshold, replicates)
    positives = max(round(POPULATION * base_rate), 1)
    agreed = np.maximum(np.rint(positives * recall), 1).astype(np.int64)
    wrong = np.rint(agreed * (1 - precision) / precision)
    wrong = np.minimum(np.maximum(wrong, 1), POPULATION - positives).astype(np.int64)
    cells = np.stack([agreed, positives - agreed, wrong, POPULATION - positives - wrong], axis=1)
    first = min(math.ceil(units * inflation), units)
    if first > positives:
        raise UsageError(f"{first} units with the code cannot be drawn among {positives}")
    among = np.zeros_like(cells)
    among[:, 0] = rng.hypergeometric(cells[:, 0], cells[:, 1], first)
    among[:, 1] = first - among[:, 0]
    drawn = among + _drawn(rng, cells - among, units - first)
    return floats(cohen_kappa(floats(drawn.reshape(-1, 2, 2))))


def _populations(
    rng: np.random.Generator, base_rate: float, threshold: float, replicates: int
) -> tuple[FloatArray, FloatArray]:
    """Recall and precision of coder B as measured against coder A, (replicates,) each."""
    kappa = rng.uniform(LOWEST_KAPPA, threshold, replicates)
    floor = (2 * base_rate * kappa - 2 * base_rate - kappa) / (kappa - 2)
    low = np.maximum(LOWEST_PRECISION, floor)
    # From the far end, which is possible, down to the near one, which is not.
    precision = 1 - (1 - low) * rng.random(replicates)
    recall = kappa * precision / (2 * precision - 2 * base_rate - kappa + 2 * base_rate * kappa)
    return floats(recall), floats(precision)


def _drawn(rng: np.random.Generator, cells: IntArray, n: int) -> IntArray:
    """n units of each population (R, 4), drawn without replacement, by cell."""
    found = np.zeros_like(cells)
    left = np.full(len(cells), n)
    for k in range(cells.shape[1] - 1):
        found[:, k] = rng.hypergeometric(cells[:, k], cells[:, k + 1 :].sum(axis=1), left)
        left = left - found[:, k]
    found[:, -1] = left
    return found


def _check(
    units: int, base_rate: float, threshold: float, inflation: float, replicates: int
) -> None:
    if not 1 <= units <= POPULATION:
        raise UsageError(f"a test set has 1 to {POPULATION} units, not {units}")
    if not 0 < base_rate < 1:
        raise UsageError(f"a base rate lies between 0 and 1, not at {base_rate}")
    if not LOWEST_KAPPA < threshold <= 1:
        raise UsageError(f"a threshold lies between {LOWEST_KAPPA} and 1, not at {threshold}")
    if not 0 <= inflation <= 1:
        raise UsageError(f"an inflated base rate lies between 0 and 1, not at {inflation}")
    if replicates < 1:
        raise UsageError("a simulation needs samples")
