"""Weights of the user's own: the same figures as peers give, and what cannot be weights."""

from __future__ import annotations

import warnings

import krippendorff
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from coder.errors import UsageError
from coder.stats import (
    PairTables,
    RatingCounts,
    agree_many,
    agree_pair,
    custom_distance,
    distance_from_agreement,
)
from coder.stats import errors_of_estimate as errors
from coder.stats.arrays import FloatArray, IntArray, floats
from coder.stats.patterns import disagreement_within, unique_rows

from .cases import load
from .studies import Study, studies

often = settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow], database=None
)


def random_distance(q: int, seed: int) -> FloatArray:
    upper = np.triu(np.random.default_rng(seed).integers(1, 9, size=(q, q)), 1)
    return floats(upper + upper.T)


def close(found: float | None, wanted: float) -> None:
    assert (float("nan") if found is None else found) == pytest.approx(
        wanted, abs=1e-9, nan_ok=True
    )


@often
@given(studies(coders=2, missing=False), st.integers(0, 1000))
def test_kappa_equals_statsmodels(study: Study, seed: int) -> None:
    distance = random_distance(study.q, seed)
    (row,) = agree_pair(study.pair(), ["cohen_kappa_custom"], distance=distance, interval="none")
    table = floats(study.pair().total)
    error = errors.fleiss_cohen_everitt(table, distance)
    if row.estimate is None:
        assert row.why_undefined.startswith("only code")
        return
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        peer = cohens_kappa(table, weights=distance)
        close(row.estimate, float(peer.kappa))
        assert error**2 == pytest.approx(max(float(peer.var_kappa), 0.0), abs=1e-12)


@often
@given(studies(), st.integers(0, 1000))
def test_alpha_equals_krippendorff(study: Study, seed: int) -> None:
    distance = random_distance(study.q, seed)
    counts = study.many()
    (row,) = agree_many(counts, ["alpha_custom"], distance=distance, interval="none")
    if row.estimate is None:
        return
    wanted = krippendorff.alpha(
        value_counts=np.repeat(counts.patterns, counts.counts.sum(axis=0), axis=0),
        level_of_measurement=lambda v1, v2, i1, i2, n_v, dtype: distance[i1, i2],
    )
    close(row.estimate, float(wanted))


@often
@given(studies(coders=2, missing=False))
def test_own_weights_can_be_the_usual_ones(study: Study) -> None:
    assume(study.q > 1)
    steps = np.abs(np.arange(study.q)[:, None] - np.arange(study.q)[None, :])
    own = ["cohen_kappa_custom", "gwet_ac2_custom", "alpha_custom"]
    for distance, names in (
        (steps, ["cohen_kappa_linear", "gwet_ac2_linear"]),
        (steps**2, ["cohen_kappa_quadratic", "gwet_ac2_quadratic", "alpha_interval"]),
        (1.0 * (steps > 0), ["cohen_kappa", "gwet_ac1", "alpha_nominal"]),
    ):
        usual = agree_pair(study.pair(), names)
        pair = agree_pair(study.pair(), own[: len(names)], distance=distance)
        many = agree_many(study.many(), own[1 : len(names)], distance=distance)
        for theirs, ours in zip([*usual, *usual[1:]], [*pair, *many], strict=True):
            close(ours.estimate, float("nan") if theirs.estimate is None else theirs.estimate)
            assert ours.low == pytest.approx(theirs.low, abs=1e-9)
            assert ours.why_no_interval == theirs.why_no_interval


def test_cohens_weights_have_an_interval() -> None:
    case = load("cohen1968_custom_weights")
    weights = case.body["weight_matrix_disagreement"]
    (row,) = agree_pair(case.pair(), ["cohen_kappa_custom"], distance=weights, interval="analytic")
    assert row.estimate == pytest.approx(0.34782608695652206, abs=1e-12)
    assert row.low is not None
    # The same as agreement weights, and the same in any unit.
    turned = distance_from_agreement(6 - floats(weights))
    assert np.array_equal(turned, floats(weights))
    (again,) = agree_pair(
        case.pair(), ["cohen_kappa_custom"], distance=turned / 6, interval="analytic"
    )
    assert (again.estimate, again.low) == pytest.approx((row.estimate, row.low), abs=1e-12)


def test_undefined_with_own_weights() -> None:
    tables = PairTables(("T",), ("x", "y", "z"), np.array([[[3, 1, 0], [1, 3, 0], [0, 0, 0]]]))
    own = ["cohen_kappa_custom", "alpha_custom", "gwet_ac2_custom"]
    for row in agree_pair(tables, own):
        assert row.why_undefined == "no disagreement weights are given"
    blind = [[0, 0, 1], [0, 0, 1], [1, 1, 0]]
    for row in agree_pair(tables, own, distance=blind):
        assert row.why_undefined == "the weights make no difference between x and y"
    for row in agree_many(RatingCounts.from_pair_tables(tables), own[1:], distance=blind):
        assert row.why_undefined == "the weights make no difference between x and y"


@pytest.mark.parametrize(
    ("weights", "why"),
    [
        ([[0, 1], [1, 0]], "3 categories need 3 by 3 disagreement weights, not 2 by 2"),
        ([[0, 1, 2], [1, 0, 1], [2, 2, 0]], "the same in both directions"),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], "0 on the diagonal"),
        ([[0, -1, 1], [-1, 0, 1], [1, 1, 0]], "not negative"),
        ([[0, np.inf, 1], [np.inf, 0, 1], [1, 1, 0]], "finite"),
        (np.zeros((3, 3)), "no two codes would differ"),
        ([[0, 1], [1]], "a square table of numbers"),
        ([["a"]], "a square table of numbers"),
    ],
)
def test_what_cannot_be_weights(weights: list[list[float]], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        custom_distance(weights, 3)
    tables = PairTables(("T",), ("x", "y", "z"), np.ones((1, 3, 3), dtype=np.int64))
    with pytest.raises(UsageError, match=why):
        agree_pair(tables, ["cohen_kappa"], distance=weights)


def test_what_cannot_be_agreement_weights() -> None:
    with pytest.raises(UsageError, match="highest, and equal, on the diagonal"):
        distance_from_agreement([[1, 0.5], [0.5, 0.9]])
    with pytest.raises(UsageError, match="highest, and equal, on the diagonal"):
        distance_from_agreement([[0, 1], [1, 0]])
    with pytest.raises(UsageError, match="square"):
        distance_from_agreement([[1, 0.5]])


@given(st.integers(0, 10_000))
def test_hundreds_of_categories_take_the_sparse_way(seed: int) -> None:
    rng = np.random.default_rng(seed)
    q, distance = 70, random_distance(70, seed)
    patterns = np.zeros((15, q), dtype=np.int64)
    for _ in range(4):
        given_to = np.flatnonzero(rng.random(15) < 0.7)
        patterns[given_to, rng.integers(0, rng.integers(1, q), given_to.size)] += 1
    n = floats(patterns)
    wanted = np.einsum("pi,ij,pj->p", n, distance, n)
    assert np.allclose(disagreement_within(patterns, distance), wanted, rtol=1e-12)
    # The dense way, on few categories.
    assert np.allclose(
        disagreement_within(patterns[:, :9], distance[:9, :9]),
        np.einsum("pi,ij,pj->p", n[:, :9], distance[:9, :9], n[:, :9]),
    )


@given(st.integers(0, 10_000), st.sampled_from([1, 3, 255, 256, 70_000]))
def test_rows_are_told_apart_in_order(seed: int, highest: int) -> None:
    rng = np.random.default_rng(seed)
    rows: IntArray = rng.integers(0, highest + 1, size=(rng.integers(0, 9), rng.integers(1, 4)))
    rows = np.concatenate([rows, rows[::2]])
    distinct, which = unique_rows(rows)
    wanted, places = np.unique(rows, axis=0, return_inverse=True)
    assert np.array_equal(distinct, wanted)
    assert np.array_equal(which, places.reshape(-1))
