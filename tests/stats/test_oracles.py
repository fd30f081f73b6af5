"""Random studies against scikit-learn, statsmodels, krippendorff and plain loops."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial

import krippendorff
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

from coder.stats import agree_many, agree_pair, agree_pooled, tables_of_all_pairs
from coder.stats import errors_of_estimate as errors
from coder.stats.arrays import floats
from coder.stats.several import gwet_ac
from coder.stats.weighted import (
    linear_distance,
    numeric_levels,
    quadratic_distance,
    weighted_kappa,
)

from . import brute
from .studies import Study, studies

often = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow], database=None
)


def pair_value(study: Study, name: str) -> float:
    (row,) = agree_pair(study.pair(), [name], interval="none")
    return float("nan") if row.estimate is None else row.estimate


def many_value(study: Study, name: str) -> float:
    (row,) = agree_many(study.many(), [name], interval="none")
    return float("nan") if row.estimate is None else row.estimate


def close(found: float, wanted: float) -> None:
    assert found == pytest.approx(wanted, abs=1e-9, nan_ok=True)


def quietly(compute: Callable[[], float]) -> float:
    """A peer's value; its warnings are its own."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return float(compute())


@often
@given(studies(coders=2, missing=False))
def test_kappas_equal_scikit_learn(study: Study) -> None:
    a, b = study.ratings
    for name, weights in (
        ("cohen_kappa", None),
        ("cohen_kappa_linear", "linear"),
        ("cohen_kappa_quadratic", "quadratic"),
    ):
        labels = list(range(study.q))
        wanted = quietly(partial(cohen_kappa_score, a, b, labels=labels, weights=weights))
        close(pair_value(study, name), wanted)


@often
@given(studies(coders=2, missing=False))
def test_analytic_errors_equal_statsmodels(study: Study) -> None:
    table = floats(study.pair().total)
    values = numeric_levels(study.categories)
    assert values is not None
    for weights, distance in (
        (None, None),
        ("linear", linear_distance(values)),
        ("quadratic", quadratic_distance(values)),
    ):
        ours = errors.fleiss_cohen_everitt(table, distance)
        null = errors.kappa_null_error(table, distance)
        if np.isnan(ours):
            continue  # undefined here; the peer gives NaN, 0 or a division by zero
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            peer = cohens_kappa(table, wt=weights)
            # Squares, because a variance of 1e-17 is an error of 3e-9.
            assert ours**2 == pytest.approx(max(float(peer.var_kappa), 0.0), abs=1e-12)
            assert null**2 == pytest.approx(max(float(peer.var_kappa0), 0.0), abs=1e-12)


@often
@given(studies())
def test_alpha_equals_krippendorff(study: Study) -> None:
    counts = study.many()
    value_counts = np.array(
        [[np.sum(column == k) for k in range(study.q)] for column in study.ratings.T]
    )
    several_used = len({c for unit in brute.units_of(study.ratings) for c in unit}) > 1
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        found = many_value(study, f"alpha_{metric}")
        close(found, brute.alpha(study.ratings, metric, study.values))
        if several_used and counts.units:
            wanted = quietly(
                partial(
                    krippendorff.alpha,
                    value_counts=value_counts,
                    value_domain=study.values,
                    level_of_measurement=metric,
                )
            )
            close(found, wanted)


@often
@given(studies(), st.integers(0, 1000))
def test_level_values_of_any_size_and_order_equal_krippendorff(study: Study, seed: int) -> None:
    rng = np.random.default_rng(seed)
    levels = rng.permutation(rng.choice(np.arange(1, 40), size=study.q, replace=False) / 4)
    order, counts = np.argsort(levels), study.many()
    value_counts = np.repeat(counts.patterns[:, order], counts.counts.sum(axis=0), axis=0)
    a, b = (study.ratings[k].tolist() for k in (0, 1))
    for metric in ("ordinal", "interval", "ratio"):
        (row,) = agree_many(counts, [f"alpha_{metric}"], level_values=levels.tolist())
        found = float("nan") if row.estimate is None else row.estimate
        close(found, brute.alpha(study.ratings, metric, levels.tolist()))
        if row.estimate is not None:
            wanted = krippendorff.alpha(
                value_counts=value_counts, value_domain=levels[order], level_of_measurement=metric
            )
            close(row.estimate, float(wanted))
    for name, weights in (("linear", brute.linear), ("quadratic", brute.quadratic)):

        def apart(i: int, j: int, weights: brute.Weights = weights) -> float:
            # Four times the values, which are whole numbers then.
            return weights(round(4 * levels[i]), round(4 * levels[j]))

        (row,) = agree_pair(
            study.pair(), [f"cohen_kappa_{name}"], level_values=levels.tolist(), interval="none"
        )
        found = float("nan") if row.estimate is None else row.estimate
        close(found, brute.kappa(a, b, apart))


@often
@given(studies(missing=False))
def test_fleiss_and_randolph_equal_statsmodels(study: Study) -> None:
    table = np.array([[np.sum(column == k) for k in range(study.q)] for column in study.ratings.T])
    close(
        many_value(study, "fleiss_kappa"),
        quietly(lambda: statsmodels_fleiss(table, method="fleiss")),
    )
    if study.q > 1:
        close(
            many_value(study, "brennan_prediger"),
            quietly(lambda: statsmodels_fleiss(table, method="randolph")),
        )


@often
@given(studies())
def test_several_coders_equal_plain_loops(study: Study) -> None:
    r, q = study.ratings, study.q
    close(many_value(study, "percent_agreement"), brute.fleiss_family(r, q, "percent"))
    close(many_value(study, "percent_agreement_values"), brute.agreement_by_values(r))
    close(many_value(study, "percent_agreement_pairs"), brute.agreement_by_pairs(r))
    close(many_value(study, "fleiss_kappa"), brute.fleiss_family(r, q, "fleiss"))
    close(many_value(study, "gwet_ac1"), brute.fleiss_family(r, q, "gwet"))
    close(many_value(study, "brennan_prediger"), brute.fleiss_family(r, q, "uniform"))
    close(many_value(study, "conger_kappa"), brute.conger(r, q))
    for name, weights in (("linear", brute.linear), ("quadratic", brute.quadratic)):
        close(many_value(study, f"gwet_ac2_{name}"), brute.fleiss_family(r, q, "gwet", weights))


@often
@given(studies(coders=2))
def test_two_coders_equal_plain_loops(study: Study) -> None:
    a, b = study.ratings.tolist()
    close(pair_value(study, "cohen_kappa"), brute.kappa(a, b))
    close(pair_value(study, "cohen_kappa_linear"), brute.kappa(a, b, brute.linear))
    close(pair_value(study, "cohen_kappa_quadratic"), brute.kappa(a, b, brute.quadratic))
    close(pair_value(study, "scott_pi"), brute.pi(a, b))
    both = (study.ratings >= 0).all(axis=0)
    finished = study.ratings[:, both]
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        close(pair_value(study, f"alpha_{metric}"), brute.alpha(finished, metric, study.values))
    for name, which in (
        ("percent_agreement", "percent"),
        ("brennan_prediger", "uniform"),
        ("gwet_ac1", "gwet"),
        ("fleiss_kappa", "fleiss"),
    ):
        close(pair_value(study, name), brute.fleiss_family(finished, study.q, which))
    close(
        pair_value(study, "gwet_ac2_linear"),
        brute.fleiss_family(finished, study.q, "gwet", brute.linear),
    )


@often
@given(studies(coders=2))
def test_what_surrounds_kappa_equals_plain_loops(study: Study) -> None:
    a, b = study.ratings.tolist()
    close(pair_value(study, "kappa_max"), brute.kappa_max(a, b, study.q))
    if study.q > 2:
        close(pair_value(study, "within_one"), brute.within_one(a, b))
    if study.q > 1:
        for name, weights in (
            ("cohen_kappa_se", brute.nominal),
            ("cohen_kappa_linear_se", brute.linear),
            ("cohen_kappa_quadratic_se", brute.quadratic),
        ):
            wanted = brute.fleiss_cohen_everitt(a, b, study.q, weights)
            # Squares, because a variance of 1e-17 is an error of 3e-9.
            close(pair_value(study, name) ** 2, wanted**2)
    if study.q == 2:
        both = [(x, y) for x, y in zip(a, b, strict=True) if x >= 0 and y >= 0]
        n = len(both)
        counts = {cell: both.count(cell) for cell in ((0, 0), (0, 1), (1, 0), (1, 1))}
        for name, top in (
            ("prevalence_index", counts[0, 0] - counts[1, 1]),
            ("bias_index", counts[0, 1] - counts[1, 0]),
            ("pabak", counts[0, 0] + counts[1, 1] - counts[0, 1] - counts[1, 0]),
        ):
            close(pair_value(study, name), top / n if n else float("nan"))


@often
@given(studies())
def test_several_coders_errors_and_specific_agreement_equal_plain_loops(study: Study) -> None:
    r, q = study.ratings, study.q
    for code, category in enumerate(study.categories):
        counts = study.many().binary(category)
        names = ["positive_agreement", "negative_agreement"]
        found = [row.estimate for row in agree_many(counts, names, interval="none")]
        others = np.where(r < 0, -1, np.where(r == code, 0, 1))
        for value, wanted in zip(found, (brute.specific(others, k) for k in (0, 1)), strict=True):
            close(float("nan") if value is None else value, wanted)
    if study.many().units < 2:
        return
    for name, which in (
        ("fleiss_kappa_se", "fleiss"),
        ("gwet_ac1_se", "gwet"),
        ("brennan_prediger_se", "uniform"),
    ):
        close(many_value(study, name) ** 2, brute.gwet_error(r, q, which) ** 2)
    counts = study.many()
    total = floats(counts.counts.sum(axis=0))
    for weights, distance in (
        (brute.linear, linear_distance(floats(study.values))),
        (brute.quadratic, quadratic_distance(floats(study.values))),
    ):
        for which in ("fleiss", "gwet", "uniform"):
            error = errors.gwet_linearised(counts.patterns, total, which, distance)
            close(error**2, brute.gwet_error(r, q, which, weights) ** 2)


@often
@given(studies())
def test_all_pairs_of_coders_equal_plain_loops(study: Study) -> None:
    coders = [f"c{k}" for k in range(len(study.ratings))]
    tables = tables_of_all_pairs(study.ratings, study.cluster, study.categories, coders)
    rows = agree_pooled(list(tables.values()), ["hubert_kappa", "light_kappa"], interval="none")
    pairs = brute.all_pairs(study.ratings)
    wanted = (brute.pooled_kappa(pairs), brute.mean_kappa(pairs))
    for row, value in zip(rows, wanted, strict=True):
        close(float("nan") if row.estimate is None else row.estimate, value)


@often
@given(studies(coders=2, missing=False))
def test_the_pair_and_the_many_door_agree(study: Study) -> None:
    for name in (
        "percent_agreement",
        "within_one",
        "fleiss_kappa",
        "conger_kappa",
        "brennan_prediger",
        "gwet_ac1",
        "gwet_ac2_linear",
        "gwet_ac2_quadratic",
        "alpha_nominal",
        "alpha_ordinal",
        "alpha_interval",
        "alpha_ratio",
        "positive_agreement",
        "negative_agreement",
    ):
        (pair,) = agree_pair(study.pair(), [name])
        (many,) = agree_many(study.many(), [name])
        close(
            float("nan") if pair.estimate is None else pair.estimate,
            float("nan") if many.estimate is None else many.estimate,
        )
        assert pair.why_no_interval == many.why_no_interval
        assert pair.low == pytest.approx(many.low, abs=1e-9)
        assert pair.high == pytest.approx(many.high, abs=1e-9)


def test_level_values_decide_the_weights() -> None:
    # sklearn takes labels as equally spaced; declared level values are not.
    table = floats([[10, 3, 0], [2, 8, 1], [0, 4, 9]])
    values = floats([1, 2, 5])
    rows, columns = np.nonzero(table)
    times = table[rows, columns].astype(int)
    first, second = np.repeat(rows, times), np.repeat(columns, times)
    levels = [1, 2, 5]
    for distance, weights in (
        (linear_distance, brute.linear),
        (quadratic_distance, brute.quadratic),
    ):
        a = [levels[i] for i in first.tolist()]
        b = [levels[j] for j in second.tolist()]
        close(float(weighted_kappa(table, distance(values))), brute.kappa(a, b, weights))


def test_coefficients_take_whole_stacks() -> None:
    rng = np.random.default_rng(5)
    stack = floats(rng.integers(0, 9, size=(3, 4, 3, 3)))
    values = floats([1, 2, 3])
    together = weighted_kappa(stack, quadratic_distance(values))
    assert together.shape == (3, 4)
    one_by_one = [
        float(weighted_kappa(table, quadratic_distance(values))) for row in stack for table in row
    ]
    assert together.reshape(-1).tolist() == pytest.approx(one_by_one)
    patterns = rng.integers(0, 3, size=(6, 3))
    counts = floats(rng.integers(0, 5, size=(2, 5, 6)))
    assert gwet_ac(patterns, counts).shape == (2, 5)
