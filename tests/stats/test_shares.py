"""Shares with clustered intervals, and a defined answer for every corner."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from coder.stats import share
from coder.stats.intervals import wilson


def test_jackknife_on_the_logit_over_schools() -> None:
    hits, rows = np.array([3, 5, 2, 8, 1]), np.array([6, 9, 7, 10, 4])
    found = share(hits.tolist(), rows.tolist(), cluster="school")
    p = hits.sum() / rows.sum()
    left = (hits.sum() - hits) / (rows.sum() - rows)
    error = math.sqrt(4 / 5 * float(((left - left.mean()) ** 2).sum()))
    df = rows.sum() ** 2 / (rows**2).sum() - 1
    half = float(scipy_stats.t.ppf(0.975, df)) * error / (p * (1 - p))
    centre = math.log(p / (1 - p))
    assert (found.numerator, found.denominator, found.clusters) == (19, 36, 5)
    assert found.share == pytest.approx(19 / 36)
    assert found.low == pytest.approx(1 / (1 + math.exp(half - centre)), abs=1e-12)
    assert found.high == pytest.approx(1 / (1 + math.exp(-half - centre)), abs=1e-12)
    assert found.interval == "school jackknife logit, t(effective G-1)"


def test_one_row_per_cluster_is_wilsons() -> None:
    found = share([1, 0, 1, 1, 0], [1, 1, 1, 1, 1], row="person", cluster="person")
    assert (found.low, found.high) == pytest.approx(wilson(3, 5))
    assert found.interval == "Wilson, one row per person"
    assert share([1, 0], [1, 1], row="person", cluster="school").interval == (
        "Wilson, one person per school"
    )


def test_wilson_has_an_answer_at_the_ends_too() -> None:
    found = share([0, 0, 0], [1, 1, 1], cluster="person")
    assert found.low == 0.0
    assert found.high is not None
    assert 0.5 < found.high < 0.6
    assert share([1], [1], cluster="person").high == 1.0


def test_every_and_none_get_bounds() -> None:
    found = share([4, 3, 5], [4, 3, 5], cluster="school")
    assert found.share == 1.0
    assert found.low is None
    assert found.why_no_interval == "every person has it, so nothing varies"
    assert found.bound == (
        "share at least 77.9% if people were independent (12 people), at least 36.8% if each "
        "school counts once (3 schools); one-sided, 95%"
    )
    found = share([0, 0], [4, 3], cluster="school", row="excerpt")
    assert found.share == 0.0
    assert found.why_no_interval == "no excerpt has it, so nothing varies"
    assert found.bound.startswith("share at most 34.8% if excerpts were independent (7 excerpts)")


def test_too_few_clusters_and_nobody() -> None:
    assert share([3], [7], cluster="school").why_no_interval == "one school only"
    assert share([3, 2], [7, 4], cluster="school").why_no_interval == "two schools are too few"
    nobody = share([], [])
    assert (nobody.share, nobody.why_no_interval) == (None, "no person to take a share of")
    assert share([0, 0, 0], [0, 0, 0]).share is None
    # Schools without anybody are not evidence on how schools differ.
    assert share([3, 2, 0], [7, 4, 0], cluster="school").why_no_interval == (
        "two schools are too few"
    )


def test_clusters_alike() -> None:
    found = share([1, 1, 1, 1], [2, 2, 2, 2], cluster="school")
    assert found.why_no_interval == "leaving out any school gives the same value"


def test_wrong_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="more successes than rows"):
        share([3], [2])
    with pytest.raises(ValueError, match="do not pair up"):
        share([3], [2, 4])
    with pytest.raises(ValueError, match="1 names for 2 clusters"):
        share([1, 1], [2, 2], ["A"])


@settings(deadline=None, max_examples=80, database=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_never_of_zero_width_and_always_with_a_reason(counts: list[tuple[int, int]]) -> None:
    hits = [min(pair) for pair in counts]
    rows = [max(pair) for pair in counts]
    found = share(hits, rows)
    assert (found.low is None) == bool(found.why_no_interval)
    if found.low is not None and found.high is not None and found.share is not None:
        assert 0 <= found.low <= found.share <= found.high <= 1
        assert found.high - found.low > 1e-9
    opposite = share([n - k for k, n in zip(hits, rows, strict=True)], rows)
    if found.low is not None and found.high is not None:
        assert (opposite.low, opposite.high) == pytest.approx((1 - found.high, 1 - found.low))
