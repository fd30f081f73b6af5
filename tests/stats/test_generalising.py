"""Shaffer's rho against a simulation that draws every unit, and what must hold of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coder.errors import UsageError
from coder.stats import shaffers_rho
from coder.stats.generalising import simulated_kappas


def unit_by_unit(
    units: int, base_rate: float, threshold: float, inflation: float, replicates: int
) -> list[float]:
    """The kappas of test sets drawn from populations of 10 000 listed units."""
    rng = np.random.default_rng(5)
    found = []
    for _ in range(replicates):
        kappa = rng.uniform(0.4, threshold)
        floor = (2 * base_rate * kappa - 2 * base_rate - kappa) / (kappa - 2)
        precision = rng.uniform(0.6, 1)
        while not precision > floor:
            precision = rng.uniform(0.6, 1)
        denominator = 2 * precision - 2 * base_rate - kappa + 2 * base_rate * kappa
        recall = kappa * precision / denominator
        positives = round(10_000 * base_rate)
        agreed = round(positives * recall)
        wrong = round(agreed * (1 - precision) / precision)
        one, two = np.zeros(10_000, dtype=int), np.zeros(10_000, dtype=int)
        one[:positives] = 1
        two[:agreed] = 1
        two[positives : positives + wrong] = 1
        held = rng.choice(positives, math.ceil(units * inflation), replace=False, shuffle=False)
        rest = np.delete(np.arange(10_000), held)
        more = rng.choice(rest, units - held.size, replace=False, shuffle=False)
        drawn = np.concatenate([held, more])
        a, b = one[drawn], two[drawn]
        by_chance = a.mean() * b.mean() + (1 - a).mean() * (1 - b).mean()
        found.append(float(((a == b).mean() - by_chance) / (1 - by_chance)))
    return found


@pytest.mark.parametrize(("base_rate", "inflation"), [(0.2, 0.0), (0.1, 0.3), (0.6, 0.0)])
def test_cells_drawn_as_counts_are_units_drawn_one_by_one(
    base_rate: float, inflation: float
) -> None:
    slow = np.array(unit_by_unit(80, base_rate, 0.65, inflation, 400))
    fast = simulated_kappas(80, base_rate, inflation=inflation, replicates=20_000)
    assert not np.isnan(slow).any()
    # 400 draws with a spread of .15: a mean is known to .0075, quartiles to .01.
    assert float(np.nanmean(fast)) == pytest.approx(float(slow.mean()), abs=0.025)
    for quantile in (0.25, 0.75):
        assert float(np.nanquantile(fast, quantile)) == pytest.approx(
            float(np.quantile(slow, quantile)), abs=0.035
        )


def test_rho_falls_with_kappa_and_with_the_number_of_units() -> None:
    values = [shaffers_rho(kappa, 80, 0.2).value for kappa in (0.3, 0.55, 0.65, 0.75, 0.85, 1.0)]
    assert values == sorted(values, reverse=True)
    assert values[0] == 1.0
    assert values[-1] < 0.01
    longer = [shaffers_rho(0.75, units, 0.2).value for units in (20, 80, 400)]
    assert longer == sorted(longer, reverse=True)
    assert longer[-1] < 0.01
    # A lower threshold is easier to pass.
    assert shaffers_rho(0.75, 80, 0.2, threshold=0.5).value < shaffers_rho(0.75, 80, 0.2).value


def test_large_test_sets_show_the_prior() -> None:
    # With all units known, kappas are spread evenly from .4 to the threshold.
    found = simulated_kappas(10_000, 0.3, replicates=4000)
    assert found.min() >= 0.395
    assert found.max() <= 0.655
    for share in (0.25, 0.5, 0.75):
        assert float(np.quantile(found, share)) == pytest.approx(0.4 + 0.25 * share, abs=0.01)


def test_rho_is_seeded_and_labelled() -> None:
    first, again, other = (shaffers_rho(0.7, 60, 0.2, seed=seed) for seed in (4, 4, 5))
    assert first == again
    assert first.value != other.value
    assert first.label == (
        "Shaffer's rho for kappa above 0.65, base rate 0.20, 800 samples, seed 4; depends on a "
        "flat prior over kappas from 0.4 to 0.65 and assumes independent units"
    )
    assert not first.accepted
    assert shaffers_rho(0.95, 100, 0.2).accepted


def test_below_the_mean_rho_is_one() -> None:
    mean = float(np.nanmean(simulated_kappas(40, 0.3)))
    assert shaffers_rho(mean - 1e-6, 40, 0.3).value == 1.0
    assert shaffers_rho(mean + 1e-6, 40, 0.3).value < 0.7


def test_inflated_test_sets_are_drawn_from_what_there_is() -> None:
    # rhoR's getHandSetIndices reaches up to twice the number of units.
    found = simulated_kappas(10_000, 0.3, inflation=0.3, replicates=50)
    whole = simulated_kappas(10_000, 0.3, inflation=0.0, replicates=50)
    # Whichever units are drawn first: all of them are drawn, once each.
    assert np.allclose(found, whole, atol=1e-12) or abs(found.mean() - whole.mean()) < 0.03
    with pytest.raises(UsageError, match="3000 units with the code cannot be drawn among 1000"):
        simulated_kappas(10_000, 0.1, inflation=0.3)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ({"kappa": 1.1}, "a kappa lies between -1 and 1"),
        ({"kappa": math.nan}, "a kappa lies between -1 and 1"),
        ({"units": 0}, "a test set has 1 to 10000 units"),
        ({"base_rate": 0.0}, "a base rate lies between 0 and 1"),
        ({"threshold": 0.4}, "a threshold lies between 0.4 and 1"),
        ({"inflation": -0.1}, "an inflated base rate"),
        ({"replicates": 0}, "a simulation needs samples"),
    ],
)
def test_what_cannot_be_is_refused(arguments: dict[str, float], why: str) -> None:
    values: dict[str, float] = {"kappa": 0.7, "units": 50, "base_rate": 0.2, **arguments}
    kappa, units, base_rate = (values.pop(name) for name in ("kappa", "units", "base_rate"))
    with pytest.raises(UsageError, match=why):
        shaffers_rho(kappa, int(units), base_rate, **values)  # type: ignore[arg-type]


def test_a_test_set_in_which_nothing_varies_counts_as_not_as_high() -> None:
    found = simulated_kappas(2, 0.02, replicates=400)
    assert np.isnan(found).mean() > 0.5
    rho = shaffers_rho(1.0, 2, 0.02, replicates=400)
    assert rho.value == float((found >= 1).mean())
