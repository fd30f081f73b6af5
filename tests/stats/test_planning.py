"""Sample sizes: against scipy, against simulated coders, and in both directions."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from coder.errors import UsageError
from coder.stats import (
    SampleSize,
    design_effect,
    units_for_alpha,
    units_for_half_width,
    units_for_levels,
    units_for_power,
)
from coder.stats import errors_of_estimate as errors
from coder.stats.arrays import floats

often = settings(deadline=None, max_examples=40, database=None)
kappas, shares = st.floats(0.0, 0.95), st.floats(0.05, 0.95)


def table(kappa: float, p: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Shares of units for two coders with the same prevalence and this kappa."""
    mixed = p * (1 - p)
    yes, no = p * p + kappa * mixed, (1 - p) ** 2 + kappa * mixed
    return floats([[yes, (1 - kappa) * mixed], [(1 - kappa) * mixed, no]])


@often
@given(kappas, shares, st.floats(0.02, 0.3))
def test_half_width_is_the_one_of_fleiss_cohen_everitt(
    kappa: float, prevalence: float, half_width: float
) -> None:
    size = units_for_half_width(kappa, prevalence, half_width)
    error = errors.fleiss_cohen_everitt(size.exact * table(kappa, prevalence))
    assert 1.959963984540054 * error == pytest.approx(half_width, rel=1e-9)


@often
@given(kappas, kappas, shares, st.floats(0.3, 0.99), st.floats(0.001, 0.2))
def test_power_is_that_of_scipys_chi_square(
    kappa: float, null: float, prevalence: float, power: float, significance: float
) -> None:
    if abs(kappa - null) < 0.05:
        return
    size = units_for_power(kappa, null, prevalence, power=power, significance=significance)
    one, other = table(kappa, prevalence), table(null, prevalence)
    cells = [(t[0, 0], t[0, 1] + t[1, 0], t[1, 1]) for t in (one, other)]
    shift = size.exact * sum((a - b) ** 2 / b for a, b in zip(*cells, strict=True))
    critical = scipy_stats.chi2.ppf(1 - significance, 1)
    assert 1 - scipy_stats.ncx2.cdf(critical, 1, shift) == pytest.approx(power, abs=1e-6)


@often
@given(st.floats(0.0, 0.9), shares, st.floats(0.001, 0.3))
def test_rarer_codes_and_smaller_risks_need_more_units(
    smallest: float, prevalence: float, significance: float
) -> None:
    size = units_for_alpha(smallest, prevalence, significance)
    assert size.exact == pytest.approx(
        units_for_alpha(smallest, 1 - prevalence, significance).exact
    )
    rarer = units_for_alpha(smallest, min(prevalence, 1 - prevalence) * 0.9, significance)
    assert rarer.exact > size.exact
    assert units_for_alpha(smallest, prevalence, significance / 2).exact > size.exact


def test_the_interval_of_simulated_coders_reaches_as_far_as_planned() -> None:
    rng = np.random.default_rng(5)
    size = units_for_half_width(0.7, 0.2, 0.1).units
    assert size == 314
    cells = table(0.7, 0.2).reshape(-1)
    drawn = rng.multinomial(size, cells, size=4000).reshape(-1, 2, 2).astype(float)
    agreed = (drawn[:, 0, 0] + drawn[:, 1, 1]) / size
    rows, columns = drawn.sum(axis=2) / size, drawn.sum(axis=1) / size
    chance = (rows * columns).sum(axis=1)
    found = (agreed - chance) / (1 - chance)
    assert 1.96 * found.std() == pytest.approx(0.1, rel=0.06)


def test_units_are_rounded_up_and_multiplied_before() -> None:
    assert SampleSize(99.2).units == 100
    assert SampleSize(100.0).units == 100
    assert SampleSize(100.00000000000001).units == 100
    assert SampleSize(99.2).times(2).units == 199
    assert design_effect(1, 0.3) == 1.0
    assert design_effect(21, 0.05) == pytest.approx(2.0)


def test_levels_of_a_weighted_kappa() -> None:
    assert [units_for_levels(q).units for q in (2, 3, 5, 10)] == [8, 18, 50, 200]
    assert units_for_levels(5).times(design_effect(20, 0.05)).units == 98


@pytest.mark.parametrize(
    "call",
    [
        lambda: units_for_alpha(1.0, 0.2),
        lambda: units_for_alpha(-0.1, 0.2),
        lambda: units_for_alpha(0.8, 0.0),
        lambda: units_for_alpha(0.8, 0.2, 0.7),
        lambda: units_for_half_width(0.8, 0.2, 0.0),
        lambda: units_for_half_width(math.nan, 0.2, 0.1),
        lambda: units_for_half_width(0.8, 0.2, 0.1, confidence=95),
        lambda: units_for_power(0.8, 0.8, 0.2),
        lambda: units_for_power(0.8, 0.6, 0.2, power=0.01),
        lambda: design_effect(0.5, 0.1),
        lambda: design_effect(5, -0.1),
        lambda: design_effect(5, 1.1),
        lambda: units_for_levels(1),
    ],
)
def test_what_cannot_be_planned_for(call: Callable[[], object]) -> None:
    with pytest.raises(UsageError):
        call()
