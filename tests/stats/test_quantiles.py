"""Quantiles against scipy, which the program itself does not import."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats as scipy_stats

from coder.stats.quantiles import normal_quantile, t_quantile, two_sided_normal, two_sided_t

PROBABILITIES = (0.5001, 0.51, 0.6, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 0.99999)


@pytest.mark.parametrize("probability", PROBABILITIES)
def test_t_quantile_equals_scipy(probability: float) -> None:
    degrees = [*np.geomspace(0.05, 1e6, 150), 0.3, 1, 2, 2.5, 3, 7, 40, 1000, 1999.99, 2000]
    found = [t_quantile(probability, float(df)) for df in degrees]
    assert found == pytest.approx(
        np.asarray(scipy_stats.t.ppf(probability, degrees)).tolist(), rel=1e-10
    )


def test_closed_forms() -> None:
    # df 1 is Cauchy's distribution; df 2 has (2p - 1) sqrt(2 / 4p(1 - p)); 7 from a t table.
    assert t_quantile(0.75, 1) == pytest.approx(1.0, abs=1e-14)
    assert t_quantile(0.975, 2) == pytest.approx(
        0.95 * math.sqrt(2 / (4 * 0.975 * 0.025)), abs=1e-13
    )
    assert two_sided_t(0.95, 7) == pytest.approx(2.364624251592785, abs=1e-12)
    assert two_sided_normal(0.95) == pytest.approx(1.959963984540054, abs=1e-14)
    assert t_quantile(0.5, 3) == 0.0
    assert t_quantile(0.025, 5) == -t_quantile(0.975, 5)


def test_normal_quantile_equals_scipy() -> None:
    wanted = np.asarray(scipy_stats.norm.ppf(PROBABILITIES)).tolist()
    found = [normal_quantile(probability) for probability in PROBABILITIES]
    assert found == pytest.approx(wanted, abs=1e-13)


def test_hardly_any_degrees_of_freedom_do_not_break() -> None:
    assert two_sided_t(0.95, 0.004) > 1e300
    for df in (0.02, 0.01, 0.005):
        assert two_sided_t(0.95, df) > two_sided_t(0.95, 2 * df)


@pytest.mark.parametrize(("probability", "df"), [(0, 3), (1, 3), (0.5, 0), (0.9, float("nan"))])
def test_nonsense_is_refused(probability: float, df: float) -> None:
    with pytest.raises(ValueError, match=r"probability|degrees"):
        t_quantile(probability, df)


def test_importing_the_room_needs_numpy_only() -> None:
    heavy = "scipy", "pandas", "sklearn", "statsmodels", "krippendorff", "textual", "sqlite3"
    script = f"import sys, coder.stats; print([m for m in {heavy} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
