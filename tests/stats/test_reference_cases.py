"""Every worked case whose statistics this room computes; nothing is skipped in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from coder.stats import (
    Estimate,
    PairTables,
    agree_many,
    agree_pair,
    agree_pooled,
    distance_from_agreement,
    tables_of_all_pairs,
)
from coder.stats import errors_of_estimate as errors
from coder.stats.arrays import FloatArray, floats
from coder.stats.intervals import jackknife_error
from coder.stats.nominal import specific_agreement
from coder.stats.several import brennan_prediger, fleiss_kappa, gwet_ac
from coder.stats.several import specific_agreement as specific_agreement_of_several
from coder.stats.weighted import (
    gwet_ordinal_distance,
    linear_distance,
    numeric_levels,
    quadratic_distance,
    weighted_kappa,
)

from .cases import Case, agrees, all_cases, load
from .test_reference_sets_and_spans import COVERED as COVERED_SETS_AND_SPANS
from .test_reference_sets_and_spans import SETS_AND_SPANS

Value = float | dict[str, float]

LEFT_OUT = {"gamma": "gamma is an optional extra that is not offered"}
"""Kinds of cases that are not computed, with the reason."""

KEYS_LEFT_OUT = {
    ("clustered_eight_transcripts", "kappa_linearised_cluster_se"): "never offered as an interval",
    ("clustered_eight_transcripts", "ci95_linearised_t_low"): "never offered as an interval",
    ("clustered_eight_transcripts", "ci95_linearised_t_high"): "never offered as an interval",
}
"""Single statistics that are left out of covered cases, with the reason."""

SHORT_NAMES = {
    "ac1": "gwet_ac1",
    "ac2_linear": "gwet_ac2_linear",
    "ac2_quadratic": "gwet_ac2_quadratic",
}
PAIR_ONLY = (
    "cohen_kappa",
    "cohen_kappa_linear",
    "cohen_kappa_quadratic",
    "kappa_max",
    "scott_pi",
    "pabak",
    "prevalence_index",
    "bias_index",
)
EITHER = (
    "percent_agreement",
    "percent_agreement_values",
    "percent_agreement_pairs",
    "brennan_prediger",
    "gwet_ac1",
    "gwet_ac2_linear",
    "gwet_ac2_quadratic",
    "fleiss_kappa",
    "conger_kappa",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
)


def only(rows: list[Estimate]) -> float:
    """The value of a single row, NaN where undefined."""
    (row,) = rows
    assert row.defined == (row.why_undefined == "")
    return float("nan") if row.estimate is None else row.estimate


def values_of(case: Case) -> FloatArray:
    values = numeric_levels(case.categories)
    assert values is not None
    return values


def disagreement_weights(case: Case) -> FloatArray:
    if "weight_matrix_disagreement" in case.body:
        return floats(case.body["weight_matrix_disagreement"])
    return distance_from_agreement(case.body["weight_matrix_agreement"])


def table(case: Case) -> FloatArray:
    return floats(case.pair().total)


def patterns_and_counts(case: Case) -> tuple[Any, FloatArray]:
    counts = case.many()
    return counts.patterns, floats(counts.counts.sum(axis=0))


def fleiss_per_category(case: Case) -> Value:
    counts = case.many()
    return {
        category: only(agree_many(counts.binary(category), ["fleiss_kappa"]))
        for category in case.categories
    }


def specific(case: Case) -> Value:
    agreed = specific_agreement_of_several(*patterns_and_counts(case))
    if len(case.ratings) == 2:
        assert specific_agreement(table(case)) == pytest.approx(agreed)
    return dict(zip(case.categories, agreed.tolist(), strict=True))


def all_pairs(case: Case) -> list[PairTables]:
    coders = [f"coder {i}" for i in range(len(case.ratings))]
    return list(tables_of_all_pairs(case.ratings, case.cluster, case.categories, coders).values())


def jackknife_se(case: Case) -> Value:
    tables = floats(case.pair().tables)
    return jackknife_error(
        weighted_kappa(tables.sum(axis=0) - tables, floats(1 - np.eye(tables.shape[1])))
    )


def end_of_interval(case: Case, end: str) -> Value:
    # The expected ends use t(G - 1) = t(7): 0.46509 and 0.73432. The default takes the unequal
    # transcripts (18 to 39 units) into account, df 6.54, and gives 0.46263 and 0.73576.
    (row,) = agree_pair(case.pair(), ["cohen_kappa"], df="G-1")
    value = getattr(row, end)
    assert isinstance(value, float)
    return value


DOORS_OF_ERRORS = {
    "cohen_kappa_se": "cohen_kappa_se",
    "cohen_kappa_linear_se": "cohen_kappa_linear_se",
    "cohen_kappa_quadratic_se": "cohen_kappa_quadratic_se",
    "fleiss_kappa_se_gwet": "fleiss_kappa_se",
    "ac1_se": "gwet_ac1_se",
    "brennan_prediger_se": "brennan_prediger_se",
}
"""Standard errors that are statistics with a name of their own as well."""

SPECIAL: dict[str, Callable[[Case], Value]] = {
    "cohen_kappa_se": lambda case: errors.fleiss_cohen_everitt(table(case)),
    "cohen_kappa_se0": lambda case: errors.kappa_null_error(table(case)),
    "cohen_kappa_linear_se": lambda case: errors.fleiss_cohen_everitt(
        table(case), linear_distance(values_of(case))
    ),
    "cohen_kappa_quadratic_se": lambda case: errors.fleiss_cohen_everitt(
        table(case), quadratic_distance(values_of(case))
    ),
    "cohen_kappa_custom": lambda case: only(
        agree_pair(case.pair(), ["cohen_kappa_custom"], distance=disagreement_weights(case))
    ),
    "cohen_kappa_custom_se": lambda case: errors.fleiss_cohen_everitt(
        table(case), disagreement_weights(case)
    ),
    "cohen_kappa_linear_se0": lambda case: errors.kappa_null_error(
        table(case), linear_distance(values_of(case))
    ),
    "alpha_custom": lambda case: only(
        agree_many(case.many(), ["alpha_custom"], distance=disagreement_weights(case))
    ),
    "fleiss_kappa_se0": lambda case: errors.fleiss_null_error(*patterns_and_counts(case)),
    "fleiss_kappa_se_gwet": lambda case: errors.gwet_linearised(
        *patterns_and_counts(case), "fleiss"
    ),
    "ac1_se": lambda case: errors.gwet_linearised(*patterns_and_counts(case), "gwet"),
    "brennan_prediger_se": lambda case: errors.gwet_linearised(
        *patterns_and_counts(case), "uniform"
    ),
    "ac2_gwet_ordinal": lambda case: float(
        gwet_ac(*patterns_and_counts(case), gwet_ordinal_distance(len(case.categories)))
    ),
    "fleiss_per_category": fleiss_per_category,
    "specific_agreement": specific,
    "light_kappa": lambda case: only(agree_pooled(all_pairs(case), ["light_kappa"])),
    "hubert_kappa": lambda case: only(agree_pooled(all_pairs(case), ["hubert_kappa"])),
    "kappa_jackknife_cluster_se": jackknife_se,
    "ci95_jackknife_fisher_z_t_low": lambda case: end_of_interval(case, "low"),
    "ci95_jackknife_fisher_z_t_high": lambda case: end_of_interval(case, "high"),
}


def compute(case: Case, key: str) -> list[Value]:
    """The statistic by every door that offers it."""
    if key in DOORS_OF_ERRORS:
        name = DOORS_OF_ERRORS[key]
        if name.startswith("cohen"):
            return [SPECIAL[key](case), only(agree_pair(case.pair(), [name]))]
        return [SPECIAL[key](case), only(agree_many(case.many(), [name]))]
    if key in SPECIAL:
        return [SPECIAL[key](case)]
    name = SHORT_NAMES.get(key, key)
    found: list[Value] = []
    if name in EITHER:
        found.append(only(agree_many(case.many(), [name])))
    # With a rating missing, Fleiss, Gwet and Conger use the single ones as well: a pair does not.
    complete = len(case.ratings) == 2 and bool((case.ratings >= 0).all())
    if name in PAIR_ONLY or (complete and name in EITHER):
        found.append(only(agree_pair(case.pair(), [name])))
    return found


COVERED = [
    pytest.param(case, key, id=f"{case.name}-{key}")
    for case in all_cases()
    if case.kind not in LEFT_OUT and case.kind not in SETS_AND_SPANS
    for key in case.expected
    if (case.name, key) not in KEYS_LEFT_OUT
]


@pytest.mark.parametrize(("case", "key"), COVERED)
def test_case_has_its_expected_value(case: Case, key: str) -> None:
    want = case.expected[key]
    found = compute(case, key)
    assert found, f"no function for {key}: list it in KEYS_LEFT_OUT or compute it"
    for value in found:
        assert agrees(value, want["value"], want.get("tolerance", 1e-9)), (value, want["value"])
        if "published" in want:
            assert agrees(value, want["published"], want["published_tolerance"])


def test_every_case_and_key_is_covered_or_named_as_not() -> None:
    kinds = {case.kind for case in all_cases()}
    ratings = {"nominal", "ordinal", "binary", "degenerate", "clustered"}
    assert kinds == ratings | set(SETS_AND_SPANS) | set(LEFT_OUT)
    named = {(case.name, key) for case in all_cases() for key in case.expected}
    assert set(KEYS_LEFT_OUT) <= named
    covered = {
        (param.values[0].name, param.values[1])  # type: ignore[union-attr]
        for param in (*COVERED, *COVERED_SETS_AND_SPANS)
    }
    gamma = {
        (case.name, key) for case in all_cases() if case.kind in LEFT_OUT for key in case.expected
    }
    assert covered | set(KEYS_LEFT_OUT) | gamma == named
    # A case that loses a key must be noticed.
    assert (len(COVERED), len(COVERED_SETS_AND_SPANS), len(gamma)) == (362, 108, 12)


def test_case_tables_are_what_the_ratings_count_to() -> None:
    with_table = [case for case in all_cases() if "table" in case.body]
    assert len(with_table) >= 8
    for case in with_table:
        assert case.pair().total.tolist() == case.body["table"], case.name


def test_weights_of_any_scale_give_the_same_kappa_and_error() -> None:
    # psych::cohen.kappa's error is wrong for disagreement weights above 1.
    case = load("cohen1968_custom_weights")
    weights = disagreement_weights(case)
    for factor in (1 / 6, 1.0, 10.0):
        assert float(weighted_kappa(table(case), factor * weights)) == pytest.approx(
            0.34782608695652206, abs=1e-12
        )
        assert errors.fleiss_cohen_everitt(table(case), factor * weights) == pytest.approx(
            errors.fleiss_cohen_everitt(table(case), weights), abs=1e-12
        )


def test_an_unused_declared_category_changes_what_it_should() -> None:
    # randolph_online_2 is randolph_online_1 with a third category that nobody used.
    case = load("randolph_online_1")
    patterns, counts = patterns_and_counts(case)
    wider = np.column_stack([patterns, np.zeros(len(patterns), dtype=np.int64)])
    assert float(fleiss_kappa(wider, counts)) == pytest.approx(0.161904761904762)
    assert float(fleiss_kappa(patterns, counts)) == pytest.approx(0.161904761904762)
    assert float(brennan_prediger(patterns, counts)) == pytest.approx(0.214285714285714)
    assert float(brennan_prediger(wider, counts)) == pytest.approx(0.410714285714286)


def test_sample_study_valence() -> None:
    # The sample study's double-coded valence (24 excerpts), from its margins and agreements:
    # agreement 79.2 %, kappa .7108, alpha .7138, AC1 .7268, and kappa per category.
    counts = [[8, 0, 0, 1], [1, 6, 2, 0], [0, 0, 2, 0], [0, 0, 1, 3]]
    tables = PairTables(("T",), ("P", "U", "M", "N"), np.array([counts]))
    found = {row.statistic: row for row in agree_pair(tables)}
    assert found["percent_agreement"].estimate == pytest.approx(19 / 24)
    assert found["cohen_kappa"].estimate == pytest.approx(0.7108, abs=5e-5)
    assert found["alpha_nominal"].estimate == pytest.approx(0.7138, abs=5e-5)
    assert found["gwet_ac1"].estimate == pytest.approx(0.7268, abs=5e-5)
    row = found["cohen_kappa"]
    assert (row.units, row.clusters, row.low) == (24, 1, None)
    assert row.interval == "transcript jackknife z, t(G-1)"
    assert row.why_no_interval == "one transcript only"
    for code, kappa in (("P", 0.8222), ("U", 0.7143), ("M", 0.5135), ("N", 0.7000)):
        found_kappa = only(agree_pair(tables.binary(code), ["cohen_kappa"]))
        assert found_kappa == pytest.approx(kappa, abs=5e-5)
