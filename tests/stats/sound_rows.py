"""What must hold of every row of every family, whatever the counts."""

from __future__ import annotations

import math

from coder.stats import Estimate

DESCRIBES = ("kappa_max", "prevalence_index", "bias_index", "coverage_cu", "coverage_ku")
"""Statistics at 1 that say nothing about agreement, so that no bound on agreement is due."""


def check(row: Estimate, method: str) -> None:
    """A value or a reason; an interval of some width or a reason; words that belong together."""
    assert row.defined != bool(row.why_undefined), row
    if row.estimate is not None:
        assert math.isfinite(row.estimate), row
        assert row.estimate <= 1 + 1e-12 or row.statistic.endswith("_se"), row
    else:
        assert "undefined for these counts" not in row.why_undefined, row
    if row.low is None or row.high is None:
        assert row.low is None, row
        assert row.high is None, row
        assert row.why_no_interval, row
    else:
        assert row.estimate is not None, row
        assert row.high - row.low > 1e-9, row
        assert not row.why_no_interval, row
        assert not row.bound, row
        assert row.standard_error is None or row.standard_error > 0, row
        # Percentiles are values of the statistic, and alpha_U is not on a scale with an end: both
        # can lie below -1. Fisher's z cannot.
        assert row.low >= -1 or method == "bootstrap" or row.statistic == "alpha_u_1995", row
        assert row.high <= 1, row
        if method != "bootstrap":
            assert row.low < row.estimate, row
            assert row.estimate < row.high or row.high == 1.0, row
        if row.clusters > 1 or method != "analytic":
            assert row.clusters >= 3, row
        if method == "analytic":
            assert "assumes independent units" in row.interval, row
